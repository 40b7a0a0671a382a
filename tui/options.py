"""How the viewer was asked to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tui.alarms import AlertReader
from tui.reading import Reconcile
from tui.views.company import Company

AGAIN: Final = -1
"""What the viewer returns when it is to be opened again: another theatre was chosen."""


POLL_SECONDS: Final = 0.25
"""How often the archive is asked whether it moved."""
SLOW_LINK_SECONDS: Final = 5.0
"""The same on a slow link: each time something moved costs a frame."""


@dataclass(frozen=True, slots=True)
class ViewerOptions:
    """Choices of one run of the viewer; all have a default."""

    as_of: datetime | None = None
    """Show the board as it was at this moment; None for now."""
    since: datetime | None = None
    """Start of the shift, from which on changes count; None for twelve hours ago."""
    read_only: bool = False
    """Never write to the archive: opening a story does not mark it read."""
    low_bandwidth: bool = False
    """Send as little as possible: news every few seconds, nothing that only pleases."""
    ascii_only: bool = False
    """Draw with ASCII characters only."""
    theme: str = ""
    """``dark``, ``light``, ``contrast``, ``ansi`` or the name of a theme of Textual; empty for the desk's."""
    operator: str = ""
    """Who is at the keyboard, for the journal."""
    reconcile: Reconcile | None = None
    """Sets counts said in stories against the board; None when nobody does."""
    words: tuple[str, ...] = ()
    """Options of the command line that lead a child process to the same archive, desk and theatre."""
    pinned: str = ""
    """By what the theatre was named at the start (an option, a variable), if not by the desk."""
    in_browser: bool = False
    """The operator sits at another machine's browser: no program of this one is started, no file of it written."""
    alerts: Callable[[], AlertReader] | None = None
    """Opens the archive's alerts; None when the viewer is to know of none."""
    company: Company | None = None
    """The viewers of the archive; None when nobody is to know of this one, nor it of them."""
    poll_seconds: float = POLL_SECONDS
    """How often the archive is asked whether it moved; 0 for never (tests look themselves)."""
