"""Set up without a file: watch terms, views, the theatre and the theme, and what lies on the desk afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.desk import Desk, SavedView
from feeds.theatres import theatre_ids
from feeds.watched import WatchTerm
from tests.tui.screen import app_of, row_with, run, screen, text, with_options
from tests.tui.setup import POST, WIRE, Child, archive, child_, desk, fill, open_section, strike
from tui.screens.setuplists import EntryList

__all__ = ["child_", "desk"]

TRIAL = {
    "term": "ghazni AND NOT drill",
    "hits": 4,
    "stories": 900,
    "days": {"2021-08-11": 1, "2021-08-12": 3},
    "newest": [{"told": "2021-08-12T17:00:00Z", "outlet": "Post", "title": "Ghazni quiet"}],
}


def test_a_term_is_tried_before_it_is_kept(desk: Desk, child_: Child) -> None:
    child_.answers["watch try"] = TRIAL

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Watch terms")
            assert "SPIKE" in row_with(pilot, "Kabul airport")
            await strike(pilot, "a", "enter", "enter", "enter")
            assert "a term is needed" in text(pilot)
            await fill(pilot, "ghazni and not drill", "h", "y")
            await strike(pilot, "ctrl+o")
            asked = child_.last("watch try")
            assert asked[-2:] == ["--", "ghazni and not drill"]
            assert int(asked[asked.index("--days") + 1]) > 7  # the clock on the screen stands in 2021
            assert "4 of 900 stories" in text(pilot)
            assert "Ghazni quiet" in text(pilot)
            assert len(desk.watch_terms()) == 2
            await strike(pilot, "enter")
            assert "Watching for ghazni AND NOT drill" in text(pilot)

    run(test)
    assert desk.watch_terms()[-1] == WatchTerm("ghazni AND NOT drill", "high", "yellow")


def test_a_term_that_does_not_read_is_refused_in_its_form(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Watch terms")
            await strike(pilot, "a", *"(herat", "ctrl+t")
            assert "no child answers here" in text(pilot)

    run(test)
    assert len(desk.watch_terms()) == 2


def test_a_term_is_changed_tried_and_removed(desk: Desk, child_: Child) -> None:
    child_.answers["watch try"] = TRIAL | {"term": "herat city"}

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Watch terms")
            await strike(pilot, "down", "t")
            assert "herat, tried" in text(pilot)
            await strike(pilot, "enter", "enter", "' city", "ctrl+o", "", "enter")
            assert [each.text for each in desk.watch_terms()] == ["Kabul airport", "herat city"]
            await strike(pilot, "d", "down", "enter")

    run(test)
    assert [each.text for each in desk.watch_terms()] == ["Kabul airport"]


def test_a_view_is_saved_given_a_key_opened_by_it_and_forgotten(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Views")
            await strike(pilot, "a")
            await fill(pilot, "Bulletins", "bulletin", "w")
            await strike(pilot, "ctrl+o", "down", "t", "j")
            assert "j is the key of Next row" in text(pilot)
            await strike(pilot, "f5")
            assert "F5 opens West; give that another key first" in text(pilot)
            await strike(pilot, "f6")
            assert "F6 opens Bulletins" in text(pilot)
            await strike(pilot, "escape", "escape", "f6")
            assert "only: bulletin" in text(pilot)
            assert app_of(pilot).room.layout.focus == "wire"
            await strike(pilot, "f5")
            assert list(app_of(pilot).room.board.listing.shown) == ["herat"]
            await open_section(pilot, "Views")
            await strike(pilot, "d", "down", "enter")

    run(test)
    assert desk.views() == [SavedView("Bulletins", "bulletin", "wire", "f6")]


def test_a_view_with_a_wrong_filter_or_a_name_that_is_taken_is_refused(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Views")
            await strike(pilot, "a", "'west", "ctrl+o")
            assert "another view is called west" in text(pilot)
            await strike(pilot, "' 2", "down", "'state:lost", "ctrl+o")
            assert "no state is called lost" in text(pilot)

    run(test)
    assert len(desk.views()) == 1


def test_the_filter_in_force_is_saved_and_chosen_from_a_list(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await strike(
                pilot,
                "2",
                "backslash",
                "'bulletin",
                "enter",
                "",
                "W",
                "'Mine",
                "ctrl+o",
                "escape",
                "escape",
                "escape",
            )
            assert "only: bulletin" not in text(pilot)
            await strike(pilot, "w", "down", "enter")
            assert "only: bulletin" in text(pilot)

    run(test)
    assert desk.views()[-1] == SavedView("Mine", "bulletin", "wire")


def test_without_a_view_w_says_how_to_save_one(tmp_path: Path) -> None:
    async def test() -> None:
        async with screen(archive(), desk=Desk.open(tmp_path / "new.json")) as pilot:
            await strike(pilot, "w")
            assert "No view is saved yet" in text(pilot)

    run(test)


def test_another_theatre_is_watched_after_the_screen_opens_again(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Theatre")
            await strike(pilot, "enter")
            assert "watched already" in text(pilot)
            entries = pilot.app.screen.query_one(EntryList)
            await strike(pilot, *(["down"] * theatre_ids().index("ukraine")))
            assert entries.key == "ukraine"
            await strike(pilot, "enter")
            assert "closes and opens again" in text(pilot)
            await strike(pilot, "down", "down", "enter")
            assert pilot.app.return_code == -1

    run(test)
    assert desk.theatre() == "ukraine"
    assert desk.subscriptions() == [WIRE, POST]


def test_a_theatre_named_at_the_start_is_not_changed_here(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(pinned="--theatre")) as pilot:
            await open_section(pilot, "Theatre")
            await strike(pilot, "end", "enter")
            assert "--theatre names the theatre" in text(pilot)

    run(test)
    assert desk.theatre() == ""


def test_a_theme_is_painted_at_once_and_kept(
    desk: Desk, child_: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")

    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(theme="")) as pilot:
            await open_section(pilot, "Theme")
            await strike(pilot, "down", "down", "enter")
            assert pilot.app.theme == "warwatch-light"
            await strike(pilot, "down", "enter")
            assert pilot.app.theme == "warwatch-contrast"
            await strike(pilot, "down", "enter")
            assert "from the next start" in text(pilot)
            assert pilot.app.theme == "warwatch-contrast"
            await strike(pilot, "up", "enter")

    run(test)
    assert desk.preference("theme") == "contrast"


@pytest.mark.parametrize(
    ("no_color", "asked", "kept", "painted"),
    [
        ("", "", "contrast", "warwatch-contrast"),
        ("1", "", "contrast", "warwatch-ansi"),
        ("1", "light", "", "warwatch-light"),
        ("", "light", "contrast", "warwatch-light"),
    ],
)
def test_no_color_counts_whatever_is_kept(
    no_color: str, asked: str, kept: str, painted: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    desk.set_preference("theme", kept)

    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(theme=asked)) as pilot:
            assert pilot.app.theme == painted

    run(test)
