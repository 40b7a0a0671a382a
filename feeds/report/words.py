"""Evidence as a report quotes it: who says what, when, and where it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, THREAT, Count, Evidence, Standing
from feeds.report.records import Word
from feeds.report.source import Source
from feeds.report.wording import Backing
from feeds.safetext import one_line, safe_url
from feeds.standing.scores import teller
from feeds.story import EPOCH, Story
from feeds.theatres.model import Theatre

LONGEST: Final = 280
"""Characters of a sentence that are quoted; a report quotes, it does not reprint."""
REPORTS: Final = 2
"""Reports quoted of one city."""
_SELF_SERVING: Final = "self-serving"
_WEAK: Final = ("D", "E")
"""Letters of outlets whose word alone is a claim: not usually reliable, unreliable."""
_LABELS: Final = {"contested": FIGHTING, "threatened": THREAT}
"""What speaks for a state; who holds it, for all others."""
_HEADING: Final = "heading"
"""The rule that reads lists; its lines are quoted only where nothing better is said."""


class Quotes:
    """Words out of evidence, each story read once."""

    def __init__(self, source: Source, theatre: Theatre) -> None:
        self._source, self._theatre = source, theatre
        self._stories: dict[str, Story | None] = {}

    def story(self, id_: str) -> Story | None:
        """A story of the archive."""
        if id_ not in self._stories:
            self._stories[id_] = self._source.story(id_)
        return self._stories[id_]

    def word(self, piece: Evidence) -> Word:
        """A piece of evidence, attributed."""
        story = self.story(piece.story)
        return Word(
            sentence=shortened(piece.sentence),
            outlet=one_line(piece.outlet) or "an unnamed outlet",
            letter=piece.reliability,
            speaker=_speaker(piece),
            side=self._theatre.side_name(piece.side),
            kind=kind_of(piece),
            told=piece.told,
            title=one_line(story.title) if story else "",
            url=safe_url(story.url) if story else "",
            story=piece.story,
        )

    def count(self, count: Count) -> Word:
        """The sentence behind a count, attributed."""
        story = self.story(count.story)
        return Word(
            sentence=shortened(count.sentence),
            outlet=one_line(count.outlet) or "an unnamed outlet",
            letter=story.reliability if story else "F",
            speaker="",
            side=self._theatre.side_name(count.side),
            kind="report",
            told=count.told,
            title=one_line(story.title) if story else "",
            url=safe_url(story.url) if story else "",
            story=count.story,
        )

    def chosen(self, pieces: Iterable[Evidence]) -> tuple[list[Word], list[Word], list[Word]]:
        """Reports, claims and denials to quote, of different outlets: the strongest reports, lines of lists last; the newest claims."""
        found: dict[str, list[Evidence]] = {"report": [], "claim": [], "denial": []}
        for piece in pieces:
            found[kind_of(piece)].append(piece)
        found["report"].sort(key=lambda piece: (piece.rule == _HEADING, self._names_others(piece)))
        found["claim"].sort(key=lambda piece: piece.told or EPOCH, reverse=True)
        reports = _of_outlets(_sides_first(found["report"]), REPORTS)
        claims = _of_outlets(found["claim"], 1 if reports else REPORTS)
        denials = _of_outlets(found["denial"], 1)
        return (
            [self.word(piece) for piece in reports],
            [self.word(piece) for piece in claims],
            [self.word(piece) for piece in denials],
        )

    def _names_others(self, piece: Evidence) -> bool:
        """Whether its sentence tells of other capitals too: what is about the city alone is quoted first."""
        return any(
            place.name in piece.sentence for place in self._theatre.capitals if place.id != piece.place
        )


def kind_of(piece: Evidence) -> str:
    """``report``; ``claim`` where the side that gains or a weak outlet says so; ``denial`` where it is denied."""
    if piece.modality == "negated":
        return "denial"
    return "claim" if piece.voice == _SELF_SERVING or piece.reliability in _WEAK else "report"


def backing_of(theatre: Theatre, standing: Standing, pieces: Sequence[Evidence]) -> Backing:
    """Who stands behind a standing: whose word it is, how many tellers do not gain by it, which other side is named."""
    label = _LABELS.get(standing.state, HOLDS)
    said = [piece for piece in pieces if piece.label == label and kind_of(piece) != "denial"]
    side, other = sides_of(standing) if label == HOLDS else (standing.holder, "")
    behind = [piece for piece in said if label != HOLDS or piece.side == side]
    reports = [piece for piece in behind if kind_of(piece) == "report"]
    first = next(iter(reports or behind), None)
    own = first is not None and first.voice == _SELF_SERVING
    return Backing(
        who="" if first is None else theatre.side_name(first.side) if own else one_line(first.outlet),
        own=own,
        other=theatre.side_name(other),
        reports=len({teller(piece) for piece in reports}),
        side=side,
        faded=bool(pieces) and not standing.evidence and not standing.override,
    )


def sides_of(standing: Standing) -> tuple[str, str]:
    """The side that holds a place, or is said to with most weight, and the one that is said to hold it next to it."""
    scores = [
        (score, name.removeprefix("holds:")) for name, score in standing.scores if name.startswith("holds:")
    ]
    said = [side for score, side in sorted(scores, key=lambda each: -each[0]) if score > 0]
    holder = standing.holder or next(iter(said), "")
    return holder, next((side for side in said if side != holder), "")


def shortened(sentence: str) -> str:
    """A sentence on one line, cut at a word with an ellipsis where it is very long."""
    clean = one_line(sentence)
    if len(clean) <= LONGEST:
        return clean
    return clean[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"


def _speaker(piece: Evidence) -> str:
    """Whom the outlet quotes; nobody where it quotes itself, or where a dateline was taken for a speaker."""
    speaker = one_line(piece.speaker)
    if not speaker or speaker.isupper() or speaker.casefold() in piece.outlet.casefold():
        return ""
    return speaker


def _sides_first(pieces: Sequence[Evidence]) -> list[Evidence]:
    """The first piece of each side, then the others: where word stands against word, both are quoted."""
    first: dict[str, Evidence] = {}
    for piece in pieces:
        if piece.label == HOLDS:
            first.setdefault(piece.side, piece)
    chosen = list(first.values())
    return chosen + [piece for piece in pieces if piece not in chosen] if len(chosen) > 1 else list(pieces)


def _of_outlets(pieces: Sequence[Evidence], most: int) -> list[Evidence]:
    """The first piece of each outlet, so many at most."""
    first: dict[str, Evidence] = {}
    for piece in pieces:
        first.setdefault(piece.outlet, piece)
    return list(first.values())[:most]
