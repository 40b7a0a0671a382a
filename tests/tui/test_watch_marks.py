"""Stories in which a watch term was found carry its letter in the wire."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.desk import Desk
from feeds.watch.parsing import parse
from feeds.watch.terms import term_id
from feeds.watched import Hit
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, thursday
from tests.tui.screen import OPTIONS, look, press, run, screen, text
from tests.tui.setup import desk

__all__ = ["desk"]


def found(archive: FakeArchive, term: str) -> str:
    """The title of the newest story, in which a term is found from now on."""
    row = archive.rows(archive.lead_ids(1))[0]
    archive.watch.hits[row.id] = [Hit(term_id(parse(term)), row.id, ((0, 3),), NOW)]
    return row.title[:20]


@pytest.mark.parametrize(("no_color", "ascii_only"), [("", False), ("1", True)])
def test_the_letter_stands_in_the_row_and_no_column_moves(
    no_color: str, ascii_only: bool, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    archive = thursday()
    options = replace(OPTIONS, theme="", ascii_only=ascii_only)

    async def test() -> None:
        async with screen(archive, options=options, desk=desk) as pilot:
            before = text(pilot)
            title = found(archive, "Kabul airport")
            await press(pilot, "r")
            pilot.app.screen.follow_settings()  # type: ignore[attr-defined]
            await look(pilot)
            changed = [
                (old, new)
                for old, new in zip(before.split("\n"), text(pilot).split("\n"), strict=True)
                if old != new
            ]
            assert len(changed) == 1
            (old, new), at = (
                changed[0],
                [i for i, (a, b) in enumerate(zip(*changed[0], strict=True)) if a != b],
            )
            assert title in new
            assert [(old[i], new[i]) for i in at] == [(" ", "K")]

            desk.unwatch("Kabul airport")
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            await look(pilot)
            assert text(pilot).split("\n")[1:] == before.split("\n")[1:]

    run(test)


def test_without_terms_on_the_desk_nothing_is_asked() -> None:
    archive = thursday()
    found(archive, "Kabul airport")

    async def test() -> None:
        async with screen(archive) as pilot:
            room = pilot.app.room  # type: ignore[attr-defined]
            assert room.read_watched(list(archive.watch.hits)) == {}

    run(test)
