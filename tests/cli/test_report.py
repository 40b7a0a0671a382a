"""``warwatch report``: to a terminal, into a file, again and again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.errors import ArchiveError
from feeds.report.files import write_whole
from tests.archive.samples import THURSDAY, a_story, alone, said_of, standing_at, step_to
from tests.cli.conftest import Warwatch, one_clear_line
from tests.end_to_end.machine import Machine
from tui.cli import rounds as turning
from tui.cli.rounds import following, rounds
from tui.ending import Ended

THEN = ("--as-of", "2021-08-12 12:00")


@pytest.fixture
def archive(home: Path) -> Path:
    """An archive in which Ghazni was captured on Thursday morning."""
    from feeds.archive import Batch, open_archive

    story = a_story("a1", "Taliban fighters seized Ghazni")
    step = standing_at(THURSDAY, seqs=(1,))
    with open_archive(home / "archive.db") as archive:
        archive.write(
            Batch(
                stories=[story],
                folds=[alone(story)],
                evidence=[said_of(story, "ghazni", seq=1)],
                standings=[step],
                changes=[step_to(step)],
            )
        )
    return home / "archive.db"


def test_the_report_of_a_moment_is_the_same_each_time(warwatch: Warwatch, archive: Path) -> None:
    said = warwatch("report", *THEN)
    assert said.status == 0
    assert "TAKEN (1)" in said.out
    assert "Reuters (B), 12 Aug 09:25Z" in said.out
    assert "https://example.org/a1" in said.out
    assert warwatch("report", *THEN).out == said.out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.md", "# Afghanistan"),
        ("x.html", "<!DOCTYPE html>"),
        ("x.htm", "<!DOCTYPE html>"),
        ("x.csv", "theatre,as_of"),
        ("x.json", '{\n  "theatre"'),
        ("x.geojson", '{\n  "type"'),
        ("x", "AFGHANISTAN 2021"),
    ],
)
def test_the_name_of_the_file_says_the_form(
    warwatch: Warwatch, archive: Path, home: Path, name: str, begins: str
) -> None:
    assert warwatch("report", *THEN, "-o", home / name).out == ""
    assert (home / name).read_text().startswith(begins)


def test_since_is_a_span_an_hour_or_a_day(warwatch: Warwatch, archive: Path) -> None:
    for since, changed in (("6h", 1), ("2h", 0), ("09:00", 1), ("2021-08-12 10:00", 0), ("2021-08-11", 1)):
        found = json.loads(warwatch("report", *THEN, "--since", since, "--format", "json").out)
        assert len(found["changes"]) == changed, since


def test_wrong_words_are_told_in_a_line(warwatch: Warwatch, archive: Path) -> None:
    one_clear_line(warwatch("report", "--since", "once"), "6h", status=2)
    one_clear_line(warwatch("report", *THEN, "--since", "2021-08-13"), "earlier")
    one_clear_line(warwatch("report", "--format", "pdf"), "html", status=2)
    one_clear_line(warwatch("report", "--every", "5s", "-o", "x"), "minute", status=2)
    one_clear_line(warwatch("report", "--every", "6h"), "-o")
    one_clear_line(warwatch("report", *THEN, "--every", "6h"), "not allowed", status=2)
    one_clear_line(warwatch("report", "--template", "a", "--format", "md"), "not allowed", status=2)
    one_clear_line(warwatch("report", *THEN, "-o", "/proc/nowhere/x.md"), "/proc/nowhere")


def test_an_own_template_and_its_mistake(warwatch: Warwatch, archive: Path, home: Path) -> None:
    mine = home / "mine.txt"
    mine.write_text("{{ report.counts.named }} of {{ report.counts.of }}\n")
    assert warwatch("report", *THEN, "--template", mine).out == "1 of 34\n"
    mine.write_text("\n{{ report.count }}\n")
    one_clear_line(warwatch("report", *THEN, "--template", mine), f"{mine}, line 2", "count")


# Files are whole.


def test_a_file_keeps_its_permissions_and_what_a_link_points_to_is_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "real.html", tmp_path / "link.html"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, "new")
    assert (file.read_text(), file.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)
    assert {each.name for each in tmp_path.iterdir()} == {"real.html", "link.html"}


def test_what_is_no_file_is_written_into_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, "to whom it may concern")
        assert os.read(reader, 100) == b"to whom it may concern"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path, "x")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.html"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as caught:
        write_whole(file, "new")
    assert caught.value.filename == str(file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


# Again and again.


def test_rounds_come_at_full_spans_of_the_day() -> None:
    six = timedelta(hours=6)
    at = datetime(2026, 3, 1, 11, 59, 59, tzinfo=UTC)
    assert following(at, six) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert following(datetime(2026, 3, 1, 12, tzinfo=UTC), six) == datetime(2026, 3, 1, 18, tzinfo=UTC)
    assert following(at, timedelta(days=1)) == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_round_that_fails_is_told_and_the_next_one_comes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "heed_signals", lambda: None)
    now = [datetime(2026, 3, 1, 11, 0, tzinfo=UTC)]
    worked: list[datetime] = []

    def sleep(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)

    def work() -> None:
        worked.append(now[0])
        if len(worked) == 1:
            raise ArchiveError("the disk is away")
        if len(worked) == 3:
            raise Ended

    assert rounds(work, timedelta(hours=6), clock=lambda: now[0], sleep=sleep) == 0
    assert [each.hour for each in worked] == [12, 18, 0]
    assert capsys.readouterr().err == "warwatch: the disk is away; trying again in time\n"


def test_it_writes_at_once_and_ends_by_a_signal(tmp_path: Path, archive: Path) -> None:
    machine = Machine(tmp_path)
    machine.environment["WARWATCH_ARCHIVE"] = str(archive)
    file = tmp_path / "factbox.html"
    with machine.start("report", "--every", "1d", "-o", file) as process:
        try:
            for _ in range(300):
                if file.exists():
                    break
                process.poll()
                _wait(process)
            assert file.read_text().endswith("</html>\n")
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=20)
            assert (process.returncode, out, err) == (0, "", "")
        finally:
            process.kill()


def _wait(process: subprocess.Popen[str]) -> None:
    """A tenth of a second, or until it ended."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return
