"""One morning of news: enough for a board in which something happened."""

from __future__ import annotations

from typing import Final

from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import RSS, Item, rss
from tests.feedserver import FeedServer

RADIO: Final = (
    Item(
        "Taliban capture Kunduz, provincial council member says", "The city fell after days of fighting.", 300
    ),
    Item("Governor surrenders Ghazni to Taliban as city falls", minutes=120),
    Item("Heavy fighting inside Kandahar as Taliban attack the city", minutes=50),
    Item("Parliament in Lima votes on a copper tariff", "The vote is on Friday.", 20),
)
POST: Final = (
    Item("Afghan official: Kunduz lost to the Taliban", minutes=200),
    Item("Taliban have taken 9 of 34 provincial capitals, UN says", minutes=100),
)


def publish(machine: Machine, server: FeedServer) -> None:
    """Serve the morning, and put its feeds on the desk."""
    machine.follow(server.serve("/radio", body=rss(*RADIO), headers=RSS), "Radio One")
    machine.follow(server.serve("/post", body=rss(*POST), headers=RSS), "Post")
