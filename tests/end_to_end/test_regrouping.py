"""A thread taken apart and put together again from the screen, carried out by ``warwatch poll --once``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import RSS, Item, rss
from tests.feedserver import FeedServer

ENTER = "\r"
FIRE = Item("Fuel truck fire kills 12 on Salang pass", minutes=50)
CONVOY = Item("Salang pass fuel truck fire: convoy still burning", minutes=40)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    one = Machine(tmp_path)
    with FeedServer() as server:
        one.follow(server.serve("/a", body=rss(FIRE), headers=RSS), "Gazette")
        one.follow(server.serve("/b", body=rss(CONVOY), headers=RSS), "Herald")
        one.run("poll", "--once")
        yield one


def threads(machine: Machine) -> set[str]:
    return {machine.json("why", item.url)["stories"][0]["fold"]["thread"] for item in (FIRE, CONVOY)}


def test_a_split_from_the_screen_is_carried_out_and_undone(machine: Machine) -> None:
    assert len(threads(machine)) == 1
    with machine.screen("--no-poll", columns=120, rows=40) as terminal:
        terminal.wait_for("Fuel truck fire", "Q quit")
        terminal.press("2gg")
        terminal.settle()
        terminal.press(ENTER)
        terminal.wait_until(
            lambda: "1 unread" not in terminal.text
        )  # it is beside the wire before it is opened, too
        terminal.settle()
        terminal.press("S")
        terminal.wait_for("Split off.")
        machine.run("poll", "--once")
        assert len(threads(machine)) == 2
        terminal.settle()
        terminal.press("u")
        terminal.wait_for("Undone")
        machine.run("poll", "--once")
        assert len(threads(machine)) == 1
