"""Who collects: a lease that one process holds for a time, and the heartbeat that shows it is alive."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, or_, select, text, update

from feeds.archive.records import Beat, Lease
from feeds.archive.schema import beats, leases
from feeds.archive.stored import microseconds

ASTRAY: Final = timedelta(hours=1)
"""How far the clocks of two machines may be apart."""
# Two may find it free at once; the engine lets one of them have it.
_NEW: Final = text(
    "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until) ON CONFLICT (name) DO NOTHING"
)


def take(connection: Connection, name: str, holder: str, seconds: float, now: datetime) -> bool:
    """Take or prolong a lease; False when another holder's has not run out.

    One that lasts longer than any can was taken while a clock was wrong, and binds nobody: its holder, if it is alive,
    has prolonged it since.
    """
    until = now + timedelta(seconds=seconds)
    free = or_(leases.c.holder == holder, leases.c.until <= now, leases.c.until > until + ASTRAY)
    taken = connection.execute(
        update(leases).where(leases.c.name == name, free).values(holder=holder, until=until)
    )
    if taken.rowcount:
        return True
    new = {"name": name, "holder": holder, "until": microseconds(until)}
    return bool(connection.execute(_NEW, new).rowcount)


def release(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back; nothing happens when another holds it."""
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


def read_lease(connection: Connection, name: str) -> Lease | None:
    """The lease of a name, run out or not; None when nobody has it.

    Of leases ``NAME/HOLDER``, which several may have side by side, the one that lasts longest.
    """
    fits = or_(leases.c.name == name, leases.c.name.startswith(f"{name}/", autoescape=True))
    row = connection.execute(select(leases).where(fits).order_by(leases.c.until.desc()).limit(1)).first()
    return None if row is None else Lease(*row)


def read_leases(connection: Connection, name: str) -> list[Lease]:
    """All leases ``NAME/HOLDER``, run out or not."""
    own = leases.c.name.startswith(f"{name}/", autoescape=True)
    return [Lease(*row) for row in connection.execute(select(leases).where(own).order_by(leases.c.name))]


def forget(connection: Connection, name: str, before: datetime) -> None:
    """Forget leases ``NAME/HOLDER`` that ran out before a moment: their holders did not give them back."""
    own = leases.c.name.startswith(f"{name}/", autoescape=True)
    connection.execute(delete(leases).where(own, leases.c.until < before))


def write_beat(connection: Connection, beat: Beat) -> None:
    """Keep a collector's last sign of life."""
    values = asdict(beat)
    if connection.execute(update(beats).where(beats.c.holder == beat.holder).values(values)).rowcount == 0:
        connection.execute(insert(beats), values)


def read_beat(connection: Connection) -> Beat | None:
    """The newest sign of life of any collector; None when there never was one."""
    row = connection.execute(select(beats).order_by(beats.c.at.desc()).limit(1)).first()
    return None if row is None else Beat(*row)
