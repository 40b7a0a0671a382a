"""A board's history held against the record: what was in time, late or missed, and what never happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import Change
from feeds.replay.truth import Truth, Turn
from feeds.theatres.model import Theatre

ASSERTED: Final = frozenset({"captured", "retaken", "held"})
"""States in which the board says who holds a place."""
UNDECIDED: Final = frozenset({"claimed", "disputed", "unknown"})
"""States in which it says that nobody knows. Fighting or a threat leaves the holder as it was said before."""
VERDICTS: Final = ("in time", "late", "early", "missed")


@dataclass(frozen=True, slots=True)
class Word:
    """The board says that a side holds a place, until it says another."""

    place: str
    holder: str
    at: datetime
    until: datetime
    """When the board said another holder or that nobody knows, or the end of what is scored."""
    evidence: tuple[int, ...] = ()
    """Log positions of the testimony it said so on."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn of the record, and what the board made of it."""

    turn: Turn
    verdict: str
    """One of :data:`VERDICTS`."""
    at: datetime | None
    """When the board said so; None when it never did."""

    @property
    def lag(self) -> float | None:
        """Hours from the turn to the board's word; counted from the day's first moment where no hour is known."""
        return None if self.at is None else (self.at - self.turn.begins).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class Stray:
    """A word of the board that the record rules out, and no turn that was merely told late explains."""

    word: Word
    hours: float
    """For how long the record rules it out."""


@dataclass(frozen=True)
class Score:
    """What a board is worth, against one record."""

    theatre: Theatre
    begin: datetime
    end: datetime
    judged: tuple[Judged, ...]
    """A line a turn that came within what was played, in order of time."""
    strays: tuple[Stray, ...]
    words: Mapping[str, tuple[Word, ...]]
    """Everything the board said, by place."""

    @property
    def in_time(self) -> int:
        """Turns that the board told within the record's slack."""
        return sum(one.verdict == "in time" for one in self.judged)

    @property
    def recall(self) -> float:
        """Share of the turns told in time; 1 when there was none to tell."""
        return self.in_time / len(self.judged) if self.judged else 1.0

    @property
    def median_lag(self) -> float | None:
        """Median hours from a turn to the board's word, of those in time or late."""
        lags = sorted(one.lag for one in self.judged if one.lag is not None)
        return lags[len(lags) // 2] if lags else None

    @property
    def wrong_hours(self) -> float:
        """Hours, over all places, for which the board named a holder that the record rules out, by a false turn."""
        return sum(stray.hours for stray in self.strays)


def score(theatre: Theatre, truth: Truth, changes: Iterable[Change], begin: datetime, end: datetime) -> Score:
    """Holds the changes of a board against the record, from the first story played to the last moment played.

    Every place of the theatre counts: a town that the record does not name never changed hands.
    """
    steps: dict[str, list[Change]] = {}
    for change in changes:
        if change.theatre == theatre.id and change.at <= end:
            steps.setdefault(change.place, []).append(change)
    opening = {place.id: truth.opening.get(place.id, place.holder) for place in theatre.places}
    words = {place: tuple(_words(place, of, end)) for place, of in steps.items() if place in opening}
    turns = [turn for turn in truth.turns if begin <= turn.closes and turn.opens <= end]
    judged = tuple(_judge(turn, truth, words.get(turn.place, ())) for turn in turns)
    strays = [
        Stray(word, hours)
        for place, said in words.items()
        for word in said
        if (hours := _wrong(truth, word, opening[place]))
    ]
    strays.sort(key=lambda stray: stray.word.at)
    return Score(theatre, begin, end, judged, tuple(strays), words)


def _words(place: str, changes: Sequence[Change], end: datetime) -> Iterator[Word]:
    """Each stretch for which the board names one holder; a dispute or a claim ends it, fighting and age do not."""
    said: Change | None = None
    for change in sorted(changes, key=lambda change: change.at):
        if said and (change.after in UNDECIDED or change.holder_after != said.holder_after):
            yield Word(place, said.holder_after, said.at, change.at, said.evidence)
            said = None
        if said is None and change.after in ASSERTED and change.holder_after:
            said = change
    if said:
        yield Word(place, said.holder_after, said.at, end, said.evidence)


def _judge(turn: Turn, truth: Truth, words: Sequence[Word]) -> Judged:
    others = [other for other in truth.turns if other.place == turn.place and other is not turn]
    since = max((other.opens for other in others if other.day <= turn.day), default=None)
    gone = min((other.opens for other in others if other.day > turn.day), default=None)
    for word in words:
        stale = word.until <= turn.opens or (since is not None and word.at < since)
        if word.holder != turn.holder or stale or (gone is not None and word.at >= gone):
            continue
        if word.at < turn.opens:
            return Judged(turn, "early", word.at)
        return Judged(turn, "in time" if word.at < turn.closes else "late", word.at)
    return Judged(turn, "missed", None)


def _wrong(truth: Truth, word: Word, opening: str) -> float:
    """Hours for which a word was against the record, but for what a late turn explains; 0 when it never was."""
    edges = [edge for edge in truth.edges(word.place) if word.at < edge < word.until]
    total = timedelta()
    for start, stop in zip([word.at, *edges], [*edges, word.until], strict=True):
        sides = truth.allowed(word.place, start, opening)
        overtaken = any(turn.place == word.place and word.at < turn.closes <= start for turn in truth.turns)
        if sides is not None and word.holder not in sides and not overtaken:
            total += stop - start
    return total.total_seconds() / 3600
