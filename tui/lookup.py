"""What is read from the archive when the operator looks closer: a capital's evidence, a story, a filter's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from feeds.archive import MARKS, Sieve, in_force
from feeds.evidence import Change, Evidence
from feeds.story import EPOCH
from feeds.theatres.model import Theatre
from feeds.watched import SEVERITIES, WatchTerm
from tui.journal import NOTHING_DECIDED, Decisions
from tui.reading import ArchiveReader, StoryRow
from tui.views.board import BoardRow
from tui.views.evidence import EvidencePage
from tui.views.filtering import Filter, Term, holds
from tui.views.moments import moment_of
from tui.views.names import NO_NAMES, Names
from tui.views.story import StoryPage
from tui.views.subjects import Subject, story_subject
from tui.views.timeline import TermLine, TimelinePage
from tui.watching import ids_of

MOST_SENTENCES: Final = 400
"""Sentences of a capital that are shown: more take longer to wrap than a key may wait."""
MOST_TERMS: Final = 6
"""Watch terms that the timeline counts."""
CHUNK: Final = 500
"""Rows read at once when a filter is held against them."""
FLAGS: Final = ("URGENT", "CORRECTED", "WITHDRAWN")
"""Wire flags that one may filter for."""


def place_page(
    archive: ArchiveReader,
    row: BoardRow,
    as_of: datetime | None,
    decisions: Decisions = NOTHING_DECIDED,
    now: datetime = EPOCH,
) -> EvidencePage:
    """The sentences about a capital, all that count and the newest others, and the changes of its standing, newest first."""
    theatre, place = row.standing.theatre, row.place.id
    evidence = [
        each
        for each in archive.evidence(theatre, place=place)
        if as_of is None or each.told is None or each.told <= as_of
    ]
    counting = set(row.standing.evidence)
    told = [each for each in evidence[:-MOST_SENTENCES] if each.seq in counting] + evidence[-MOST_SENTENCES:]
    changes = [each for each in archive.changes(theatre, place=place) if as_of is None or each.at <= as_of]
    changes.sort(key=lambda change: (change.at, change.seq), reverse=True)
    override = decisions.override_of(row.place.id, now)
    if override is not None and as_of is not None and override.at > as_of:
        override = None
    return EvidencePage(
        row.place.name,
        row.standing,
        tuple(told),
        tuple(changes),
        override,
        decisions.muted,
        earlier=len(evidence) - len(told),
    )


def timeline_page(
    archive: ArchiveReader,
    theatre: Theatre,
    now: datetime,
    as_of: datetime | None,
    terms: Sequence[WatchTerm] = (),
) -> TimelinePage:
    """Every change of every capital, and how many stories came and watch terms hit each hour since just before the first."""
    changes = tuple(each for each in archive.changes(theatre.id) if as_of is None or each.at <= as_of)
    first = min((each.at for each in changes), default=now) - timedelta(days=2)
    lines = tuple(_term_line(archive, term, first, as_of or now) for term in _gravest(terms))
    return TimelinePage(now, changes, archive.stories_by_hour(first, as_of), lines)


def _gravest(terms: Sequence[WatchTerm]) -> list[WatchTerm]:
    return sorted(terms, key=lambda term: -SEVERITIES.index(term.severity))[:MOST_TERMS]


def _term_line(archive: ArchiveReader, term: WatchTerm, since: datetime, until: datetime) -> TermLine:
    """How often a term hit, hour by hour."""
    hits: Counter[datetime] = Counter()
    for id_ in ids_of(term.text.casefold(), [term.text]):
        for hour, tally in archive.watch.hours(id_, since, until).items():
            hits[hour] += tally.hits
    return TermLine(term.text, term.severity, hits)


def claims_page(
    archive: ArchiveReader, theatre: Theatre, story: str, decisions: Decisions = NOTHING_DECIDED
) -> EvidencePage:
    """What was read in one story."""
    found = archive.story(story)
    title = found.title if found else "a story that is not in the archive"
    return EvidencePage(title, None, tuple(archive.evidence(theatre.id, story=story)), muted=decisions.muted)


def story_page(
    archive: ArchiveReader, theatre: Theatre, story: str, as_of: datetime | None = None
) -> StoryPage | None:
    """One story with what was read in it, its texts and the others of its thread; None when it is not there.

    As of a moment it has the text, the copies and the decisions that were there by then.
    """
    found = archive.story(story)
    if found is None:
        return None

    def by_then(moment: datetime | None) -> bool:
        return as_of is None or moment is None or moment <= as_of

    versions = [each for each in archive.versions(story) if by_then(each.received)]
    fold = archive.fold_of(story)
    thread = archive.thread(fold.thread) if fold else ()
    evidence = [each for each in archive.evidence(theatre.id, story=story) if by_then(each.told)]
    hits = tuple(archive.watch.hits_in([story]).get(story, ())) if as_of is None else ()
    return StoryPage(
        versions[-1] if versions and as_of is not None else found,
        tuple(evidence),
        tuple((each, place) for each, place in thread if by_then(each.received)),
        tuple(each for each in in_force(archive.actions(story=story)) if by_then(each.at)),
        hits,
        versions=tuple(versions) if len(versions) > 1 else (),
        moved=_moved(archive, theatre, evidence, as_of),
    )


def _moved(
    archive: ArchiveReader, theatre: Theatre, evidence: Sequence[Evidence], as_of: datetime | None
) -> tuple[Change, ...]:
    """The steps of standings that rest on these sentences."""
    seqs = {each.seq for each in evidence}
    places = dict.fromkeys(each.place for each in evidence)
    return tuple(
        change
        for place in places
        for change in archive.changes(theatre.id, place=place)
        if seqs & set(change.evidence) and (as_of is None or change.at <= as_of)
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """What a filter is held against beside the words."""

    theatre: Theatre
    states: Mapping[str, str]
    """How each capital stands."""
    now: datetime
    before: datetime | None = None
    """The moment that is shown; None for now."""
    stopped: Callable[[], bool] = lambda: False
    """Whether nobody waits for the answer any more."""
    names: Names = NO_NAMES
    """Terms that are watched for and groups of feeds."""


def filtered_ids(archive: ArchiveReader, wanted: Filter, scope: Scope) -> list[int]:
    """Rows of the wire that match, newest first; all of them for an empty filter.

    Words are the archive's to find, in the whole text, and what it has an index for; what is left is held against each
    row. An inverted filter is turned round by the view, which knows all rows.
    """
    sieve, others = _sieve(wanted, scope)
    found = list(archive.lead_ids(text=_search(wanted.words), before=scope.before, sieve=sieve))
    for unwanted in wanted.unwanted:
        gone = set(archive.lead_ids(text=_search((unwanted,)), before=scope.before))
        found = [row for row in found if row not in gone]
    for term in others:
        if term.kind in _WHOLE and not scope.stopped():
            rows = _rows_of(archive, term, scope)
            found = [row for row in found if (row in rows) != term.negated]
    others = [term for term in others if term.kind not in _WHOLE]
    return _held(archive, found, others, scope) if others else found


_WHOLE: Final = ("term", "view")
"""Fields that the archive answers with all their rows at once."""


def _rows_of(archive: ArchiveReader, term: Term, scope: Scope) -> Collection[int]:
    """The rows of which a term about watch terms or views holds, its sign aside."""
    if term.kind == "term":
        return archive.watch.leads(ids_of(term.value, scope.names.terms))
    inside = term.inside or Filter()
    rows = set(filtered_ids(archive, inside, scope))
    if not inside.inverted:
        return rows
    return {row for row in archive.lead_ids(before=scope.before) if row not in rows}


def _sieve(wanted: Filter, scope: Scope) -> tuple[Sieve, list[Term]]:
    """What the archive can see to, and the terms that it cannot."""
    sieve, others = Sieve(), []
    for term in wanted.others:
        narrowed = _narrowed(sieve, term, scope)
        if narrowed is None:
            others.append(term)
        else:
            sieve = narrowed
    return sieve, others


def _narrowed(sieve: Sieve, term: Term, scope: Scope) -> Sieve | None:
    """The sieve with one more condition; None when it has one of the kind, or none says what the term does."""
    if term.kind == "is":
        mark, bears = ("read", term.negated) if term.value == "unread" else (term.value, not term.negated)
        if mark in MARKS and sieve.marks.get(mark, bears) == bears:
            return replace(sieve, marks={**sieve.marks, mark: bears})
        if mark.upper() in FLAGS and bears and not sieve.flag:
            return replace(sieve, flag=mark.upper())
    if term.negated:
        return None
    if term.kind == "place" and not sieve.place:
        return replace(sieve, place=term.value.replace(" ", "-"))
    if term.kind == "state" and sieve.places is None:
        standing = (place for place, state in scope.states.items() if state.casefold().startswith(term.value))
        return replace(sieve, places=tuple(sorted(standing)))
    if term.kind == "group" and sieve.outlets is None:
        return replace(sieve, outlets=tuple(sorted(scope.names.outlets_of(term.value))))
    if term.kind in ("outlet", "wire") and not getattr(sieve, term.kind):
        return replace(sieve, outlet=term.value) if term.kind == "outlet" else replace(sieve, wire=term.value)
    if term.kind == "letter" and not sieve.letters:
        return replace(sieve, letters=term.value)
    moment = moment_of(term.value, scope.now) if term.kind in ("since", "before") else None
    if moment is None:
        return None
    if term.kind == "since" and (sieve.since is None or sieve.since < moment):
        return replace(sieve, since=moment)
    if term.kind == "before" and (sieve.before is None or sieve.before > moment):
        return replace(sieve, before=moment)
    return sieve


def _held(archive: ArchiveReader, ids: list[int], terms: Sequence[Term], scope: Scope) -> list[int]:
    """The rows for which these terms hold."""
    kept: list[int] = []
    for start in range(0, len(ids), CHUNK):
        if scope.stopped():
            break
        rows = archive.rows(ids[start : start + CHUNK])
        kept += [
            row.row for row in rows if all(holds(each, _subject(row, scope), scope.now) for each in terms)
        ]
    return kept


def _subject(row: StoryRow, scope: Scope) -> Subject:
    marks = {
        "unread": not row.read,
        "flagged": row.flagged,
        "dismissed": row.dismissed,
        "escalated": row.escalated,
        "urgent": row.flag == "URGENT",
        "corrected": row.flag == "CORRECTED",
        "withdrawn": row.flag == "WITHDRAWN",
    }
    return story_subject(
        row.title,
        row.outlet,
        letter=row.reliability,
        wire=row.wire,
        told=row.told,
        places=row.places,
        marks=[mark for mark, has in marks.items() if has],
        states=scope.states,
        groups=scope.names.groups_of(row.outlet),
    )


def _search(words: Sequence[str]) -> str:
    """Words and phrases for the archive's search; the last one may still be being typed."""
    quoted = [f'"{each}"' if " " in each else each for each in words]
    return as_typed(" ".join(quoted))


def as_typed(words: str) -> str:
    """Words for the archive's search, the last one still being typed: its beginning is enough."""
    return f"{words}*" if words[-1:].isalnum() else words
