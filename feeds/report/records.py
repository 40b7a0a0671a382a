"""What a report says, before it has a form: records that templates read. All times are timezone-aware UTC.

Text that came from a feed (sentence, outlet, speaker, title, url, reason) is as the archive has it; the renderer escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feeds.evidence import Standing
from feeds.report.map import MapPicture
from feeds.report.timeline import Timeline
from feeds.report.transitions import Transition
from feeds.theatres.model import Place


@dataclass(frozen=True, slots=True)
class Word:
    """What one story says of one place: the sentence, who says it, when and where."""

    sentence: str
    """Verbatim; shortened with an ellipsis where it is very long."""
    outlet: str
    letter: str
    """Reliability of the outlet in the Admiralty code, A to F."""
    speaker: str
    """Whom the outlet quotes; empty when it speaks itself."""
    side: str
    """Name of the side that it says holds or presses; may be empty."""
    kind: str
    """``report``, ``claim`` (the side that gains says so, or an outlet of letter D or E) or ``denial``."""
    told: datetime | None
    title: str
    url: str
    """http(s) address, or empty."""
    story: str
    """Id of the story in the archive."""


@dataclass(frozen=True, slots=True)
class DeskWord:
    """An override in force: what an operator decided against the evidence, or before it."""

    reason: str
    who: str
    """Empty when the journal no longer says."""
    at: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One city of the factbox."""

    place: Place
    standing: Standing
    label: str
    """The state in one word, as a person reads it: ``taken``, ``claimed``."""
    mark: str
    """One letter for the state, for maps without colour."""
    holder: str
    """Name of the side that holds it."""
    statement: str
    """What may be said of it, no more strongly than its standing allows."""
    notes: tuple[str, ...]
    """What else a reader must know: fighting since it fell, nothing heard for days."""
    reports: tuple[Word, ...]
    claims: tuple[Word, ...]
    denials: tuple[Word, ...]
    transition: Transition | None
    desk: DeskWord | None

    @property
    def words(self) -> tuple[Word, ...]:
        """Everybody's word, reports first."""
        return self.reports + self.claims + self.denials


@dataclass(frozen=True, slots=True)
class Section:
    """The cities in one state."""

    state: str
    title: str
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the history: from what to what, and by whose word."""

    at: datetime
    place: Place
    before: str
    after: str
    """States in one word, as people read them."""
    state: str
    """The state reached, one of :data:`feeds.evidence.STATES`."""
    holder: str
    statement: str
    word: Word | None
    """The strongest word behind it; None where the desk or a withdrawal did it."""
    transition: Transition | None
    cause: str
    """``evidence``, ``desk`` (an override, a muted sentence) or ``withdrawn``."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one city since a moment: where it stood, where it stands, and the steps between."""

    entry: Entry
    before: str
    """The state that it had then, in one word."""
    back: bool
    """True when it is where it was, after all."""
    steps: tuple[Step, ...]
    """Oldest first."""

    @property
    def last(self) -> Step:
        """The newest step."""
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class Counted:
    """One outlet's count of the capitals that fell."""

    number: int
    word: Word


@dataclass(frozen=True, slots=True)
class Counts:
    """How many capitals are said to have fallen, beside how many the board names."""

    side: str
    """Name of the side whose gains are counted."""
    low: int | None
    high: int | None
    """Lowest and highest count that is said now; None when nobody counted."""
    of: int
    named: int
    said: tuple[Counted, ...]
    """Who said the lowest and who the highest."""

    @property
    def unnamed(self) -> int:
        """Captures reported that the board does not name; 0 when nobody counted."""
        return max(0, (self.high or 0) - self.named)

    @property
    def range(self) -> str:
        """``11``, ``11-12``; empty when nobody counted."""
        if self.high is None:
            return ""
        return f"{self.high}" if self.low in (None, self.high) else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True)
class Highlight:
    """One line of what matters most."""

    text: str
    words: tuple[Word, ...]
    """By whose word."""
    cause: str
    """``count``, ``evidence``, ``claim``, ``withdrawn``, ``desk``."""
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """A factbox and what changed since a moment: everything that every format tells."""

    theatre: str
    """Id of the theatre."""
    title: str
    as_of: datetime
    since: datetime
    counts: Counts
    summary: str
    """How many cities are in each state, on one line."""
    highlights: tuple[Highlight, ...]
    moved: tuple[Moved, ...]
    """Cities whose standing changed since, gravest first."""
    sections: tuple[Section, ...]
    """Cities by state, gravest first; without those that nothing was said of."""
    silent: Section | None
    """Cities that nothing was said of."""
    steps: tuple[Step, ...]
    """The history up to the moment, oldest first."""
    left_out: int
    """Older steps that are not shown."""
    overridden: tuple[Entry, ...]
    map: MapPicture
    timeline: Timeline

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every city, in the order of the sections."""
        found = [entry for section in self.sections for entry in section.entries]
        return (*found, *(self.silent.entries if self.silent else ()))
