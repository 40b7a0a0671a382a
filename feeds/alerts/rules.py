"""What an operator wants to be told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.alerts.entries import Entry
from feeds.alerts.records import CHANGE, COLLECTOR, FEED, SPIKE, TERM, WITHDRAWAL
from feeds.evidence import STATES, Change, Standing
from feeds.watched import SEVERITIES

BY_HAND: Final = frozenset({"D1", "lifted", "muted", "unmuted"})
"""Rules of a standing that only an operator sets off."""
_LETTERS: Final = "ABCDEF"
_DIGITS: Final = "123456"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to be told of; fields that do not go with what it is about stay empty."""

    on: str
    """The kind of event: ``change``, ``term``, ``spike``, ``feed``, ``collector``, ``withdrawal``."""
    name: str
    severity: str = "medium"
    """How grave an alert by it is."""
    before: tuple[str, ...] = ()
    """States that a standing comes from (``from``); empty for any."""
    to: tuple[str, ...] = ()
    """States that it comes to; empty for any."""
    grade: str = ""
    """Least grade, ``C3`` (both), ``C`` or ``3``; empty for any."""
    origins: int = 0
    """Independent tellings at least."""
    places: tuple[str, ...] = ()
    theatres: tuple[str, ...] = ()
    by_hand: bool = False
    """True for what operators set by hand, too."""
    at_least: str = "low"
    """Least severity of the watch term."""

    def wants(self, change: Change) -> bool:
        """Whether it is about this step of a standing, whatever its grade is."""
        return (
            self.on == CHANGE
            and (not self.before or change.before in self.before)
            and (not self.to or change.after in self.to)
            and (not self.places or change.place in self.places)
            and (not self.theatres or change.theatre in self.theatres)
            and (self.by_hand or change.rule not in BY_HAND)
        )

    def ripe(self, standing: Standing) -> bool:
        """Whether a standing is reported well enough."""
        return standing.origins >= self.origins and reaches(standing.grade, self.grade)

    def wants_term(self, severity: str) -> bool:
        """Whether it is about terms of that severity."""
        return SEVERITIES.index(severity) >= SEVERITIES.index(self.at_least)


def reaches(grade: str, least: str) -> bool:
    """Whether a grade of the Admiralty code is at least as good as another, each character by itself."""
    letter = next((one for one in least if one in _LETTERS), "F")
    digit = next((one for one in least if one in _DIGITS), "6")
    return grade[:1] <= letter and grade[1:] <= digit


_ALWAYS: Final = ("kind", "on", "name", "severity")
_FIELDS: Final = {
    CHANGE: (*_ALWAYS, "from", "to", "grade", "origins", "places", "theatres", "by_hand"),
    TERM: (*_ALWAYS, "at_least"),
    SPIKE: (*_ALWAYS, "at_least"),
    FEED: _ALWAYS,
    COLLECTOR: _ALWAYS,
    WITHDRAWAL: _ALWAYS,
}


def read_rule(where: str, found: dict[str, object]) -> Rule:
    """A rule from its entry; InputError in one line when it is none."""
    on = found.get("on")
    if not isinstance(on, str) or on not in _FIELDS:
        raise Entry(where, {}, ()).wrong("on", f"must be one of {', '.join(_FIELDS)}")
    entry = Entry(where, found, _FIELDS[on])
    grade = entry.text("grade").upper()
    if len(grade) > 2 or not all(one in _LETTERS + _DIGITS for one in grade):
        raise entry.wrong("grade", "must be a letter A to F, a digit 1 to 6, or both, for instance C3")
    return Rule(
        on,
        entry.needed("name"),
        entry.one_of("severity", SEVERITIES, "medium"),
        entry.texts("from", STATES),
        entry.texts("to", STATES),
        grade,
        entry.number("origins", 0, 1000, 0),
        entry.texts("places"),
        entry.texts("theatres"),
        entry.yes("by_hand"),
        entry.one_of("at_least", SEVERITIES, "low"),
    )
