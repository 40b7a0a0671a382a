"""The words of a report: what may be said of a city in each state. All of them stand in ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from feeds.evidence import Standing
from feeds.theatres.model import Theatre

_TABLE: Final = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
FLAGS: Final[dict[str, str]] = _TABLE["flags"]
"""What a standing's flags mean, as a sentence each."""
_FADED: Final[str] = _TABLE["faded"]["suffix"]
_DESK: Final[str] = _TABLE["desk"]["statement"]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one state is told."""

    id: str
    title: str
    """Heading of its section."""
    word: str
    mark: str
    note: str
    statement: str
    confirmed: str = ""
    """Instead of ``statement``, when two or more tellers that do not gain say so."""
    own: str = ""
    """Instead of ``statement``, when the side that claims it says so itself."""
    alone: str = ""
    """Instead of ``statement``, when nobody says so but who gains by it, or a weak source."""


WORDINGS: Final[dict[str, Wording]] = {row["id"]: Wording(**row) for row in _TABLE["state"]}
"""Every state, gravest first."""
CONFIRMING: Final = 2
"""Tellers that do not gain, from which on their number is said."""
GRAVITY: Final = {state: number for number, state in enumerate(WORDINGS)}
"""The order of states, gravest first."""


def wording_of(state: str) -> Wording:
    """How a state is told; that of ``unknown`` for one that this version does not know."""
    return WORDINGS.get(state, WORDINGS["unknown"])


@dataclass(frozen=True, slots=True)
class Backing:
    """Who stands behind a standing."""

    who: str = ""
    """The outlet or side whose word it is first of all."""
    own: bool = False
    """True when that is the side itself."""
    other: str = ""
    """The other side that is said to hold it."""
    reports: int = 0
    """Tellers that do not gain by it."""
    side: str = ""
    """Id of the side that is said to hold it where nobody is its holder: word stands against word."""
    faded: bool = False
    """True when their word is too old to count."""


def statement(theatre: Theatre, standing: Standing, backing: Backing) -> str:
    """What may be said of a standing, in one clause that begins small."""
    holder = theatre.side_name(standing.holder) or "nobody known"
    wording = wording_of(standing.state)
    if standing.override:
        return _DESK.format(state=wording.word, holder=holder)
    form = wording.statement
    if backing.reports >= CONFIRMING:
        form = wording.confirmed or form
    elif backing.own and wording.own:
        form = wording.own
    elif backing.who and not backing.reports:
        form = wording.alone or form
    said = form.format(
        holder=theatre.side_name(backing.side) or holder,
        other=backing.other or theatre.side_name(theatre.opponent(standing.holder)) or "another",
        who=backing.who or holder,
        reports=backing.reports,
    )
    return said + _FADED if backing.faded else said


def notes(standing: Standing) -> tuple[str, ...]:
    """What else a reader must know of a standing, a sentence each."""
    flags: Sequence[str] = (*standing.flags, *(("stale",) if standing.stale else ()))
    return tuple(dict.fromkeys(FLAGS[flag] for flag in flags if flag in FLAGS))
