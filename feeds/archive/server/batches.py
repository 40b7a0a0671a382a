"""The order in which collectors wrote: a line for each write, so that each can take in what the others did."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import Connection, text

# The newest line knows what was heeded by then; to go through all of them would take longer with each write of the day.
_NOTE: Final = text("""
INSERT INTO batches (seq, holder, stories, heeded)
SELECT coalesce(last.seq, 0) + 1, :holder, :stories, greatest(:heeded, last.heeded)
FROM (SELECT 1) AS one LEFT JOIN (SELECT seq, heeded FROM batches ORDER BY seq DESC LIMIT 1) AS last ON true
RETURNING seq""")
_FORGET: Final = text(
    "DELETE FROM batches WHERE at < now() - interval '1 day' AND seq < (SELECT max(seq) FROM batches)"
)
_ENDS: Final = text("""
SELECT coalesce(first.seq, 0), coalesce(last.seq, 0), coalesce(last.heeded, 0)
FROM (SELECT min(seq) AS seq FROM batches) AS first
LEFT JOIN (SELECT seq, heeded FROM batches ORDER BY seq DESC LIMIT 1) AS last ON true""")
_AFTER: Final = text("SELECT stories FROM batches WHERE seq > :seq AND holder <> :holder ORDER BY seq")
_FORGET_EVERY: Final = 500


class Others(NamedTuple):
    """What others wrote since a position."""

    newest: int
    """Position of the newest write of all."""
    stories: tuple[str, ...]
    """Ids of the stories they added, changed or moved, in their order."""
    wrote: bool
    """Whether others wrote anything, be it only a standing."""
    complete: bool
    """False when some of it is no longer on record."""
    heeded: int
    """Position in the journal of the newest action that anybody heeded; 0 when it is not on record."""


def note(connection: Connection, holder: str, stories: Collection[str], heeded: int) -> None:
    """Put a write on record, inside its transaction."""
    line = {"holder": holder, "stories": json.dumps(list(stories)), "heeded": heeded}
    newest = connection.execute(_NOTE, line).scalar_one()
    if newest % _FORGET_EVERY == 0:
        connection.execute(_FORGET)


def others(connection: Connection, holder: str, after: int) -> Others:
    """What everybody but ``holder`` wrote after a position."""
    oldest, newest, heeded = connection.execute(_ENDS).one()
    if newest == after:
        return Others(newest, (), wrote=False, complete=True, heeded=heeded)
    lines = connection.execute(_AFTER, {"seq": after, "holder": holder}).scalars().all()
    ids = dict.fromkeys(id_ for line in lines for id_ in json.loads(line))
    return Others(newest, tuple(ids), bool(lines), complete=oldest <= after + 1, heeded=heeded)
