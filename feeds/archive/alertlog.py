"""The alerts of an archive: what moved since a position, what was said, who acknowledged it, and the outbox."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import starmap
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from feeds.archive.connections import Connections, Turn
from feeds.archive.ledger import write_drops
from feeds.archive.outbox import NOTICE, Outbox, put
from feeds.archive.outgoing import Notice
from feeds.archive.schema import actions, alert_memory, alerts, changes, evidence, hits
from feeds.archive.stored import standing_of
from feeds.evidence import Action, Change, Evidence
from feeds.story import Drop
from feeds.watched import Hit

_MEMORY: Final = "decision"
_PIECES: Final[Select[*tuple[Any, ...]]] = select(*(evidence.c[each.name] for each in fields(Evidence)))
_HITS: Final[Select[*tuple[Any, ...]]] = select(*(hits.c[each.name] for each in fields(Hit)))


@dataclass(frozen=True, slots=True)
class Ends:
    """Positions of the newest lines of the logs; 0 for an empty one."""

    changes: int = 0
    actions: int = 0
    hits: int = 0


class AlertLog:
    """What is said, and what it is said of. Every method raises ArchiveError with one line."""

    def __init__(self, store: Connections) -> None:
        self._store = store
        self.outbox = Outbox(store)
        """What is on its way."""

    def ends(self) -> Ends:
        """Where the logs end."""
        with self._store.reading() as connection:
            found = (
                connection.execute(select(func.max(log.c.seq))).scalar() for log in (changes, actions, hits)
            )
            return Ends(*(number or 0 for number in found))

    def changes_after(self, seq: int, limit: int | None = None) -> list[Change]:
        """Steps of the standings of all theatres, in the order of the log."""
        statement = select(changes).where(changes.c.seq > seq).order_by(changes.c.seq).limit(limit)
        with self._store.reading() as connection:
            rows = connection.execute(statement).mappings().all()
        return [Change(**{**row, "standing": standing_of(row["standing"])}) for row in rows]

    def pieces(self, seqs: Collection[int]) -> dict[int, Evidence]:
        """Pieces of evidence by their positions in the log."""
        statement = _PIECES.where(evidence.c.seq.in_(list(seqs)))
        with self._store.reading() as connection:
            return {piece.seq: piece for piece in starmap(Evidence, connection.execute(statement))}

    def hits_after(self, seq: int, limit: int) -> list[Hit]:
        """Hits of watch terms, in the order of the log."""
        statement = _HITS.where(hits.c.seq > seq).order_by(hits.c.seq).limit(limit)
        with self._store.reading() as connection:
            return list(starmap(Hit, connection.execute(statement)))

    def retractions_after(self, seq: int) -> list[Action]:
        """Stories taken back by the wire itself, in the order of the journal."""
        statement = select(actions).where(actions.c.seq > seq, actions.c.kind == "retract")
        with self._store.reading() as connection:
            return [Action(**row) for row in connection.execute(statement.order_by(actions.c.seq)).mappings()]

    def memory(self) -> str:
        """What the decision remembers, as it left it; empty before it ever decided."""
        with self._store.reading() as connection:
            found = connection.execute(
                select(alert_memory.c.record).where(alert_memory.c.name == _MEMORY)
            ).scalar()
        return found or ""

    def decided(
        self, memory: str, notice: Notice | None, sinks: Collection[str], drops: Sequence[Drop]
    ) -> int:
        """Keep what came of a look, all of it or nothing: the memory, the alert, its ways out, the ledger's lines.

        The number of the alert, 0 without one.
        """
        with self._store.writing() as connection:
            connection.execute(delete(alert_memory).where(alert_memory.c.name == _MEMORY))
            connection.execute(insert(alert_memory), {"name": _MEMORY, "record": memory})
            write_drops(connection, drops)
            if notice is None:
                return 0
            number = _insert(connection, notice)
            put(connection, number, sinks, notice.at)
            return number

    def notice(self, number: int) -> Notice | None:
        """The alert of a number."""
        with self._store.reading() as connection:
            row = connection.execute(NOTICE.where(alerts.c.seq == number)).first()
        return Notice(*row) if row else None

    def notices(self, limit: int | None = None, *, after: int = 0, open_only: bool = False) -> list[Notice]:
        """Alerts, newest first; with ``open_only`` those that nobody acknowledged."""
        statement = NOTICE.where(alerts.c.seq > after).order_by(alerts.c.seq.desc()).limit(limit)
        if open_only:
            statement = statement.where(alerts.c.acknowledged.is_(None))
        with self._store.reading() as connection:
            return list(starmap(Notice, connection.execute(statement)))

    def notices_since(self, since: datetime) -> list[Notice]:
        """Alerts decided at or after a moment, newest first."""
        statement = NOTICE.where(alerts.c.at >= since).order_by(alerts.c.at.desc(), alerts.c.seq.desc())
        with self._store.reading() as connection:
            return list(starmap(Notice, connection.execute(statement)))

    def unacknowledged(self) -> int:
        """How many alerts nobody acknowledged."""
        with self._store.reading() as connection:
            return connection.execute(
                select(func.count()).select_from(alerts).where(alerts.c.acknowledged.is_(None))
            ).scalar_one()

    def acknowledge(
        self, numbers: Collection[int] | None, who: str, at: datetime, *, up_to: int | None = None
    ) -> list[int]:
        """Somebody has seen these alerts, or all (``up_to`` a number) for None; the numbers that nobody had before."""
        seen = update(alerts).where(alerts.c.acknowledged.is_(None))
        if numbers is not None:
            seen = seen.where(alerts.c.seq.in_(list(numbers)))
        if up_to is not None:
            seen = seen.where(alerts.c.seq <= up_to)
        with self._store.writing(Turn.FREELY) as connection:
            done = connection.execute(seen.values(acknowledged=at, who=who).returning(alerts.c.seq))
            return sorted(done.scalars())


def _insert(connection: Connection, notice: Notice) -> int:
    values = {each.name: getattr(notice, each.name) for each in fields(Notice) if each.name != "seq"}
    done = connection.execute(insert(alerts), values)
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])
