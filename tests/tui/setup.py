"""A desk for the tests of the set up, and a child process that answers without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from feeds.desk import Desk, SavedView
from feeds.errors import InputError
from feeds.story import FeedState, Subscription
from feeds.watched import WatchTerm
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, thursday
from tests.tui.screen import settle
from tui.setup import child

WIRE = Subscription("https://wire.example/feed", "Highland Wire", "B", group="Wires/World", interval=600)
POST = Subscription("https://post.example/rss", "Morning Post", "C", language="en")
SECTIONS = ("Feeds", "Watch terms", "Views", "Alerts", "Theatre", "Theme", "Keys")


def desk_in(folder: Path) -> Desk:
    """A desk with two feeds, two terms and a view."""
    desk = Desk.open(folder / "desk.json")
    desk.subscribe(WIRE, POST)
    desk.watch(WatchTerm("Kabul airport", "high", "red"), WatchTerm("herat"))
    desk.save_view(SavedView("West", "place:herat", "board", "f5"))
    return desk


def archive() -> FakeArchive:
    """Thursday, with a feed that is fine and one that nobody asked for a day."""
    found = thursday()
    fine = FeedState(
        WIRE.url,
        last_fetch=NOW,
        last_answer=NOW,
        newest=NOW - timedelta(minutes=20),
        next_due=NOW + timedelta(minutes=5),
    )
    found.feeds = {WIRE.url: fine, POST.url: replace(fine, url=POST.url, next_due=NOW - timedelta(days=1))}
    found.feeds[POST.url] = replace(found.feeds[POST.url], last_fetch=NOW - timedelta(days=1))
    return found


class Child:
    """Stands for ``warwatch`` run beside the screen: keeps what it was asked, and answers as it was told."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.answers: dict[str, object] = {}
        """By the first two words: ``feeds find``."""

    def __call__(
        self, words: Sequence[str], stopped: Callable[[], bool], *, patience: float = 90.0
    ) -> object:
        self.asked.append(list(words))
        answer = self.answers.get(" ".join(words[:2]))
        if answer is None:
            raise InputError("no child answers here")
        return answer

    def last(self, deed: str) -> list[str]:
        """The words of the last call that began so."""
        return next(each for each in reversed(self.asked) if " ".join(each[:2]) == deed)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


@pytest.fixture
def child_(monkeypatch: pytest.MonkeyPatch) -> Child:
    answering = Child()
    answering.answers["watch add"] = {"hits": 4}
    answering.answers["watch list"] = [{"term": "Kabul airport", "day": 3, "week": 14, "spike": True}]
    monkeypatch.setattr(child, "ask", answering)
    return answering


async def open_section(pilot: Pilot[None], title: str) -> None:
    """From the board to the entries of a section."""
    await strike(pilot, "comma", *(["down"] * SECTIONS.index(title)), "enter")


async def strike(pilot: Pilot[None], *keys: str) -> None:
    """Press keys all at once, as over a slow link; ``'words`` stands for each of its characters,
    and nothing for a person who waits for what comes."""
    for key in keys:
        if not key:
            await settle(pilot)
        for each in key[1:] if key.startswith("'") else filter(None, [key]):
            character = each if len(each) == 1 else None
            pilot.app.post_message(events.Key(_character_to_key(each) if character else each, character))
    await settle(pilot)


async def fill(pilot: Pilot[None], *words: str) -> None:
    """Fill the lines of a form from the first on, each instead of what stood there; none of it is kept yet."""
    keys = [key for each in words for key in ("ctrl+u", f"'{each}", "down")]
    await strike(pilot, *keys[:-1])
