"""The evidence as a view: every sentence for and against, by side, and under it the standing's changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feeds.evidence import FIGHTING, HOLDS, THREAT, Action, Change, Evidence, Standing
from feeds.theatres.model import Theatre
from tui.cells import Run, cut_runs, line, wrap
from tui.views.ages import age, full
from tui.views.company import NOBODY, Others, at_capital

INDENT = "  "


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """What is known of one capital, or what one story says."""

    title: str
    """Name of the capital, or the story's headline."""
    standing: Standing | None = None
    """None on a story's page."""
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
    """Newest first."""
    override: Action | None = None
    """The operator's override in force."""
    muted: frozenset[str] = frozenset()
    """Rules and log positions that operators let count no longer."""
    earlier: int = 0
    """Sentences told before these, which are left out."""

    @property
    def against(self) -> int:
        """Sentences told since the override that give the place to another side."""
        if self.override is None:
            return 0
        holder = self.override.value.partition(" ")[2]
        at = self.override.at
        return sum(
            each.label == HOLDS and each.side != holder and each.told is not None and each.told > at
            for each in self.evidence
        )

    def is_muted(self, each: Evidence) -> bool:
        """Whether a sentence counts no longer."""
        return str(each.seq) in self.muted or each.rule in self.muted


@dataclass(frozen=True, slots=True)
class Line:
    """One painted line."""

    runs: tuple[Run, ...]
    item: int = -1
    """Position of the evidence that the line belongs to; -1 for headings and history."""


