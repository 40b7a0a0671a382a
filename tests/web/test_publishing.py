"""``warwatch serve --static``: the factbox as files, written anew at each change, whole at any moment."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, Batch, open_archive
from feeds.theatres import load_theatre
from tests.archive.samples import a_story, alone, said_of, standing_at, step_to
from tests.end_to_end.machine import Machine
from tests.web.serving import serving, wait_until
from tui.web import publishing
from tui.web.publishing import FILES, OLDEST, Publisher

NOW = datetime(2021, 8, 12, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def falls(archive: Archive, place: str, number: int, at: datetime = NOW - timedelta(hours=1)) -> None:
    """A city falls, by a story of its own."""
    story = a_story(f"a{number}", f"Taliban fighters seized {place}")
    step = standing_at(at, place=place, seqs=(number,))
    archive.write(
        Batch(
            stories=[story],
            folds=[alone(story)],
            evidence=[said_of(story, place, seq=number)],
            standings=[step],
            changes=[step_to(step)],
        )
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_every_form_is_written_and_the_page_links_to_the_others(tmp_path: Path, clock: Clock) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        falls(archive, "ghazni", 1)
        assert Publisher(archive, load_theatre("afghanistan-2021"), tmp_path, clock).look()
    page = (tmp_path / "index.html").read_text()
    for name in FILES:
        assert (tmp_path / name).stat().st_size
        assert name == "index.html" or f'href="{name}"' in page
    assert 'http-equiv="refresh"' in page
    assert json.loads((tmp_path / "factbox.geojson").read_text())["type"] == "FeatureCollection"


def test_it_is_written_when_the_board_moves_and_not_when_it_does_not(tmp_path: Path, clock: Clock) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        falls(archive, "ghazni", 1)
        publisher = Publisher(archive, load_theatre("afghanistan-2021"), tmp_path, clock)
        assert publisher.look()
        clock.now += timedelta(minutes=1)
        assert not publisher.look(), "nothing was committed"
        archive.write(Batch(stories=[rain := a_story("r1", "Rain in Lisbon")], folds=[alone(rain)]))
        assert not publisher.look(), "what came is nothing to the board"
        falls(archive, "herat", 2)
        assert publisher.look()
        assert "Herat" in (tmp_path / "factbox.md").read_text().partition("Nothing reported")[0]


def test_a_quiet_page_is_written_now_and_then_so_that_its_time_tells_that_somebody_lives(
    tmp_path: Path, clock: Clock
) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        publisher = Publisher(archive, load_theatre("afghanistan-2021"), tmp_path, clock)
        assert publisher.look()
        clock.now += OLDEST
        assert publisher.look()
        assert f"{clock.now:%H:%M}Z" in (tmp_path / "factbox.txt").read_text()


def test_a_round_that_failed_is_tried_again(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        falls(archive, "ghazni", 1)
        publisher = Publisher(archive, load_theatre("afghanistan-2021"), tmp_path, clock)

        def full(path: Path, text: str) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as disk:
            disk.setattr(publishing, "write_whole", full)
            with pytest.raises(OSError, match="No space"):
                publisher.look()
        assert publisher.look()
        assert (tmp_path / "index.html").exists()


def test_a_change_reaches_the_page_of_a_running_server(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "www" / "factbox"
    with serving(machine, "--static", folder) as served:
        assert "index.html" in served.said
        before = (folder / "index.html").read_text()
        assert "Gardez" in before
        with open_archive(machine.path) as archive:
            last = max(piece.seq for piece in archive.evidence())
            falls(archive, "gardez", last + 1, datetime.now(UTC))
        wait_until(lambda: (folder / "index.html").read_text() != before, "the page written anew")
        after = json.loads((folder / "factbox.json").read_text())
        assert {row["id"]: row["state"] for row in after["capitals"]}["gardez"] == "captured"
        assert served.end(signal.SIGTERM) == 0
    assert served.err == ""
    assert not [each for each in folder.iterdir() if each.name not in FILES], "nothing half-written is left"


def test_a_folder_that_cannot_be_made_is_one_line(machine: Machine) -> None:
    said = machine.run("serve", "--static", "/proc/nowhere", status=1)
    assert said.err.count("\n") == 1
    assert "/proc/nowhere" in said.err
