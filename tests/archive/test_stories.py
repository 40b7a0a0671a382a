"""Stories go in once, come back as they were, and keep the texts they had before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.archive import Archive, Batch
from feeds.archive.stored import moment
from feeds.errors import ArchiveError
from feeds.story import Drop, FeedState, Fold, Story
from tests.archive.samples import THURSDAY, a_story, after, alone, behind, put, titles

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
_MOMENTS = st.integers(0, 4_000_000_000_000_000).map(moment)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    title=_TEXT,
    summary=_TEXT,
    body=_TEXT,
    published=st.none() | _MOMENTS,
    received=_MOMENTS,
    marks=st.lists(_TEXT, max_size=2).map(tuple),
    id_=st.uuids(),
)
def test_a_story_comes_back_exactly_as_it_went_in(
    archive: Archive,
    title: str,
    summary: str,
    body: str,
    published: datetime | None,
    received: datetime,
    marks: tuple[str, ...],
    id_: UUID,
) -> None:
    story = Story(
        id=f"{id_}{received.isoformat()}{hash((title, summary, body, published, marks))}",
        title=title,
        summary=summary,
        body=body,
        published=published,
        received=received,
        marks=marks,
    )
    put(archive, story)
    assert archive.story(story.id) == story


def test_the_same_story_fed_again_changes_nothing(archive: Archive) -> None:
    story = a_story("a", "Ghazni falls")
    first = archive.write(Batch(stories=[story], folds=[alone(story)]))
    again = archive.write(Batch(stories=[replace(story, received=after(hours=2))], folds=[alone(story)]))
    assert (first.new_stories, again.new_stories) == (1, 0)
    assert archive.versions("a") == [story]
    assert archive.story("a") == story


def test_a_story_twice_in_one_batch_is_one_story(archive: Archive) -> None:
    story = a_story("a")
    assert archive.write(Batch(stories=[story, story])).new_stories == 1


def test_an_edited_story_is_one_story_with_versions(archive: Archive) -> None:
    first = a_story("a", "Ghazni said to fall")
    second = replace(first, title="Ghazni falls", flag="UPDATE", received=after(hours=1))
    third = replace(first, title="Ghazni has fallen", flag="CORRECTED", received=after(hours=2))
    for story in (first, second, third):
        put(archive, story)
    assert [(one.title, one.flag, one.received) for one in archive.versions("a")] == [
        ("Ghazni said to fall", "", THURSDAY),
        ("Ghazni falls", "UPDATE", after(hours=1)),
        ("Ghazni has fallen", "CORRECTED", after(hours=2)),
    ]
    now = archive.story("a")
    assert now is not None
    assert now.title == "Ghazni has fallen"
    assert now.received == THURSDAY, "it keeps its place in the wire"
    assert archive.lead_ids(text="said") == []
    assert len(archive.lead_ids(text="fallen")) == 1


def test_the_newest_received_stands_first(archive: Archive) -> None:
    put(archive, a_story("old", received=after(hours=-1)), a_story("new", received=after(hours=1)))
    put(archive, a_story("middle"))
    assert titles(archive, archive.lead_ids()) == ["Story new", "Story middle", "Story old"]


def test_what_came_together_stands_in_the_order_it_was_told(archive: Archive) -> None:
    told = [replace(a_story(str(n)), published=after(minutes=-n)) for n in (1, 2, 3)]
    put(archive, *told)
    assert titles(archive, archive.lead_ids()) == ["Story 1", "Story 2", "Story 3"]


def test_five_thousand_stories_of_one_moment_are_all_kept(archive: Archive) -> None:
    for start in range(0, 5000, 500):
        put(archive, *(a_story(f"{number:04}") for number in range(start, start + 500)))
    put(archive, a_story("later", received=after(seconds=2)))
    rows = archive.lead_ids()
    assert len(rows) == 5001
    assert len(set(rows)) == 5001
    assert titles(archive, rows[:1]) == ["Story later"]


def test_a_list_is_read_page_by_page_without_losing_or_repeating_any(archive: Archive) -> None:
    put(archive, *(a_story(str(number), received=after(minutes=number // 7)) for number in range(40)))
    seen: list[int] = []
    while page := archive.lead_ids(9, below=seen[-1] if seen else 0):
        seen += page
    assert seen == archive.lead_ids()


def test_before_a_moment_only_what_was_there(archive: Archive) -> None:
    put(archive, a_story("a"), a_story("b", received=after(microseconds=1)))
    assert titles(archive, archive.lead_ids(before=after(microseconds=1))) == ["Story a"]
    assert archive.lead_ids(before=THURSDAY) == []


def test_a_thread_is_one_line_with_its_figures(archive: Archive) -> None:
    lead = a_story("a", "Ghazni falls", outlet="Reuters")
    copy = a_story("b", "Ghazni falls", outlet="Daily", received=after(minutes=1))
    telling = a_story("c", "Taliban enter Ghazni", outlet="AP", received=after(minutes=2))
    archive.write(
        Batch(
            stories=[lead, copy, telling],
            folds=[alone(lead), behind(copy, lead, copy=True), behind(telling, lead)],
        )
    )
    (line,) = archive.rows(archive.lead_ids())
    assert (line.title, line.outlets, line.origins, line.copies) == ("Ghazni falls", 3, 2, 1)
    assert [story.id for story, _ in archive.thread("a")] == ["a", "b", "c"]
    assert archive.fold_of("b") == Fold("b", "a", "a", "Reuters")


def test_how_many_had_told_an_event_by_a_moment(archive: Archive) -> None:
    lead, copy, other = (
        a_story("lead"),
        a_story("copy", received=after(minutes=3), outlet="AP"),
        a_story("other", received=after(minutes=9), outlet="AFP"),
    )
    folds = [alone(lead), behind(copy, lead, copy=True), behind(other, lead)]
    archive.write(Batch(stories=[lead, copy, other], folds=folds))
    leads = archive.lead_ids()
    for minutes, outlets, origins in ((0, 1, 1), (3, 2, 1), (8, 2, 1), (9, 3, 2)):
        assert archive.told_until(leads, after(minutes=minutes)) == {leads[0]: (outlets, origins)}
    assert archive.told_until(leads, after(minutes=-1)) == {}


def test_a_telling_joins_a_thread_of_an_earlier_batch(archive: Archive) -> None:
    lead, late = a_story("a"), a_story("b", received=after(hours=3), outlet="AP")
    put(archive, lead)
    archive.write(Batch(stories=[late], folds=[behind(late, lead)]))
    (line,) = archive.rows(archive.lead_ids())
    assert (line.id, line.outlets) == ("a", 2)


def test_a_story_can_be_folded_anew(archive: Archive) -> None:
    one, two = a_story("a"), a_story("b", received=after(minutes=1))
    put(archive, one, two)
    archive.write(Batch(folds=[behind(two, one)]))
    assert len(archive.lead_ids()) == 1
    archive.write(Batch(folds=[alone(two)]))
    assert len(archive.lead_ids()) == 2


def test_the_folder_gets_its_window_back_in_order(archive: Archive) -> None:
    stories = [a_story(f"{number:04}", received=after(seconds=number)) for number in range(2500)]
    put(archive, *stories)
    back = list(archive.recent_stories(after(seconds=10)))
    assert [story for story, _ in back] == stories[10:]
    assert all(fold.story == story.id for story, fold in back)


def test_a_story_is_found_by_its_address_however_it_is_written(archive: Archive) -> None:
    put(archive, a_story("a", url="https://example.org/ghazni/"))
    for url in ("https://example.org/ghazni/", "http://example.org/ghazni", "https://example.org/ghazni#top"):
        assert [story.id for story in archive.story_by_url(url)] == ["a"]
    assert archive.story_by_url("https://example.org/herat") == []


def test_which_of_two_thousand_ids_are_known(archive: Archive) -> None:
    put(archive, a_story("a"), a_story("b"))
    assert archive.known_stories([*map(str, range(2000)), "b"]) == {"b"}
    assert archive.known_stories([]) == set()


def test_what_is_not_there_is_none(archive: Archive) -> None:
    assert archive.story("x") is None
    assert archive.fold_of("x") is None
    assert archive.thread("x") == []
    assert archive.versions("x") == []
    assert archive.rows([7]) == []


def test_a_batch_goes_in_whole_or_not_at_all(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="not in the archive"):
        archive.write(Batch(stories=[a_story("a")], folds=[Fold("stray", "stray", None, "AP")]))
    assert archive.story("a") is None


def test_half_a_character_is_refused_in_one_line_and_nothing_written(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="half a character"):
        put(archive, a_story("a"), a_story("b", title="\ud83d"))
    assert archive.known_stories(["a", "b"]) == set()


def test_the_ledger_tells_what_was_dropped_newest_first(archive: Archive) -> None:
    drops = [
        Drop(
            after(minutes=n),
            feed=f"https://example.org/{n % 2}",
            url=f"https://example.org/s/{n}",
            stage="parse",
            reason="no title",
        )
        for n in range(4)
    ]
    archive.write(Batch(drops=drops))
    assert archive.drops() == drops[::-1]
    assert archive.drops(limit=1) == drops[3:]
    assert archive.drops(feed="https://example.org/1") == [drops[3], drops[1]]
    assert archive.drops(url="https://example.org/s/2") == [drops[2]]


def test_what_is_known_of_a_feed_is_replaced(archive: Archive) -> None:
    state = FeedState("https://example.org/feed", etag='"1"', next_due=after(minutes=5), status=200)
    archive.save_feed_state(state)
    newer = replace(
        state, etag='"2"', error="timed out", errors_in_row=1, last_fetch=THURSDAY - timedelta(days=1)
    )
    archive.write(Batch(feeds=[newer]))
    assert archive.feed_states() == {state.url: newer}
