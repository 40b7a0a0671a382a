"""A dialog of a few lines to fill in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from feeds.errors import WarwatchError
from tui.cells import Run, fit, line
from tui.display import lines, words
from tui.line import Line
from tui.setup import Field, Form, Step, WrongField

_TITLE_CELLS: Final = 13


class FormScreen(ModalScreen[None]):
    """Enter goes to the next line and, on the last, keeps it; Ctrl-o keeps it at once; Esc leaves everything as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False, id="form.next", priority=True),
        Binding("tab,down", "turn(1)", show=False, id="form.down", priority=True),
        Binding("shift+tab,up", "turn(-1)", show=False, id="form.up", priority=True),
        Binding("ctrl+o", "keep", show=False, id="form.keep", priority=True),
        Binding("ctrl+t", "check", show=False, id="form.check", priority=True),
        Binding("right", "choose(1)", show=False, id="form.choose", priority=True),
        Binding("left", "choose(-1)", show=False, id="form.choose-back", priority=True),
        Binding("escape", "close", "Close", show=False, id="form.close"),
    ]

    def __init__(self, form: Form, done: Callable[[Step], Awaitable[None]], *, ascii_only: bool) -> None:
        """``done`` is told what comes next: of what was kept after the dialog closed, of a check while it is open."""
        super().__init__()
        self.form, self._done = form, done
        self.set_class(ascii_only, "-ascii")

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = words(self.form.title)
            box.border_subtitle = words(
                "Enter next, Ctrl-o keeps, Esc leaves" + (", Ctrl-t tries" if self.form.check else "")
            )
            if self.form.about:
                yield Static(lines([*([(each, "")] for each in self.form.about), ()]), id="form-about")
            for each in self.form.fields:
                with Horizontal(classes="form-row"):
                    yield Static(words(fit(each.title, _TITLE_CELLS)), classes="form-title")
                    yield Line(id=f"field-{each.name}")
            yield Static(id="form-hint")
            yield Static(id="form-said")

    def begin(self) -> None:
        """Fill in what is there, and start at the first line."""
        for each in self.form.fields:
            field = self.query_one(f"#field-{each.name}", Line)
            field.value = line(each.value)
            field.cursor_position = len(field.value)
        self._go(0)

    def say(self, what: str, *, wrong: bool = False) -> None:
        """One line under the fields."""
        self.query_one("#form-said", Static).update(lines([[(what, "bold $w-mark" if wrong else "")]]))

    def complain(self, error: WarwatchError) -> None:
        """Say what is wrong, and go to the line that it is about."""
        names = [each.name for each in self.form.fields]
        if isinstance(error, WrongField) and error.field in names:
            self._go(names.index(error.field))
        self.say(str(error), wrong=True)

    @property
    def _at(self) -> int:
        names = [f"field-{each.name}" for each in self.form.fields]
        return names.index(self.focused.id) if self.focused and self.focused.id in names else 0

    def _go(self, at: int) -> None:
        field = self.form.fields[at % len(self.form.fields)]
        self.set_focus(self.query_one(f"#field-{field.name}"))
        self._show_hint(field)

    def _show_hint(self, field: Field) -> None:
        hint: list[list[Run]] = [[(field.hint, "$w-muted")]]
        if field.choices:
            now = self.query_one(f"#field-{field.name}", Line).value
            shown: list[Run] = [("Left and Right: ", "$w-muted")]
            for each in field.choices:
                shown += [(each, "bold reverse" if each == now else "$w-muted"), ("  ", "")]
            hint.append(shown)
        self.query_one("#form-hint", Static).update(lines(hint))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_hint(self.form.fields[self._at])

    async def action_next(self) -> None:
        """On to the next line; on the last, keep it."""
        if self._at + 1 < len(self.form.fields):
            self._go(self._at + 1)
        else:
            await self.action_keep()

    def action_turn(self, step: int) -> None:
        """To the next line (1) or the one before (-1)."""
        self._go(self._at + step)

    def action_choose(self, step: int) -> None:
        """In a field of choices the next or the previous one; elsewhere the cursor moves."""
        field = self.form.fields[self._at]
        box = self.query_one(f"#field-{field.name}", Line)
        if not field.choices:
            box.cursor_position += step
            return
        now = field.choices.index(box.value) if box.value in field.choices else -1
        box.value = field.choices[(now + step) % len(field.choices)]
        box.cursor_position = len(box.value)

    async def action_keep(self) -> None:
        """Keep what is filled in."""
        try:
            step = self.form.done(self._values())
        except WarwatchError as error:
            self.complain(error)
            return
        self.dismiss()
        await self._done(step)

    async def action_check(self) -> None:
        """Try what is filled in."""
        if self.form.check is None:
            return
        try:
            step = self.form.check(self._values())
        except WarwatchError as error:
            self.complain(error)
            return
        await self._done(step)

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.dismiss()

    def _values(self) -> dict[str, str]:
        return {each.name: self._value(each) for each in self.form.fields}

    def _value(self, field: Field) -> str:
        """What a field holds; a choice may be typed by its first letters."""
        typed = line(self.query_one(f"#field-{field.name}", Line).value).strip()
        if not field.choices:
            return typed
        meant = [each for each in field.choices if each.casefold().startswith(typed.casefold())]
        if not meant or not typed:
            raise WrongField(field.name, f"{field.title} is one of {', '.join(field.choices)}")
        return typed if typed in meant else meant[0]
