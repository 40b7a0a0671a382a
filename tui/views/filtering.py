"""The one-line filter, the same for wire, board and ``warwatch board``.

    place:herat state:captured outlet:reuters since:6h unread -word "power sharing" /regex/ term:airport view:west

Every term must hold; ``-`` in front of one turns it round, ``!`` in front of the line turns all of it round.
Words and ``"phrases"`` are looked for in the text, ``/expressions/`` in the headline. Bare words ``unread``,
``flagged``, ``dismissed`` and ``escalated`` ask for marks, ``is:`` for these and for a capital's flags.
``term:`` asks for what a watch term found, ``group:`` for the outlets of a group of feeds, ``view:`` for all that a saved
view asks for. A line is never an error: what cannot be understood is left out and told, with where it stands, in
:attr:`Filter.complaints`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from feeds.evidence import STATES
from tui.views.moments import moment_of
from tui.views.names import NO_NAMES, Names, is_group
from tui.views.subjects import Subject

WORD: Final = "word"
REGEX: Final = "regex"
FIELDS: Final = (
    "place", "state", "holder", "region", "outlet", "group", "wire", "letter", "since", "before", "is", "term", "view",
)  # fmt: skip
"""What may stand in front of a colon."""
BARE_MARKS: Final = ("unread", "flagged", "dismissed", "escalated")
"""Marks that may be asked for without ``is:``."""
_TOKEN: Final = re.compile(
    r"(?P<not>-(?=\S))?(?:(?P<field>[a-z]+):(?=\S))?"
    r'(?:"(?P<quoted>[^"]*)(?:"|$)|/(?P<regex>(?:\\.|[^/\\])+)(?:/(?=\s|$)|$)|(?P<bare>\S+))'
)
_LONGEST_REGEX: Final = 200
_NEARLY: Final = {
    "places": "place", "city": "place", "capital": "place", "province": "region", "states": "state", "side": "holder",
    "by": "holder", "source": "outlet", "outlets": "outlet", "feed": "outlet", "agency": "wire", "reliability": "letter",
    "after": "since", "until": "before", "mark": "is", "terms": "term", "watch": "term", "views": "view", "groups": "group",
    "plce": "place", "palce": "place", "stat": "state", "regio": "region", "outlt": "outlet",
}  # fmt: skip
"""What people type for a field that is called otherwise."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition."""

    kind: str
    """``word``, ``regex`` or one of :data:`FIELDS`."""
    value: str
    negated: bool = False
    inside: Filter | None = None
    """What a saved view asks for, where it is turned round and so cannot stand in this one's place."""

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        if self.kind == REGEX:
            return f"{sign}/{self.value}/"
        return f'{sign}"{self.value}"' if self.kind == WORD else f'{sign}{self.kind}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Filter:
    """What a row must match to be shown."""

    terms: tuple[Term, ...] = ()
    inverted: bool = False
    complaints: tuple[str, ...] = field(default=(), compare=False)
    """One line on each term that could not be understood and was left out."""

    def __str__(self) -> str:
        return ("!" if self.inverted else "") + " ".join(map(str, self.terms))

    @property
    def empty(self) -> bool:
        """True when every row matches."""
        return not self.terms

    @property
    def words(self) -> tuple[str, ...]:
        """Words and phrases that the text must hold."""
        return tuple(term.value for term in self.terms if term.kind == WORD and not term.negated)

    @property
    def unwanted(self) -> tuple[str, ...]:
        """Words and phrases that the text must not hold."""
        return tuple(term.value for term in self.terms if term.kind == WORD and term.negated)

    @property
    def others(self) -> tuple[Term, ...]:
        """The terms that are not about words."""
        return tuple(term for term in self.terms if term.kind != WORD)

    @property
    def watched(self) -> bool:
        """Whether it asks for what watch terms found, itself or in a view."""
        return any(term.kind == "term" or (term.inside and term.inside.watched) for term in self.terms)

    def asks_for(self, mark: str) -> bool:
        """Whether rows with a mark are wanted by its name."""
        return any(term.kind == "is" and term.value == mark and not term.negated for term in self.terms)

    def matches(self, subject: Subject, now: datetime) -> bool:
        """Whether a row is shown: each term holds, or not all of them when the filter is turned round."""
        if not self.terms:
            return True
        return all(holds(term, subject, now) for term in self.terms) != self.inverted


def quoted(value: str) -> str:
    """A value as it stands behind a colon: in quotes where it is more than a word."""
    return value if re.fullmatch(r"[^\s\"]+", value) else f'"{value.replace(chr(34), " ")}"'


def holds(term: Term, subject: Subject, now: datetime) -> bool:
    """Whether one term holds, its sign heeded."""
    return _says(term, subject, now) != term.negated


def parse_filter(
    line: str, now: datetime | None = None, names: Names = NO_NAMES, *, within: frozenset[str] = frozenset()
) -> Filter:
    """The filter that a line means.

    ``now`` lets moments be checked as well, ``names`` what the line speaks of; ``within`` are the views that it is part of.
    """
    line = line.replace("\x00", " ")
    begins = len(line) - len(line.lstrip())
    inverted = line[begins : begins + 1] == "!"
    terms: list[Term] = []
    complaints: list[str] = []
    for found in _TOKEN.finditer(line, begins + inverted):
        term = _term(found)
        if term is None:
            continue
        complaint = _complaint(term, now, names, found["field"] or "")
        inner: tuple[Term, ...] = (term,)
        if term.kind == "view" and not complaint:
            inner, complaint = _inside(term, now, names, within)
        if complaint:
            complaints.append(f"{complaint} (at {found.start() + 1})")
        else:
            terms += inner
    return Filter(tuple(terms), inverted and bool(terms), tuple(complaints))


