"""An archive in which cities fall, written as a collector writes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feeds.alerts.lookout import Lookout, Watched
from feeds.alerts.settings import Settings, read_settings
from feeds.archive import Archive, Batch
from feeds.evidence import HOLDS, Action, Change, Evidence, Standing
from feeds.story import FeedState, Fold, Story, Subscription
from feeds.watched import WatchTerm
from tests.alerts.samples import NOON
from tests.collector.fakes import THEATRE

FEED = Subscription("https://herald.example/feed", "Herald", "B")
NO_WAY = {"kind": "sink", "by": "command", "name": "none", "words": ["true"]}


class Clicker:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


class Wire:
    """Writes stories, and the standings that they move, into an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.number = 0
        self.archive.save_feed_state(FeedState(FEED.url, last_fetch=NOON, last_answer=NOON, newest=NOON))

    def falls(
        self, place: str, at: datetime, state: str = "captured", holder: str = "reds", **standing: object
    ) -> str:
        """A story that moves a place; its id."""
        self.number += 1
        story = Story(
            f"s{self.number}", f"{place} falls to the {holder}", url=f"https://herald.example/{self.number}",
            feed=FEED.url, outlet="Herald", reliability="B", published=at, received=at,
        )  # fmt: skip
        before = {one.place: one for one in self.archive.standings("testland")}.get(place)
        seq = (last[-1].seq if (last := self.archive.evidence()) else 0) + 1
        piece = Evidence(
            story.id, place, HOLDS, holder, True, story.title, 0, len(story.title), ("falls",), "fake", holder,
            "", "reporter", "asserted", 0.75, None, "testland", "Herald", "B", f"o{seq}", story.id, at, seq, at,
        )  # fmt: skip
        row = Standing("testland", place, state, holder, 0.8, "B2", at, at, 1, 1, evidence=(seq,), at=at)
        row = replace(row, **standing)  # type: ignore[arg-type]
        change = Change(
            "testland", place, before.state if before else "held", state, before.holder if before else "blues",
            holder, at, "D2", (), (seq,), row,
        )  # fmt: skip
        fold = Fold(story.id, story.id, None, f"o{seq}")
        self.archive.write(Batch([story], [fold], [piece], standings=[row], changes=[change]))
        return story.id

    def stands(self, place: str, at: datetime, **standing: object) -> None:
        """A row that is reported better than before, in the same state."""
        row = next(one for one in self.archive.standings("testland") if one.place == place)
        self.archive.write(Batch(standings=[replace(row, at=at, **standing)]))  # type: ignore[arg-type]

    def withdraws(self, story: str, place: str, at: datetime) -> None:
        """The outlet takes a story back, and the row goes with it."""
        row = next(one for one in self.archive.standings("testland") if one.place == place)
        now = replace(row, state="held", holder="blues", at=at, evidence=())
        change = Change(
            "testland", place, row.state, "held", row.holder, "blues", at, "withdrawn", (), (), now
        )
        retract = Action("retract", "wire", at, story, "testland", "", "1", "withdrawn by Herald: never mind")
        self.archive.write(Batch(standings=[now], changes=[change], actions=[retract]))


def settings_of(*documents: dict[str, object]) -> Settings:
    return read_settings([*documents, NO_WAY])


def lookout(
    archive: Archive, clock: Clicker, *documents: dict[str, object], terms: tuple[WatchTerm, ...] = ()
) -> Lookout:
    """One that has begun, ten minutes ago, so that its grace is over."""
    made = Lookout(
        archive,
        lambda: settings_of(*documents),
        Watched({THEATRE.id: THEATRE}, lambda: terms, lambda: (FEED,)),
        clock=clock,
        wall=clock,
        collector="test/1",
    )
    made.begin()
    clock.forward(minutes=10)
    return made
