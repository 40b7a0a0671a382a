"""What is known of a war's dates: when each place changed hands, how surely, and what nobody can say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from feeds.errors import InputError
from feeds.theatres.model import Theatre

SURE: Final = ("checked", "likely")
"""``checked``: several sources give this day. ``likely``: sources differ by a day, or few give it."""
_SLACK: Final = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """A place changes hands, for good or until its next turn."""

    place: str
    holder: str
    """The side that has it from then on."""
    day: date
    sure: str
    slack: timedelta
    """By how much sources differ: a board is in time so much before the day begins and after it ends."""
    hour: datetime | None = None
    """When on that day, where the record says."""
    note: str = ""

    @property
    def opens(self) -> datetime:
        """From when on a board may say so."""
        return _midnight(self.day) - self.slack

    @property
    def closes(self) -> datetime:
        """From when on a board that has not said so is late."""
        return _midnight(self.day) + timedelta(days=1) + self.slack

    @property
    def begins(self) -> datetime:
        """What a lag is counted from: the hour where it is known, else the day's first moment."""
        return self.hour or _midnight(self.day)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Days on which sources contradict each other about a place: a board may say either."""

    place: str
    opens: datetime
    closes: datetime
    note: str = ""


@dataclass(frozen=True)
class Truth:
    """The record of one recording."""

    theatre: str
    opening: Mapping[str, str] = field(default_factory=dict)
    """Who held what when it began, where that differs from the theatre's start."""
    turns: tuple[Turn, ...] = ()
    """In order of time."""
    doubts: tuple[Doubt, ...] = ()

    def allowed(self, place: str, at: datetime, opening: str) -> frozenset[str] | None:
        """Sides that may be said to hold a place at a moment; None when any may.

        ``opening`` is who held it when the recording began.
        """
        if any(doubt.place == place and doubt.opens <= at < doubt.closes for doubt in self.doubts):
            return None
        found = {opening}
        for turn in (turn for turn in self.turns if turn.place == place):
            if at >= turn.closes:
                found = {turn.holder}
            elif at >= turn.opens:
                found.add(turn.holder)
        return frozenset(found)

    def edges(self, place: str) -> list[datetime]:
        """Moments at which :meth:`allowed` may change."""
        turns = [edge for turn in self.turns if turn.place == place for edge in (turn.opens, turn.closes)]
        doubts = [
            edge for doubt in self.doubts if doubt.place == place for edge in (doubt.opens, doubt.closes)
        ]
        return sorted({*turns, *doubts})


def load_truth(path: Path, theatre: Theatre) -> Truth:
    """Reads a truth file (docs/scoring.md); InputError with the file and what is wrong in it."""
    return _Maker(path, theatre).truth(_read(path))


def theatre_named(path: Path) -> str:
    """Id of the theatre that a truth file is about, empty when it does not say; InputError when it cannot be read."""
    return str(_read(path).get("theatre", ""))


def _read(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: not a truth file that can be read: {error}") from None


class _Maker:
    """Makes a truth of what stands in a file, and names the file when it cannot."""

    def __init__(self, path: Path, theatre: Theatre) -> None:
        self.path = path
        self.theatre = theatre
        self._places = {place.id for place in theatre.places}
        self._sides = {side.id for side in theatre.sides}

    def truth(self, raw: Mapping[str, object]) -> Truth:
        if unknown := set(raw) - {"theatre", "about", "opening", "turn", "doubt"}:
            raise self.wrong(f"{min(unknown)!r} means nothing here")
        if raw.get("theatre") != self.theatre.id:
            raise self.wrong(f"it is about theatre {raw.get('theatre')!r}, not {self.theatre.id!r}")
        opening = self._table(raw.get("opening", {}))
        turns = sorted((self._turn(table) for table in self._tables(raw, "turn")), key=lambda turn: turn.day)
        return Truth(
            self.theatre.id,
            {self._place(place): self._side(str(side)) for place, side in opening.items()},
            tuple(turns),
            tuple(self._doubt(table) for table in self._tables(raw, "doubt")),
        )

    def wrong(self, what: str) -> InputError:
        return InputError(f"{self.path}: {what}")

    def _turn(self, table: Mapping[str, object]) -> Turn:
        place = self._place(table.get("place"))
        sure = str(table.get("sure", "checked"))
        if sure not in SURE:
            raise self.wrong(f"{place}: sure = {sure!r}, which is not one of {', '.join(SURE)}")
        slack = table.get("slack_days", _SLACK)
        if isinstance(slack, bool) or not isinstance(slack, int) or not 0 <= slack <= 30:
            raise self.wrong(f"{place}: slack_days is a whole number of days from 0 to 30")
        hour = table.get("hour")
        if hour is not None and not (isinstance(hour, datetime) and hour.tzinfo):
            raise self.wrong(f"{place}: hour is a time with its zone, as 2021-08-12T05:00:00Z")
        return Turn(
            place,
            self._side(table.get("holder")),
            self._day(table, "day", place),
            sure,
            timedelta(days=slack),
            hour,
            str(table.get("note", "")),
        )

    def _doubt(self, table: Mapping[str, object]) -> Doubt:
        place = self._place(table.get("place"))
        first, last = self._day(table, "from", place), self._day(table, "to", place)
        closes = _midnight(last) + timedelta(days=1)
        return Doubt(place, _midnight(first), closes, str(table.get("note", "")))

    def _tables(self, raw: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
        found = raw.get(name, [])
        if not isinstance(found, list):
            raise self.wrong(f"{name} is written as [[{name}]]")
        return [self._table(one) for one in found]

    def _table(self, found: object) -> Mapping[str, object]:
        if not isinstance(found, dict):
            raise self.wrong(f"{found!r} is not a table")
        return found

    def _day(self, table: Mapping[str, object], name: str, place: str) -> date:
        day = table.get(name)
        if not isinstance(day, date) or isinstance(day, datetime):
            raise self.wrong(f"{place}: {name} is a day, written as 2021-08-12 without quotes")
        return day

    def _place(self, id_: object) -> str:
        if id_ not in self._places:
            raise self.wrong(f"there is no place {id_!r} in {self.theatre.id}")
        return str(id_)

    def _side(self, id_: object) -> str:
        if id_ not in self._sides:
            raise self.wrong(
                f"there is no side {id_!r}; {self.theatre.id} has {', '.join(sorted(self._sides))}"
            )
        return str(id_)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
