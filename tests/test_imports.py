"""What is really imported at run time: the screen opens without the wire's libraries, the wire runs without a screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OF_THE_WIRE = (
    "httpx",
    "feedparser",
    "rapidfuzz",
    "selectolax",
    "ahocorasick_rs",
    "feeds.wire",
    "feeds.tracker",
    "feeds.dedupe",
)
OF_MIGRATIONS = ("alembic", "mako")
LATER = (
    "feeds.collector",
    "feeds.pipeline",
    "feeds.replay",
    "feeds.report.rendering",
    "jinja2",
    "aiohttp",
    "textual_serve",
)

OPEN_THE_SCREEN = """
import asyncio, pathlib, sys, tempfile
from feeds.archive import open_archive
from feeds.clock import system_clock
from feeds.theatres import load_theatre
from tui.app import WarwatchApp

async def look(path):
    with open_archive(path) as archive:
        app = WarwatchApp(archive, load_theatre("afghanistan-2021"), system_clock)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("j", "2", "j", "enter", "q")

with tempfile.TemporaryDirectory() as folder:
    asyncio.run(look(pathlib.Path(folder, "archive.db")))
"""
SHOW_THE_FIRST_PAGE = """
import asyncio, os, sys
from feeds.archive import open_late
from feeds.clock import system_clock
from feeds.theatres import load_theatre
from tui.app import WarwatchApp
from tui.options import ViewerOptions

async def look(path):
    with open_late(path) as archive:
        app = WarwatchApp(archive, load_theatre("afghanistan-2021"), system_clock, ViewerOptions(poll_seconds=0))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert app.main.room.board.listing.count == 34

asyncio.run(look(os.environ["WARWATCH_ARCHIVE"]))
"""
READ_THE_BOARD = """
import contextlib, io, sys
from tui.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    assert main(["board"]) == 0
"""
COLLECT = """
import pkgutil, importlib, feeds
for found in pkgutil.walk_packages(feeds.__path__, "feeds."):
    if ".migrations." not in found.name:
        importlib.import_module(found.name)
"""


def loaded(script: str, folder: Path) -> set[str]:
    """Every module that a fresh interpreter has loaded after the script."""
    ask = "import sys; print('\\n'.join(sys.modules), file=sys.__stdout__)"
    environment = {
        "PATH": "",
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "WARWATCH_ARCHIVE": str(folder / "archive.db"),
        "WARWATCH_DESK": str(folder / "desk.json"),
    }
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{ask}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def with_an_archive(folder: Path) -> Path:
    from feeds.archive import open_archive

    open_archive(folder / "archive.db").close()
    return folder


def test_the_screen_opens_without_the_libraries_of_the_wire(tmp_path: Path) -> None:
    modules = loaded(OPEN_THE_SCREEN, tmp_path)
    assert "tui.screens.main" in modules
    assert modules.isdisjoint((*OF_THE_WIRE, *LATER))


def test_the_first_page_is_shown_without_sqlalchemy(tmp_path: Path) -> None:
    modules = loaded(SHOW_THE_FIRST_PAGE, with_an_archive(tmp_path))
    assert "tui.screens.main" in modules
    assert not [name for name in modules if name.partition(".")[0] == "sqlalchemy"]


def test_the_board_is_printed_without_the_screen_and_without_the_wire(tmp_path: Path) -> None:
    modules = loaded(READ_THE_BOARD, with_an_archive(tmp_path))
    assert modules.isdisjoint((*OF_THE_WIRE, *OF_MIGRATIONS, *LATER, "textual"))


def test_feeds_never_loads_a_screen(tmp_path: Path) -> None:
    modules = loaded(COLLECT, tmp_path)
    assert {"feeds.collector", "feeds.replay", "httpx"} <= modules
    assert not [name for name in modules if name.partition(".")[0] in ("textual", "tui")]


def test_a_collector_loads_no_command_line_of_a_library_and_no_tracker_before_there_is_news(
    tmp_path: Path,
) -> None:
    modules = loaded("import tui.cli.poll; from feeds.collector import Collector, open_pipeline", tmp_path)
    assert modules.isdisjoint(("rich.console", "click", "pygments", "feeds.tracker", "tui.reading"))


@pytest.mark.parametrize(
    "view", sorted(path.stem for path in (ROOT / "tui" / "views").glob("*.py") if path.stem != "__init__")
)
def test_a_view_loads_no_textual(view: str, tmp_path: Path) -> None:
    modules = loaded(f"import tui.views.{view}", tmp_path)
    assert "textual" not in modules