def _inside(
    term: Term, now: datetime | None, names: Names, within: frozenset[str]
) -> tuple[tuple[Term, ...], str]:
    """The terms that a saved view stands for, or one line on why it stands for none."""
    if term.value in within:
        return (), f"view:{term.value} speaks of itself"
    wanted = parse_filter(names.views[term.value], now, names, within=within | {term.value})
    if wanted.complaints:
        return (), f"view:{term.value}: {wanted.complaints[0]}"
    if wanted.inverted or term.negated:
        return (replace(term, inside=wanted),), ""
    return wanted.terms, ""


def _term(found: re.Match[str]) -> Term | None:
    """The term of one piece of the line; None when there is nothing in it to look for."""
    negated = found["not"] is not None
    name, regex = found["field"], found["regex"]
    value = regex or found["quoted"] or found["bare"] or ""
    if regex and not name:
        return Term(REGEX, regex, negated)
    if name in FIELDS:
        value = " ".join(value.split())
        return Term(name, value.casefold() if name not in ("since", "before") else value, negated)
    if name:
        value = f"{name}:{value}"
    if found["bare"] and value in BARE_MARKS:
        return Term("is", value, negated)
    value = " ".join(value.replace('"', " ").split())
    return Term(WORD, value, negated) if value.strip('-/!"') else None  # a sign alone is still being typed


def _complaint(term: Term, now: datetime | None, names: Names, typed: str) -> str:
    """One line on what is wrong with a term; empty when nothing is. ``typed`` is what stood before its colon."""
    if term.kind == REGEX:
        return _compiled(term.value)[1]
    if term.kind == WORD:
        meant = _NEARLY.get(typed, "")
        return f"no field is called {typed}:, but {meant}: is" if meant else ""
    if not term.value:
        return f"{term.kind}: says nothing"
    return _unknown(term, names) or _impossible(term, now)


def _unknown(term: Term, names: Names) -> str:
    """One line on a name that nothing has, among those that are all known."""
    value = term.value
    if term.kind == "view" and value not in names.views:
        return f"no view is called {value}"
    if (
        term.kind == "term"
        and names is not NO_NAMES
        and not any(value in one.casefold() for one in names.terms)
    ):
        return f"nothing is watched for that reads {value}"
    if (
        term.kind == "group"
        and names is not NO_NAMES
        and not any(is_group(value, one) for one in names.groups)
    ):
        return f"no group of feeds is called {value}"
    if term.kind == "place" and names.places:
        begun = value.replace(" ", "-")
        return "" if any(one.startswith(begun) for one in names.places) else f"no place is called {value}"
    return ""


def _impossible(term: Term, now: datetime | None) -> str:
    if term.kind == "state" and not any(state.startswith(term.value) for state in STATES):
        return f"no state is called {term.value}"
    if term.kind in ("since", "before") and now is not None and moment_of(term.value, now) is None:
        return f"{term.kind}:{term.value} is no time; 6h, 2d, 18:00 and 2021-08-12 are"
    return ""


def _says(term: Term, subject: Subject, now: datetime) -> bool:
    """Whether a term holds, its sign aside."""
    value = term.value
    if term.kind == WORD:
        return value.casefold() in subject.text.casefold()
    if term.kind == REGEX:
        pattern = _compiled(value)[0]
        return pattern is not None and pattern.search(subject.headline) is not None
    if term.kind == "is":
        return value in subject.marks or (value == "read" and "unread" not in subject.marks)
    if term.kind in ("since", "before"):
        moment = moment_of(value, now)
        if moment is None or subject.at is None:
            return False
        return subject.at >= moment if term.kind == "since" else subject.at < moment
    if term.kind == "place":
        return any(place.startswith(value.replace(" ", "-")) for place in subject.places)
    if term.kind == "view":
        return term.inside is not None and term.inside.matches(subject, now)
    if term.kind == "term":
        return any(value in each.casefold() for each in subject.terms)
    if term.kind == "group":
        return any(is_group(value, each) for each in subject.groups)
    many = {"state": subject.states, "holder": subject.holders, "region": subject.regions}.get(term.kind)
    if many is not None:
        return any(each.casefold().startswith(value) for each in many)
    if term.kind == "letter":
        return bool(subject.letter) and subject.letter.casefold() in value
    return value in {"outlet": subject.outlet, "wire": subject.wire}[term.kind].casefold()


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> tuple[re.Pattern[str] | None, str]:
    """The expression, or one line on what is wrong with it."""
    if len(pattern) > _LONGEST_REGEX:
        return None, f"an expression has {_LONGEST_REGEX} characters at most"
    try:
        return re.compile(pattern, re.IGNORECASE), ""
    except (re.error, OverflowError) as error:
        return None, f"/{pattern}/ is no expression: {error}"
