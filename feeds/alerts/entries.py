"""One entry of a settings document, read field by field; whatever is wrong with it is said in one line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feeds.errors import InputError

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SPAN: Final = re.compile(r"\s*(\d{1,7})\s*([smhd])\s*")
_HOURS: Final = re.compile(r"\s*(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})\s*")


class Entry:
    """The fields of one entry; every method raises InputError that says where and what to write instead."""

    def __init__(self, where: str, fields: Mapping[str, object], known: Collection[str]) -> None:
        """``where`` names the entry in a message; a field that is not ``known`` is an error."""
        self._where = where
        self._fields = fields
        strange = sorted(set(fields) - set(known))
        if strange:
            raise self.wrong(strange[0], f"is not known; known are {', '.join(known)}")

    def wrong(self, name: str, what: str) -> InputError:
        """The error about one field."""
        return InputError(f"{self._where}: `{name}` {what}")

    def text(self, name: str, default: str = "") -> str:
        """A text on one line."""
        value = self._fields.get(name, default)
        if not isinstance(value, str) or "\n" in value or "\0" in value:
            raise self.wrong(name, "must be text on one line")
        return value.strip()

    def needed(self, name: str) -> str:
        """A text that may not be missing."""
        value = self.text(name)
        if not value:
            raise self.wrong(name, "is missing")
        return value

    def one_of(self, name: str, choices: Collection[str], default: str = "") -> str:
        """One of some words, or empty where that is the default."""
        value = self.text(name, default)
        if value not in choices and value != default:
            raise self.wrong(name, f"must be one of {', '.join(choices)}, not {value!r}")
        return value

    def texts(self, name: str, choices: Collection[str] = ()) -> tuple[str, ...]:
        """Some texts; a single one may stand without brackets."""
        value = self._fields.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple) or not all(
            isinstance(one, str) and "\0" not in one for one in listed
        ):
            raise self.wrong(name, "must be a list of texts")
        for one in listed:
            if choices and one not in choices:
                raise self.wrong(name, f"must be of {', '.join(choices)}, not {one!r}")
        return tuple(listed)

    def yes(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._fields.get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, "must be true or false")
        return value

    def number(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within bounds."""
        value = self._fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.wrong(name, f"must be a whole number from {least} to {most}")
        return value

    def span(self, name: str, default: str) -> timedelta:
        """A length of time: ``60s``, ``30m``, ``6h``, ``1d``."""
        found = _SPAN.fullmatch(self.text(name, default))
        if found is None:
            raise self.wrong(name, "must be a time such as 60s, 30m, 6h or 1d")
        return timedelta(seconds=int(found[1]) * _UNITS[found[2]])

    def hours(self, name: str) -> tuple[time, time] | None:
        """Hours of the day, ``22:00-06:00``; None where it is empty."""
        value = self.text(name)
        if not value:
            return None
        found = _HOURS.fullmatch(value)
        figures = [int(one) for one in found.groups()] if found else [99] * 4
        try:
            begin, end = time(figures[0], figures[1]), time(figures[2], figures[3])
        except ValueError:
            raise self.wrong(name, "must be hours such as 22:00-06:00") from None
        if begin == end:
            raise self.wrong(name, "begins and ends at one time; leave it empty for none")
        return begin, end

    def zone(self, name: str) -> str:
        """The name of a time zone."""
        value = self.text(name, "UTC") or "UTC"
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise self.wrong(name, f"must be a time zone such as Europe/Kyiv, not {value!r}") from None
        return value
