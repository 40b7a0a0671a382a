"""Ways to run the app in a test and to read what is on its screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from textual.pilot import Pilot

from feeds.clock import Clock
from feeds.desk import Desk
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, THEATRE, tally
from tui.app import WarwatchApp
from tui.options import ViewerOptions

GOLDENS = Path(__file__).parent / "goldens"
OPTIONS = ViewerOptions(poll_seconds=0, reconcile=tally, operator="tester", theme="dark")


class Clicker:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def screen(
    archive: FakeArchive,
    size: tuple[int, int] = (120, 40),
    *,
    clock: Clock | None = None,
    options: ViewerOptions = OPTIONS,
    desk: Desk | None = None,
) -> AsyncIterator[Pilot[None]]:
    """The app on an archive, settled after its first frame; it looks at the archive only when told."""
    app = WarwatchApp(archive, THEATRE, clock or Clicker(), options, desk)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is on its way: timers that debounce, workers that read, frames that paint."""
    await pilot.pause(0.1)
    while any(worker.group != "pump" and not worker.is_finished for worker in pilot.app.workers):
        await pilot.pause(0.01)
    await pilot.pause()
    await pilot.pause()


async def look(pilot: Pilot[None]) -> None:
    """What the pump does four times a second."""
    app_of(pilot).look()
    await settle(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what they set off."""
    await pilot.press(*keys)
    await settle(pilot)


def lines(pilot: Pilot[None]) -> list[str]:
    """The screen's lines, as characters."""
    pilot.app.screen._compositor.reflow(pilot.app.screen, pilot.app.screen.size)
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


def text(pilot: Pilot[None]) -> str:
    """The whole screen as text."""
    return "\n".join(lines(pilot))


def row_with(pilot: Pilot[None], words: str) -> str:
    """The first line that holds the words; fails when there is none."""
    found = [line for line in lines(pilot) if words in line]
    assert found, f"no line with {words!r} in\n{text(pilot)}"
    return found[0]


def app_of(pilot: Pilot[None]) -> WarwatchApp:
    assert isinstance(pilot.app, WarwatchApp)
    return pilot.app


def with_options(**changes: object) -> ViewerOptions:
    return replace(OPTIONS, **changes)  # type: ignore[arg-type]


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous test."""

    async def inner() -> None:
        await test()

    asyncio.run(inner())


def matches_golden(name: str, shown: str) -> None:
    """Compare with the text kept under ``goldens``; a missing one is written, to be looked at and committed."""
    path = GOLDENS / f"{name}.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown + "\n", encoding="utf-8")
    assert shown + "\n" == path.read_text(encoding="utf-8")
