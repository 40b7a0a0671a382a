"""Every command of the table, by its first key: where it is pressed, and what a person then sees to have happened.

A command without a row here fails; so does a row without a command, and a further key that does something else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from feeds.desk import Desk
from tests.tui import test_setup
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import thursday
from tests.tui.screen import app_of, look, press, run, screen, text
from tui.commands import COMMANDS, SETUP, Command
from tui.keymap import command
from tui.panels.map import MapPanel
from tui.panels.prompt import Prompt
from tui.panels.wire import WirePanel

Seen = Callable[[Pilot[None], FakeArchive], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One command."""

    before: tuple[str, ...]
    """Keys pressed first."""
    seen: Seen
    """Whether what the key promises has happened."""
    not_yet: bool = True
    """Whether that must not have been so before."""


def focus(panel: str) -> Seen:
    return lambda pilot, archive: app_of(pilot).room.layout.focus == panel


def wire_at(index: int) -> Seen:
    return lambda pilot, archive: app_of(pilot).room.wire.listing.index == index


def asked(purpose: str) -> Seen:
    return lambda pilot, archive: pilot.app.screen.query_one(Prompt).purpose == purpose


def said(words: str) -> Seen:
    return lambda pilot, archive: words in text(pilot)


def done(kind: str) -> Seen:
    return lambda pilot, archive: any(each.kind == kind for each in archive.journal)


def opened(name: str) -> Seen:
    return lambda pilot, archive: type(pilot.app.screen).__name__ == name


def first_title(pilot: Pilot[None]) -> str:
    row = app_of(pilot).room.wire.row(0)
    assert row is not None
    return row.title


def last_wire(pilot: Pilot[None], archive: FakeArchive) -> bool:
    listing = app_of(pilot).room.wire.listing
    return listing.index == listing.count - 1


def half_a_page(pilot: Pilot[None], archive: FakeArchive) -> bool:
    panel = pilot.app.screen.query_one(WirePanel)
    return app_of(pilot).room.wire.listing.index == panel._body_height // 2


def centre(sign: int, axis: int) -> Seen:
    """Whether the map shows another part than the chosen city's: further to one side."""

    def moved(pilot: Pilot[None], archive: FakeArchive) -> bool:
        view = app_of(pilot).room.map
        place = view.board.selected
        assert place is not None
        assert view._centre is not None
        chosen = (place.place.lon, place.place.lat)
        return (view._centre[axis] - chosen[axis]) * sign > 0

    return moved


