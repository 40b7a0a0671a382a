"""The first page of an archive in plain SQL through SQLite's own driver.

SQLAlchemy takes longer to load than all else that the screen needs. So what the first frame shows is read by this
module, and the archive proper is opened beside it. Every method answers as that of
:class:`feeds.archive.archive.Archive` does; a test holds the two against each other.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote

from feeds.archive.complaints import DAMAGED, complaint
from feeds.archive.records import Beat, Lease, StoryRow
from feeds.archive.stored import microseconds, moment, row_after, row_bound, standing_of, tuples
from feeds.archive.version import APPLICATION_ID, VERSION
from feeds.errors import ArchiveError
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import FeedState

_NEWEST: Final = 1 << 62
_TUPLES: Final = frozenset({"triggers", "scores", "marks"})
_MOMENTS: Final = frozenset(
    {
        "told", "heard", "at", "until", "last_fetch", "last_answer", "last_new", "next_due", "patience_until",
        "newest",
    }
)  # fmt: skip
_FLAGS: Final = frozenset({"change", "gone"})


def _columns(record: type) -> str:
    """The columns of a record, in the order of its fields."""
    return ", ".join(f'"{field.name}"' for field in fields(record))


_EVIDENCE: Final = f"SELECT {_columns(Evidence)} FROM evidence WHERE seq > ?"  # noqa: S608 - our own column names
_CHANGES: Final = f"SELECT {_columns(Change)} FROM changes WHERE theatre = ?"  # noqa: S608
_ACTIONS: Final = f"SELECT {_columns(Action)} FROM actions WHERE seq > ?"  # noqa: S608
_COUNTS: Final = f"SELECT {_columns(Count)} FROM counts WHERE theatre = ? ORDER BY seq"  # noqa: S608
_FEEDS: Final = f"SELECT {_columns(FeedState)} FROM feeds"  # noqa: S608
_BEAT: Final = f"SELECT {_columns(Beat)} FROM beats ORDER BY at DESC LIMIT 1"  # noqa: S608
_LEASE: Final = "SELECT name, holder, until FROM leases WHERE name = ?"
_NOW: Final = "SELECT record FROM standings WHERE theatre = ? ORDER BY place"
_THEN: Final = """
SELECT board_log.place, record FROM board_log
JOIN (SELECT place, max(at) AS at FROM board_log WHERE theatre = ?1 AND at <= ?2 GROUP BY place) AS last
  ON board_log.theatre = ?1 AND board_log.place = last.place AND board_log.at = last.at
ORDER BY seq"""
_LEADS: Final = "SELECT DISTINCT lead FROM stories WHERE lead < ? ORDER BY lead DESC LIMIT ?"
_ROWS: Final = """
SELECT stories."row", id, title, outlet, reliability, wire, flag, received, published, thread, lead, marks,
  marked.read, marked.flagged, marked.dismissed, marked.escalated
