"""The feeds that collectors share: each is had by one of them for a time, and comes back by itself when its holder dies.

All times are the server's own: the collectors' clocks may differ. Of a host's feeds one is had at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from feeds.archive.connections import Turn
from feeds.archive.server.store import ServerStore

SECONDS: Final = 45.0
"""For how long a feed is had; its holder prolongs it while it works."""
AT_A_TIME: Final = 10
"""Feeds taken in one transaction."""
_AROUND: Final = 2
"""Feeds looked at for each that is taken: those of one host come one by one."""

_QUICKLY: Final = text("SET LOCAL synchronous_commit = off")
_HOSTS: Final = text("INSERT INTO hosts (host) SELECT unnest(CAST(:hosts AS text[])) ON CONFLICT DO NOTHING")
_ENROLL: Final = text(
    "INSERT INTO turns (feed, host) SELECT * FROM unnest(CAST(:feeds AS text[]), CAST(:hosts AS text[])) "
    "ON CONFLICT DO NOTHING"
)
_HASTEN: Final = text(
    "UPDATE turns SET due = now() WHERE feed = ANY(CAST(:feeds AS text[])) AND holder = '' AND due > now()"
)
_TAKE: Final = text("""
WITH quickly AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)), near AS MATERIALIZED (
  SELECT turns.feed, turns.host FROM quickly CROSS JOIN turns JOIN hosts ON hosts.host = turns.host
  WHERE turns.due <= now() AND hosts.free_at <= now() AND turns.feed <> ALL(CAST(:foreign AS text[]))
  ORDER BY turns.due LIMIT :around FOR UPDATE OF turns, hosts SKIP LOCKED
), one_a_host AS (SELECT DISTINCT ON (host) feed, host FROM near LIMIT :count),
busy AS (UPDATE hosts SET free_at = now() + :seconds * interval '1 second' FROM one_a_host
  WHERE hosts.host = one_a_host.host)
UPDATE turns SET holder = :holder, due = now() + :seconds * interval '1 second' FROM one_a_host
WHERE turns.feed = one_a_host.feed RETURNING turns.feed""")
_PROLONG: Final = text(
    "UPDATE turns SET due = now() + :seconds * interval '1 second' "
    "WHERE holder = :holder AND due > now() AND feed = ANY(CAST(:feeds AS text[]))"
)
_GIVE_BACK: Final = text("""
WITH given AS (
  SELECT * FROM unnest(CAST(:feeds AS text[]), CAST(:hosts AS text[]), CAST(:waits AS float8[]), CAST(:rests AS float8[]))
    AS given (feed, host, wait, rest)
), free AS (UPDATE hosts SET free_at = now() + rests.rest * interval '1 second'
  FROM (SELECT turns.host, max(given.rest) AS rest FROM given JOIN turns ON turns.feed = given.feed
    WHERE turns.holder = :holder GROUP BY turns.host) AS rests WHERE hosts.host = rests.host)
UPDATE turns SET holder = '', host = given.host, due = now() + given.wait * interval '1 second'
FROM given WHERE turns.feed = given.feed AND turns.holder = :holder""")
_END: Final = text("""
WITH free AS (UPDATE hosts SET free_at = now() + interval '1 second' FROM turns
  WHERE turns.holder = :holder AND hosts.host = turns.host)
UPDATE turns SET holder = '', due = now() WHERE holder = :holder""")
_HELD: Final = text("SELECT feed, holder FROM turns WHERE holder <> '' AND due > now()")


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A feed whose turn is over."""

    feed: str
    host: str
    """Of the address that it is asked at next."""
    wait: float
    """Seconds until it is due again."""
    rest: float
    """Seconds for which its host is to be left alone."""


class FeedTurns:
    """The feeds of one archive, as one collector has them; every method raises ArchiveError in one line."""

    def __init__(self, store: ServerStore, holder: str, *, seconds: float = SECONDS) -> None:
        self._store, self._holder, self._seconds = store, holder, seconds
        self._had: set[str] = set()
        """Feeds that it knows to have: when an answer is lost, the server may think that it has more."""

    def enroll(self, hosts: Mapping[str, str]) -> None:
        """Make feeds known, by the host of each; a feed that is new is due at once."""
        if not hosts:
            return
        with self._store.writing(Turn.FREELY, quietly=True) as connection:
            connection.execute(_HOSTS, {"hosts": sorted(set(hosts.values()))})
            connection.execute(_ENROLL, {"feeds": list(hosts), "hosts": list(hosts.values())})

    def hasten(self, feeds: Iterable[str]) -> None:
        """Let feeds that nobody has be due at once."""
        with self._store.writing(Turn.FREELY, quietly=True) as connection:
            connection.execute(_HASTEN, {"feeds": list(feeds)})

    def take(self, at_most: int = AT_A_TIME, foreign: Sequence[str] = ()) -> list[str]:
        """Feeds that are due, now had by this collector; none of the ``foreign`` ones, which it does not follow."""
        given = {"foreign": list(foreign), "around": at_most * _AROUND, "count": at_most}
        with self._store.writing(Turn.FREELY, quietly=True) as connection:
            # What a crash of the server takes away here is asked for once more, and no story comes in twice.
            taken = connection.execute(_TAKE, given | {"seconds": self._seconds, "holder": self._holder})
            found = list(taken.scalars())
        self._had.update(found)
        return found

    def prolong(self) -> None:
        """Keep for longer what this collector has; what it lost meanwhile stays lost."""
        with self._store.writing(Turn.FREELY, quietly=True) as connection:
            connection.execute(_QUICKLY)
            had = {"seconds": self._seconds, "holder": self._holder, "feeds": list(self._had)}
            connection.execute(_PROLONG, had)

    def give_back(self, given: Sequence[GivenBack]) -> None:
        """Give feeds back; one that another has taken over stays with that one."""
        if not given:
            return
        columns = {
            "feeds": [one.feed for one in given],
            "hosts": [one.host for one in given],
            "waits": [one.wait for one in given],
            "rests": [one.rest for one in given],
        }
        with self._store.writing(Turn.FREELY, quietly=True) as connection:
            connection.execute(_HOSTS, {"hosts": sorted({one.host for one in given})})
            connection.execute(_GIVE_BACK, columns | {"holder": self._holder})
        self._had.difference_update(one.feed for one in given)

    def end(self) -> None:
        """Give everything back, to be asked by whoever is at hand."""
        with self._store.writing(Turn.FREELY, quietly=True) as connection:
            connection.execute(_END, {"holder": self._holder})

    def held(self) -> dict[str, str]:
        """Who has which feed."""
        with self._store.reading() as connection:
            return {feed: holder for feed, holder in connection.execute(_HELD)}  # noqa: C416
