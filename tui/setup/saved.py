"""The section of the saved views: a filter under a name, opened by name or by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from feeds.desk import Desk, SavedView
from feeds.desk.records import VIEW_PANELS
from feeds.errors import InputError
from tui.cells import line
from tui.keymap import Keymap, key_name
from tui.setup.section import Entry
from tui.setup.steps import Choice, Errand, Field, Form, KeyWanted, Option, Said, Step, Values, WrongField


class ViewsSection:
    """Saved views in the order of the desk."""

    title: ClassVar[str] = "Views"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (("name", 20), ("panel", 6), ("key", 8), ("filter", 0))
    deeds: ClassVar[Mapping[str, str]] = {"open": "edit", "add": "add", "remove": "remove", "try": "key"}

    def __init__(
        self, desk: Desk, keymap: Callable[[], Keymap], wrong: Callable[[str], Sequence[str]]
    ) -> None:
        """``wrong`` says what of a filter cannot be understood, a line each."""
        self._desk, self._keymap, self._wrong = desk, keymap, wrong

    def count(self) -> str:
        return str(len(self._desk.views()))

    def about(self) -> str:
        return "filters under a name: w on the board, the palette, or warwatch board --view NAME"

    def nothing(self) -> Sequence[str]:
        return ("No view is saved.", "a saves a filter under a name; on the board W saves the one in force.")

    def entries(self) -> Sequence[Entry]:
        return [
            Entry(
                each.name,
                (
                    (line(each.name), ""),
                    (each.panel, "muted"),
                    (key_name(line(each.key)) if each.key else "", "mark"),
                    (line(each.filter), "bad" if self._wrong(each.filter) else "muted"),
                ),
            )
            for each in self._desk.views()
        ]

    def look(self) -> Errand | None:
        return None

    def do(self, deed: str, key: str) -> Step:
        if deed == "add":
            return self.form(SavedView("", ""), was="")
        view = next((each for each in self._desk.views() if each.name == key), None)
        if view is None:
            return Said("There is no view here yet; a adds one.")
        if deed == "open":
            return self.form(view, was=view.name)
        return self._key(view) if deed == "try" else self._removal(view)

    def form(self, view: SavedView, *, was: str) -> Form:
        """The form of a view; ``was`` is its name before, empty for a new one."""
        fields = (
            Field("name", "name", view.name, "by which it is opened"),
            Field("filter", "filter", view.filter, "place:herat state:captured -drill since:6h /regex/"),
            Field("panel", "panel", view.panel, "where it is opened", VIEW_PANELS),
        )
        return Form(
            "A saved view" if was else "Save a view",
            fields,
            lambda values: self._save(values, view, was),
            about=() if not view.key else (f"Its key is {key_name(line(view.key))}; t changes it.",),
        )

    def _save(self, values: Values, before: SavedView, was: str) -> Step:
        name, words = values["name"], values["filter"]
        if not name:
            raise WrongField("name", "a view needs a name")
        others = [each for each in self._desk.views() if each.name != was]
        if any(each.name.casefold() == name.casefold() for each in others):
            raise WrongField("name", f"another view is called {name}")
        if wrong := self._wrong(words):
            raise WrongField("filter", wrong[0])
        if not words:
            raise WrongField(
                "filter", "a view needs a filter; is:read -is:read shows nothing, unread the new"
            )
        self._desk.save_view(SavedView(name, words, values["panel"], before.key), was=was)
        return Said(f"Saved. w opens it, t gives {line(name)} a key.")

    def _key(self, view: SavedView) -> Step:
        def done(key: str) -> Step:
            if key in ("delete", "backspace"):
                self._desk.save_view(SavedView(view.name, view.filter, view.panel))
                return Said(f"{line(view.name)} has no key.")
            self._refuse(view, key)
            self._desk.save_view(SavedView(view.name, view.filter, view.panel, key))
            return Said(f"{key_name(key)} opens {line(view.name)}.")

        return KeyWanted(
            f"A key for {line(view.name)[:40]}",
            ("Press the key that is to open it. Del takes its key away, Esc leaves all as it is.",),
            done,
        )

    def _refuse(self, view: SavedView, key: str) -> None:
        if wrong := self._keymap().refusal("views", (*self._keymap().keys_of("views"), key)):
            raise InputError(wrong)
        for each in self._desk.views():
            if each.key == key and each.name != view.name:
                raise InputError(f"{key_name(key)} opens {line(each.name)}; give that another key first")

    def _removal(self, view: SavedView) -> Step:
        def done(key: str) -> Step:
            if key == "keep":
                return Said("Nothing was changed.")
            self._desk.remove_view(view.name)
            return Said(f"{line(view.name)} is forgotten.")

        return Choice(
            f"Remove {line(view.name)[:40]}?",
            (Option("keep", "Keep it"), Option("remove", "Remove it")),
            done,
        )
