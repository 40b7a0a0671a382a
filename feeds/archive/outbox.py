"""The outbox: alerts on their way, each tried until it is delivered or given up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, case, func, insert, select, update

from feeds.archive.connections import Connections
from feeds.archive.ledger import write_drops
from feeds.archive.outgoing import Errand, Fate, Notice
from feeds.archive.schema import alerts, outbox
from feeds.story import Drop

DUE: Final = "due"
SENT: Final = "sent"
FAILED: Final = "failed"

NOTICE: Final[Select[*tuple[Any, ...]]] = select(
    alerts.c.key,
    alerts.c.at,
    alerts.c.severity,
    alerts.c.title,
    alerts.c.record,
    alerts.c.stories,
    alerts.c.acknowledged,
    alerts.c.who,
    alerts.c.seq,
)
_FATE: Final[Select[*tuple[Any, ...]]] = select(
    outbox.c.alert,
    outbox.c.sink,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.error,
    outbox.c.next_at,
    outbox.c.ended,
)


def put(connection: Connection, alert: int, sinks: Collection[str], now: datetime) -> None:
    """Send an alert on its way."""
    lines = [
        {
            "alert": alert,
            "sink": sink,
            "state": DUE,
            "attempts": 0,
            "next_at": now,
            "error": "",
            "ended": None,
        }
        for sink in sinks
    ]
    if lines:
        connection.execute(insert(outbox), lines)


class Outbox:
    """What is on its way to the sinks. Every method raises ArchiveError with one line."""

    def __init__(self, store: Connections) -> None:
        self._store = store

    def claim(self, now: datetime, hold: timedelta, busy: Collection[str] = ()) -> list[Errand]:
        """The oldest errand that is due of each sink that is not ``busy``, with one try more counted.

        Each is put off for ``hold``: nobody else takes it meanwhile, and when whoever took it is killed it is due again.
        """
        oldest = (
            select(func.min(outbox.c.seq))
            .where(outbox.c.state == DUE, outbox.c.next_at <= now)
            .group_by(outbox.c.sink)
        )
        with self._store.reading() as connection:
            if connection.execute(oldest.limit(1)).first() is None:
                return []  # most looks find nothing and need no lock
        with self._store.writing() as connection:
            rows = connection.execute(
                NOTICE.add_columns(outbox.c.seq.label("errand"), outbox.c.sink, outbox.c.attempts)
                .join_from(outbox, alerts, alerts.c.seq == outbox.c.alert)
                .where(outbox.c.seq.in_(oldest))
                .order_by(outbox.c.seq)
            ).all()
            found = [
                Errand(row[-3], Notice(*row[:-3]), row[-2], row[-1] + 1)
                for row in rows
                if row[-2] not in busy
            ]
            for errand in found:
                connection.execute(
                    update(outbox)
                    .where(outbox.c.seq == errand.seq)
                    .values(attempts=errand.attempts, next_at=now + hold)
                )
            return found

    def delivered(self, errand: int, now: datetime) -> None:
        """An errand is done."""
        self._end(errand, SENT, "", now)

    def put_off(self, errand: int, error: str, until: datetime) -> None:
        """An errand failed and is tried again."""
        with self._store.writing() as connection:
            connection.execute(
                update(outbox).where(outbox.c.seq == errand).values(error=error, next_at=until)
            )

    def give_up(self, errand: int, error: str, now: datetime, drop: Drop) -> None:
        """An errand is tried no more; the ledger says so."""
        self._end(errand, FAILED, error, now, [drop])

    def fates(self, numbers: Collection[int]) -> list[Fate]:
        """How alerts of these numbers fare, by alert and sink."""
        statement = _FATE.where(outbox.c.alert.in_(list(numbers))).order_by(outbox.c.alert, outbox.c.sink)
        with self._store.reading() as connection:
            return [Fate(*row) for row in connection.execute(statement)]

    def tally(self) -> dict[tuple[str, str], int]:
        """How many errands there are of each (sink, state)."""
        statement = select(outbox.c.sink, outbox.c.state, func.count()).group_by(
            outbox.c.sink, outbox.c.state
        )
        with self._store.reading() as connection:
            return {(sink, state): number for sink, state, number in connection.execute(statement)}

    def tries(self) -> dict[str, int]:
        """How many tries failed or are under way, by sink."""
        tried = func.sum(outbox.c.attempts - case((outbox.c.state == SENT, 1), else_=0))
        with self._store.reading() as connection:
            rows = connection.execute(select(outbox.c.sink, tried).group_by(outbox.c.sink))
            return {sink: int(number) for sink, number in rows}

    def _end(self, errand: int, state: str, error: str, now: datetime, drops: Sequence[Drop] = ()) -> None:
        with self._store.writing() as connection:
            connection.execute(
                update(outbox).where(outbox.c.seq == errand).values(state=state, error=error, ended=now)
            )
            write_drops(connection, drops)
