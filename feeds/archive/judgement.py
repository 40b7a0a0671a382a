"""The log of what was read: evidence and counts, only ever added to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from itertools import starmap
from typing import Any, Final

from sqlalchemy import Connection, Select, func, insert, select

from feeds.archive.schema import counts, evidence
from feeds.errors import ArchiveError
from feeds.evidence import Count, Evidence

_LAST: Final = select(func.max(evidence.c.seq))
_EVIDENCE: Final = tuple(field.name for field in fields(Evidence))
# In the order of the records' fields: a row is unpacked into its record.
_PIECES: Final[Select[*tuple[Any, ...]]] = select(*(evidence.c[name] for name in _EVIDENCE))
_COUNTS: Final[Select[*tuple[Any, ...]]] = select(*(counts.c[field.name] for field in fields(Count)))


def last_seq(connection: Connection) -> int:
    """Position of the newest piece of evidence in the log; 0 when it is empty."""
    return connection.execute(_LAST).scalar() or 0


def write_evidence(
    connection: Connection, pieces: Sequence[Evidence], told_before: set[str]
) -> dict[int, int]:
    """Add evidence to the log and say where each numbered piece stands in it.

    Pieces that come with a position keep it, the others get the next ones. What was already said of a story
    told before is not written again.
    """
    standing: dict[int, int] = {}
    if not pieces:
        return standing
    known = _said(connection, {piece.story for piece in pieces} & told_before)
    following = last_seq(connection) + 1
    lines: list[dict[str, Any]] = []
    for piece in pieces:
        seq = known.get(_what(piece))
        if seq is None:
            seq = piece.seq or following
            if seq < following:
                raise ArchiveError(
                    f"evidence {seq} is in the archive already: another collector writes here; "
                    "end it and start this one again"
                )
            following = seq + 1
            known[_what(piece)] = seq
            lines.append({name: getattr(piece, name) for name in _EVIDENCE} | {"seq": seq})
        if piece.seq:
            standing[piece.seq] = seq
    if lines:
        connection.execute(insert(evidence), lines)
    return standing


def _what(piece: Evidence) -> tuple[object, ...]:
    return (
        piece.story,
        piece.theatre,
        piece.place,
        piece.label,
        piece.side,
        piece.rule,
        piece.sentence,
        piece.start,
    )


def _said(connection: Connection, ids: set[str]) -> dict[tuple[object, ...], int]:
    if not ids:
        return {}
    rows = connection.execute(_PIECES.where(evidence.c.story.in_(ids)))
    return {_what(piece): piece.seq for piece in starmap(Evidence, rows)}


def write_counts(connection: Connection, said: Sequence[Count], told_before: set[str]) -> None:
    """Add counts to the log, but for those that it has of a story told before."""
    again = {count.story for count in said} & told_before
    known: set[Count] = set()
    if again:
        known.update(starmap(Count, connection.execute(_COUNTS.where(counts.c.story.in_(again)))))
    new = [asdict(count) for count in said if count not in known]
    if new:
        connection.execute(insert(counts), new)


def read_evidence(
    connection: Connection, *, theatre: str, place: str, story: str, after_seq: int, limit: int | None
) -> list[Evidence]:
    """Evidence in the order of the log, from behind a position on."""
    statement = _PIECES.where(evidence.c.seq > after_seq)
    for column, value in (
        (evidence.c.theatre, theatre),
        (evidence.c.place, place),
        (evidence.c.story, story),
    ):
        if value:
            statement = statement.where(column == value)
    return list(starmap(Evidence, connection.execute(statement.order_by(evidence.c.seq).limit(limit))))


def read_counts(connection: Connection, theatre: str, stories: Collection[str] | None = None) -> list[Count]:
    """Every count said of a theatre, in all stories or in some, in the order of the log."""
    statement = _COUNTS.where(counts.c.theatre == theatre).order_by(counts.c.seq)
    if stories is not None:
        statement = statement.where(counts.c.story.in_(list(stories)))
    return list(starmap(Count, connection.execute(statement)))
