"""What comes next when a person asked for something to be set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from feeds.errors import InputError
from tui.cells import Run

Values: TypeAlias = Mapping[str, str]
"""What a form holds, by the names of its fields; cleaned, on one line."""


class WrongField(InputError):
    """A field that cannot be kept as it is; the words say why."""

    def __init__(self, field: str, what: str) -> None:
        self.field = field
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Said:
    """It is done; what was done, in a few words."""

    words: str


@dataclass(frozen=True, slots=True)
class Again:
    """It is done, and the screen has to be opened again to show it."""

    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    title: str
    value: str = ""
    hint: str = ""
    """What may stand there, in one line."""
    choices: tuple[str, ...] = ()
    """Where only these may: they are turned through by Left and Right."""


@dataclass(frozen=True, slots=True)
class Form:
    """Lines to fill in."""

    title: str
    fields: tuple[Field, ...]
    done: Callable[[Values], Step]
    """What comes next; raises :class:`WrongField`, or any WarwatchError, with one line on what is wrong."""
    about: tuple[str, ...] = ()
    """Lines above the fields."""
    check: Callable[[Values], Step] | None = None
    """Tries what is filled in, and keeps nothing; None where there is nothing to try."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    key: str
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Things of which one is chosen, the first unless somebody moves."""

    title: str
    options: tuple[Option, ...]
    done: Callable[[str], Step] | None = None
    """What comes next when the option of that key was chosen."""
    about: tuple[tuple[Run, ...], ...] = ()
    """Lines above the options."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that takes a while, done beside the screen."""

    words: str
    """What is under way."""
    job: Callable[[Stopped], Step]
    """Does it; raises a WarwatchError with one line when it cannot be done."""
    lasting: bool = False
    """Whether it is to be done whatever is asked for next: it writes something."""


@dataclass(frozen=True, slots=True)
class KeyWanted:
    """A key to be pressed."""

    title: str
    about: tuple[str, ...]
    done: Callable[[str], Step]
    """What comes next when that key (in Textual's words) was pressed."""


Step: TypeAlias = Said | Again | Form | Choice | Errand | KeyWanted
Stopped: TypeAlias = Callable[[], bool]
"""Whether nobody waits for the answer any more."""
