"""A report compiled from the archive: the same archive and moment give the same report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from feeds.evidence import Action, Change, Standing
from feeds.report.highlights import highlights_of
from feeds.report.map import draw_map
from feeds.report.records import DeskWord, Entry, Moved, Report, Section, Step, Word
from feeds.report.sheet import Sheet, sheet_of
from feeds.report.source import Source, Testimony
from feeds.report.tally import counts_of
from feeds.report.timeline import draw_timeline
from feeds.report.transitions import Transition, transition_of
from feeds.report.wording import GRAVITY, WORDINGS, notes, statement, wording_of
from feeds.report.words import Quotes, backing_of, kind_of, sides_of
from feeds.theatres.model import Place, Theatre

DAY: Final = timedelta(hours=24)
"""What a report tells the changes of, unless it is told a beginning."""
MOST_STEPS: Final = 400
"""Steps of the history that a report tells; older ones are counted."""
_BEHIND: Final = 6
"""Pieces of evidence looked at behind one step."""
_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
_DESK_RULES: Final = ("D1", "lifted", "muted", "unmuted")


def compile_report(
    source: Source, theatre: Theatre, as_of: datetime, since: datetime | None = None
) -> Report:
    """The factbox of a theatre as of a moment, and what changed since another, a day before unless said."""
    return _Compiler(source, theatre, as_of, since or as_of - DAY).report()


class _Compiler:
    """What is read once for one report."""

    def __init__(self, source: Source, theatre: Theatre, as_of: datetime, since: datetime) -> None:
        self.as_of, self.since = as_of, since
        self._counts = [c for c in source.counts(theatre.id) if c.told is None or c.told <= as_of]
        self.sheet: Sheet = sheet_of(theatre, as_of, source.standings(theatre.id, as_of), self._counts, {})
        self.theatre = self.sheet.theatre  # its sides as they were on that day
        self._of_all_days = theatre
        self._changes = [c for c in source.changes(theatre.id) if c.at <= as_of and c.place in theatre.by_id]
        self._past: dict[str, list[Change]] = {}
        """The steps of each place that rest on evidence, newest first."""
        for change in reversed(self._changes):
            if change.evidence:
                self._past.setdefault(change.place, []).append(change)
        self._overrides = [
            act for act in source.actions(theatre.id) if act.kind == "override" and act.at <= as_of
        ]
        self._testimony = Testimony(source, theatre.id)
        self._quotes = Quotes(source, theatre)

    def report(self) -> Report:
        """Everything, in the order in which it is told."""
        turned = self._turned()
        entries = [
            self._entry(place, self.sheet.standings[place.id], turned.get(place.id))
            for place in self.sheet.places
        ]
        entries.sort(key=lambda entry: entry.place.name)
        entries.sort(key=lambda entry: entry.standing.since or _NEVER, reverse=True)
        steps = [self._step(change) for change in self._changes[-MOST_STEPS:]]
        moved = self._moved(entries, steps)
        counts = counts_of(self.sheet, self._counts, self._quotes.count)
        sections = _sections(entries)
        shown = {entry.place.id: entry.standing.state for entry in entries}
        return Report(
            theatre=self.theatre.id,
            title=self.theatre.title,
            as_of=self.as_of,
            since=self.since,
            counts=counts,
            summary=_summary(sections),
            highlights=highlights_of(counts, moved, entries),
            moved=moved,
            sections=tuple(one for one in sections if one.state != "unknown"),
            silent=next((one for one in sections if one.state == "unknown"), None),
            steps=tuple(steps),
            left_out=len(self._changes) - len(steps),
            overridden=tuple(entry for entry in entries if entry.desk),
            map=draw_map(self.theatre, shown),
            timeline=draw_timeline(self.theatre, self._changes, self.since, self.as_of, shown),
        )

    def _turned(self) -> dict[str, Transition]:
        """What happened last in each city; how is read off what was told later, too."""
        last = {change.place: change for change in self._changes}
        found: dict[str, Transition] = {}
        for place, change in last.items():
            now = self.sheet.standings[place]
            later = now.evidence if now.state == change.after else ()
            if change.rule not in _DESK_RULES and (transition := self._transition(change, later)):
                found[place] = transition
        return found

    def _transition(self, change: Change, later: Sequence[int] = ()) -> Transition | None:
        seqs = dict.fromkeys((*change.evidence[:_BEHIND], *later))
        pieces = self._testimony.pieces(change.place, list(seqs))
        claimed = not any(kind_of(piece) == "report" for piece in pieces)
        return transition_of(
            self._then(change), change, (piece.sentence for piece in pieces), claimed=claimed
        )

    def _entry(self, place: Place, standing: Standing, turned: Transition | None) -> Entry:
        wording = wording_of(standing.state)
        pieces = self._testimony.pieces(place.id, self._behind(standing))
        reports, claims, denials = self._quotes.chosen(pieces)
        return Entry(
            place=place,
            standing=standing,
            label=wording.word,
            mark=wording.mark,
            holder=self.theatre.side_name(standing.holder),
            statement=self._statement(self.theatre, standing),
            notes=notes(standing),
            reports=tuple(reports),
            claims=tuple(claims),
            denials=tuple(denials),
            transition=turned,
            desk=self._desk(standing),
        )

    def _behind(self, standing: Standing) -> Sequence[int]:
        """The testimony that counts; where none does any more, what brought the place to where it stands.

        Where word stands against word, what brought it to the other side, too: the row counts but the stronger word.
        """
        past = self._past.get(standing.place, ())
        if standing.override:  # what the evidence had it at before the desk spoke, too
            before = next((change.evidence for change in past if change.rule not in _DESK_RULES), ())
            return tuple(dict.fromkeys((*before, *standing.evidence)))
        if standing.state == "disputed":
            other = sides_of(standing)[1]
            against = next((change.evidence for change in past if change.holder_after == other), ())
            return (*standing.evidence, *against)
        if standing.evidence or standing.state == "unknown":
            return standing.evidence
        return next((change.evidence for change in past if change.after == standing.state), ())

    def _then(self, change: Change) -> Theatre:
        """The theatre with its sides as they were at a step."""
        return self._of_all_days.on(change.at.date())

    def _statement(self, theatre: Theatre, standing: Standing) -> str:
        pieces = self._testimony.pieces(standing.place, self._behind(standing))
        return statement(theatre, standing, backing_of(theatre, standing, pieces))

    def _desk(self, standing: Standing) -> DeskWord | None:
        if not standing.override:
            return None
        same = [
            act for act in self._overrides if act.place == standing.place and act.reason == standing.override
        ]
        act: Action | None = same[-1] if same else None
        return DeskWord(
            reason=standing.override,
            who=act.who if act else "",
            at=act.at if act else None,
            until=act.until if act else None,
        )

    def _step(self, change: Change) -> Step:
        cause = (
            "desk"
            if change.rule in _DESK_RULES
            else "withdrawn"
            if change.rule == "withdrawn"
            else "evidence"
        )
        pieces = self._testimony.pieces(change.place, change.evidence[:_BEHIND])
        reports, claims, denials = self._quotes.chosen(pieces) if cause == "evidence" else ([], [], [])
        words: list[Word] = [*reports, *claims, *denials]
        return Step(
            at=change.at,
            place=self.theatre.by_id[change.place],
            before=wording_of(change.before).word,
            after=wording_of(change.after).word,
            state=change.after,
            holder=self._then(change).side_name(change.holder_after),
            statement=self._statement(self._then(change), change.standing),
            word=words[0] if words else None,
            transition=self._transition(change) if cause == "evidence" else None,
            cause=cause,
        )

    def _moved(self, entries: Iterable[Entry], steps: Iterable[Step]) -> tuple[Moved, ...]:
        """The cities that moved since, gravest first, then newest."""
        new: dict[str, list[Step]] = {}
        for step in steps:
            if step.at > self.since:
                new.setdefault(step.place.id, []).append(step)
        moved = [
            Moved(
                entry,
                before=new[entry.place.id][0].before,
                back=new[entry.place.id][0].before == entry.label,
                steps=tuple(new[entry.place.id]),
            )
            for entry in entries
            if entry.place.id in new
        ]
        moved.sort(key=lambda one: one.last.at, reverse=True)
        moved.sort(key=lambda one: GRAVITY[wording_of(one.entry.standing.state).id])
        return tuple(moved)


def _summary(sections: Sequence[Section]) -> str:
    """How many cities are in each state; towns are told apart, since counts are of capitals."""
    words = ", ".join(f"{len(one.entries)} {wording_of(one.state).word}" for one in sections)
    towns = sum(entry.place.kind == "town" for one in sections for entry in one.entries)
    if not towns:
        return words
    return f"{words} ({sum(len(one.entries) for one in sections) - towns} capitals and {towns} towns)"


def _sections(entries: Sequence[Entry]) -> list[Section]:
    """The cities by state, gravest first; states without a city have none."""
    found = []
    for wording in WORDINGS.values():
        those = tuple(entry for entry in entries if wording_of(entry.standing.state) is wording)
        if those:
            found.append(Section(wording.id, wording.title, wording.note, those))
    return found
