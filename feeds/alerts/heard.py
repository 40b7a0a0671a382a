"""Watch terms made into events: stories that a term found, and terms in whose last hour something goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feeds.alerts.records import SPIKE, TERM, Event, Proof
from feeds.alerts.rules import Rule
from feeds.archive import Archive
from feeds.story import Story
from feeds.watch.spikes import pulses
from feeds.watch.watcher import read_terms
from feeds.watched import SEVERITIES, Hit, WatchTerm

_AT_ONCE: Final = 2000
_SENTENCE_END: Final = re.compile(r"[.!?…]['\"”’)]*\s|\n")
_WIDEST: Final = 400


@dataclass(frozen=True, slots=True)
class Listening:
    """The terms by id, and the rules about them."""

    terms: Mapping[str, WatchTerm]
    rules: Sequence[Rule]

    @classmethod
    def to(cls, terms: Sequence[WatchTerm], rules: Sequence[Rule]) -> Listening:
        """What the desk watches for; terms that do not parse are left out."""
        by_id = {id_: term for term in terms for id_ in read_terms([term])[0]}
        return cls(by_id, [rule for rule in rules if rule.on in (TERM, SPIKE)])

    def severity(self, on: str, term: str) -> str:
        """How grave it is that a term is heard; empty when no rule wants it told."""
        known = self.terms.get(term)
        wanted = [
            rule.severity
            for rule in self.rules
            if known and rule.on == on and rule.wants_term(known.severity)
        ]
        return max(wanted, key=SEVERITIES.index, default="")


def hits_after(archive: Archive, seq: int) -> Iterator[Hit]:
    """All hits behind a position of the log."""
    while True:
        some = archive.alerts.hits_after(seq, _AT_ONCE)
        yield from some
        if len(some) < _AT_ONCE:
            return
        seq = some[-1].seq


def events_of(archive: Archive, listening: Listening, hits: Sequence[Hit], oldest: datetime) -> list[Event]:
    """The events in hits; those told before ``oldest`` are history. Only the newest of each term is read in full."""
    last = {hit.term: hit.seq for hit in hits if hit.told >= oldest}
    found: list[Event] = []
    for hit in hits:
        severity = listening.severity(TERM, hit.term)
        if severity:
            story = archive.story(hit.story) if last.get(hit.term) == hit.seq else None
            found.append(_event(hit, listening.terms[hit.term], story, severity, old=hit.told < oldest))
    return found


def spikes(
    archive: Archive, listening: Listening, before: frozenset[str], now: datetime
) -> tuple[list[Event], frozenset[str]]:
    """Terms that began to spike since the last look, and all that spike now."""
    heeded = [term for term in listening.terms if listening.severity(SPIKE, term)]
    found = {term: pulse for term, pulse in pulses(archive.watch, now, heeded).items() if pulse.spike}
    events = [
        Event(
            key=f"spike:{term}:{now.isoformat()}",
            subject=f"spike:{term}",
            kind=SPIKE,
            at=now,
            severity=listening.severity(SPIKE, term),
            headline=f"Watch term “{listening.terms[term].text}” spikes: {pulse.hits} stories of {pulse.outlets} outlets "
            f"in an hour, usually {pulse.baseline:.1f}",
            outlets=pulse.outlets,
        )
        for term, pulse in found.items()
        if term not in before
    ]
    return events, frozenset(found)


def _event(hit: Hit, term: WatchTerm, story: Story | None, severity: str, *, old: bool) -> Event:
    proof = None
    if story is not None:
        proof = Proof(
            _sentence(story.text, hit),
            story.outlet,
            story.reliability,
            told=story.told,
            url=story.url,
            story=story.id,
        )
    return Event(
        key=f"hit:{hit.seq}",
        subject=f"term:{hit.term}",
        kind=TERM,
        at=hit.told,
        severity=severity,
        headline=f"Watch term “{term.text}”" + (f": {story.title}" if story else ""),
        proof=proof,
        stories=(hit.story,),
        old=old,
    )


def _sentence(text: str, hit: Hit) -> str:
    """The sentence in which a term's first word stands."""
    at = hit.spans[0][0] if hit.spans and hit.spans[0][1] <= len(text) else 0
    begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)
    end = _SENTENCE_END.search(text, max(at, 1))
    return text[begin : end.start() + 1 if end else len(text)].strip()[:_WIDEST]
