"""The one-line filter, the same for wire, board and ``warwatch board``.

    place:herat state:captured outlet:reuters since:6h unread -term "power sharing" /regex/

Every term must hold; ``-`` in front of one turns it round, ``!`` in front of the line turns all of it round.
Words and ``"phrases"`` are looked for in the text, ``/expressions/`` in the headline. Bare words ``unread``,
``flagged``, ``dismissed`` and ``escalated`` ask for marks, ``is:`` for these and for a capital's flags.
A line is never an error: what cannot be understood is left out and told in :attr:`Filter.complaints`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from feeds.evidence import STATES, Standing
from feeds.theatres.model import Place
from tui.views.moments import moment_of

WORD: Final = "word"
REGEX: Final = "regex"
FIELDS: Final = ("place", "state", "holder", "region", "outlet", "wire", "letter", "since", "before", "is")
"""What may stand in front of a colon."""
BARE_MARKS: Final = ("unread", "flagged", "dismissed", "escalated")
"""Marks that may be asked for without ``is:``."""
_TOKEN: Final = re.compile(
    r"(?P<not>-(?=\S))?(?:(?P<field>[a-z]+):(?=\S))?"
    r'(?:"(?P<quoted>[^"]*)(?:"|$)|/(?P<regex>(?:\\.|[^/\\])+)(?:/(?=\s|$)|$)|(?P<bare>\S+))'
)
_LONGEST_REGEX: Final = 200


@dataclass(frozen=True, slots=True)
class Term:
    """One condition."""

    kind: str
    """``word``, ``regex`` or one of :data:`FIELDS`."""
    value: str
    negated: bool = False

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        if self.kind == REGEX:
            return f"{sign}/{self.value}/"
        return f'{sign}"{self.value}"' if self.kind == WORD else f'{sign}{self.kind}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filter looks at in a story or a capital."""

    text: str = ""
    """Where words are looked for."""
    headline: str = ""
    """Where expressions are looked for."""
    places: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    outlet: str = ""
    wire: str = ""
    letter: str = ""
    at: datetime | None = None
    """When the story was told, or since when the capital stands as it does."""
    marks: frozenset[str] = frozenset()


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
    def oldest(self) -> tuple[str, ...]:
        """What ``since:`` says, where it is wanted."""
        return tuple(term.value for term in self.terms if term.kind == "since" and not term.negated)

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


def parse_filter(line: str, now: datetime | None = None) -> Filter:
    """The filter that a line means; ``now`` lets moments be checked as well."""
    line = " ".join(line.split("\x00")).strip()
    inverted = line.startswith("!")
    terms: list[Term] = []
    complaints: list[str] = []
    for found in _TOKEN.finditer(line.removeprefix("!")):
        term = _term(found)
        complaint = _complaint(term, now) if term else ""
        if complaint:
            complaints.append(complaint)
        elif term is not None:
            terms.append(term)
    return Filter(tuple(terms), inverted and bool(terms), tuple(complaints))


def story_subject(
    title: str,
    outlet: str,
    *,
    letter: str = "",
    wire: str = "",
    told: datetime | None = None,
    places: tuple[str, ...] = (),
    marks: Iterable[str] = (),
    states: Mapping[str, str] | None = None,
) -> Subject:
    """A story as a filter sees it; ``states`` tells how its places stand."""
    standing = tuple((states or {})[place] for place in places if place in (states or {}))
    return Subject(
        text=f"{title} {outlet}",
        headline=f"{title} {outlet}",
        places=places,
        states=standing,
        outlet=outlet,
        wire=wire,
        letter=letter,
        at=told,
        marks=frozenset(marks),
    )


def standing_subject(place: Place, standing: Standing, words: str = "") -> Subject:
    """A capital as a filter sees it: its row, and the words behind it. For the board, on screen and on paper."""
    marks = {*standing.flags, *(("stale",) if standing.stale else ())}
    return Subject(
        text=f"{place.name} {place.region} {standing.state} {standing.holder} {words}",
        headline=f"{place.name} {words}",
        places=(place.id,),
        states=(standing.state,),
        holders=(standing.holder,),
        regions=(place.region,),
        letter=standing.grade[:1],
        at=standing.since,
        marks=frozenset(marks | ({"override"} if standing.override else set())),
    )


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


def _complaint(term: Term, now: datetime | None) -> str:
    if term.kind == REGEX:
        return _compiled(term.value)[1]
    if not term.value:
        return f"{term.kind}: says nothing"
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
