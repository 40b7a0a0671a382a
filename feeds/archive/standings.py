"""The board: as it stands, as it stood at any moment, and the steps between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, insert, select, tuple_, update

from feeds.archive.schema import board_log, changes, standings
from feeds.archive.stored import record, standing_of
from feeds.evidence import Change, Standing

_MOVE: Final = (
    update(standings)
    .where(standings.c.theatre == bindparam("of_theatre"), standings.c.place == bindparam("of_place"))
    .values(at=bindparam("new_at"), record=bindparam("new_record"))
)
_STRENGTH_SEEN: Final = 0.01


def write_standings(connection: Connection, given: Sequence[Standing], seqs: dict[int, int]) -> None:
    """Put standings on the board, the last of each place; all that look different go into the board's log."""
    steps = [_renumbered(one, seqs) for one in given]
    rows = {(one.theatre, one.place): one for one in steps}
    if not rows:
        return
    on_board = select(standings.c.theatre, standings.c.place, standings.c.record).where(
        tuple_(standings.c.theatre, standings.c.place).in_(list(rows))
    )
    before = {(theatre, place): standing_of(line) for theatre, place, line in connection.execute(on_board)}
    lines = {key: _standing_line(standing) for key, standing in rows.items() if before.get(key) != standing}
    new = [line for key, line in lines.items() if key not in before]
    moved = [
        {"of_theatre": theatre, "of_place": place, "new_at": line["at"], "new_record": line["record"]}
        for (theatre, place), line in lines.items()
        if (theatre, place) in before
    ]
    log = _log_lines(steps, before)
    if moved:
        connection.execute(_MOVE, moved)
    if new:
        connection.execute(insert(standings), new)
    if log:
        connection.execute(insert(board_log), log)


def _log_lines(steps: Sequence[Standing], before: Mapping[tuple[str, str], Standing]) -> list[dict[str, Any]]:
    """The lines of the board's log: a batch may move a place more than once."""
    seen = dict(before)
    log: list[dict[str, Any]] = []
    for standing in steps:
        key = (standing.theatre, standing.place)
        if standing.at is not None and _looks_different(seen.get(key), standing):
            log.append(_standing_line(standing))
            seen[key] = standing
    return log


def _standing_line(standing: Standing) -> dict[str, Any]:
    return {
        "theatre": standing.theatre,
        "place": standing.place,
        "at": standing.at,
        "record": record(standing),
    }


def _looks_different(before: Standing | None, now: Standing) -> bool:
    """Whether an operator could tell the two apart: strength that fades by less than a point is no news."""
    if before is None or abs(before.strength - now.strength) >= _STRENGTH_SEEN:
        return True
    return replace(before, strength=now.strength, scores=now.scores, at=now.at) != now


def _renumbered(standing: Standing, seqs: dict[int, int]) -> Standing:
    numbers = tuple(seqs.get(seq, seq) for seq in standing.evidence)
    return standing if numbers == standing.evidence else replace(standing, evidence=numbers)


def write_changes(connection: Connection, given: Sequence[Change], seqs: dict[int, int]) -> None:
    """Add steps of standings to the log."""
    if given:
        connection.execute(insert(changes), [_line(change, seqs) for change in given])


def _line(change: Change, seqs: dict[int, int]) -> dict[str, Any]:
    return {
        "theatre": change.theatre,
        "place": change.place,
        "before": change.before,
        "after": change.after,
        "holder_before": change.holder_before,
        "holder_after": change.holder_after,
        "at": change.at,
        "rule": change.rule,
        "scores": change.scores,
        "evidence": tuple(seqs.get(seq, seq) for seq in change.evidence),
        "standing": record(_renumbered(change.standing, seqs)),
    }


def read_standings(connection: Connection, theatre: str, as_of: datetime | None) -> list[Standing]:
    """The board in alphabetical order of place, now or as it stood at a moment."""
    if as_of is None:
        statement = (
            select(standings.c.record).where(standings.c.theatre == theatre).order_by(standings.c.place)
        )
        return [standing_of(line) for line in connection.execute(statement).scalars()]
    last = (
        select(board_log.c.place, func.max(board_log.c.at).label("at"))
        .where(board_log.c.theatre == theatre, board_log.c.at <= as_of)
        .group_by(board_log.c.place)
        .subquery()
    )
    joined = board_log.join(
        last,
        and_(board_log.c.theatre == theatre, board_log.c.place == last.c.place, board_log.c.at == last.c.at),
    )
    statement = select(board_log.c.place, board_log.c.record).select_from(joined).order_by(board_log.c.seq)
    # Of two lines at one moment the later wins.
    lines = {line.place: line.record for line in connection.execute(statement)}
    return [standing_of(lines[place]) for place in sorted(lines)]


def read_changes(
    connection: Connection, theatre: str, *, place: str, since: datetime | None, limit: int | None
) -> list[Change]:
    """Steps in the order of the log; with a limit, the newest ones."""
    statement = select(changes).where(changes.c.theatre == theatre)
    if place:
        statement = statement.where(changes.c.place == place)
    if since is not None:
        statement = statement.where(changes.c.at >= since)
    rows = connection.execute(statement.order_by(changes.c.seq.desc()).limit(limit)).mappings().all()
    return [Change(**{**row, "standing": standing_of(row["standing"])}) for row in reversed(rows)]
