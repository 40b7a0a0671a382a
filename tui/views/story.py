"""The story as a view: clean text, wrapped, with trigger words and places marked, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Final

from feeds.evidence import Action, Change, Evidence
from feeds.safetext import safe_url
from feeds.story import Fold, Story
from feeds.theatres.model import Theatre
from feeds.watched import Hit
from tui.cells import Run, block, cut_runs, line, wrap
from tui.views.ages import full
from tui.views.company import NOBODY, Others, at_story
from tui.views.evidence import Line, add_span, trigger_spans
from tui.views.versions import changed_words, word_difference

_DECISIONS: Final = {
    "flag": "flagged",
    "dismiss": "dismissed",
    "escalate": "escalated",
    "note": "note",
    "assign": "given to",
    "split": "split off its thread",
    "merge": "merged into",
}
"""Kinds of action that a story shows, and how each is told."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story with what was read in it and who else told it."""

    story: Story
    evidence: tuple[Evidence, ...] = ()
    thread: tuple[tuple[Story, Fold], ...] = ()
    actions: tuple[Action, ...] = ()
    """What operators decided about it and have not undone, oldest first."""
    hits: tuple[Hit, ...] = ()
    """Where watch terms were found in it."""
    versions: tuple[Story, ...] = ()
    """Every text that it has had, oldest first; none where it never changed."""
    moved: tuple[Change, ...] = ()
    """Steps of standings that rest on it, oldest first."""


