"""A city falls in a feed: who set up a webhook hears of it once, who looks at the screen sees it and acknowledges it."""

from __future__ import annotations

from tests.alerts.receivers import Receiver
from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import RSS, Item, rss
from tests.feedserver import FeedServer

FALLEN = Item("Taliban capture Herat, lawmaker says", "The lawmaker said the city was lost.", 10)
LONG_AGO = [
    Item(f"Taliban capture {city}, governor says", "", 60 * 24 * 3) for city in ("Farah", "Zaranj", "Kunduz")
]


def test_a_fall_is_heard_of_once_with_its_proof_and_history_is_counted(
    machine: Machine, server: FeedServer
) -> None:
    machine.follow(server.serve("/a", body=rss(FALLEN, *LONG_AGO), headers=RSS), "Herald")
    with Receiver() as receiver:
        machine.run("alerts", "add", "webhook", "desk", receiver.url, "--allow-private")
        machine.run("poll", "--once")
        machine.run("poll", "--once")
    (posted,) = receiver.posted
    assert posted.json["title"] == "Herat: unknown → captured by Taliban"
    assert "“Taliban capture Herat, lawmaker says”" in posted.json["message"]
    assert "Herald (B)" in posted.json["message"]
    assert posted.json["click"] == FALLEN.url
    assert posted.json["warwatch"]["held"] == {"old": 3}
    (listed,) = machine.json("alerts", "list")
    assert (listed["key"], listed["sinks"][0]["state"]) == (posted.headers["idempotency-key"], "sent")


def test_a_sink_that_is_away_is_tried_again_later_and_nobody_waits_for_it(
    machine: Machine, server: FeedServer
) -> None:
    machine.follow(server.serve("/a", body=rss(FALLEN), headers=RSS), "Herald")
    with Receiver(500) as receiver:
        machine.run("alerts", "add", "webhook", "desk", receiver.url, "--allow-private")
        machine.run("poll", "--once")
        (sink,) = machine.json("alerts", "list")[0]["sinks"]
        assert (sink["state"], sink["attempts"]) == ("due", 1)
        assert sink["error"] == "127.0.0.1 answered 500"
        assert len(receiver.posted) == 1
        machine.run("alerts", "ack", "--all")
    assert machine.json("status", status=1)["open_alerts"] == 0


def test_the_screen_shows_it_while_it_is_open_and_a_acknowledges_it(
    machine: Machine, server: FeedServer
) -> None:
    machine.follow(server.serve("/a", body=rss(Item("Rain in Kabul")), headers=RSS), "Herald")
    machine.run("poll", "--once")
    with machine.screen("--no-poll", columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Wire")
        terminal.settle()
        server.serve("/a", body=rss(FALLEN, Item("Rain in Kabul")), headers=RSS)
        machine.run("poll", "--once")
        terminal.wait_for("1 alert (a)", "Herat: unknown → captured by Taliban (B2)")
        terminal.press("a")
        terminal.wait_for("Alerts: 1 open")
        terminal.press("a")
        terminal.wait_for("1 alert acknowledged")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    (listed,) = machine.json("alerts", "list")
    assert listed["acknowledged"]
