"""Precision and recall of the tracker on labelled texts: what it says of each place against what analysts wrote down."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from feeds.story import Story
from feeds.theatres import load_theatre
from feeds.tracker import Reader

LABELLED: Final = Path(__file__).parent / "labelled"
_PASTED: Final = datetime(2026, 11, 23, tzinfo=UTC)
"""When a text without a date is read."""
_TOLD: Final = {
    "afghanistan-2021": datetime(2021, 8, 12, 12, tzinfo=UTC),
    "ukraine": datetime(2024, 2, 20, tzinfo=UTC),
}


@dataclass(frozen=True)
class Labelled:
    """One text and what it says."""

    theatre: str
    title: str
    body: str
    told: datetime
    gold: dict[str, set[str]]
    dated: bool = True
    """False: handed in without a date, as people paste a text."""


@dataclass
class Score:
    """Counts of labels found rightly, found wrongly and missed, by kind: ``holds``, ``fighting``, ``threat``."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self, kind: str = "") -> float:
        """Share of what was found that is right; of one kind or of all."""
        right, wrong = _of(self.right, kind), _of(self.wrong, kind)
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, kind: str = "") -> float:
        """Share of what is said that was found."""
        right, missed = _of(self.right, kind), _of(self.missed, kind)
        return right / (right + missed) if right + missed else 1.0


def _of(counts: Counter[str], kind: str) -> int:
    return counts[kind] if kind else sum(counts.values())


def texts(name: str, *, odd: bool | None = None) -> Iterator[Labelled]:
    """The texts of one file; only its odd or even lines when asked."""
    for number, line in enumerate((LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines()):
        if odd is not None and number % 2 != odd:
            continue
        row = json.loads(line)
        theatre = row.get("theatre", "afghanistan-2021")
        told = _TOLD.get(theatre, datetime(2024, 6, 1, tzinfo=UTC))
        if "date" in row:
            told = datetime.fromisoformat(row["date"]).replace(hour=20, tzinfo=UTC)
        title = row.get("title", row["text"])
        body = row["text"] if "title" in row else ""
        yield Labelled(
            theatre, title, body, told, {place: set(labels) for place, labels in row["gold"].items()}
        )


@cache
def reader(theatre: str) -> Reader:
    """The reader of a theatre, made once."""
    return Reader(load_theatre(theatre))


def said(text: Labelled) -> dict[str, set[str]]:
    """What the tracker says of each place of a text."""
    published, received = (text.told, text.told) if text.dated else (None, _PASTED)
    story = Story(id="labelled", title=text.title, body=text.body, published=published, received=received)
    found: dict[str, set[str]] = defaultdict(set)
    for piece in reader(text.theatre).read(story).evidence:
        found[piece.place].add(piece.side if piece.label == "holds" else piece.label)
    return found


def score(labelled: Iterable[Labelled]) -> Score:
    """The score over texts, with a line for each that went wrong."""
    total = Score()
    for text in labelled:
        found = said(text)
        wrong = []
        for place in sorted(found.keys() | text.gold.keys()):
            got, gold = found.get(place, set()), text.gold.get(place, set())
            for label in sorted(got | gold):
                kind = label if label in {"fighting", "threat"} else "holds"
                if label in got and label in gold:
                    total.right[kind] += 1
                elif label in got:
                    total.wrong[kind] += 1
                    wrong.append(f"+{place}:{label}")
                else:
                    total.missed[kind] += 1
                    wrong.append(f"-{place}:{label}")
        if wrong:
            total.errors.append(f"{' '.join(wrong)} | {text.title[:160]}")
    return total
