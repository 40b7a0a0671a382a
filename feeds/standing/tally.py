"""What one place's evidence comes to, label by label, kept as pieces come and grow old.

A piece that comes touches the testimony for its own label; a change of hands also what is said of other holders. What
comes out is what the same pieces would come to at once, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Final

from feeds.evidence import HOLDS, Evidence
from feeds.standing.scores import (
    FORGET,
    HALF_LIFE,
    Label,
    Testimony,
    Witness,
    label_of,
    lasting,
    overtakes,
    testimony_of,
    witness_of,
)

_IN_ORDER: Final = attrgetter("order")


@dataclass(slots=True)
class _Word:
    """What one story says for one label."""

    pieces: list[Evidence] = field(default_factory=list)
    witness: Witness | None = None
    order: tuple[float, str] = (0.0, "")
    """Before whom it counts where one origin told more than once: the one that lasts longest, then by story."""


class Tally:
    """The pieces that count of one place, and the testimony that they are."""

    def __init__(self, pieces: Iterable[Evidence] = ()) -> None:
        self._testimony: dict[Label, Testimony] = {}
        self._words: dict[Label, dict[str, _Word]] = {}
        self._changes: list[Evidence] = []
        """Who is said to have taken the place, and when."""
        self._newest: dict[Label, datetime] = {}
        self._oldest: datetime | None = None
        self.add(pieces)

    @property
    def testimony(self) -> Mapping[Label, Testimony]:
        """What speaks for each label that anything speaks for."""
        return self._testimony

    @property
    def pieces(self) -> list[Evidence]:
        """All that count, those of one story in their order."""
        return [piece for words in self._words.values() for word in words.values() for piece in word.pieces]

    def disturbed(self, owner: str) -> datetime | None:
        """When somebody last told of anything but that the owner holds the place."""
        return max((told for label, told in self._newest.items() if label != (HOLDS, owner)), default=None)

    def is_too_old(self, now: datetime) -> bool:
        """Whether something is too old to count at a moment."""
        return self._oldest is not None and now - self._oldest > FORGET

    def at(self, now: datetime) -> Tally:
        """What it comes to at a moment, this one itself when nothing is too old then; it is left as it is."""
        if not self.is_too_old(now):
            return self
        other = Tally()
        other._words = {
            label: {story: replace(word) for story, word in words.items()}
            for label, words in self._words.items()
        }
        other._testimony, other._newest = dict(self._testimony), dict(self._newest)
        other._changes, other._oldest = self._changes, self._oldest
        other.forget(now)
        return other

    def add(self, pieces: Iterable[Evidence]) -> None:
        """Takes in pieces of one story or of many."""
        touched: dict[Label, set[str]] = {}
        changes: list[Evidence] = []
        for piece in pieces:
            label = label_of(piece)
            self._words.setdefault(label, {}).setdefault(piece.story, _Word()).pieces.append(piece)
            touched.setdefault(label, set()).add(piece.story)
            if piece.told is not None:
                self._newest[label] = max(self._newest.get(label, piece.told), piece.told)
                self._oldest = piece.told if self._oldest is None else min(self._oldest, piece.told)
                if piece.change and piece.label == HOLDS:
                    changes.append(piece)
        self._changes = [*self._changes, *changes]
        self._overtake(changes, touched)
        self._settle(touched)

    def forget(self, now: datetime) -> None:
        """Lets go of what is too old to count at a moment."""
        if not self.is_too_old(now):
            return
        touched: dict[Label, set[str]] = {}
        for label, words in self._words.items():
            for story, word in words.items():
                kept = [piece for piece in word.pieces if piece.told is None or now - piece.told <= FORGET]
                if len(kept) < len(word.pieces):
                    word.pieces = kept
                    touched.setdefault(label, set()).add(story)
        changes = [piece for piece in self._changes if piece.told is None or now - piece.told <= FORGET]
        if len(changes) < len(self._changes):  # what they had overtaken counts in full again
            self._changes = changes
            for label, words in self._words.items():
                again = [story for story, word in words.items() if word.witness and word.witness.overtaken]
                touched.setdefault(label, set()).update(again)
        self._newest = {label: told for label, told in self._newest.items() if now - told <= FORGET}
        self._settle(touched)
        self._oldest = min((piece.told for piece in self.pieces if piece.told is not None), default=None)

    def _overtake(self, changes: list[Evidence], touched: dict[Label, set[str]]) -> None:
        """Names the stories that a change of hands contradicts."""
        for label, words in self._words.items() if changes else ():
            if label[0] != HOLDS:
                continue
            for story, word in words.items():
                said = word.witness
                if said is None or said.overtaken:
                    continue
                if any(overtakes(change, said.evidence) for change in changes):
                    touched.setdefault(label, set()).add(story)

    def _settle(self, touched: Mapping[Label, set[str]]) -> None:
        """Hears the stories again that were touched, and weighs their labels."""
        for label, stories in touched.items():
            words = self._words[label]
            for story in stories:
                word = words[story]
                if not word.pieces:
                    del words[story]
                    continue
                word.witness = said = witness_of(word.pieces, self._changes)
                word.order = (-lasting(said, HALF_LIFE[label[0]]), story)
            if not words:
                del self._words[label]
                del self._testimony[label]
                continue
            in_order = sorted(words.values(), key=_IN_ORDER)
            self._testimony[label] = testimony_of(
                label,
                [word.witness for word in in_order if word.witness is not None],
                frozenset([piece.outlet for word in in_order for piece in word.pieces]),
            )
