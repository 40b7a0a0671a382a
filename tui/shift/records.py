"""What a shift hands over, as records; the screen, the command line and the note tell them each in its own form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feeds.evidence import Action, Evidence, Standing
from feeds.theatres.model import Place
from tui.reading import StoryRow, Tally


@dataclass(frozen=True, slots=True)
class Step:
    """A capital that does not stand as it did, or that moved and came back."""

    place: Place
    before: str
    """Its state when the span began."""
    after: str
    holder_before: str
    """Id of the side."""
    holder_after: str
    at: datetime
    """When it last moved."""
    moves: int
    """Steps of its standing in between, one at least."""
    standing: Standing
    """As it stands at the end."""
    said: Evidence | None = None
    """The strongest testimony for how it stands now that is about the city; None when there is none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two moments."""

    since: datetime
    until: datetime
    steps: tuple[Step, ...] = ()
    """Newest first."""
    threads: tuple[StoryRow, ...] = ()
    """Events told for the first time in between that several outlets tell or that name a place: those with most
    origins first, at most as many as were asked for."""
    events: int = 0
    """All events told for the first time in between."""
    stories: int = 0
    """Stories received in between, copies too."""
    moves: int = 0
    """Steps of all standings in between."""
    states: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Capitals in each state, then and now, gravest first; states that nobody was in are left out."""
    reported: tuple[Tally | None, Tally | None] = (None, None)
    """The counts said in stories against the board, then and now; None when nobody holds them against each other."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A story or a capital that an operator left a mark on."""

    action: Action
    title: str
    """Headline of the story, or name of the capital."""


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """What the next shift has to look at."""

    escalated: tuple[Marked, ...] = ()
    flagged: tuple[Marked, ...] = ()
    overrides: tuple[Marked, ...] = ()
    """In force, the first to run out first."""
    reviews: tuple[Standing, ...] = ()
    """Set by hand, and the reporting has come to speak against it."""
    unnamed: int = 0
    """Captures reported that no row shows."""

    def __bool__(self) -> bool:
        return bool(self.escalated or self.flagged or self.overrides or self.reviews or self.unnamed)


@dataclass(frozen=True, slots=True)
class Handover:
    """All that one shift leaves to the next."""

    difference: Difference
    matters: OpenMatters
    tasks: tuple[Marked, ...] = ()
    """Who has what: what was given to somebody, and is not taken back."""
    notes: tuple[Marked, ...] = ()
    """Notes written in between, oldest first."""
    last: Action | None = None
    """The shift closed before; None when none was."""
