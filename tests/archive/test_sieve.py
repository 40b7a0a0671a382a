"""A list narrowed down shows what a person would pick by hand, newest first, page by page."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.archive import MARKS, Archive, Batch, Sieve, StoryRow, open_archive
from feeds.story import Story
from tests.archive.samples import THURSDAY, a_story, after, alone, behind, mark, said_of

OUTLETS = ("Reuters", "Radio Herat", "radio kabul", "Straße News")
PLACES = ("ghazni", "herat", "helmand", "kabul")
FEEDS = ("https://a.example/feed", "https://b.example/feed")


class Wire:
    def __init__(self, archive: Archive, told: dict[str, Story]) -> None:
        self.archive, self.told = archive, told


def filled(path: Path) -> Wire:
    """120 stories in 90 threads by all sorts of outlets, some marked, some about places."""
    chance, archive = random.Random(7), open_archive(path)
    told: dict[str, Story] = {}
    leads: list[Story] = []
    for number in range(120):
        story = replace(
            a_story(f"s{number:03}", received=after(minutes=number)),
            outlet=chance.choice(OUTLETS),
            reliability=chance.choice("ABC") if number % 9 else "",
            wire=chance.choice(("", "AP", "Reuters")),
            flag=chance.choice(("", "", "URGENT")),
            feed=chance.choice(FEEDS),
            summary=chance.choice(("the bridge", "the bridge holds", "traffic")),
            published=chance.choice((None, after(minutes=number - chance.randrange(200)))),
        )
        follows = bool(leads) and number % 4 == 0
        fold = behind(story, chance.choice(leads)) if follows else alone(story)
        if not follows:
            leads.append(story)
        claims = [said_of(story, chance.choice(PLACES)) for _ in range(chance.randrange(3))]
        archive.write(Batch(stories=[story], folds=[fold], evidence=claims))
        told[story.id] = story
        for kind in ("read", "flag", "dismiss", "escalate"):
            if chance.random() < 0.3:
                archive.act(mark(kind, story.id))
    return Wire(archive, told)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Wire:
    return filled(tmp_path_factory.mktemp("sieve") / "a.db")


def passes(line: StoryRow, story: Story, sieve: Sieve) -> bool:
    """By hand."""
    return (
        (not sieve.place or any(place.startswith(sieve.place) for place in line.places))
        and (sieve.places is None or bool(set(line.places) & set(sieve.places)))
        and sieve.outlet.casefold() in line.outlet.casefold()
        and sieve.wire.casefold() in line.wire.casefold()
        and (not sieve.letters or (line.reliability != "" and line.reliability.casefold() in sieve.letters))
        and sieve.feed in ("", story.feed)
        and sieve.flag in ("", line.flag)
        and all(getattr(line, name) == bears for name, bears in sieve.marks.items())
        and (sieve.since is None or line.told >= sieve.since)
        and (sieve.before is None or line.told < sieve.before)
    )


sieves = st.builds(
    Sieve,
    place=st.sampled_from(("", "", "h", "ghazni", "nowhere")),
    places=st.none() | st.lists(st.sampled_from(PLACES), unique=True).map(tuple),
    outlet=st.sampled_from(("", "", "RADIO", "strasse", "herat", "nobody")),
    wire=st.sampled_from(("", "", "reu", "p")),
    letters=st.sampled_from(("", "", "a", "bc")),
    feed=st.sampled_from(("", *FEEDS)),
    flag=st.sampled_from(("", "", "URGENT")),
    marks=st.dictionaries(st.sampled_from(MARKS), st.booleans(), max_size=2),
    since=st.none() | st.integers(-100, 130).map(lambda minutes: after(minutes=minutes)),
    before=st.none() | st.integers(-100, 130).map(lambda minutes: after(minutes=minutes)),
)


@settings(max_examples=250, deadline=None)
@given(
    sieve=sieves,
    limit=st.none() | st.integers(1, 12),
    words=st.sampled_from(("", "bridge", '"bridge holds" the')),
)
def test_what_passes_is_shown_newest_first(wire: Wire, sieve: Sieve, limit: int | None, words: str) -> None:
    archive, told = wire.archive, wire.told
    by_hand = [
        line.row for line in archive.rows(archive.lead_ids(text=words)) if passes(line, told[line.id], sieve)
    ]
    assert archive.lead_ids(limit, sieve=sieve, text=words) == by_hand[:limit]
    if by_hand:
        assert archive.lead_ids(limit, sieve=sieve, text=words, below=by_hand[0]) == by_hand[1:][:limit]


def test_every_kind_of_condition_finds_something(wire: Wire) -> None:
    archive = wire.archive
    for sieve in (
        Sieve(place="h"),
        Sieve(places=("kabul",)),
        Sieve(outlet="STRASSE"),
        Sieve(wire="ap"),
        Sieve(letters="c"),
        Sieve(feed=FEEDS[1]),
        Sieve(flag="URGENT"),
        *(Sieve(marks={name: bears}) for name in MARKS for bears in (True, False)),
        Sieve(since=after(hours=1)),
        Sieve(before=after(hours=1)),
    ):
        assert 0 < len(archive.lead_ids(sieve=sieve)) < len(archive.lead_ids()), sieve
    assert Sieve().empty
    assert archive.lead_ids(sieve=Sieve(places=())) == []


def test_a_mark_taken_away_is_no_longer_found(tmp_path: Path) -> None:
    unread = Sieve(marks={"read": False})
    with open_archive(tmp_path / "a.db") as archive:
        story = a_story("a")
        archive.write(Batch(stories=[story], folds=[alone(story)]))
        done = archive.act(mark("read", "a"))
        assert archive.lead_ids(sieve=unread) == []
        archive.act(replace(mark("undo", ""), value=str(done.seq), at=THURSDAY + timedelta(seconds=1)))
        assert len(archive.lead_ids(sieve=unread)) == 1


def test_each_filter_has_an_index_that_ends_in_the_row(wire: Wire) -> None:
    """No list is sorted and none is gone through from the newest story on, but for what most stories are."""
    from feeds.archive.sifting import Sifting

    archive = wire.archive
    with archive._store.reading() as connection:
        for sieve, index in (
            (Sieve(marks={"read": False}), "ix_stories_unread"),
            (Sieve(marks={"flagged": True}), "ix_marked_flagged"),
            (Sieve(place="gha"), "PRIMARY KEY (place=?"),
            (Sieve(outlet="Reuters"), "ix_stories_teller_row"),
            (Sieve(flag="URGENT"), "ix_stories_flag_row"),
        ):
            statement = Sifting(connection, sieve)._piece(1 << 62, 200)
            shown = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {shown}")]
            assert any(index in step for step in plan), (sieve, plan)
            assert not [step for step in plan if "TEMP B-TREE" in step], (sieve, plan)