@dataclass(slots=True)
class EvidenceView:
    """Lines of a page at a width, and the sentence that is selected."""

    theatre: Theatre
    page: EvidencePage = field(default_factory=lambda: EvidencePage(""))
    others: Others = NOBODY
    """Who else is where the operator is."""
    selected_item: int = 0
    version: int = 0
    _items: list[Evidence] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    _made_for: tuple[int, int, int] | None = None
    _again: bool = False

    @property
    def at(self) -> str:
        """The place of whoever has this capital open; empty on a story's page."""
        standing = self.page.standing
        return at_capital(standing.theatre, standing.place) if standing is not None else ""

    def show(self, page: EvidencePage, *, followed: bool = False) -> None:
        """Show another page, or the same one read again: then the selected sentence stays selected.

        While nobody is in it, it is ``followed``: at its top it stays there.
        """
        same = page.title == self.page.title and self.selected is not None
        same = same and not self._again and not (followed and self.selected_item == 0)
        self._again = False
        chosen = self.selected.seq if same and self.selected else None
        self.page = page
        self._items = [each for _, group in self.groups() for each in group]
        self.version += 1
        positions = {each.seq: index for index, each in enumerate(self.items)}
        self.selected_item = positions.get(chosen, 0) if chosen is not None else 0

    def begin_again(self) -> None:
        """Somebody opens the page: it begins at its top, whatever was selected when it was left."""
        self.selected_item, self._again = 0, True

    @property
    def items(self) -> Sequence[Evidence]:
        """The evidence in the order shown: strongest label first, newest first in it."""
        return self._items

    @property
    def selected(self) -> Evidence | None:
        """The selected sentence; None on an empty page."""
        items = self.items
        return items[self.selected_item] if self.selected_item < len(items) else None

    def groups(self) -> Iterator[tuple[str, list[Evidence]]]:
        """Each label (``holds:<side>``, ``fighting``, ``threat``) with its sentences; on a story's page, each place."""
        found: dict[str, list[Evidence]] = {}
        for each in self.page.evidence:
            found.setdefault(self._label(each), []).append(each)
        scores = dict(self.page.standing.scores) if self.page.standing else {}
        labels = sorted(found, key=lambda label: (-scores.get(label, 0.0), label))
        for label in labels:
            yield label, sorted(found[label], key=lambda each: (_when(each), each.seq), reverse=True)

    def lines(self, cells: int, now: datetime) -> Sequence[Line]:
        """The page wrapped at a width; ages are relative to ``now``."""
        wanted = (self.version, cells, int(now.timestamp() // 60))
        if wanted != self._made_for:
            self._lines = list(self._make(max(cells, 20), now))
            self._made_for = wanted
            self._spans = {}
            for at, each in enumerate(self._lines):
                first, _ = self._spans.get(each.item, (at, at))
                self._spans[each.item] = first, at + 1
        return self._lines

    def span_of(self, item: int) -> tuple[int, int]:
        """First line of a sentence and the line after its last one, as last wrapped."""
        return self._spans.get(item, (0, 1))

    def move(self, by: int) -> bool:
        """Select the next sentence (1) or the one before (-1); False at the ends."""
        wanted = max(0, min(self.selected_item + by, len(self.items) - 1))
        moved = wanted != self.selected_item
        self.selected_item = wanted
        return moved

    def find(self, words: str, step: int, *, here: bool = False) -> bool:
        """Select the next sentence (1) or the one before (-1) that holds the words, around the end."""
        items = self.items
        for distance in range(0 if here else 1, len(items) + (not here)):
            index = (self.selected_item + step * distance) % len(items)
            if words.casefold() in f"{items[index].outlet} {items[index].sentence}".casefold():
                self.selected_item = index
                return True
        return False

    def _label(self, each: Evidence) -> str:
        if self.page.standing is None:
            return f"place:{each.place}"
        return f"{HOLDS}:{each.side}" if each.label == HOLDS else each.label

    def heading(self, label: str) -> str:
        """A label in words."""
        if label.startswith("place:"):
            place = self.theatre.by_id.get(label.removeprefix("place:"))
            return place.name if place else label.removeprefix("place:")
        if label.startswith(f"{HOLDS}:"):
            return f"{self.theatre.side_name(label.removeprefix(f'{HOLDS}:'))} holds it"
        return {FIGHTING: "fighting", THREAT: "threatened"}.get(label, label)

    def _make(self, cells: int, now: datetime) -> Iterator[Line]:
        if not self.page.title:
            return
        if not self.page.evidence:
            said = "No sentence about it yet." if self.page.standing else "No claim was read in this story."
            yield Line(((said, "muted"),))
        yield from self._override(cells, now)
        scores = dict(self.page.standing.scores) if self.page.standing else {}
        item = 0
        for label, group in self.groups():
            score = f"  {scores[label]:.2f}" if label in scores else ""
            yield Line(((self.heading(label), "heading"), (f"{score}  {sentences(len(group))}", "muted")))
            for each in group:
                yield from self._sentence(each, item, cells, now)
                item += 1
        if self.page.earlier:
            said = f"{sentences(self.page.earlier)} told earlier: go back in time (t) to read them"
            yield from (Line(((said[start:end], "muted"),)) for start, end in wrap(said, cells))
        yield from self._history(cells, now)

    def _override(self, cells: int, now: datetime) -> Iterator[Line]:
        """What was set by hand, by whom, why, until when, and how much speaks against it since."""
        action = self.page.override
        if action is None:
            return
        state, _, holder = action.value.partition(" ")
        until = f"until {full(action.until, now)}" if action.until else "until lifted"
        said = (
            f"set by hand: {state} {self.theatre.side_name(holder)}, {line(action.who)} {full(action.at, now)}, "
            f"{until}: {line(action.reason)}; {sentences(self.page.against)} against it since"
        )
        for start, end in wrap(said, cells):
            yield Line(((said[start:end], "mark"),))

    def _sentence(self, each: Evidence, item: int, cells: int, now: datetime) -> Iterator[Line]:
        counts = self.page.standing is not None and each.seq in self.page.standing.evidence
        how = "" if each.modality == "asserted" else f" {each.modality}"
        says = self.heading(f"{HOLDS}:{each.side}" if each.label == HOLDS else each.label)
        label = f"  {says}" if self.page.standing is None else ""
        yield Line(
            (
                ("▸ " if counts else INDENT, "mark"),
                (f"{each.reliability} {line(each.outlet)}", "strong"),
                (f" {age(each.told, now)}", "muted"),
                ("  muted" if self.page.is_muted(each) else "", "mark"),
                (label, "strong"),
                (
                    f"  {line(each.voice).replace('-', ' ')}{how} {each.weight:.2f}",
                    "strong" if counts else "",
                ),
                ("  change of hands" if each.change else "", "muted"),
            ),
            item,
        )
        text = line(each.sentence)
        spans = trigger_spans(text, each.triggers)
        for start, end in wrap(text, cells - 2):
            yield Line(((INDENT, ""), *cut_runs(text, start, end, spans)), item)
        parts = [f"rule {line(each.rule)}"]
        if each.triggers:
            parts.append("on " + ", ".join(f"“{line(word)}”" for word in each.triggers))
        if each.agent:
            parts.append(f"by {self.theatre.side_name(each.agent)}")
        if each.speaker:
            parts.append(f"says {line(each.speaker)}")
        why = "; ".join(parts)
        for start, end in wrap(why, cells - 2):
            yield Line(((INDENT, ""), (why[start:end], "muted")), item)

    def _history(self, cells: int, now: datetime) -> Iterator[Line]:
        if not self.page.changes:
            return
        yield Line((("history", "heading"),))
        for change in self.page.changes:
            step = f"{change.before} → {change.after}"
            whose = self.theatre.side_name(change.holder_after)
            text = f"{full(change.at, now)}  {step}  {whose}  rule {change.rule}  on {sentences(len(change.evidence))}"
            for start, end in wrap(text, cells - 2):
                yield Line(((INDENT, ""), (text[start:end], "muted")))


def sentences(count: int) -> str:
    """``1 sentence``, ``3 sentences``."""
    return f"{count} sentence{'s' * (count != 1)}"


def _when(each: Evidence) -> float:
    return each.told.timestamp() if each.told else 0.0


def trigger_spans(
    text: str, triggers: Sequence[str], start: int = 0, style: str = "trigger"
) -> list[tuple[int, int, str]]:
    """Where the trigger words stand in a text, in order, without overlap."""
    spans: list[tuple[int, int, str]] = []
    for word in triggers:
        at = text.find(line(word), start) if word else -1
        if at >= 0:
            add_span(spans, (at, at + len(line(word)), style))
    return spans


def add_span(spans: list[tuple[int, int, str]], span: tuple[int, int, str]) -> None:
    """Put a span in its place; one that overlaps another is left out."""
    index = bisect_left(spans, span)
    before = spans[index - 1] if index else (0, 0, "")
    after = spans[index] if index < len(spans) else (span[1], 0, "")
    if before[1] <= span[0] and span[1] <= after[0]:
        spans.insert(bisect_right(spans, span), span)
