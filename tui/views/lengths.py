"""Lengths of time as people type them: ``5m``, ``1h``, ``2d``."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LENGTH: Final = re.compile(r"(\d{1,6})\s*([smhd])?")
SHORTEST: Final = 60.0
"""Seconds; no feed is asked more often."""
LONGEST: Final = 7 * 86400.0


def length_of(words: str) -> float:
    """Seconds; 0 for nothing typed. ValueError with one line when it is no length that a feed can have."""
    if not words.strip():
        return 0.0
    found = _LENGTH.fullmatch(words.strip().casefold())
    if found is None:
        raise ValueError("no length of time; 5m, 1h and 2d are")
    seconds = float(int(found[1]) * _UNITS[found[2] or "m"])
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError("between 1m and 7d; no server wants to be asked more often")
    return seconds


def said_length(seconds: float) -> str:
    """The shortest way to type so many seconds; empty for none."""
    if not seconds:
        return ""
    unit = next(unit for unit in "dhms" if seconds % _UNITS[unit] == 0 or unit == "s")
    return f"{round(seconds / _UNITS[unit])}{unit}"
