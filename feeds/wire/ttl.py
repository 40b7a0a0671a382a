"""How often a feed asks to be fetched."""

from __future__ import annotations

from typing import Final

_PERIODS: Final = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}


def asked_interval(ttl: str, period: str, frequency: str) -> float | None:
    """Seconds that a feed asks to be left alone: RSS ``ttl`` in minutes, or the syndication module's words."""
    minutes = _number(ttl)
    if minutes:
        return minutes * 60
    length = _PERIODS.get(period.strip().lower())
    return length / (_number(frequency) or 1.0) if length else None


def _number(text: str) -> float:
    """A count between 1 and a million; 0 when it is none."""
    text = text.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0.0
