"""The collector as a service: its unit, and what it tells systemd."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch, one_clear_line
from tui.cli.systemd import keep_watchdog, notify, quoted, unit, units_folder, verified, write_unit


def test_a_unit_runs_this_archive_and_desk_by_their_full_paths(
    warwatch: Warwatch, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "conf"))
    monkeypatch.chdir(home)
    said = warwatch("poll", "--install-service", "--archive", "mine.db", "--metrics", "9464")
    path = units_folder() / "warwatch.service"
    assert said.status == 0
    assert str(path) in said.out
    text = path.read_text()
    (start,) = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    assert (
        f'"poll" "--archive" "{home / "mine.db"}" "--desk" "{home / "desk.json"}" "--metrics" "9464"' in start
    )
    assert path.stat().st_mode & 0o077 == 0
    assert "against it" not in said.out


def test_a_dry_run_prints_the_unit_and_writes_none(
    warwatch: Warwatch, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "conf"))
    said = warwatch("poll", "--install-service", "--dry-run")
    assert "[Service]" in said.out
    assert "WatchdogSec=" in said.out
    assert not (home / "conf").exists()
    one_clear_line(warwatch("poll", "--dry-run"), "--install-service")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_has_nothing_against_the_unit_and_would_say_so(tmp_path: Path) -> None:
    words = ["/bin/true", "a b", "100%", '"x"', "$HOME", "back\\slash"]
    good = write_unit(unit(words), tmp_path)
    assert verified(good) == ""
    good.write_text(good.read_text().replace("RestartSec", "RestartSek"))
    assert "RestartSek" in verified(good)


def test_signs_that_mean_something_to_systemd_mean_nothing() -> None:
    assert quoted('100% "sure"\\') == '"100%% \\"sure\\"\\\\"'
    assert '"$$HOME"' in unit(["$HOME"])


def test_a_collector_says_that_it_is_ready_and_alive_only_while_it_is(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        address = str(tmp_path / "notify")
        systemd.bind(address)
        systemd.settimeout(10)
        environment = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "30000"}
        answers = [True, True, False, False]
        enough = threading.Event()

        def well() -> bool:
            if len(answers) == 1:
                enough.set()
                return answers[0]
            return answers.pop(0)

        async def run() -> None:
            task = asyncio.create_task(keep_watchdog(well, environment))
            assert await asyncio.to_thread(enough.wait, 10)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

        asyncio.run(run())
        heard = [systemd.recv(100) for _ in range(4)]
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"STOPPING=1"]
    notify("READY=1", {})  # nobody listens
    notify("READY=1", environment)  # systemd is gone