ROWS: dict[str, Row] = {
    "list.down": Row(("2",), wire_at(1)),
    "list.up": Row(("2", "j", "j"), wire_at(1)),
    "list.top": Row(("2", "G"), wire_at(0)),
    "list.gg": Row(("2", "G", "g"), wire_at(0)),
    "list.bottom": Row(("2",), last_wire),
    "list.page-down": Row(("2",), half_a_page),
    "list.page-up": Row(("2", "ctrl+d"), wire_at(0)),
    "open": Row(("2",), focus("story")),
    "evidence": Row((), focus("evidence")),
    "panel.next": Row((), focus("wire")),
    "panel.previous": Row((), focus("evidence")),
    "panel.board": Row(("2",), focus("board")),
    "panel.wire": Row((), focus("wire")),
    "panel.story": Row((), focus("story")),
    "panel.evidence": Row((), focus("evidence")),
    "panel.map": Row((), focus("map")),
    "panel.timeline": Row((), focus("timeline")),
    "picture.closer": Row(("5",), lambda pilot, archive: app_of(pilot).room.map.zoom == 1),
    "picture.further": Row(("5", "plus"), lambda pilot, archive: app_of(pilot).room.map.zoom == 0),
    "map.left": Row(("5", "plus", "plus"), centre(-1, 0)),
    "map.right": Row(("5", "plus", "plus"), centre(1, 0)),
    "map.up": Row(("5", "plus", "plus"), centre(1, 1)),
    "map.down": Row(("5", "plus", "plus"), centre(-1, 1)),
    "map.mode": Row(("5",), lambda pilot, archive: app_of(pilot).room.map.mode == "blocks"),
    "refresh": Row(("2", "x"), lambda pilot, archive: "Traffic" not in first_title(pilot)),
    "order": Row((), lambda pilot, archive: app_of(pilot).room.board.order == "state"),
    "group": Row((), said("Grouped by state")),
    "places": Row((), said("no towns")),
    "arrange": Row((), said("Side by side: board, wire, map")),
    "search": Row((), asked("search")),
    "search.next": Row(
        ("slash", *"ghazni", "enter", "2", "slash", *"bulletin", "enter"),
        lambda pilot, archive: app_of(pilot).room.wire.listing.index > 0,
        not_yet=False,
    ),
    "search.previous": Row(
        ("2", "slash", *"bulletin", "enter"),
        lambda pilot, archive: app_of(pilot).room.wire.listing.index > 20,
    ),
    "filter": Row((), asked("filter")),
    "mark": Row(("2",), lambda pilot, archive: len(app_of(pilot).room.wire.marking) == 1),
    "mark.range": Row(
        ("2", "space", "j", "j"), lambda pilot, archive: len(app_of(pilot).room.wire.marking) == 4
    ),
    "mark.all": Row(("2",), lambda pilot, archive: len(app_of(pilot).room.wire.marking) > 4),
    "clear": Row(("2", "space"), lambda pilot, archive: not app_of(pilot).room.wire.marking),
    "read": Row(("2",), done("read")),
    "flag": Row(("2",), done("flag")),
    "dismiss": Row(("2",), done("dismiss")),
    "escalate": Row(("2",), done("escalate")),
    "note": Row(("2",), asked("note")),
    "assign": Row(("2",), asked("assign")),
    "undo": Row(("2", "f"), done("undo")),
    "redo": Row(
        ("2", "f", "u"), lambda pilot, archive: [each.kind for each in archive.journal] == ["flag", "undo", "undo"]
    ),
    "unread.previous": Row(("2", "G"), lambda pilot, archive: not last_wire(pilot, archive)),
    "unread.next": Row(("2",), wire_at(1)),
    "dismissed": Row(("2",), said("Dismissed stories are shown")),
    "override": Row((), opened("OverrideScreen")),
    "lift": Row((), said("is not set by hand")),
    "mute": Row(("e",), done("mute")),
    "split": Row(("2", "slash", *"handing", "enter", "enter"), done("split")),
    "merge": Row(("2", "space", "space"), done("merge")),
    "changes": Row((), focus("shift")),
    "shift.close": Row((), asked("shift")),
    "alerts": Row((), lambda pilot, archive: "lert" in text(pilot)),
    "travel": Row((), asked("travel")),
    "now": Row((), said("This is now")),
    "views": Row((), said("No view is saved yet")),
    "view.save": Row((), said("no desk")),
    "reload": Row((), said("Every feed is asked now")),
    "setup": Row((), said("no desk")),
    "browse": Row(("2", "space", "space"), said("One page at a time")),
    "copy": Row(("2",), said("Copied https://")),
    "factbox": Row((), lambda pilot, archive: opened("FactboxScreen")(pilot, archive) or "factbox" in text(pilot).casefold()),
    "pipe": Row(("2",), asked("pipe")),
    "palette": Row((), opened("CommandPalette")),
    "help": Row((), opened("HelpScreen")),
    "back": Row(("5",), focus("board")),
    "suspend": Row((), lambda pilot, archive: True, not_yet=False),
    "quit": Row((), lambda pilot, archive: not pilot.app.is_running or pilot.app._exit, not_yet=False),
}  # fmt: skip
IN_SETUP = {each.id for each in COMMANDS if each.where == SETUP}
"""Pressed one by one in :mod:`tests.tui.test_setup` and :mod:`tests.tui.test_setup_terms`."""


def test_every_command_has_a_row() -> None:
    assert {each.id for each in COMMANDS} == {*ROWS, *IN_SETUP}


@pytest.mark.parametrize("id_", sorted(IN_SETUP))
def test_every_key_of_the_set_up_is_pressed_in_its_own_tests(id_: str) -> None:
    pressed = "".join(
        path.read_text()
        for path in (*Path(test_setup.__file__).parent.glob("test_*etup*.py"), Path(__file__))
    )
    keys = command(id_).keys
    assert any(f'"{key}"' in pressed for key in keys), f"no test presses {keys}"


def test_help_opens_over_the_set_up(tmp_path: Path) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=Desk.open(tmp_path / "desk.json")) as pilot:
            await press(pilot, "comma", "question_mark")
            assert opened("HelpScreen")(pilot, thursday())

    run(test)


@pytest.mark.parametrize("id_", list(ROWS))
def test_the_key_does_what_it_says(id_: str) -> None:
    archive, row, key = thursday(), ROWS[id_], command(id_).keys[0]

    async def test() -> None:
        async with screen(archive) as pilot:
            if row.before:
                await press(pilot, *row.before)
                await look(pilot)
            if row.not_yet:
                assert not row.seen(pilot, archive), f"already so before {key}"
            await press(pilot, key)
            assert row.seen(pilot, archive), f"{key}\n{text(pilot)}"

    run(test)


@pytest.mark.parametrize(
    "each",
    [each for each in COMMANDS if each.where != SETUP and len(each.keys) > 1],
    ids=lambda each: each.id,
)
def test_a_further_key_does_the_same(each: Command) -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            node = (
                pilot.app.screen.query_one(MapPanel)
                if each.where not in ("everywhere", "lists")
                else pilot.app.focused
            )
            bound = {} if node is None else dict(node._bindings.key_to_bindings)
            for key, bindings in pilot.app.screen._bindings.key_to_bindings.items():
                bound.setdefault(key, bindings)
            assert [{found.action for found in bound[key]} for key in each.keys] == [{each.action}] * len(
                each.keys
            )

    run(test)
