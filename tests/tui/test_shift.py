"""A shift at the desk: what changed since the last one, who has what, and the note that closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feeds.evidence import Action
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, THEATRE, hours_ago, sentence, standing, story, tally, thursday
from tests.tui.screen import app_of, look, press, row_with, run, screen, text, with_options
from tui.shift.closing import close_shift, note_of
from tui.shift.difference import difference
from tui.shift.handover import handover


def with_past() -> FakeArchive:
    """Thursday, with the board as it stood six hours ago, before Ghazni, Kandahar and Herat moved."""
    archive = thursday()
    before = {
        place: replace(each, state="held", holder="government") if place in ("ghazni", "herat") else each
        for place, each in archive.board.items()
        if place != "kandahar"
    }
    archive.past[hours_ago(6)] = before
    archive.past[NOW] = archive.board
    return archive


def test_each_capital_that_moved_is_told_from_what_to_what_and_by_whom() -> None:
    found = difference(with_past(), THEATRE, hours_ago(6), NOW, reconcile=tally)
    steps = {step.place.id: step for step in found.steps}
    assert [*steps][:2] == ["herat", "kandahar"]
    assert (steps["ghazni"].before, steps["ghazni"].after) == ("held", "captured")
    said = steps["ghazni"].said
    assert said is not None
    assert said.voice == "against-interest"
    assert "The city is lost" in said.sentence
    assert found.states["captured"][1] - found.states["captured"][0] == 2
    assert found.stories == len([each for each in thursday().stories if each.received >= hours_ago(6)])


def test_what_is_later_is_not_told() -> None:
    found = difference(with_past(), THEATRE, hours_ago(6), hours_ago(1.5))
    assert {step.place.id for step in found.steps} == {"kabul", "qala-e-naw", "ghazni"}
    assert all(row.received <= hours_ago(1.5) for row in found.threads)


def test_a_city_that_moved_and_came_back_is_still_told() -> None:
    archive = thursday()
    archive.stand(standing("ghazni", "retaken", 0.4, at=hours_ago(0.4)))
    archive.stand(standing("ghazni", "captured", 0.2, at=hours_ago(0.2)))
    found = difference(archive, THEATRE, hours_ago(0.5), NOW)
    assert [(step.before, step.after, step.moves) for step in found.steps] == [("captured", "captured", 2)]


def test_the_event_with_most_origins_comes_first_and_idle_talk_is_left_out() -> None:
    found = difference(with_past(), THEATRE, hours_ago(6), NOW)
    assert found.threads[0].title.startswith("Governor of Ghazni detained")
    assert not [row for row in found.threads if row.outlets == 1 and not row.places]
    assert found.events > len(found.threads)


def test_the_note_says_what_is_open_and_who_has_what() -> None:
    archive = with_past()
    lead = next(each for each in archive.stories if "Governor of Ghazni" in each.title)
    other = next(each for each in archive.stories if "Highway south" in each.title)
    for action in (
        Action("escalate", "amina", hours_ago(1), story=lead.id),
        Action("flag", "amina", hours_ago(1), story=other.id),
        Action("assign", "amina", hours_ago(1), story=lead.id, value="ben"),
        Action("note", "amina", hours_ago(1), story=lead.id, value="call the wire back"),
        Action("override", "amina", hours_ago(2), place="kabul", value="threatened government", reason="two calls", until=NOW + timedelta(hours=3)),
        Action("override", "amina", hours_ago(9), place="farah", value="held government", reason="old", until=hours_ago(1)),
        Action("assign", "amina", hours_ago(3), place="herat", value="carla"),
        Action("assign", "amina", hours_ago(2), place="herat"),
    ):  # fmt: skip
        archive.act(replace(action, theatre=THEATRE.id))
    note = note_of(
        handover(archive, THEATRE, NOW, since=hours_ago(6), reconcile=tally), THEATRE, "quiet night"
    )
    assert "quiet night" in note
    assert "escalated  Governor of Ghazni" in note
    assert "flagged  Highway south" in note
    assert "set by hand  Kabul threatened Government, until 12 Aug 21:42Z  by amina: two calls" in note
    assert "old" not in note.split("Open")[1]
    assert "ben  Governor of Ghazni" in note
    assert "carla" not in note
    assert "call the wire back" in note
    assert "The city is lost" in note


def test_the_next_shift_begins_where_the_last_one_ended() -> None:
    archive = with_past()
    first = handover(archive, THEATRE, hours_ago(6))
    assert first.difference.since == hours_ago(18)
    close_shift(archive, THEATRE, first, "amina", "  all\nwell ")
    second = handover(archive, THEATRE, NOW)
    assert second.difference.since == hours_ago(6)
    assert second.last is not None
    assert (second.last.who, second.last.reason) == ("amina", "all well")
    assert handover(archive, THEATRE, NOW, begun=hours_ago(2)).difference.since == hours_ago(2)


def test_a_closing_that_was_undone_closes_nothing() -> None:
    archive = with_past()
    closed = close_shift(archive, THEATRE, handover(archive, THEATRE, hours_ago(6)), "amina")
    archive.act(Action("undo", "amina", hours_ago(5), theatre=THEATRE.id, value=str(closed.seq)))
    assert handover(archive, THEATRE, NOW).last is None


def test_c_shows_what_changed_and_leads_to_the_evidence() -> None:
    async def test() -> None:
        async with screen(with_past(), options=with_options(since=hours_ago(6))) as pilot:
            await press(pilot, "c")
            assert "Shift  since 12 Aug 12:42Z" in text(pilot)
            assert "held → captured" in row_with(pilot, "Ghazni  held")
            assert "governor" in text(pilot).casefold()
            await press(pilot, "slash", *"ghazni", "enter", "enter")
            assert "Evidence  Ghazni" in text(pilot)
            assert app_of(pilot).room.board.selected.place.id == "ghazni"  # type: ignore[union-attr]
            await press(pilot, "q")
            assert "What changed" in text(pilot)
            await press(pilot, "q")
            assert "Wire" in text(pilot)

    run(test)


def test_c_twice_asks_since_when() -> None:
    async def test() -> None:
        async with screen(with_past()) as pilot:
            await press(pilot, "c", "c", *"1h", "enter")
            assert "since 12 Aug 17:42Z" in text(pilot)
            assert "Ghazni  " not in text(pilot).split("New events")[0]
            await press(pilot, "c", *"soon", "enter")
            assert "That is no time" in text(pilot)

    run(test)


def test_closing_a_shift_leaves_a_note_and_the_count_begins_anew() -> None:
    archive = with_past()

    async def test() -> None:
        async with screen(archive) as pilot:
            await look(pilot)
            assert " 0 changes since" not in text(pilot)
            await press(pilot, "C", *"AFP calls", "enter")
            closed = archive.journal[-1]
            assert (closed.kind, closed.who, closed.reason) == ("shift", "tester", "AFP calls")
            assert "What changed" in closed.value
            await look(pilot)
            assert "0 changes since 18:42" in text(pilot)
            await press(pilot, "c")
            assert "tester left word: AFP calls" in text(pilot)
            assert "No capital stands otherwise" in text(pilot)
            await press(pilot, "u")
            await look(pilot)
            await press(pilot, "q", "c")
            assert "AFP calls" not in text(pilot)

    run(test)


def test_a_capital_and_a_story_are_given_to_somebody_and_taken_back() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, (200, 60)) as pilot:
            await look(pilot)
            await press(pilot, "slash", *"ghazni", "enter", "A", *"ben", "enter")
            await look(pilot)
            assert "ben has it" in row_with(pilot, "Ghazni  ")
            await press(pilot, "u")
            await look(pilot)
            assert "ben has it" not in text(pilot)
            await press(pilot, "2", "enter", "A", "enter")
            assert "tester has it" in text(pilot)
            await press(pilot, "A", "minus", "enter")
            assert "tester has it" not in text(pilot)

    run(test)


def test_a_reader_closes_nothing() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, options=with_options(read_only=True)) as pilot:
            await press(pilot, "C", "enter")
            assert "only reads" in text(pilot)
            assert not archive.journal

    run(test)


def test_a_long_hostile_sentence_stays_one_line_of_the_note() -> None:
    archive = with_past()
    bad = story(980, "Bad", 0.3)
    archive.add_story(bad)
    seqs = archive.add_evidence(sentence("herat", "Lost\x1b]52;c;eA==\a\nOpen\n  " + "x" * 900, bad.id))
    archive.stand(standing("herat", "disputed", 0.1, seqs, at=hours_ago(0.1)))
    note = note_of(handover(archive, THEATRE, NOW, since=hours_ago(1)), THEATRE)
    assert "\x1b" not in note
    assert "\x07" not in note
    assert max(map(len, note.splitlines())) < 500
