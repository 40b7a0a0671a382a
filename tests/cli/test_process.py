"""The command line as a process of its own: pipes, signals, and what it loads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WARWATCH = [sys.executable, "-m", "tui.cli"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return keep | {
        "WARWATCH_ARCHIVE": str(tmp_path / "archive.db"),
        "WARWATCH_DESK": str(tmp_path / "desk.json"),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
    }


def test_a_reader_who_has_seen_enough_is_no_error(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_text('{"title": "Taliban capture Kunduz"}\n' * 5000)
    with subprocess.Popen(
        [*WARWATCH, "threads", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout
        assert process.stderr
        assert b'"thread"' in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_output_in_ascii_is_no_error(environment: dict[str, str]) -> None:
    environment["PYTHONIOENCODING"] = "ascii"
    found = subprocess.run(
        [*WARWATCH, "feeds", "add", "https://x.example/feed", "--outlet", "Правда"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("closed", "words", "status", "out", "err"),
    [
        (">&-", ["theatre", "list"], 0, b"", b""),
        ("2>&-", ["evidence", "{stories}"], 1, b'{"story": "1"', b""),
        ("<&-", ["read", "-"], 1, b"", b"warwatch: standard input is empty; give it some text to read\n"),
        ("<&- >&- 2>&-", ["read", "-"], 1, b"", b""),
    ],
)
def test_a_closed_stream_is_no_traceback_and_no_complaint_gets_among_what_is_printed(
    environment: dict[str, str],
    tmp_path: Path,
    closed: str,
    words: list[str],
    status: int,
    out: bytes,
    err: bytes,
) -> None:
    stories = tmp_path / "stories.jsonl"
    stories.write_text('{"title": "Taliban capture Kunduz"}\nno story\n')
    said = [word.format(stories=stories) for word in words]
    found = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *WARWATCH, *said],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (status, err)
    assert found.stdout.startswith(out)
    assert found.stdout.count(b"\n") == (1 if out else 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_collector_ends_quietly_on_a_signal_and_gives_its_lease_back(
    environment: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    from feeds.archive import open_archive

    add = [*WARWATCH, "feeds", "add", "http://127.0.0.1:9/feed", "--allow-private"]
    subprocess.run(add, env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        [*WARWATCH, "poll"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        _wait_for_line(process)
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert err == b""
    assert process.returncode == 0
    with open_archive(tmp_path / "archive.db", read_only=True) as archive:
        assert archive.lease("collector") is None
        assert archive.last_beat() is not None


def test_a_collector_whose_viewer_is_gone_ends(environment: dict[str, str]) -> None:
    script = (
        "import subprocess, sys, os\n"
        "child = subprocess.Popen([sys.executable, '-m', 'tui.cli', 'poll', '--parent', str(os.getpid())],"
        " stdout=subprocess.DEVNULL)\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    subprocess.run(
        [*WARWATCH, "feeds", "add", "http://127.0.0.1:9/f", "--allow-private"], env=environment, check=True
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as viewer:
        assert viewer.stdout
        pid = int(viewer.stdout.readline())
        viewer.kill()
        viewer.communicate()
    assert _gone(pid)


def test_nothing_heavy_is_loaded_for_help(environment: dict[str, str]) -> None:
    script = (
        "import sys; from tui.cli import main; main(['--help']); main(['view', '--help']);"
        "heavy = {'httpx', 'feedparser', 'rapidfuzz', 'sqlalchemy', 'textual', 'selectolax'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=False, text=True
    )
    assert (found.returncode, found.stderr) == (0, "")


def _wait_for_line(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout
    assert process.stdout.readline()


def _gone(pid: int) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
            with Path(f"/proc/{pid}/stat").open() as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.1)
    return False