@dataclass
class StoryView:
    """Lines of a story at a width."""

    theatre: Theatre
    page: StoryPage | None = None
    coming: str = ""
    """Id of the story that was asked for and is being read; keys typed meanwhile are for it."""
    others: Others = NOBODY
    """Who else is where the operator is."""
    version: int = 0
    _lines: list[Line] = field(default_factory=list)
    _made_for: tuple[int, int, int] | None = None

    @property
    def at(self) -> str:
        """The place of whoever has this story open; empty for none."""
        page = self.page  # once: another thread asks
        return at_story(page.story.id) if page is not None else ""

    @property
    def id(self) -> str:
        """Id of the story that is shown, or will be in a moment; empty for none."""
        page = self.page
        return self.coming or (page.story.id if page is not None else "")

    def show(self, page: StoryPage | None) -> None:
        """Show another story."""
        self.page = page
        if page is None or page.story.id == self.coming:
            self.coming = ""
        self.version += 1

    def lines(self, cells: int, now: datetime) -> Sequence[Line]:
        """The story wrapped at a width."""
        wanted = (self.version, cells, now.toordinal())
        if wanted != self._made_for:
            self._lines = list(self._make(self.page, max(cells, 20), now)) if self.page else []
            self._made_for = wanted
        return self._lines

    def find(self, words: str, start: int, step: int) -> int | None:
        """The next line (1) or the one before (-1), as last wrapped, that holds the words; None when none does."""
        count = len(self._lines)
        for distance in range(1, count + 1):
            at = (start + step * distance) % count
            if words.casefold() in "".join(text for text, _ in self._lines[at].runs).casefold():
                return at
        return None

    @cached_property
    def _places(self) -> re.Pattern[str]:
        return place_names(self.theatre)

    def _make(self, page: StoryPage, cells: int, now: datetime) -> Iterator[Line]:
        story = page.story
        for runs in (self._source(story, now), self._fate(page)):
            yield from _wrapped(runs, cells)
        for change in page.moved:
            yield from _wrapped((self._step(change, now), change.after), cells)
        for decided in self._decisions(page, now):
            yield from _wrapped((decided, "mark"), cells)
        yield Line(())
        title = line(story.title)
        text = "\n\n".join([title, *(part for part in (block(story.text)[len(title) :].strip(),) if part)])
        spans = self._spans(text, page)
        for start, end in wrap(text, cells):
            yield Line(tuple(cut_runs(text, start, end, spans, "strong" if end <= len(title) else "")))
        if url := safe_url(story.url):
            yield Line(())
            yield from _wrapped((url, "muted"), cells)
        yield from self._versions(page, cells, now)
        yield from self._others(page, cells, now)

    def _source(self, story: Story, now: datetime) -> Run:
        wire = f", by {line(story.wire)}" if story.wire else ""
        flag = f"  {line(story.flag)}" if story.flag else ""
        odd = f"  ({', '.join(story.marks)})" if story.marks else ""
        outlet = line(story.outlet) or "unknown outlet"
        return f"{story.reliability} {outlet}{wire}  {full(story.told, now)}{flag}{odd}", "strong"

    def _fate(self, page: StoryPage) -> Run:
        """What became of the story, in one sentence."""
        read = len(page.evidence)
        told = len(page.thread)
        outlets = len({story.outlet for story, _ in page.thread})
        origins = len({fold.origin for _, fold in page.thread})
        said = f"{read} claim{'s' * (read != 1)} read" if read else "no claim read"
        others = f"; told {told} times by {outlets} outlets, {origins} origins" if told > 1 else ""
        return said + others, "muted"

    def _step(self, change: Change, now: datetime) -> str:
        """A step that rests on the story: what became of it."""
        place = self.theatre.by_id.get(change.place)
        name = place.name if place else change.place
        return f"it moved {name} from {change.before} to {change.after}, {full(change.at, now)}"

    def _versions(self, page: StoryPage, cells: int, now: datetime) -> Iterator[Line]:
        """What each later text says otherwise than the one before it, the newest first."""
        if len(page.versions) < 2:
            return
        yield Line(())
        yield Line(((f"versions, {len(page.versions)}", "heading"),))
        for before, after in reversed(list(pairwise(page.versions))):
            flag = f"  {line(after.flag)}" if after.flag else ""
            yield from _wrapped((f"{full(after.received, now)}{flag}", "strong"), cells)
            runs = word_difference(before.text, after.text) or [("the same words", "muted")]
            text, spans = "", []
            for piece, style in runs:
                spans.append((len(text), len(text) + len(piece), style))
                text += piece
            for start, end in wrap(text.rstrip(), cells - 2):
                yield Line((("  ", ""), *cut_runs(text, start, end, spans)))

    def _decisions(self, page: StoryPage, now: datetime) -> Iterator[str]:
        """A line for each decision but for the reading: the last of each kind, and every note."""
        last = {each.kind: each for each in page.actions}
        titles = {each.id: line(each.title) for each, _ in page.thread}
        for action in page.actions:
            kind = action.kind
            if (
                kind not in _DECISIONS
                or action.value == "off"
                or (kind != "note" and last[kind] is not action)
            ):
                continue
            said = {
                "note": f": {line(action.value)}",
                "assign": f": {line(action.value)} has it",
                "merge": f" “{titles.get(action.value, 'another event')}”",
            }
            yield f"{_DECISIONS[kind]} by {line(action.who)} {full(action.at, now)}{said.get(kind, '')}"

    def _spans(self, text: str, page: StoryPage) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        for begin, end in (span for hit in page.hits for span in hit.spans):
            if 0 <= begin < end and text[begin:end] == page.story.text[begin:end]:
                add_span(spans, (begin, end, "mark"))
        for each in page.evidence:
            at = max(text.find(block(each.sentence)), 0)
            end = at + len(each.sentence)
            for span in trigger_spans(text[:end], each.triggers, at):
                add_span(spans, span)
        for found in self._places.finditer(text):
            add_span(spans, (found.start(), found.end(), "place"))
        return spans

    def _others(self, page: StoryPage, cells: int, now: datetime) -> Iterator[Line]:
        others = [(story, fold) for story, fold in page.thread if story.id != page.story.id]
        if not others:
            return
        yield Line(())
        yield Line((("also told by", "heading"),))
        for story, fold in others:
            kind = _copy_word(page.story, story) if fold.copy_of else "own telling"
            words = f"{full(story.told, now)}  {story.reliability} {line(story.outlet)}  {kind}  {line(story.title)}"
            yield from _wrapped((words, ""), cells)


def _copy_word(lead: Story, copy: Story) -> str:
    """How far a copy is one."""
    words = changed_words(lead.text, copy.text)
    return f"copy, {words} words otherwise" if words else "copy, word for word"


def place_names(theatre: Theatre) -> re.Pattern[str]:
    """Every name of every place of a theatre, longest first, as whole words."""
    names = {name for place in theatre.places for name in (place.name, *place.aliases)}
    ordered = sorted(names, key=lambda name: (-len(name), name)) or ["\0"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


def _wrapped(run: Run, cells: int) -> Iterator[Line]:
    text, style = run
    for start, end in wrap(text, cells):
        yield Line(((text[start:end], style),))
