"""``warwatch poll --once`` against a server that answers as the net does, and the board read back by another process."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.end_to_end.machine import Machine, Said
from tests.end_to_end.papers import ATOM, JSON, RDF, RSS, Item, atom, json_feed, rdf, rss
from tests.feedserver import FeedServer, Request

CAPTURED = {"kunduz", "ghazni", "herat", "zaranj", "farah", "aybak", "sheberghan"}
BOMB = gzip.compress(bytes(40_000_000))


@dataclass(frozen=True, slots=True)
class Polled:
    """Two rounds of one machine: what they said, what the server was asked in the second, how all stood after each."""

    first: Said
    board: Mapping[str, Mapping[str, Any]]
    feeds: Mapping[str, Mapping[str, Any]]
    second: Mapping[str, Mapping[str, Any]]
    asked: Mapping[str, Request]
    board_after: Mapping[str, Mapping[str, Any]]
    titles: tuple[str, ...]


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polled]:
    machine = Machine(tmp_path_factory.mktemp("polled"))
    with FeedServer() as server, FeedServer() as slow, FeedServer() as crowded:
        publish(machine, server, crowded)
        machine.follow(
            slow.serve("/drip", body=rss(Item("Taliban take Bamyan")), headers=RSS, drip=0.2), "drip"
        )
        first = machine.run("poll", "--once")
        board, feeds = machine.board(), {row["outlet"]: row for row in machine.json("feeds", "list")}
        machine.run("feeds", "remove", slow.url("/drip"))
        server.forget()
        crowded.forget()
        second = {row["outlet"]: row for row in machine.json("poll", "--once")["feeds"]}
        asked = {request.path: request for request in (*server.requests(), *crowded.requests())}
        with machine.archive() as archive:
            titles = tuple(archive.rows(archive.lead_ids())[n].title for n in range(len(archive.lead_ids())))
        yield Polled(first, board, feeds, second, asked, machine.board(), titles)


def publish(machine: Machine, server: FeedServer, crowded: FeedServer) -> None:
    """All on one server but who is busy: a server that asks for patience asks it for all its feeds."""
    kunduz = rss(Item("Taliban capture Kunduz, provincial council member says"))
    moved = rss(Item("Taliban overrun Sheberghan, official says"))
    aybak = rss(Item("Taliban capture Aybak without a fight, deputy governor says"))
    farah = rss(Item("Taliban take Farah, says envoy José Muñoz"))
    kandahar = json_feed(Item("Heavy fighting inside Kandahar as Taliban attack the city"))
    server.serve("/new", body=moved, headers=RSS)
    addresses = {
        "rss": server.serve("/rss", body=kunduz, headers={**RSS, "ETag": '"1"'}, validators=True),
        "atom": server.serve("/atom", body=atom(Item("Governor surrenders Ghazni to Taliban as city falls")), headers=ATOM),
        "rdf": server.serve("/rdf", body=rdf(Item("Taliban fighters seize Herat, lawmaker confirms")), headers=RDF),
        "json": server.serve("/json", body=kandahar, headers=JSON),
        "gzip": server.serve("/gzip", body=rss(Item("Zaranj falls to the Taliban, deputy governor says")), headers=RSS, zipped=True),
        "charset": server.serve("/charset", body=farah.encode("cp1252"), headers={"Content-Type": "text/xml"}),
        "broken": server.serve("/broken", body=aybak.replace("</channel></rss>", "<item><title>Cut & gone <b>"), headers=RSS),
        "page": server.serve("/page", body="<html><body>Unavailable</body></html>", headers={"Content-Type": "text/html"}),
        "moved": server.redirect("/old", "/new", status=301),
        "gone": server.serve("/gone", status=410),
        "busy": crowded.serve("/busy", status=429, headers={"Retry-After": "3600"}),
        "missing": server.serve("/missing", status=404),
        "bomb": server.serve("/bomb", body=BOMB, headers={**RSS, "Content-Encoding": "gzip"}),
    }  # fmt: skip
    for outlet, address in addresses.items():
        machine.follow(address, outlet)


def test_every_format_reaches_the_board(polled: Polled) -> None:
    assert {place for place, row in polled.board.items() if row["state"] == "captured"} == CAPTURED
    assert polled.board["kandahar"]["state"] == "contested"
    assert polled.board["kabul"]["state"] == "unknown"


def test_a_row_of_the_board_says_who_said_it_and_in_which_words(polled: Polled) -> None:
    row = polled.board["ghazni"]
    (piece,) = row["evidence"]
    assert (row["holder"], row["outlets"], row["origins"]) == ("taliban", 1, 1)
    assert (piece["outlet"], piece["sentence"]) == (
        "atom",
        "Governor surrenders Ghazni to Taliban as city falls",
    )


def test_a_wrong_charset_loses_no_letter(polled: Polled) -> None:
    assert "Taliban take Farah, says envoy José Muñoz" in polled.titles


@pytest.mark.parametrize(
    ("outlet", "why"),
    [
        ("page", "not a feed but a web page"),
        ("gone", "410"),
        ("busy", "asks for 3600 s of patience"),
        ("missing", "404"),
        ("bomb", "larger than 15,000,000 bytes"),
        ("drip", "no complete answer within 20 s"),
    ],
)
def test_what_failed_is_said_and_kept(polled: Polled, outlet: str, why: str) -> None:
    assert why in polled.feeds[outlet]["error"]
    assert any(line.startswith(outlet) and why in line for line in polled.first.out.splitlines())


def test_one_broken_feed_never_stops_the_others(polled: Polled) -> None:
    assert polled.first.err == ""
    assert "8 of 14 feeds answered, 8 new stories" in polled.first.out


def test_the_second_round_asks_politely_and_finds_nothing_new(polled: Polled) -> None:
    assert polled.asked["/rss"].headers["if-none-match"] == '"1"'
    assert polled.second["rss"]["unchanged"]
    assert [outlet for outlet, row in polled.second.items() if row["new"]] == []
    assert {name: row["state"] for name, row in polled.board_after.items()} == {
        name: row["state"] for name, row in polled.board.items()
    }


def test_who_moved_is_asked_there_and_who_is_gone_or_busy_is_left_alone(polled: Polled) -> None:
    assert "/new" in polled.asked
    assert polled.asked.keys() & {"/old", "/gone", "/busy"} == set()


def test_without_a_network_it_says_so_and_offers_the_demo(machine: Machine, server: FeedServer) -> None:
    machine.follow(server.serve("/down", status=503), "Down")
    said = machine.run("poll", "--once", status=1)
    assert said.err.count("\n") == 1
    assert "warwatch demo" in said.err
