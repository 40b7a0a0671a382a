"""What one fetch adds to the archive, written in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import Drop, FeedState, Fold, Story
from feeds.watched import Hit


@dataclass(slots=True)
class Batch:
    """Records of one fetch, in the order in which they were made."""

    stories: list[Story] = field(default_factory=list)
    folds: list[Fold] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    feeds: list[FeedState] = field(default_factory=list)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Places a story names, by its id; those of its evidence are entered without being repeated here."""
    hits: list[Hit] = field(default_factory=list)
    """Watch terms found in the stories."""
    actions: list[Action] = field(default_factory=list)
    """What the wire itself decided: stories withdrawn or corrected, taken back."""
    heeded: int = 0
    """Position in the journal of the newest action that it heeds; 0 where nobody else has to know."""
