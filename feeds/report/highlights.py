"""What matters most, a line each: the count, what was taken or lost since, what was taken back, what the desk set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feeds.report.records import Counts, Entry, Highlight, Moved

MOST: Final = 8
"""Cities named for what became of them since."""
_TELLING: Final = ("captured", "disputed", "claimed", "contested", "threatened", "retaken")


def highlights_of(counts: Counts, moved: Sequence[Moved], entries: Sequence[Entry]) -> tuple[Highlight, ...]:
    """The lines, the most important first; a line for the count is always there."""
    found = [_count(counts)]
    telling = [one for one in moved if one.entry.standing.state in _TELLING and not one.back]
    found += [_change(one) for one in telling[:MOST]]
    if len(telling) > MOST:
        names = ", ".join(one.entry.place.name for one in telling[MOST:])
        found.append(Highlight(f"Also changed, see below: {names}", (), "evidence", None))
    found += [_taken_back(one) for one in moved if any(step.cause == "withdrawn" for step in one.steps)]
    found += [_desk(entry) for entry in entries if entry.desk]
    return tuple(found)


def _count(counts: Counts) -> Highlight:
    text = f"{counts.named} of {counts.of} capitals on the board as taken by {counts.side}"
    if counts.high is None:
        text += "; nobody reports how many"
    else:
        text += f"; reported {counts.range}"
    if counts.unnamed:
        text += f", {counts.unnamed} of them not named yet"
    return Highlight(text, tuple(each.word for each in counts.said), "count", None)


def _change(moved: Moved) -> Highlight:
    entry = moved.entry
    only_claimed = entry.standing.state == "claimed" or (bool(entry.words) and not entry.reports)
    cause = "desk" if entry.desk else "claim" if only_claimed else "evidence"
    text = f"{entry.place.name}: {entry.statement} (was {moved.before})"
    return Highlight(text, entry.words[:1], cause, moved.last.at)


def _taken_back(moved: Moved) -> Highlight:
    step = next(step for step in reversed(moved.steps) if step.cause == "withdrawn")
    text = f"{moved.entry.place.name}: a report was withdrawn by its outlet; it stood as {step.before} until then"
    return Highlight(text, (), "withdrawn", step.at)


def _desk(entry: Entry) -> Highlight:
    return Highlight(
        f"{entry.place.name}: {entry.statement}: {entry.desk.reason if entry.desk else ''}", (), "desk", None
    )