FROM stories LEFT JOIN marked ON marked.story = stories.id WHERE stories."row" IN ({})"""
_SUMS: Final = """
SELECT lead, count(DISTINCT outlet), count(DISTINCT origin), count(copy_of)
FROM stories WHERE lead IN ({}) GROUP BY lead"""
_TOLD_UNTIL: Final = """
SELECT lead, count(DISTINCT outlet), count(DISTINCT origin) FROM stories WHERE lead IN ({}) AND "row" < ? GROUP BY lead"""
_PLACED: Final = "SELECT lead, place FROM placed WHERE lead IN ({}) ORDER BY lead, place"


class PlainReader:
    """One connection that only reads; safe to share among threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._alone = threading.Lock()

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """A reader of an archive that is there and of this version; None for anything else."""
        if not path.is_file():
            return None
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        try:
            connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
        except sqlite3.Error:
            return None
        try:
            with closing(connection.execute("PRAGMA application_id")) as mark:
                ours = mark.fetchone() == (APPLICATION_ID,)
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if ours else None
        except (sqlite3.Error, UnicodeDecodeError):
            found = None
        if found == (VERSION,):
            return cls(path, connection)
        connection.close()
        return None

    def close(self) -> None:
        """Let go of the file."""
        with self._alone:
            self._connection.close()

    def stamp(self) -> int:
        """A number that moves when any process committed something."""
        return int(self._all("PRAGMA data_version")[0][0])

    def standings(self, theatre: str, as_of: datetime | None = None) -> list[Standing]:
        """The board by place."""
        if as_of is None:
            return [standing_of(line) for (line,) in self._all(_NOW, theatre)]
        lines = dict(self._all(_THEN, theatre, microseconds(as_of)))
        return [standing_of(lines[place]) for place in sorted(lines)]

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> list[Change]:
        """Steps of standings, oldest first; with a limit, the newest ones."""
        statement, given = _narrowed(_CHANGES, [theatre], place=place)
        if since is not None:
            statement, given = f"{statement} AND at >= ?", [*given, microseconds(since)]
        rows = self._all(f"{statement} ORDER BY seq DESC LIMIT ?", *given, -1 if limit is None else limit)
        return [_change(row) for row in reversed(rows)]

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> list[Evidence]:
        """Evidence in the order of the log."""
        statement, given = _narrowed(_EVIDENCE, [after_seq], theatre=theatre, place=place, story=story)
        rows = self._all(f"{statement} ORDER BY seq LIMIT ?", *given, -1 if limit is None else limit)
        return [_evidence(row) for row in rows]

    def counts(self, theatre: str) -> list[Count]:
        """What was said of how many capitals fell."""
        return [Count(*_read(Count, row)) for row in self._all(_COUNTS, theatre)]

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> list[Action]:
        """Actions in the order of the journal."""
        statement, given = _narrowed(_ACTIONS, [after_seq], theatre=theatre, story=story)
        return [Action(*_read(Action, row)) for row in self._all(f"{statement} ORDER BY seq", *given)]

    def feed_states(self) -> dict[str, FeedState]:
        """What is known of every feed."""
        states = (FeedState(*_read(FeedState, row)) for row in self._all(_FEEDS))
        return {state.url: state for state in states}

    def last_beat(self) -> Beat | None:
        """The newest sign of life of any collector."""
        return next((Beat(*_read(Beat, row)) for row in self._all(_BEAT)), None)

    def lease(self, name: str) -> Lease | None:
        """Who has a lease."""
        return next((Lease(*_read(Lease, row)) for row in self._all(_LEASE, name)), None)

    def open_alerts(self) -> int:
        """How many alerts nobody acknowledged."""
        return int(self._all("SELECT count(*) FROM alerts WHERE acknowledged IS NULL")[0][0])

    def newest(self, limit: int, before: datetime | None) -> list[int]:
        """Row numbers of threads' leads, newest received first."""
        bound = _NEWEST if before is None else row_bound(before)
        with self._asked(_LEADS, bound, limit) as cursor:
            return [lead for (lead,) in cursor]  # a hundred thousand tuples at once would be ten megabytes

    def rows(self, ids: Sequence[int]) -> list[StoryRow]:
        """A line for each row number, in the order given."""
        found = self._all(_ROWS.format(_marks(ids)), *ids)
        leads = sorted({row[10] for row in found})
        sums = {lead: rest for lead, *rest in self._all(_SUMS.format(_marks(leads)), *leads)}
        places: defaultdict[int, list[str]] = defaultdict(list)
        for lead, place in self._all(_PLACED.format(_marks(leads)), *leads):
            places[lead].append(place)
        lines = {row[0]: _story_row(row, sums[row[10]], tuple(places[row[10]])) for row in found}
        return [lines[row] for row in ids if row in lines]

    def told_until(self, leads: Sequence[int], moment: datetime) -> dict[int, tuple[int, int]]:
        """By how many (outlets, origins) the threads of these leads had been told at a moment."""
        found = self._all(_TOLD_UNTIL.format(_marks(leads)), *leads, row_after(moment))
        return {lead: (outlets, origins) for lead, outlets, origins in found}

    def _all(self, statement: str, *given: object) -> list[tuple[Any, ...]]:
        with self._asked(statement, *given) as cursor:
            return cursor.fetchall()

    @contextmanager
    def _asked(self, statement: str, *given: object) -> Iterator[sqlite3.Cursor]:
        try:
            with self._alone, closing(self._connection.execute(statement, given)) as cursor:
                yield cursor
        except sqlite3.Error as error:
            raise ArchiveError(complaint(error, str(self.path))) from error
        except UnicodeDecodeError as error:
            raise ArchiveError(DAMAGED.format(path=self.path)) from error


def _marks(given: Sequence[object]) -> str:
    return ", ".join("?" * len(given))


def _narrowed(statement: str, given: list[object], **columns: str) -> tuple[str, list[object]]:
    """The statement for those columns that have a value."""
    for name, value in columns.items():
        if value:
            statement, given = f"{statement} AND {name} = ?", [*given, value]
    return statement, given


def _read(record: type, row: Sequence[Any]) -> list[Any]:
    """The values of a row, in the order of the record's fields, as the record has them."""
    return [_value(field.name, value) for field, value in zip(fields(record), row, strict=True)]


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return moment(value)
    if name in _TUPLES:
        return tuples(value)
    return bool(value) if name in _FLAGS else value


def _evidence(row: Sequence[Any]) -> Evidence:
    values = dict(zip((field.name for field in fields(Evidence)), _read(Evidence, row), strict=True))
    if values["event_day"] is not None:
        values["event_day"] = date.fromisoformat(values["event_day"])
    return Evidence(**values)


def _change(row: Sequence[Any]) -> Change:
    values = dict(zip((field.name for field in fields(Change)), _read(Change, row), strict=True))
    return Change(
        **{**values, "evidence": tuples(values["evidence"]), "standing": standing_of(values["standing"])}
    )


def _story_row(row: Sequence[Any], sums: Sequence[int], places: tuple[str, ...]) -> StoryRow:
    *named, received, published, thread, lead, marks = row[:12]
    told = None if published is None else moment(published)
    line = (*named, moment(received), told, thread, lead, tuples(marks))
    return StoryRow.of(line, sums, [bool(bears) for bears in row[12:]], places)
