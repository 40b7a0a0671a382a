"""The line at the top, how things are; and the line at the bottom, the keys that matter here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from tui.cells import Run, line, width
from tui.commands import COMMANDS, SETUP
from tui.display import content
from tui.keymap import USUAL, Keymap, key_name
from tui.views.ages import clock_face
from tui.views.status import Facts, FeedsHealth

Part = tuple[int, Sequence[str], str]
"""(rank, wordings from long to short, style): a part of the line; the highest rank is shortened first."""


class BarLine(Widget, can_focus=False):
    """One line of parts, painted only when its words change."""

    DEFAULT_CSS = "BarLine { height: 1; }"

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._runs: tuple[Run, ...] = ()
        self._told: tuple[Run, ...] = ()
        """Words that stand before the parts for a while."""
        self._telling: Timer | None = None

    def tell(self, words: str, seconds: float) -> bool:
        """Show words in place of the parts for so long; False when they are too long for the line."""
        words = line(words)
        if width(words) + 2 > (self.size.width or self.app.size.width):
            return False
        if self._telling is not None:
            self._telling.stop()
        self._telling = self.set_timer(seconds, self._fall_silent)
        self._told = ((" ", ""), (words, "bold $w-mark"))
        self.refresh()
        return True

    def _fall_silent(self) -> None:
        self._told = ()
        self.refresh()

    def show(self, parts: Sequence[Part]) -> None:
        """Show these parts, each as long as the line allows."""
        runs = tuple(fit_parts(parts, self.size.width or self.app.size.width))
        if runs != self._runs:
            self._runs = runs
            if not self._told:
                self.refresh()

    def render(self) -> Content:
        return content(self._told or self._runs)


def fit_parts(parts: Sequence[Part], cells: int) -> list[Run]:
    """The parts in one line: worded shorter, then left out, the highest rank first, until they fit."""
    chosen = [0] * len(parts)
    by_rank = sorted(range(len(parts)), key=lambda index: -parts[index][0])
    steps = [index for index in by_rank for _ in parts[index][1][1:]]
    for index in (*steps, *by_rank):
        if _taken(parts, chosen) <= cells:
            break
        chosen[index] += 1
    for index in reversed(by_rank):  # cells are left over by the last cut: the lowest rank takes them
        for wording in range(chosen[index]):
            trial = [wording if at == index else each for at, each in enumerate(chosen)]
            if _taken(parts, trial) <= cells:
                chosen = trial
                break
    runs: list[Run] = [(" ", "")]
    for text, style in _worded(parts, chosen):
        runs += [(text, style), ("  ", "")]
    return runs[:-1]


def _worded(parts: Sequence[Part], chosen: Sequence[int]) -> list[Run]:
    worded = [(each[1][at], each[2]) for each, at in zip(parts, chosen, strict=True) if at < len(each[1])]
    return [(text, style) for text, style in worded if text]


def _taken(parts: Sequence[Part], chosen: Sequence[int]) -> int:
    return sum(width(text) + 2 for text, _ in _worded(parts, chosen)) - 1


def status_parts(facts: Facts, theatre: str, now: datetime, waiting: int, *, as_of: bool) -> list[Part]:
    """How things are: the theatre, the time, the collector, the feeds, what is new."""
    face = clock_face(now)
    said = "as of " if as_of else ""
    day, time = f"{now:%a} {now.day} {now:%b} {now:%H:%M}Z", f"{now:%H:%M}Z"
    parts: list[Part] = [
        (9, ("warwatch", ""), "bold"),
        (5, (theatre,), "bold"),
        (3, [f"{said}{each}" for each in (face, day, time)], "$w-mark" if as_of else ""),
        (2, *_collector_part(facts, now)),
        (4, *_feeds_part(facts.feeds)),
    ]
    if waiting:
        parts.append((1, (f"{waiting:,} new",), "bold $w-mark"))
    if facts.alerts:
        said = f"{facts.alerts} alert{'s' * (facts.alerts != 1)}"
        parts.append((1, (f"{said} (a)", said), "bold $w-captured"))
    if facts.since is not None:
        day_of = "" if facts.since.date() == now.date() else f"{facts.since.day} {facts.since:%b} "
        count = f"{facts.changes} change{'s' * (facts.changes != 1)}"
        parts.append((6, (f"{count} since {day_of}{facts.since:%H:%M}", count, ""), ""))
    return parts


def _collector_part(facts: Facts, now: datetime) -> tuple[Sequence[str], str]:
    word, ran = facts.collector, facts.last_ran
    if word == "ok":
        return ("collector ok",), "$w-held"
    if word == "none":
        when = ran and f"{'' if ran.date() == now.date() else f'{ran.day} {ran:%b} '}{ran:%H:%M}"
        said = (f"no collector since {when}", "no collector") if when else ("no collector",)
        return said, "bold $w-captured"
    return (f"collector {word}",), "bold $w-captured" if word.startswith("dead") else "$w-mark"


def _feeds_part(feeds: FeedsHealth) -> tuple[Sequence[str], str]:
    short = f"feeds {feeds.answered}/{feeds.total}"
    if not feeds.total:
        return ("no feeds asked yet", "no feeds"), ""
    alarms = "".join(f", {count} {word}" for word, count in feeds.alarms)
    said = f"feeds {feeds.answered} of {feeds.total}{alarms}"
    if not feeds.failing:
        return (said, short), "$w-mark" if alarms else ""
    host = feeds.failing[0][0].partition("//")[2].partition("/")[0]
    more = f" +{len(feeds.failing) - 1}" if len(feeds.failing) > 1 else ""
    return (f"{said}, failing: {line(host)}{more}", said, short), "$w-mark"


def key_parts(waiting: int, keymap: Keymap = USUAL) -> list[Part]:
    """The commands that have a word for the bottom line, with their keys."""
    parts: list[Part] = []
    for rank, command in enumerate(each for each in COMMANDS if each.hint):
        if command.where == SETUP or (command.id == "refresh" and not waiting):
            continue
        keys = key_name(keymap.of(command)[0])
        if command.id == "list.down":
            up = next(each for each in COMMANDS if each.id == "list.up")
            keys = f"{keys}/{key_name(keymap.of(up)[0])}"
        kept = command.id in ("help", "quit", "open", "refresh")
        parts.append((-rank if kept else rank, (f"{keys} {command.hint}",), ""))
    return parts
