"""A million stories to look for a few in: made once in a run, as fast as the disk takes them, into the real schema.

Nothing is read in them; they are as many, as unequal and as folded as those of a desk after half a year.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Final, NamedTuple

from bench.filled import theatre
from bench.news import SYLLABLES
from feeds.archive import open_archive

MILLION: Final = 1_000_000
END: Final = datetime(2021, 8, 15, tzinfo=UTC)
_SPAN: Final = timedelta(days=180)
OUTLETS: Final = 400
_VOCABULARY: Final = 30_000
_SENTENCES: Final = 40_000
_SENTENCE_WORDS: Final = 14
_COPIES: Final = 0.2
"""Share of stories that are folded into a thread that is there."""
_PLACED: Final = 0.1
_READ: Final = 50_000
"""The newest stories but a few, read by somebody."""
_UNREAD_ON_TOP: Final = 50
_FLAGGED: Final = 2_000
RARE: Final = "ratification"
"""A word in one story of fifty thousand."""
PHRASE: Final = ("power", "sharing")


class Line(NamedTuple):
    """A story as it lies in the archive, without its row's other columns, which are the same for all."""

    row: int
    id: str
    lead: int
    thread: str
    copy_of: str | None
    origin: str
    received: int
    published: int
    outlet: str
    reliability: str
    wire: str
    flag: str
    feed: str
    title: str
    summary: str
    places: tuple[str, ...]


def lines(count: int) -> Iterator[Line]:
    """So many stories, oldest first, the same ones every time."""
    chance = random.Random(count)
    sentences = _sentences(chance)
    outlets = [
        (f"Outlet {_name(chance)} {number}", chance.choice("AABBBBCCCCDDF")) for number in range(OUTLETS)
    ]
    weights = list(accumulate(1 / (1 + rank) for rank in range(OUTLETS)))
    chosen = chance.choices(outlets, cum_weights=weights, k=count)
    places = [place.id for place in theatre().capitals]
    step = _SPAN // count
    leads: list[tuple[int, str, str]] = []
    for number in range(count):
        moment = int((END - _SPAN + step * number).timestamp() * 1e6)
        outlet, letter = chosen[number]
        row, id_ = moment * 1000, f"{number:016x}"
        lead, thread, origin = row, id_, outlet
        if leads and chance.random() < _COPIES:
            lead, thread, origin = chance.choice(leads)
        else:
            leads.append((row, id_, outlet))
            del leads[:-400]
        rare = f" {RARE}" if not number % 50_000 else f" {_name(chance)}"
        yield Line(
            row,
            id_,
            lead,
            thread,
            thread if lead != row else None,
            origin,
            moment,
            moment - chance.randrange(60, 7200) * 1_000_000,
            outlet,
            letter,
            "Reuters" if number % 7 == 0 else "",
            "URGENT" if number % 900 == 0 else "",
            f"https://{outlet.rpartition(' ')[2]}.example/feed",
            chance.choice(sentences) + rare,
            f"{chance.choice(sentences)}. {chance.choice(sentences)}.",
            (chance.choice(places),) if lead == row and chance.random() < _PLACED else (),
        )


_TELLERS: Final = "INSERT OR IGNORE INTO tellers (feed, outlet, wire, reliability) VALUES (?, ?, ?, ?)"
_STORY: Final = """
INSERT INTO stories ("row", id, lead, thread, copy_of, origin, received, published, version, changed, outlet, reliability,
  wire, flag, language, marks, feed, url, title, summary, body, links, places, teller, "read")
VALUES (:row, :id, :lead, :thread, :copy_of, :origin, :received, :published, 1, :received, :outlet, :reliability,
  :wire, :flag, 'en', '[]', :feed, 'https://news.example/' || :id, :title, :summary, '', '[]', '[]',
  (SELECT id FROM tellers WHERE feed = :feed AND outlet = :outlet AND wire = :wire AND reliability = :reliability), :read)"""
_PLACE: Final = "INSERT INTO placed (place, lead) VALUES (?, ?)"
_MARK: Final = """
INSERT INTO marked (story, "row", "read", flagged, dismissed, escalated) VALUES (?, ?, ?, ?, 0, 0)"""
_A_WRITE: Final = 300
"""Stories in one transaction: the full-text index gets about as many parts as one that grew by itself."""


@cache
def million(folder: Path, count: int = MILLION) -> Path:
    """An archive of so many stories in that folder; made once."""
    path = folder / f"million-{count}.db"
    open_archive(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-200000")
    for number, some in enumerate(batched(lines(count), _A_WRITE)):
        connection.execute("BEGIN")
        _fill(connection, some, number * _A_WRITE, count)
        connection.execute("COMMIT")
    connection.close()
    return path


def is_read(number: int, count: int) -> bool:
    """Whether somebody read the story of that number: the newest were, but for those that just came."""
    return count - _READ <= number < count - _UNREAD_ON_TOP


def is_flagged(number: int, count: int) -> bool:
    """Whether somebody flagged it: a few, as many every month."""
    return number % (count // _FLAGGED) == 0


def _fill(connection: sqlite3.Connection, some: Sequence[Line], first: int, count: int) -> None:
    connection.executemany(_TELLERS, {(one.feed, one.outlet, one.wire, one.reliability) for one in some})
    read = [is_read(number, count) for number in range(first, first + len(some))]
    connection.executemany(
        _STORY, [one._asdict() | {"read": is_} for one, is_ in zip(some, read, strict=True)]
    )
    connection.executemany(_PLACE, [(place, one.lead) for one in some for place in one.places])
    marks = [
        (one.id, one.row, is_, is_flagged(number, count))
        for number, one, is_ in zip(range(first, first + len(some)), some, read, strict=True)
        if is_ or is_flagged(number, count)
    ]
    connection.executemany(_MARK, marks)


def batched(given: Iterator[Line], size: int) -> Iterator[list[Line]]:
    """So many at a time."""
    while some := list(islice(given, size)):
        yield some


def _sentences(chance: random.Random) -> list[str]:
    """Sentences whose words are as unequal as those of a language: the commonest is in most of them."""
    words = [*PHRASE, *(_name(chance).lower() + str(number) for number in range(_VOCABULARY))]
    words[:8] = ["the", "of", "government", "forces", "power", "sharing", "parliament", "tariff"]
    weights = list(accumulate(1 / (2 + rank) for rank in range(len(words))))
    picked = chance.choices(words, cum_weights=weights, k=_SENTENCES * _SENTENCE_WORDS)
    return [" ".join(picked[at : at + _SENTENCE_WORDS]) for at in range(0, len(picked), _SENTENCE_WORDS)]


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()
