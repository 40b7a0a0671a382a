"""Who else looks at what the operator has open: what that is, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from tui.cells import Run, line
from tui.views.layout import OF_PLACES

_MOST: Final = 3
"""Names told; the others are counted."""
_LONGEST: Final = 20


class Company(Protocol):
    """The viewers of one archive, as one of them knows them; errors are ArchiveErrors."""

    def be_at(self, who: str, place: str) -> None:
        """Say where this viewer is; empty for nowhere."""

    def others(self) -> tuple[str, ...]:
        """Names of the others there."""


class Others(NamedTuple):
    """Who else is where the operator was when it was asked last."""

    place: str = ""
    names: tuple[str, ...] = ()

    def at(self, place: str) -> list[Run]:
        """The words in a panel's border that say who else is at what it shows; none when nobody is."""
        if place != self.place or not self.names:
            return []
        told = [line(name)[:_LONGEST] for name in self.names[:_MOST]]
        if len(self.names) > _MOST:
            told.append(f"{len(self.names) - _MOST} more")
        return [(f" also here: {', '.join(told)} ", "$w-mark")]


NOBODY: Final = Others()


def at_story(story: str) -> str:
    """The place of whoever has a story open."""
    return f"story {story}"


def at_capital(theatre: str, place: str) -> str:
    """The place of whoever has a capital's evidence open."""
    return f"place {theatre} {place}"


def in_front(focus: str, panels: Sequence[str], story: str, capital: str) -> str:
    """Where the operator is: at the story or the capital that the panel in focus shows, or that is shown beside it.

    Both are given as places, empty for none. Nowhere when the details are out of sight: a cursor that passes over a
    line has opened nothing.
    """
    if focus in ("wire", "story"):
        return story if "story" in panels else ""
    if focus in (*OF_PLACES, "evidence"):
        return capital if "evidence" in panels else ""
    return ""
