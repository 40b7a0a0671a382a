"""What a server keeps a plan of: a search is planned for its own words, a line of the wire always the same way."""

from __future__ import annotations

from feeds.archive import Archive, open_archive
from feeds.archive.server.plans import prepared
from feeds.archive.sieve import Sieve
from tests.archive.samples import a_story, put
from tests.cluster import Cluster

_MANY = 12


def kept(archive: Archive) -> list[str]:
    """The statements that the server keeps plans of, for the connection that this thread reads through."""
    with archive._store.reading() as connection:
        return [
            words for (words,) in prepared(connection, "SELECT statement FROM pg_prepared_statements", {})
        ]


def test_however_often_it_is_searched_each_search_is_planned_anew(server: Cluster) -> None:
    with open_archive(server.archive()) as archive:
        put(archive, a_story("a", "The bridge holds"), a_story("b", "Bridges"))
        for _ in range(_MANY):
            assert archive.lead_ids(5, text="bridge")
            assert archive.lead_ids(5, sieve=Sieve(outlet="reuters"))
        searching = [words for words in kept(archive) if "tsquery" in words or "FROM tellers" in words]
        assert searching == []


def test_a_line_of_the_wire_is_planned_once(server: Cluster) -> None:
    with open_archive(server.archive()) as archive:
        put(archive, a_story("a"))
        for _ in range(_MANY):
            assert archive.rows(archive.lead_ids(5))
        assert len([words for words in kept(archive) if "LATERAL" in words]) == 1


def test_what_is_written_often_is_planned_once(server: Cluster) -> None:
    with open_archive(server.archive()) as archive:
        turns = archive.feed_turns("me")
        for _ in range(_MANY):
            archive.lead_ids(5)
            turns.take(5)
        assert [words for words in kept(archive) if "SKIP LOCKED" in words]
