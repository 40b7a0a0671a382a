"""The screen in a real browser: Debian's headless Chromium, a key that moves the board, a picture one would accept."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from feeds.report.rendering import render
from tests.end_to_end.machine import Machine
from tests.report.test_forms import hostile_report
from tests.web.conftest import CHROMIUM, MOMENT
from tests.web.serving import serving, wait_until

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not on this machine (Debian: chromium)")

TOKEN = "one-token-for-the-browser"
CURSOR = bytes((31, 79, 143))
"""Ground of the row under the cursor in the dark theme."""
QUIET = (
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = [f"--{flag}" for flag in ("no-sandbox", *QUIET)]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A tab with the board in it, what it asked for, and what its console complained of."""

    page: Page
    url: str
    home: Path
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty tab whose clipboard may be looked at."""
    context = chromium.new_context(viewport={"width": 960, "height": 600})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def tab(chromium: Browser, august: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """The board in a tab, for tests that leave it as it was."""
    machine = Machine(tmp_path_factory.mktemp("tab"))
    shutil.copy(august, machine.path)
    context = chromium.new_context(viewport={"width": 960, "height": 600})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    with serving(machine, "--port", 0, "--as-of", MOMENT, "--theme", "dark") as served:
        tab = Tab(context.new_page(), served.url, machine.home)
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        tab.page.on("console", lambda said: tab.wrong.append(said.text) if said.type == "error" else None)
        tab.page.goto(served.url)
        wait_until(lambda: cursor_line(tab.page) >= 0, "the board with its cursor")
        yield tab
        context.close()


def rows(page: Page) -> list[bytes]:
    """The pixels of a screenshot, row by row, three bytes each."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    pixels, wide = shown.tobytes(), shown.width * 3
    return [pixels[start : start + wide] for start in range(0, len(pixels), wide)]


def cursor_line(page: Page) -> int:
    """Where, in pixels from above, the row under the cursor is; -1 while there is none."""
    return next((y for y, row in enumerate(rows(page)) if row.count(CURSOR) > len(row) // 12), -1)


def test_a_key_press_moves_the_board_and_nothing_comes_from_elsewhere(tab: Tab) -> None:
    tab.page.keyboard.press("1")
    before = cursor_line(tab.page)
    tab.page.keyboard.press("j")
    wait_until(lambda: cursor_line(tab.page) > before, "the cursor a row below")
    tab.page.keyboard.press("k")
    wait_until(lambda: cursor_line(tab.page) == before, "the cursor back")
    assert all(url.startswith((tab.url, "data:")) for url in tab.asked), tab.asked
    assert tab.wrong == []


def test_the_picture_is_a_full_screen_in_colour(tab: Tab) -> None:
    shown = rows(tab.page)
    ground = shown[0][:3]
    inked = [sum(len(row) // 3 - row.count(ground) for row in shown[y : y + 20]) for y in range(0, 580, 20)]
    assert min(inked) > 20, "every line of the screen has something on it, down to the keys"
    red = sum(
        row[x] > 200 and row[x + 1] < 140 and row[x + 2] < 140 for row in shown for x in range(0, len(row), 3)
    )
    assert red > 500, "the captured capitals are red"


def test_a_link_is_copied_to_the_browsers_clipboard_and_no_command_runs(tab: Tab) -> None:
    tab.page.keyboard.press("2")
    tab.page.keyboard.press("|")
    tab.page.keyboard.type("touch ran\n")
    tab.page.keyboard.press("2")
    tab.page.keyboard.press("y")
    wait_until(
        lambda: tab.page.evaluate("navigator.clipboard.readText()").startswith("https://"), "the link copied"
    )
    assert not list(tab.home.rglob("ran"))
    tab.page.keyboard.press("q")
    tab.page.keyboard.press("1")
    wait_until(lambda: cursor_line(tab.page) >= 0, "the board again")


def test_at_the_door_a_wrong_token_is_told_and_the_right_one_opens(machine: Machine, page: Page) -> None:
    machine.environment["WARWATCH_TOKEN"] = TOKEN
    with serving(machine, "--port", 0, "--as-of", MOMENT, "--theme", "dark") as served:
        page.goto(served.url)
        page.fill("#token", "wrong")
        page.click("button")
        page.wait_for_selector("[role=alert]")
        page.fill("#token", TOKEN)
        page.click("button")
        page.wait_for_selector("body.-first-byte", timeout=30_000)
        assert TOKEN not in page.url
        assert TOKEN not in str(page.context.cookies())


def test_the_factbox_of_hostile_words_runs_nothing_and_asks_for_nothing(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "factbox.html"
    file.write_text(render(hostile_report(), "html"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.locator("article").count() > 5
    assert page.locator("svg.map .city").count() == 34
    assert page.evaluate("document.documentElement.scrollWidth") <= 960
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "a phone scrolls one way only"
