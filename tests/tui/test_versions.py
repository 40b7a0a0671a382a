"""A story that was changed, copied and acted upon: the panel says in which words, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from feeds.desk import Desk
from feeds.watched import Hit, WatchTerm
from tests.tui.samples import hours_ago, thursday
from tests.tui.screen import press, row_with, run, screen, text
from tui.views.versions import changed_words, word_difference
from tui.watching import ids_of

_WORDS = st.lists(
    st.sampled_from("the city has fallen says governor not yet held troops".split()), max_size=30
)


def test_what_was_taken_out_and_put_in_is_told_by_signs() -> None:
    runs = word_difference(
        "Officials said on Thursday that the city has fallen to them",
        "Officials said on Thursday that the city has not fallen",
    )
    words = "".join(piece for piece, _ in runs)
    assert words == "… that the city has {+not+} fallen [-to them-] "
    assert changed_words("a b c", "a x c") == 2
    assert word_difference("same words", " same  words ") == []


@given(_WORDS, _WORDS)
def test_the_new_text_is_found_again_in_the_difference(old: list[str], new: list[str]) -> None:
    runs = word_difference(" ".join(old), " ".join(new))
    if old == new:
        assert runs == []
        return
    added = [word for piece, style in runs if style == "good" for word in piece.strip("{+} ").split()]
    gone = [word for piece, style in runs if style == "bad" for word in piece.strip("[-] ").split()]
    assert len(new) - len(old) == len(added) - len(gone)
    assert changed_words(" ".join(old), " ".join(new)) <= len(added) + len(gone)


@given(_WORDS, _WORDS)
def test_words_that_only_one_text_has_are_counted(old: list[str], new: list[str]) -> None:
    kinds = {*old, *new}
    assert changed_words(" ".join(old), " ".join(new)) == sum(
        abs(old.count(word) - new.count(word)) for word in kinds
    )


def test_a_corrected_story_shows_what_it_said_before_and_what_it_moved() -> None:
    archive = thursday()
    at = next(number for number, each in enumerate(archive.stories) if "Governor of Ghazni" in each.title)
    lead = archive.stories[at]
    now = replace(
        lead, flag="CORRECTED", body=lead.body.replace("hours after", "a day after"), received=hours_ago(0.5)
    )
    archive.stories[at] = replace(now, received=lead.received)
    archive.texts[lead.id] = [lead, now]

    async def test() -> None:
        async with screen(archive, (120, 50)) as pilot:
            await press(pilot, "2", "slash", *"governor", "enter", "enter", "3")
            assert "versions, 2" in text(pilot)
            assert "[-hours-] {+a day+}" in text(pilot)
            assert "12 Aug 18:12Z  CORRECTED" in text(pilot)
            assert "it moved Ghazni from held to captured, 12 Aug 16:42Z" in text(pilot)
            assert "copy, 4 words otherwise" in text(pilot) or "copy, 3 words otherwise" in text(pilot)
            await press(pilot, "t", *"1h", "enter", "2", "slash", *"governor", "enter", "enter", "3")
            assert "versions" not in text(pilot)
            assert "a day after" not in text(pilot)

    run(test)


def test_the_timeline_counts_a_watch_term(tmp_path: Path) -> None:
    archive, desk = thursday(), Desk.open(tmp_path / "desk.json")
    desk.watch(WatchTerm("airport", "high"))
    (term,) = ids_of("airport", ["airport"])
    archive.watch.hits["x"] = [Hit(term, f"{number}", ((0, 3),), hours_ago(2)) for number in range(3)]

    async def test() -> None:
        async with screen(archive, desk=desk) as pilot:
            await press(pilot, "6")
            assert row_with(pilot, " airport ").split("│")[1].split()[:2] == ["airport", "3"]

    run(test)
