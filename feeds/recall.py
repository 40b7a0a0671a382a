"""What was read in the stories of an archive, taken from its log: a restart reads no story a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from feeds.evidence import Count, Evidence, about_of
from feeds.story import About, Story


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the log has of one story and one theatre, in the shape of a fresh reading."""

    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


class Recall:
    """Evidence, counts and places by story."""

    def __init__(
        self,
        evidence: Iterable[Evidence] = (),
        counts: Iterable[Count] = (),
        places: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """``places`` are those that each story names; a story that is not among them has to be read again."""
        self._places = places or {}
        self._evidence: dict[tuple[str, str], list[Evidence]] = {}
        self._counts: dict[tuple[str, str], list[Count]] = {}
        for piece in evidence:
            self._evidence.setdefault((piece.story, piece.theatre), []).append(piece)
        for count in counts:
            self._counts.setdefault((count.story, count.theatre), []).append(count)

    def reads(self, story: Story, theatres: Iterable[str]) -> list[Recalled] | None:
        """A reading for each theatre; None when the log does not tell, and the story is to be read again.

        The log keeps what an edited story said before: where its words are no longer the story's, it does not tell.
        """
        if story.id not in self._places:
            return None
        reads: list[Recalled] = []
        text = ""
        places = self._places[story.id]
        for theatre in theatres:
            evidence = tuple(self._evidence.get((story.id, theatre), ()))
            counts = tuple(self._counts.get((story.id, theatre), ()))
            if evidence or counts:
                text = text or story.text
                if any(
                    text[at:end] != sentence for at, end, sentence in chain(_spans(evidence), _spans(counts))
                ):
                    return None
            # Whose places they are was not kept; together they are the same whoever names them.
            reads.append(Recalled(evidence, counts, about_of(() if reads else places, evidence, counts)))
        return reads


def _spans(said: Iterable[Evidence | Count]) -> Iterable[tuple[int, int, str]]:
    return ((one.start, one.end, one.sentence) for one in said)
