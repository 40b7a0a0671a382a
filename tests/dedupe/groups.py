"""The labelled headlines, as stories with what the tracker would say of them, and how a partition is scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from feeds.dedupe import Folder
from feeds.story import About, Fold, Story

NOON = datetime(2021, 8, 8, 12, tzinfo=UTC)
HEADLINES = Path(__file__).with_name("headlines.txt")


@dataclass(frozen=True, slots=True)
class Telling:
    """One story, what it is about, and the event it belongs to."""

    story: Story
    about: About
    event: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well pairs of stories were put together."""

    precision: float
    recall: float
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def story(
    title: str,
    lead: str = "",
    *,
    n: int = 0,
    at: datetime = NOON,
    outlet: str = "",
    wire: str = "",
    url: str = "",
) -> Story:
    """A story told at ``at`` by ``outlet``, with an id made from its number."""
    outlet = outlet or f"Outlet {n}"
    return Story(f"{n:016x}", title, lead, url=url, outlet=outlet, wire=wire, published=at, received=at)


def folded(folder: Folder, told: Iterable[tuple[Story, About]]) -> list[Fold]:
    """Where each of the stories is when all of them have come."""
    found: dict[str, Fold] = {}
    order: list[str] = []
    for one, about in told:
        order.append(one.id)
        found[one.id] = folder.fold(one, about)
        found.update((fold.story, fold) for fold in folder.moved())
    return [found[id_] for id_ in order]


def _about(line: str) -> About:
    words = line.split()
    numbers = tuple(int(word[2:]) for word in words if word.startswith("n="))
    plain = [word for word in words if not word.startswith("n=") and word != "denied"]
    places = tuple(plain[0].split(",")) if plain[0] != "-" else ()
    if len(plain) < 3:
        return About(places, (), numbers)
    return About(places, tuple((place, plain[1], plain[2], "denied" in words) for place in places), numbers)


def read_groups() -> list[Telling]:
    """Every labelled headline; tellings of one event are an hour or so apart, and the events interleave."""
    found: list[Telling] = []
    event, about, of_event, days = "", About(), 0, 0
    for line in HEADLINES.read_text("utf-8").splitlines():
        if line.startswith("## "):
            name, _, later = line[3:].partition(" +")
            event, about, of_event, days = name, About(), 0, int(later or 0)
        elif line.startswith("@ "):
            about = _about(line[2:])
        elif line and not line.startswith("# "):
            title, _, lead = line.partition(" || ")
            at = NOON + timedelta(days=days, minutes=95 * of_event + len(found) % 7)
            found.append(Telling(story(title, lead, n=len(found) + 1, at=at), about, event))
            of_event += 1
    return found


def score(stories: Sequence[str], truth: dict[str, str], put: dict[str, str]) -> Score:
    """Precision and recall over all pairs; ``truth`` and ``put`` give each story's group."""
    together: dict[str, list[str]] = defaultdict(list)
    for one in stories:
        together[put[one]].append(one)
    found = {pair for group in together.values() for pair in combinations(sorted(group), 2)}
    events: dict[str, list[str]] = defaultdict(list)
    for one in stories:
        events[truth[one]].append(one)
    right = {pair for group in events.values() for pair in combinations(sorted(group), 2)}
    both = found & right
    return Score(
        len(both) / len(found) if found else 1.0,
        len(both) / len(right) if right else 1.0,
        tuple(sorted(found - right)),
        tuple(sorted(right - found)),
    )
