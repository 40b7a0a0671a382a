"""An operator knows better which stories tell one event: what is split off stays off, what is merged stays together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import open_pipeline
from feeds.collector.digest import Digester
from feeds.collector.visit import Visit
from feeds.evidence import Action
from feeds.story import FeedState, Story, Subscription
from feeds.theatres import load_theatre
from feeds.wire.fetch import Answer
from feeds.wire.parse import Parsed
from tests.dedupe.groups import NOON, story

THEATRE = load_theatre("afghanistan-2021")
LEAD = (
    "At least 12 people were killed when a truck loaded with fuel overturned and caught fire on the Salang pass north of"
    " the Afghan capital, a provincial traffic official said."
)
FALL = "Taliban fighters seized the northern city of Kunduz on Sunday, residents said."


@dataclass
class Shift:
    """A collector at work on an archive, ended and begun anew at will."""

    archive: Archive
    now: datetime = NOON + timedelta(hours=8)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self._digester = Digester(
            self.archive, lambda: open_pipeline(self.archive, [THEATRE], self.now), lambda: self.now
        )

    def tell(self, *stories: Story) -> None:
        feed = Subscription("http://feed.example/", "Feed", "B")
        parsed = Parsed(tuple(replace(one, feed=feed.url, reliability="B") for one in stories), "", (), None)
        self._digester.digest([Visit(feed, FeedState(feed.url), Answer(200), parsed)])

    def heed(self) -> None:
        self.now += timedelta(minutes=1)
        self._digester.tick()

    def act(self, kind: str, story_id: str = "", value: str = "") -> Action:
        self.now += timedelta(minutes=1)
        return self.archive.act(Action(kind, "ann", self.now, story_id, THEATRE.id, value=value))

    def thread(self, story_id: str) -> set[str]:
        fold = self.archive.fold_of(story_id)
        assert fold is not None
        return {one.id for one, _ in self.archive.thread(fold.thread)}


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    with open_archive(tmp_path / "archive.db") as archive:
        yield Shift(archive)


def told(n: int, title: str, lead: str = "", outlet: str = "", wire: str = "", minutes: int = 0) -> Story:
    at = NOON + timedelta(minutes=minutes or n)
    return story(title, lead, n=n, at=at, outlet=outlet, wire=wire)


def ids(*numbers: int) -> set[str]:
    return {f"{n:016x}" for n in numbers}


FIRE = [
    told(1, "Fuel truck fire kills 12 on Salang pass", LEAD, "Gazette"),
    told(2, "Salang pass fuel truck fire: convoy still burning", "", "Herald"),
    told(3, "Salang pass closed after fuel truck fire", "", "Star"),
]
FLOOD = [
    told(11, "River Panjshir floods villages after storm", "", "Herald"),
    told(12, "Villages on river Panjshir flooded", "", "Courier"),
]


def test_what_is_split_off_is_a_thread_of_its_own_and_so_are_its_counts(shift: Shift) -> None:
    shift.tell(*FIRE)
    assert shift.thread(FIRE[0].id) == ids(1, 2, 3)
    shift.act("split", FIRE[1].id, FIRE[0].id)
    shift.heed()
    assert shift.thread(FIRE[1].id) == ids(2)
    rows = {row.id: row for row in shift.archive.rows(shift.archive.lead_ids())}
    assert {id_: row.outlets for id_, row in rows.items()} == {FIRE[0].id: 2, FIRE[1].id: 1}


def test_the_story_that_opened_a_thread_can_be_split_off(shift: Shift) -> None:
    shift.tell(*FIRE)
    shift.act("split", FIRE[0].id, FIRE[0].id)
    shift.heed()
    assert shift.thread(FIRE[0].id) == ids(1)
    assert shift.thread(FIRE[2].id) == ids(2, 3)


@pytest.mark.parametrize("restarted", [False, True])
def test_a_copy_of_a_split_off_story_follows_it(shift: Shift, restarted: bool) -> None:
    shift.tell(*FIRE)
    shift.act("split", FIRE[1].id, FIRE[0].id)
    shift.heed()
    if restarted:
        shift.restart()
    shift.tell(told(4, f"UPDATE 1-{FIRE[1].title}", "", "Observer"))
    assert shift.thread(FIRE[1].id) == ids(2, 4)


@pytest.mark.parametrize("restarted", [False, True])
def test_merged_threads_stay_merged_and_what_comes_joins_them(shift: Shift, restarted: bool) -> None:
    shift.tell(*FIRE, *FLOOD)
    assert shift.thread(FLOOD[0].id) == ids(11, 12)
    shift.act("merge", FLOOD[0].id, FIRE[0].id)
    shift.heed()
    if restarted:
        shift.restart()
    shift.tell(told(13, "Flooded villages on river Panjshir wait for help", "", "Mail"))
    assert shift.thread(FIRE[0].id) == ids(1, 2, 3, 11, 12, 13)
    (lead,) = shift.archive.lead_ids()
    (row,) = shift.archive.rows([lead])
    assert (row.id, row.outlets) == (FIRE[0].id, 5)


def undone(shift: Shift, decide: Callable[[], Action], *, restarted: bool) -> None:
    before = sorted((one.id, fold) for one, fold in shift.archive.recent_stories(NOON - timedelta(days=1)))
    decision = decide()
    shift.heed()
    assert before != sorted(
        (one.id, fold) for one, fold in shift.archive.recent_stories(NOON - timedelta(days=1))
    )
    if restarted:
        shift.restart()
    undo = shift.act("undo", value=str(decision.seq))
    shift.heed()
    assert before == sorted(
        (one.id, fold) for one, fold in shift.archive.recent_stories(NOON - timedelta(days=1))
    )
    shift.act("undo", value=str(undo.seq))
    shift.heed()
    assert before != sorted(
        (one.id, fold) for one, fold in shift.archive.recent_stories(NOON - timedelta(days=1))
    )


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("which", [0, 1])
def test_a_split_undone_is_as_if_it_had_not_been(shift: Shift, which: int, restarted: bool) -> None:
    shift.tell(*FIRE, *FLOOD)
    undone(shift, lambda: shift.act("split", FIRE[which].id, FIRE[0].id), restarted=restarted)


@pytest.mark.parametrize("restarted", [False, True])
def test_a_merge_undone_is_as_if_it_had_not_been(shift: Shift, restarted: bool) -> None:
    shift.tell(*FIRE, *FLOOD)
    undone(shift, lambda: shift.act("merge", FLOOD[0].id, FIRE[0].id), restarted=restarted)


def test_what_has_joined_the_rest_goes_back_with_it(shift: Shift) -> None:
    shift.tell(*FIRE)
    split = shift.act("split", FIRE[0].id, FIRE[0].id)
    shift.heed()
    shift.tell(told(4, f"UPDATE 1-{FIRE[1].title}", "", "Observer"))
    assert shift.thread(FIRE[1].id) == ids(2, 3, 4)
    shift.act("undo", value=str(split.seq))
    shift.heed()
    assert shift.thread(FIRE[0].id) == ids(1, 2, 3, 4)


def test_a_split_makes_two_origins_of_a_copy_and_its_article_and_the_undoing_one_again(shift: Shift) -> None:
    title = "Taliban seize Kunduz"
    shift.tell(told(1, title, FALL, "Gazette", "Reuters"), told(2, title, FALL, "Herald"))

    def origins() -> int:
        return next(one.origins for one in shift.archive.standings(THEATRE.id) if one.place == "kunduz")

    assert shift.archive.fold_of(f"{2:016x}") is not None
    assert origins() == 1
    split = shift.act("split", f"{2:016x}", f"{1:016x}")
    shift.heed()
    assert origins() == 2
    shift.restart()
    shift.tell(told(9, "Rain expected on the coast"))
    shift.heed()
    assert origins() == 2, "after a restart too"
    shift.act("undo", value=str(split.seq))
    shift.heed()
    assert origins() == 1


def test_a_merge_makes_one_origin_of_one_agencys_two_takes(shift: Shift) -> None:
    shift.tell(
        told(1, "Taliban seize Kunduz", FALL, "Gazette", "Reuters"),
        told(
            2,
            "Heavy fighting in Kunduz",
            "Heavy fighting raged in Kunduz, residents said.",
            "Herald",
            "Reuters",
        ),
    )
    first, second = shift.archive.fold_of(f"{1:016x}"), shift.archive.fold_of(f"{2:016x}")
    assert first is not None
    assert second is not None
    assert (first.thread, first.origin) != (second.thread, second.origin)
    shift.act("merge", second.story, first.story)
    shift.heed()
    merged = shift.archive.fold_of(second.story)
    assert merged is not None
    assert (merged.thread, merged.origin) == (first.thread, first.origin)


def test_a_decision_is_carried_out_once(shift: Shift) -> None:
    shift.tell(*FIRE)
    shift.act("split", FIRE[1].id, FIRE[0].id)
    shift.heed()
    lines = len(shift.archive.actions())
    shift.heed()
    shift.restart()
    shift.heed()
    assert len(shift.archive.actions()) == lines


def test_a_decision_about_what_is_not_there_changes_nothing(shift: Shift) -> None:
    shift.tell(*FIRE)
    before = list(shift.archive.recent_stories(NOON - timedelta(days=1)))
    shift.act("split", "no such story", FIRE[0].id)
    shift.act("merge", FIRE[0].id, "no such story")
    shift.act("merge", FIRE[1].id, FIRE[0].id)
    shift.heed()
    assert before == list(shift.archive.recent_stories(NOON - timedelta(days=1)))


def test_the_journal_is_read_once_however_much_was_decided(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift.tell(*FIRE)
    shift.tell(*FLOOD)
    shift.act("split", FIRE[1].id, FIRE[0].id)
    shift.act("split", FIRE[2].id, FIRE[0].id)
    shift.act("merge", FLOOD[1].id, FIRE[2].id)
    whole: list[int] = []
    read = shift.archive.actions

    def actions(theatre: str = "", story: str = "", after_seq: int = 0) -> list[Action]:
        if not (theatre or story or after_seq):
            whole.append(1)
        return read(theatre, story, after_seq)

    monkeypatch.setattr(shift.archive, "actions", actions)
    shift.heed()
    assert shift.thread(FIRE[1].id) == ids(2)
    assert shift.thread(FIRE[2].id) == shift.thread(FLOOD[0].id) | ids(3) == ids(3, 11, 12)
    assert len(whole) <= 2, "once to see whether there is anything, once for all of it"
