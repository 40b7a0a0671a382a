"""What happened in a city in the words of ACLED, read off a step of its standing and the sentences behind it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from feeds.evidence import FIGHTING, Change
from feeds.theatres.model import Theatre

_TABLE: Final = tomllib.loads(Path(__file__).with_name("transitions.toml").read_text("utf-8"))
_BASIS: Final[dict[str, str]] = _TABLE["basis"]
_NAMES: Final[dict[str, list[str]]] = _TABLE["names"]
_FOUGHT_FROM: Final[float] = _TABLE["fighting"]


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of hands, or a fight, in the words of ACLED."""

    event: str
    """Event type: ``Battles`` or ``Strategic developments``."""
    name: str
    """Sub-event type, for instance ``Government regains territory``."""
    basis: str
    """On what that rests: ``fighting was reported``, ``how it fell was not said`` …"""


NAMES: Final = tuple(name for _, name in _NAMES.values())
"""Every name that a transition can have."""


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


_UNFOUGHT: Final = _any_of(_TABLE["unfought"])
_YIELDED: Final = _any_of(_TABLE["yielded"])


def transition_of(
    theatre: Theatre, change: Change, sentences: Iterable[str], *, claimed: bool = False
) -> Transition | None:
    """The transition that a step is; None where nothing changed hands and nobody fought, or it is but claimed.

    ``sentences`` are those behind the step; ``claimed`` when none of them is the word of anybody who does not gain.
    A government is the theatre's defender.
    """
    fought = (
        dict(change.scores).get(FIGHTING, 0.0) >= _FOUGHT_FROM
        or change.before == "contested"
        or "fighting" in change.standing.flags
    )
    if change.after == "contested" or (change.after == "disputed" and fought):
        return _named("armed_clash", "claimed" if claimed else "fought")
    if change.after not in ("captured", "retaken"):
        return None
    said = " ".join(sentences)
    if _UNFOUGHT.search(said):
        return _named("unfought", "unfought")
    if not fought and _YIELDED.search(said):
        return _named("unfought", "yielded")
    taker = "government" if change.holder_after == theatre.defender else "other"
    return _named(taker, "fought" if fought else "unsaid")


def _named(name: str, basis: str) -> Transition:
    event, kind = _NAMES[name]
    return Transition(event, kind, _BASIS[basis])
