"""The dates that feeds carry: RFC 822 and ISO 8601 as they should be, and as they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing on the wire is older; such a date is a default of the publishing software, and no date at all."""

_ZONES: Final = {
    "BST": 60, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180,
    "IRST": 210, "GST": 240, "AFT": 270, "PKT": 300, "IST": 330, "NPT": 345, "SGT": 480, "HKT": 480,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Zone names that RFC 822 does not know, in minutes east of Greenwich."""

_ISO: Final = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?"
    r"(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)
_SPELT: Final = (
    "%A, %B %d, %Y",
    "%B %d, %Y",
    "%B %d, %Y %H:%M",
    "%B %d, %Y %I:%M %p",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%dT%H%M%SZ",
    "%Y%m%d",
    "%Y-%m-%d %I:%M %p",
    "%Y年%m月%d日",
    "%Y年%m月%d日 %H:%M",
    "%Y년 %m월 %d일",
)
_ZONE_NAME: Final = re.compile(r"\b([A-Z]{3,4})\s*\Z")


def read_date(text: str) -> datetime | None:
    """The moment that a feed's date says, in UTC; None when nobody can tell, or when it is before 1990.

    A date without a zone is taken as UTC.
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= 80:
        return None
    moment = _iso(text) or _rfc822(text) or _spelt(text) or _by_feedparser(text)
    return moment if moment and moment >= EARLIEST else None


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    *figures, fraction, zone = found.groups()
    year, month, day, hour, minute, second = (int(figure or 0) for figure in figures)
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    return _moment((year, month, day or 1, hour, minute, second, micro), _zone(zone))


def _zone(zone: str | None) -> int:
    """Minutes east of Greenwich."""
    if not zone or zone[0] not in "+-":
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if zone[0] == "-" else minutes


def _rfc822(text: str) -> datetime | None:
    try:
        parsed = parsedate_tz(text)
    except (ValueError, IndexError, OverflowError):  # what the standard library lets slip on odd input
        return None
    if parsed is None:
        return None
    named = _ZONE_NAME.search(text)
    offset = _ZONES[named[1]] if named and named[1] in _ZONES else (parsed[9] or 0) // 60
    return _moment((*parsed[:6], 0), offset)


def _moment(figures: tuple[int, int, int, int, int, int, int], offset: int) -> datetime | None:
    """The moment in UTC of a date that is ``offset`` minutes east; None when the figures make none.

    24:00 and a leap second run over into the next day or minute.
    """
    year, month, day, hour, minute, second, micro = figures
    try:
        start = datetime(year, month, day, tzinfo=timezone(timedelta(minutes=offset)))
        if hour > 24 or minute > 59 or second > 60:
            return None
        passed = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
        return (start + passed).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _spelt(text: str) -> datetime | None:
    for form in _SPELT:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _by_feedparser(text: str) -> datetime | None:
    """Korean, Greek and Hungarian dates, which feedparser has learnt; its other readers guess too freely."""
    if text.isascii():
        return None
    from feedparser.datetimes.greek import _parse_date_greek
    from feedparser.datetimes.hungarian import _parse_date_hungarian
    from feedparser.datetimes.korean import _parse_date_nate, _parse_date_onblog

    for reader in (_parse_date_onblog, _parse_date_nate, _parse_date_greek, _parse_date_hungarian):
        try:
            parsed = reader(text)
        except (ValueError, OverflowError, KeyError, IndexError, TypeError, AttributeError):
            continue  # they trust their input
        if parsed:
            return _moment((*parsed[:6], 0), 0)
    return None
