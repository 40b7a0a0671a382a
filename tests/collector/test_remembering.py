"""Stories that left a collector's memory: edited, withdrawn, corrected or told again, they are known as if they were in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import open_pipeline
from feeds.collector.remembering import bring_back
from feeds.dedupe import WINDOW, Folder
from feeds.moments import earlier
from feeds.pipeline import Pipeline
from feeds.story import About, Story
from feeds.theatres import load_theatre
from tests.dedupe.groups import NOON, story

THEATRE = load_theatre("afghanistan-2021")
FALL = "Gardez falls to Taliban, says provincial council"
LEAD = "Taliban fighters captured the city of Gardez on Wednesday, a member of the provincial council said by telephone."
WORDS = "tariff orchard ferry pianist museum lantern glacier pepper saddle violin cellar meadow compass anchor".split()


def told(
    n: int,
    title: str,
    lead: str = "",
    *,
    hours: float,
    outlet: str = "Courier",
    flag: str = "",
    url: str = "",
) -> Story:
    made = story(title, lead, n=n, at=NOON + timedelta(hours=hours), outlet=outlet, url=url)
    return replace(made, reliability="B", feed=f"http://{outlet.lower()}.example/", flag=flag)


def others(first: int, hours: float) -> list[Story]:
    """So many stories of other things that nothing before them stays in memory."""
    return [
        told(first + n, f"{WORDS[n]} {WORDS[-n - 2]} number{n} day{first}", hours=hours, outlet=f"Paper {n}")
        for n in range(12)
    ]


class Desk:
    """A collector with room for eight stories in memory."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.pipeline: Pipeline | None = None

    def start(self, now: datetime) -> Pipeline:
        if self.pipeline is not None:
            self.pipeline.close()
        self.pipeline = open_pipeline(self.archive, [THEATRE], now, capacity=8)
        return self.pipeline

    def take(self, stories: Sequence[Story]) -> list[Story]:
        """As a collector does it; the stories that were new or changed."""
        now = stories[-1].received
        pipeline = self.pipeline or self.start(now)
        known = self.archive.known_stories(one.id for one in stories)
        fresh = [one for one in stories if one.id not in known or pipeline.knows(one.id)]
        fresh += bring_back(self.archive, pipeline, stories, known, earlier(now, WINDOW))
        batch = pipeline.take(fresh, now)
        self.archive.write(batch)
        return batch.stories

    def state(self, place: str) -> str:
        return {row.place: row.state for row in self.archive.standings(THEATRE.id)}[place]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_archive(tmp_path / "archive.db") as archive:
        made = Desk(archive)
        yield made
        if made.pipeline is not None:
            made.pipeline.close()


@pytest.fixture(params=[False, True], ids=["goes on", "started again"])
def later(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """A desk that has forgotten a fall, told at noon, and was started again maybe."""
    desk.take([told(1, FALL, LEAD, hours=0, url="https://courier.example/gardez")])
    desk.take(others(100, 1))
    desk.take(others(200, 2))
    if request.param:
        desk.start(NOON + timedelta(hours=3))
    assert desk.pipeline is not None
    assert not desk.pipeline.knows(told(1, "", hours=0).id)
    assert desk.state("gardez") == "captured"
    return desk


def test_a_copy_is_found_and_is_no_second_origin(later: Desk) -> None:
    first = told(1, "", hours=0).id
    later.take([told(2, "Provincial capital lost", LEAD, hours=4, outlet="Herald")])
    later.take(
        [
            told(
                3,
                "Lost: Gardez",
                "",
                hours=30,
                outlet="Star",
                url="https://m.courier.example/gardez?utm_source=x",
            )
        ]
    )
    folds = [later.archive.fold_of(told(n, "", hours=0).id) for n in (1, 2, 3)]
    assert [fold.copy_of for fold in folds if fold] == [None, first, first]
    assert len({fold.origin for fold in folds if fold}) == len({fold.thread for fold in folds if fold}) == 1
    assert {piece.origin for piece in later.archive.evidence(THEATRE.id, place="gardez")} == {
        folds[0].origin if folds[0] else ""
    }


def test_another_claim_in_the_same_words_is_no_copy(later: Desk) -> None:
    later.take(
        [
            told(
                2,
                FALL.replace("Gardez", "Ghazni"),
                LEAD.replace("Gardez", "Ghazni"),
                hours=4,
                outlet="Herald",
            )
        ]
    )
    fold = later.archive.fold_of(told(2, "", hours=0).id)
    assert fold is not None
    assert fold.copy_of is None


def test_an_edit_becomes_a_version_and_says_only_what_is_new(later: Desk) -> None:
    assert later.take([told(1, FALL, LEAD, hours=4)]) == [], "the same again"
    edited = told(1, FALL, f"{LEAD} Taliban fighters also captured the city of Khost, he said.", hours=4)
    before = len(later.archive.evidence())
    assert [one.id for one in later.take([edited])] == [edited.id]
    assert [one.summary for one in later.archive.versions(edited.id)] == [LEAD, edited.summary]
    assert {piece.place for piece in later.archive.evidence()[before:]} == {"khost"}
    fold = later.archive.fold_of(edited.id)
    assert fold is not None
    assert (fold.thread, fold.copy_of) == (edited.id, None)


def test_a_withdrawal_takes_it_back_and_its_copies_are_not_believed(later: Desk) -> None:
    gone = told(2, f"WITHDRAWN: {FALL}", "The Courier has withdrawn its report.", hours=5, flag="WITHDRAWN")
    later.take([gone])
    assert later.state("gardez") == "unknown"
    later.take(others(300, 6))
    later.start(NOON + timedelta(hours=7))
    later.take([told(3, "Provincial capital lost", LEAD, hours=8, outlet="Herald")])
    fold = later.archive.fold_of(told(3, "", hours=0).id)
    assert fold is not None
    assert fold.copy_of == told(1, "", hours=0).id
    assert later.state("gardez") == "unknown"


def test_a_correction_stands_for_it(later: Desk) -> None:
    right = LEAD.replace("captured the city of", "attacked the city of")
    later.take(
        [
            told(
                3,
                "CORRECTED: Gardez close to Taliban, says provincial council",
                right,
                hours=6,
                flag="CORRECTED",
            )
        ]
    )
    (taken,) = [one for one in later.archive.actions() if one.kind == "retract"]
    assert (taken.story, taken.place) == (told(1, "", hours=0).id, "gardez")
    assert later.state("gardez") != "captured"


def at(moment: datetime, *stories: Story) -> list[Story]:
    return [replace(one, published=moment, received=moment) for one in stories]


def test_stories_of_the_first_day_of_the_calendar_end_no_round(desk: Desk) -> None:
    odd = datetime.min.replace(tzinfo=UTC)
    first = told(1, FALL, LEAD, hours=0, url="http://courier.example/gardez")
    withdrawn = told(2, f"WITHDRAWN: {FALL}", hours=0, flag="WITHDRAWN")
    assert len(desk.take(at(odd, first, *others(100, 0)))) == 13
    assert len(desk.take(at(odd, withdrawn, *others(200, 0)))) == 13
    assert len(desk.take(others(300, 0))) == 12, "and today's news come in beside them"
    desk.start(odd)
    assert len(desk.take(at(odd, *others(400, 0)))) == 12


def test_nor_those_of_its_last_day_where_there_is_no_archive() -> None:
    folder = Folder(capacity=2)
    for odd in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        folder.begin()
        for one in at(odd, *(replace(two, url=f"http://a.example/{two.id}") for two in others(500, 0))):
            assert folder.fold(one, About()).story == one.id
