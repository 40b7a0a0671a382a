"""Several real processes at one archive, and one of them killed while it writes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from feeds.archive import Archive, open_archive
from tests.archive.samples import a_story, put
from tests.archive.writer import STORIES, batch

ROOT = Path(__file__).parents[2]


@contextmanager
def writer(path: Path, name: str, batches: str = "") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.archive.writer", str(path), name, *([batches] if batches else [])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(process: subprocess.Popen[str], count: int) -> None:
    assert process.stdout is not None
    for number in range(count):
        assert process.stdout.readline() == f"{number}\n"


def killed(process: subprocess.Popen[str]) -> int:
    """Kill it like a power cut; how many more batches it had acknowledged by then."""
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return rest.count("\n")


def consistent(archive: Archive) -> None:
    """Whole batches only, every story with its evidence, and the full-text index in step."""
    stories = [story.id for story, _ in archive.recent_stories(batch("x", 0).stories[0].received)]
    assert len(stories) % STORIES == 0
    assert sorted(piece.story for piece in archive.evidence()) == sorted(stories)
    assert len(archive.lead_ids(text="word")) == len(stories)


def test_a_viewer_reads_while_a_collector_in_another_process_writes(path: Path) -> None:
    open_archive(path).close()
    with writer(path, "one") as process, open_archive(path, read_only=True) as viewer:
        seen, stamps = 0, {viewer.stamp()}
        for _ in range(40):
            acknowledged_line = process.stdout.readline() if process.stdout else ""
            assert acknowledged_line
            stamps.add(viewer.stamp())
            rows = viewer.lead_ids()
            assert len(rows) % STORIES == 0
            assert len(rows) >= seen + STORIES or len(rows) >= STORIES * (int(acknowledged_line) + 1)
            seen = len(rows)
        assert len(stamps) > 5
        before = viewer.stamp()
        killed(process)
        assert viewer.stamp() >= before
        consistent(viewer)


def test_the_stamp_rests_when_nothing_happens_and_moves_with_own_writing(path: Path) -> None:
    with open_archive(path) as archive:
        rest = archive.stamp()
        archive.lead_ids()
        assert archive.stamp() == rest
        put(archive, a_story("a"))
        assert archive.stamp() != rest


def test_killed_in_mid_write_nothing_acknowledged_is_lost(path: Path) -> None:
    done = 0
    for life in range(3):
        with writer(path, f"life{life}") as process:
            acknowledged(process, 8)
            more = 8 + killed(process)
        with open_archive(path, read_only=True) as viewer:
            consistent(viewer)
        with open_archive(path) as archive:
            for number in range(more):
                ids = {story.id for story in batch(f"life{life}", number).stories}
                assert archive.known_stories(ids) == ids
            archive.write(batch(f"after{life}", 0))
            consistent(archive)
        done += more + 1
    with open_archive(path) as archive:
        assert len(archive.lead_ids()) in range(done * STORIES, (done + 3) * STORIES + 1)


def test_two_processes_that_make_one_archive_at_once(path: Path) -> None:
    with writer(path, "one", "5") as one, writer(path, "two", "5") as two:
        acknowledged(one, 5)
        acknowledged(two, 5)
        assert (one.wait(30), two.wait(30)) == (0, 0)
    with open_archive(path) as archive:
        assert len(archive.lead_ids()) == 10 * STORIES
        assert [piece.seq for piece in archive.evidence()] == list(range(1, 10 * STORIES + 1))


def test_threads_of_one_program_share_an_archive(path: Path) -> None:
    with open_archive(path) as archive:
        failures: list[BaseException] = []

        def work(name: str) -> None:
            try:
                for number in range(5):
                    archive.write(batch(name, number))
                    archive.rows(archive.lead_ids(50))
                    archive.stamp()
            except BaseException as error:  # noqa: BLE001  # reported below, by the test itself
                failures.append(error)

        workers = [Thread(target=work, args=(f"t{number}",)) for number in range(6)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert failures == []
        assert len(archive.lead_ids()) == 6 * 5 * STORIES
