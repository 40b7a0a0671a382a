"""The records of the judgement side: what was read, what it adds up to, and what people decided.

All times are timezone-aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feeds.story import About

HOLDS: Final = "holds"
FIGHTING: Final = "fighting"
THREAT: Final = "threat"

STATES: Final = ("unknown", "held", "threatened", "contested", "claimed", "disputed", "captured", "retaken")
"""Every state of a standing, calmest first but for ``retaken``."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of one story that says who holds a place, or that it is fought over or threatened."""

    story: str
    place: str
    label: str
    """``holds``, ``fighting`` or ``threat``."""
    side: str
    """Side that holds (``holds``) or that defends or presses, where said; may be empty otherwise."""
    change: bool
    """True when the place is said to have changed hands, False for a standing state."""
    sentence: str
    """The sentence, verbatim: ``story.text[start:end]``."""
    start: int
    end: int
    triggers: tuple[str, ...]
    """The words that fired, as they stand in the sentence."""
    rule: str
    agent: str
    """Side that acts, or empty."""
    speaker: str
    """Who says it, in the sentence's words; empty when the outlet says it itself."""
    voice: str
    """A key of :data:`feeds.tracker.voices.VOICES`, for instance ``against-interest``."""
    modality: str
    """``asserted``, ``hedged``, ``negated``, ``possible``."""
    weight: float
    """Weight of this sentence alone, 0 to 1, before outlet, origin and age."""
    event_day: date | None = None
    theatre: str = ""
    outlet: str = ""
    reliability: str = "F"
    origin: str = ""
    """Key of the independent telling this belongs to (see :class:`feeds.story.Fold`)."""
    thread: str = ""
    told: datetime | None = None
    """When the story was told."""
    seq: int = 0
    """Position in the archive's log; 0 before it is archived."""
    heard: datetime | None = None
    """The board's time when it took this in: never before ``told``, and never before that of the piece before it."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of capitals that somebody says one side has taken, with its qualifier."""

    story: str
    theatre: str
    side: str
    number: int
    of: int | None
    qualifier: str
    """``exact``, ``at-least``, ``more`` (that many further ones) or ``nth`` (the nth to fall)."""
    sentence: str
    start: int
    end: int
    told: datetime | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the board: who holds one capital, by what strength of reporting, since when."""

    theatre: str
    place: str
    state: str
    """One of :data:`STATES`."""
    holder: str
    """Id of the side; empty when unknown."""
    strength: float
    """Strength of the reporting for this state, 0 to 1. Not a probability of truth."""
    grade: str
    """Admiralty code: letter of the best source, digit of the information; ``F6`` for nothing."""
    since: datetime | None
    """When the state began; None when it was never set by evidence."""
    last_evidence: datetime | None
    outlets: int
    """Outlets that ran the testimony that counts now."""
    origins: int
    """Independent tellings among them."""
    flags: tuple[str, ...] = ()
    """``review``, ``fighting``, ``stale``, ``quiet``."""
    stale: bool = False
    override: str = ""
    """Reason of the operator's override in force; empty when there is none."""
    evidence: tuple[int, ...] = ()
    """Log positions of the testimony that counts now, strongest first."""
    scores: tuple[tuple[str, float], ...] = ()
    """Score of each label: ``holds:<side>``, ``fighting``, ``threat``."""
    at: datetime | None = None
    """When it was weighed."""


def unheard_of(theatre: str, place: str, holder: str) -> Standing:
    """The standing of a place that no report has named yet; its holder is that of the theatre's start."""
    return Standing(theatre, place, "unknown", holder, 0.0, "F6", None, None, 0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a standing's history: from what to what, by which rule, on which evidence."""

    theatre: str
    place: str
    before: str
    after: str
    holder_before: str
    holder_after: str
    at: datetime
    rule: str
    """Rule of the standing that fired: ``D1`` to ``D8``, ``quiet``, ``lifted``, ``muted``, ``unmuted``, ``withdrawn``, ``regrouped``."""
    scores: tuple[tuple[str, float], ...]
    evidence: tuple[int, ...]
    standing: Standing
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """A line of the journal: what an operator decided, when, and what it was decided on."""

    kind: str
    """``read``, ``flag``, ``dismiss``, ``escalate``, ``note``, ``override``, ``lift``, ``mute``, ``unmute``,
    ``split``, ``merge``, ``acknowledge``, ``assign``, ``shift``, ``undo``; ``retract``, which the wire itself decides; ``refold``, which says what became of a split or merge."""
    who: str
    at: datetime
    story: str = ""
    theatre: str = ""
    place: str = ""
    value: str = ""
    """What the kind needs: a note's text, a state and holder ``captured taliban``, a rule id, an action's seq, who has
    something (``assign``; empty: nobody), a handover note (``shift``)."""
    reason: str = ""
    until: datetime | None = None
    seq: int = 0


def about_of(places: tuple[str, ...], evidence: Iterable[Evidence], counts: Iterable[Count]) -> About:
    """What a story is about, from the places that it names and what was read in it."""
    claims = dict.fromkeys(
        (piece.place, piece.label, piece.side, piece.modality == "negated") for piece in evidence
    )
    return About(places, tuple(claims), tuple(dict.fromkeys(count.number for count in counts)))
