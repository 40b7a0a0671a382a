"""The alerts of an archive as a viewer sees them: how many nobody acknowledged, and those that came while it looked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from feeds.archive.outgoing import Notice
from feeds.clock import Clock, system_clock
from tui.cells import line
from tui.settings import Settings

if TYPE_CHECKING:
    from feeds.alerts.settings import Screen

MOST_SHOWN = 50
"""Alerts that the list of them shows."""
_TOLD_AT_ONCE = 3
"""Events of an alert that are named while it comes in; the list names all."""
_LONGEST_WORDS = 90
"""Characters of a headline, or of the sentence behind it, that are told."""
_LONGEST_OUTLET = 30


class AlertReader(Protocol):
    """What the screen asks of the alerts of an archive."""

    def unacknowledged(self) -> int:
        """How many nobody acknowledged."""

    def notices(self, limit: int | None = None, *, after: int = 0) -> Sequence[Notice]:
        """Alerts, newest first."""

    def acknowledge(
        self, numbers: Collection[int] | None, who: str, at: datetime, *, up_to: int | None = None
    ) -> Sequence[int]:
        """Somebody has seen these, or all up to one; the numbers of those that nobody had before."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a look at the alerts found."""

    open: int
    """Alerts that nobody acknowledged."""
    new: tuple[Notice, ...] = ()
    """Those that came since the look before, oldest first."""
    screen: Screen | None = None
    """How to draw attention to them; None when there are none."""


class Alarms:
    """Looks at the alerts; used by one thread at a time. What was decided before the viewer opened rings no bell."""

    def __init__(
        self, reader: Callable[[], AlertReader], settings: Settings, wall: Clock = system_clock
    ) -> None:
        """``reader`` opens the archive whole if it has to, in the thread that looks; ``wall`` is the machine's time."""
        self._reader, self._settings = reader, settings
        self._opened = wall()
        self._last: int | None = None
        self._open = -1

    def look(self) -> Alarm | None:
        """What is new; None when nothing is."""
        reader = self._reader()
        found = reader.notices(MOST_SHOWN, after=self._last or 0)
        new = tuple(one for one in reversed(found) if self._last is not None or one.at >= self._opened)
        last = found[0].seq if found else self._last or 0
        count = reader.unacknowledged()
        if not new and count == self._open:
            return None
        self._last, self._open = last, count
        return Alarm(count, new, self._screen() if new else None)

    def listed(self) -> Sequence[Notice]:
        """The newest alerts, newest first."""
        return self._reader().notices(MOST_SHOWN)

    def acknowledge(self, newest: int, who: str, at: datetime) -> str:
        """Somebody at this screen has seen all up to the one of that number; what was done, in a few words."""
        done = self._reader().acknowledge(None, who, at, up_to=newest)
        return f"{len(done)} alert{'s' * (len(done) != 1)} acknowledged." if done else "No alert is open."

    def screen(self) -> Screen:
        """How to draw attention, as the desk has it now."""
        return self._screen()

    def _screen(self) -> Screen:
        from feeds.alerts.settings import Screen, read_screen
        from feeds.errors import WarwatchError

        try:
            return read_screen(self._settings.desk.alerts() if self._settings.desk else ())
        except WarwatchError:  # a desk broken while it is edited: as usual
            return Screen()


def in_brief(new: Sequence[Notice]) -> list[str]:
    """What came in, in the few lines that may stand over what somebody reads: the newest alert, the others counted.

    Address, key and times are left to the list of alerts.
    """
    from feeds.alerts.records import alert_of

    events = alert_of(new[-1].record).events
    if not events:
        return [_brief(new[-1].title)]
    said = []
    for event in events[:_TOLD_AT_ONCE]:
        grade = f" ({line(event.grade)})" if event.grade else ""
        said.append(_brief(event.headline) + grade)
        if len(said) == 1 and event.proof is not None:
            outlet = f"{_brief(event.proof.outlet, _LONGEST_OUTLET)} ({line(event.proof.reliability)})"
            said.append(f"“{_brief(event.proof.sentence)}” {outlet}")
    if len(events) > _TOLD_AT_ONCE:
        said.append(f"{len(events) - _TOLD_AT_ONCE} more in it.")
    if len(new) > 1:
        said.append(f"{len(new) - 1} more came with it.")
    return said


def _brief(text: str, most: int = _LONGEST_WORDS) -> str:
    """One clean line, cut with a sign."""
    words = line(text)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
