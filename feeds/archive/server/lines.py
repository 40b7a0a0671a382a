"""Lines of the wire from a server: a line's story, its thread's sums, its marks and its places in one answer.

On a file four short questions cost nothing; here each is a way to the server and back, and a list of hundreds of
placeholders, which takes the client longer to write than the server to answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from feeds.archive.records import StoryRow
from feeds.archive.server.plans import prepared
from feeds.archive.stored import moment, tuples

# Joined, the server would go through all that was ever marked: OFFSET 0 has it look up each story by itself.
_LINES: Final = """
SELECT s."row", s.id, s.title, s.outlet, s.reliability, s.wire, s.flag, s.received, s.published, s.thread, s.lead, s.marks,
  sums.outlets, sums.origins, sums.copies, m."read", m.flagged, m.dismissed, m.escalated,
  ARRAY(SELECT place FROM placed WHERE placed.lead = s.lead ORDER BY place)
FROM stories AS s
CROSS JOIN LATERAL (SELECT count(DISTINCT outlet) AS outlets, count(DISTINCT origin) AS origins, count(copy_of) AS copies
  FROM stories WHERE stories.lead = s.lead) AS sums
LEFT JOIN LATERAL (SELECT "read", flagged, dismissed, escalated FROM marked WHERE marked.story = s.id OFFSET 0) AS m ON true
WHERE s."row" = ANY(CAST(%(rows)s AS bigint[]))"""
_SUMS: Final = slice(12, 15)
_BEARS: Final = slice(15, 19)


def lines(connection: Connection, rows: Sequence[int]) -> Iterator[StoryRow]:
    """A line for each row number that is there, in any order."""
    numbers = "{" + ",".join(map(str, rows)) + "}"  # the driver takes longer to write an array
    for found in prepared(connection, _LINES, {"rows": numbers}):
        *named, received, published, thread, lead, marks = found[:12]
        told = None if published is None else moment(published)
        line = (*named, moment(received), told, thread, lead, tuples(marks))
        yield StoryRow.of(line, found[_SUMS], [bool(bears) for bears in found[_BEARS]], found[-1])
