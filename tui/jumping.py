"""What one can jump to by a few letters of its name: capitals, feeds, saved views, watch terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feeds.theatres.model import Theatre
from tui.cells import line
from tui.settings import Settings

PLACE: Final = "place"
FEED: Final = "feed"
VIEW: Final = "view"
TERM: Final = "term"
MOST: Final = 8
"""Targets offered at once."""
_LIKE_ENOUGH: Final = 72.0
"""Likeness, of 100, from which a name is meant."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to jump to."""

    kind: str
    """``place``, ``feed``, ``view`` or ``term``."""
    key: str
    """A place's id, an outlet's name, a view's name, a term's text."""
    name: str
    words: str
    """What it is, in a few words."""
    spellings: tuple[str, ...] = ()
    """Other names that it is found by."""


def targets(theatre: Theatre, settings: Settings) -> Iterator[Target]:
    """Everything that one can jump to."""
    for view in settings.views:
        yield Target(VIEW, view.name, line(view.name), f"saved view on the {view.panel}: {line(view.filter)}")
    for place in theatre.capitals:
        words = f"capital of {place.region}" if place.region else "capital"
        yield Target(PLACE, place.id, place.name, words, place.aliases)
    outlets = {each.outlet: each for each in reversed(settings.subscriptions)}
    for outlet, feed in outlets.items():
        yield Target(FEED, outlet, line(outlet), f"feed, its stories: {line(feed.url)}")
    for term in settings.terms:
        yield Target(TERM, term.text, line(term.text), "watch term, the stories in which it was found")


def best(query: str, among: Iterable[Target]) -> Sequence[tuple[float, Target]]:
    """Those that the letters mean, with how sure that is (0 to 1), surest first. Slow the first time: it imports."""
    from rapidfuzz import fuzz, process, utils

    known = list(among)
    names = [(name, at) for at, each in enumerate(known) for name in (each.name, *each.spellings)]
    found = process.extract(
        query,
        [name for name, _ in names],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_LIKE_ENOUGH,
        limit=len(names),
    )
    sure: dict[int, float] = {}
    for _, score, index in found:
        at = names[index][1]
        sure[at] = max(score, sure.get(at, 0.0))
    ordered = sorted(sure.items(), key=lambda each: (-each[1], each[0]))
    return [(score / 100, known[at]) for at, score in ordered[:MOST]]
