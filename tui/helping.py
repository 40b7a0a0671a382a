"""Help with a filter while it is typed."""

from __future__ import annotations

from datetime import datetime

from tui.views.completing import Offer, offer, piece_start
from tui.views.filtering import parse_filter
from tui.views.names import Names


class FilterHelp:
    """Completes a filter with the names that there are as it is begun, and tells what of it cannot be understood."""

    def __init__(self, names: Names, now: datetime) -> None:
        self._names, self._now = names, now

    def offer(self, line: str, cursor: int) -> Offer:
        """What may stand where the cursor is."""
        return offer(line, cursor, self._names)

    def wrong(self, line: str) -> str:
        """The first thing that cannot be understood, and where it stands; nothing of a piece that is being typed."""
        complaints = parse_filter(line, self._now, self._names).complaints
        if not complaints:
            return ""
        start = piece_start(line)
        typing = bool(offer(line, len(line), self._names).candidates)
        begun = f"(at {start + line.startswith('!', start) + 1})" if typing else ""
        told = [each for each in complaints if not begun or not each.endswith(begun)]
        return told[0] if told else ""
