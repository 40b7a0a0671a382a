"""``kill -9`` on the real collector in the middle of its work: nothing acknowledged is lost, and the next run goes on."""

from __future__ import annotations

import signal
import sqlite3
from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import RSS, Item, rss
from tests.feedserver import FeedServer

FEEDS = 24
SHIPS = 15
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OF_THE_WAR = Item("Taliban capture Kunduz, provincial council member says")


def publish(machine: Machine, server: FeedServer) -> None:
    for number in range(FEEDS):
        items = [Item(f"Harbour {number} reports ship number {ship} of the season") for ship in range(SHIPS)]
        body = rss(OF_THE_WAR, *items) if number == 0 else rss(*items)
        machine.follow(server.serve(f"/{number}", body=body, headers=RSS), f"outlet {number:02}")


def stories_of(outlet: str) -> int:
    return SHIPS + (outlet == "outlet 00")


@pytest.mark.parametrize("acknowledged", [1, 11])
def test_nothing_acknowledged_is_lost_and_the_next_run_goes_on(
    machine: Machine, server: FeedServer, acknowledged: int
) -> None:
    first = server.serve(
        "/first", body=rss(Item("A first story, so that feeds are taken in one by one")), headers=RSS
    )
    machine.follow(first, "first")
    machine.run("poll", "--once")
    machine.run("feeds", "remove", first)
    publish(machine, server)
    with machine.start("poll", "--once") as collector:
        assert collector.stdout is not None
        told = [collector.stdout.readline() for _ in range(acknowledged)]
        collector.send_signal(signal.SIGKILL)
        told += collector.stdout.read().splitlines()
        assert collector.wait() == -signal.SIGKILL
    outlets = {line[:9] for line in told if "new" in line and line.startswith("outlet")}
    assert len(outlets) >= acknowledged
    with sqlite3.connect(machine.path) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
    file.close()
    with machine.archive() as archive:
        kept = Counter(story.outlet for story, _ in archive.recent_stories(LONG_AGO))
        assert {outlet: kept[outlet] for outlet in outlets} == {
            outlet: stories_of(outlet) for outlet in outlets
        }
    again = machine.run("poll", "--once").out.splitlines()[-1]
    assert f"{FEEDS} of {FEEDS} feeds answered" in again
    with machine.archive() as archive:
        assert len(list(archive.recent_stories(LONG_AGO))) == FEEDS * SHIPS + 2
        assert archive.lease("collector") is None
    assert machine.board()["kunduz"]["state"] == "captured"
