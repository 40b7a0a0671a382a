"""Several collectors at one archive on a server: what one would have made of the news, all together make of it."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import NamedTuple

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
from tests.cluster import Cluster

THEATRE = load_theatre("afghanistan-2021")
AUGUST = Path(__file__).parents[2] / "feeds/theatres/packs/afghanistan-2021/august.jsonl"
FEED = Subscription("https://wire.example/feed", "Wire", "B")
BEGIN = datetime(2021, 8, 11, tzinfo=UTC)


def stories() -> list[Story]:
    """Two days of August, a withdrawn and a corrected story among them."""
    found: list[Story] = []
    for line in AUGUST.read_text().splitlines():
        one = json.loads(line)
        told = datetime.fromisoformat(one["published"])
        if BEGIN <= told < BEGIN + timedelta(days=2):
            texts = {key: one.get(key, "") for key in ("title", "summary", "body", "wire", "outlet")}
            feed = f"https://{one['feed']}.example/"
            found.append(
                Story(
                    one["id"],
                    feed=feed,
                    url=f"{feed}{one['id']}",
                    reliability="B",
                    published=told,
                    received=told,
                    **texts,
                )
            )
    found.sort(key=lambda story: (story.received, story.id))
    said = [
        story
        for story in found
        if re.search(r"Ghazni|Herat|Kandahar", story.title) and "Taliban" in story.title
    ]
    taken_back, corrected = said[1], said[4]
    minute = timedelta(minutes=90)
    found.append(
        replace(
            taken_back,
            id="w1",
            title=f"WITHDRAWN: {taken_back.title}",
            flag="WITHDRAWN",
            summary="",
            body="",
            received=taken_back.received + minute,
            published=None,
        )
    )
    found.append(
        replace(
            corrected,
            title=f"{corrected.title} (updated)",
            flag="CORRECTED",
            received=corrected.received + minute,
        )
    )
    return sorted(found, key=lambda story: (story.received, story.id))


def batches(told: Sequence[Story], size: int = 7) -> list[list[Story]]:
    return [list(told[at : at + size]) for at in range(0, len(told), size)]


class Made(NamedTuple):
    """All that the news comes to."""

    board: Sequence[object]
    changes: Sequence[object]
    evidence: Sequence[object]
    folds: Sequence[object]
    journal: Sequence[tuple[str, str, str, str]]


def made(archive: Archive) -> Made:
    return Made(
        list(archive.standings(THEATRE.id)),
        [replace(change, seq=0) for change in archive.changes(THEATRE.id)],
        list(archive.evidence(THEATRE.id)),
        sorted(
            (fold.story, fold.thread, fold.copy_of or "", fold.origin)
            for _, fold in archive.recent_stories(BEGIN)
        ),
        [(action.kind, action.story, action.place, action.value) for action in archive.actions()],
    )


class Desk:
    """A collector without a net: it takes in what it is given, at the time of the news."""

    def __init__(self, archive: Archive) -> None:
        self.now = BEGIN
        self.archive = archive
        self._digester = Digester(
            archive, lambda: open_pipeline(archive, [THEATRE], self.now), lambda: self.now
        )

    def take(self, told: Sequence[Story]) -> None:
        self.now = told[-1].received
        visit = Visit(FEED, FeedState(FEED.url), Answer(200), Parsed(tuple(told), "", (), None))
        self._digester.digest([visit])

    def tick(self, now: datetime) -> None:
        self.now = now
        self._digester.tick()


@contextmanager
def desks(target: str, count: int) -> Iterator[list[Desk]]:
    """Collectors that know nothing of each other but through the archive."""
    with ExitStack() as stack:
        yield [Desk(stack.enter_context(open_archive(target))) for _ in range(count)]


def told_by_one(target: str) -> Made:
    with desks(target, 1) as (one,):
        for number, some in enumerate(batches(stories())):
            one.take(some)
            decide(one.archive, number, some[-1].received)
            one.tick(one.now)
        return made(one.archive)


def decide(archive: Archive, number: int, now: datetime) -> None:
    """In the midst of it, an operator sets a city by hand, and lifts that later."""
    if number in (3, 8):
        kind, value = ("override", "held government") if number == 3 else ("lift", "")
        archive.act(Action(kind, "amina", now, theatre=THEATRE.id, place="herat", value=value, reason="seen"))


@pytest.mark.parametrize("order", ["in turn", "by chance"])
def test_four_collectors_make_the_board_that_one_makes(server: Cluster, tmp_path: Path, order: str) -> None:
    alone = told_by_one(str(tmp_path / "a.db"))
    assert alone.board
    assert any(kind == "retract" for kind, *_ in alone.journal)
    chance = random.Random(3)
    with desks(server.archive(), 4) as four:
        for number, some in enumerate(batches(stories())):
            one = four[number % 4] if order == "in turn" else chance.choice(four)
            one.take(some)
            decide(one.archive, number, some[-1].received)
            chance.choice(four).tick(one.now)
        assert made(four[0].archive) == alone


def test_one_on_a_server_makes_what_one_on_a_file_makes(server: Cluster, tmp_path: Path) -> None:
    assert told_by_one(server.archive()) == told_by_one(str(tmp_path / "a.db"))


def test_all_at_once_no_story_comes_in_twice_and_the_log_is_whole(server: Cluster) -> None:
    with desks(server.archive(), 4) as four:
        dealt = [batches(stories(), 5)[number::4] for number in range(4)]
        failures: list[BaseException] = []

        def work(desk: Desk, mine: list[list[Story]]) -> None:
            try:
                for some in mine:
                    desk.take(some)
                    desk.take(some)  # the feed says it again
            except BaseException as error:  # noqa: BLE001  # reported below, by the test itself
                failures.append(error)

        workers = [Thread(target=work, args=pair) for pair in zip(four, dealt, strict=True)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert failures == []
        archive = four[0].archive
        kept = Counter(story.id for story, _ in archive.recent_stories(BEGIN))
        assert kept == dict.fromkeys({story.id for story in stories()}, 1)
        evidence = archive.evidence(THEATRE.id)
        assert [piece.seq for piece in evidence] == list(range(1, len(evidence) + 1))
        assert len(
            {
                (piece.story, piece.place, piece.label, piece.sentence, piece.start, piece.rule, piece.side)
                for piece in evidence
            }
        ) == len(evidence)
        again = open_pipeline(archive, [THEATRE], BEGIN + timedelta(days=3))
        assert again.last_seq == len(evidence)


def test_a_write_that_failed_is_forgotten_and_made_again(
    server: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = batches(stories())
    with desks(server.archive(), 2) as (one, other):
        one.take(told[0])
        with monkeypatch.context() as broken:
            broken.setattr("feeds.archive.archive.ledger.write_drops", _fail)
            with pytest.raises(RuntimeError, match="in mid-write"):
                one.take(told[1])
        other.take(told[1])
        one.take(told[2])
        two = made(one.archive)
    with desks(server.archive(), 1) as (alone,):
        for some in told[:3]:
            alone.take(some)
        assert made(alone.archive) == two


def _fail(*_: object) -> None:
    raise RuntimeError("it broke in mid-write")
