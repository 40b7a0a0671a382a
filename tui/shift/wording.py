"""A handover in words: sections of entries, which the screen paints and the note writes down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feeds.evidence import Evidence
from feeds.theatres.model import Theatre
from tui.cells import Run, line
from tui.reading import StoryRow, Tally
from tui.shift.records import Difference, Handover, Marked, OpenMatters, Step
from tui.views.ages import full

LONGEST: Final = 320
"""Characters of a sentence that a handover quotes."""
_INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is handed over."""

    runs: tuple[Run, ...]
    below: tuple[str, ...] = ()
    """Lines under it: the words it rests on."""
    place: str = ""
    """Id of the capital that it leads to, or empty."""
    story: str = ""
    """Id of the story that it leads to, or empty."""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading."""

    heading: str
    entries: tuple[Entry, ...]
    nothing: str = ""
    """What is said where there is no entry; a section without either is left out."""


def sections(found: Handover, theatre: Theatre) -> Iterator[Section]:
    """The whole handover, the most telling first."""
    yield from changed(found.difference, theatre)
    yield Section("Open", tuple(_open(found.matters, theatre, found.difference.until)), "Nothing is open.")
    yield Section(
        "Who has what",
        tuple(_marked(each, each.action.value) for each in found.tasks),
        "Nothing was given to anybody.",
    )
    yield Section("Notes", tuple(_note(each, found.difference.until) for each in found.notes))


def changed(found: Difference, theatre: Theatre) -> Iterator[Section]:
    """What changed, without what is open."""
    yield Section(
        "What changed",
        tuple(_step(each, theatre, found.until) for each in found.steps),
        "No capital stands otherwise than before.",
    )
    yield Section("New events, those with most origins first", tuple(map(_event, found.threads)))
    yield Section("Counts", tuple(Entry(((each, ""),)) for each in counts(found)))


def span(found: Difference, now: datetime) -> str:
    """From when to when, in words."""
    return f"{full(found.since, now)} to {full(found.until, now)}"


def counts(found: Difference) -> Iterator[str]:
    """The figures of a span, a line each."""
    steps = (
        f"; {_many(len(found.steps), 'capital')} changed in {_many(found.moves, 'step')}"
        if found.moves
        else ""
    )
    yield f"{_many(found.stories, 'story', 'stories')} received, {_many(found.events, 'new event')}{steps}"
    if found.states:
        yield "capitals: " + ", ".join(
            f"{now} {state}" + (f" (was {then})" if then != now else "")
            for state, (then, now) in found.states.items()
        )
    then_said, now_said = found.reported
    if now_said is not None and now_said.reported is not None:
        before = then_said.reported if then_said is not None else None
        yield _reported(now_said) + (
            f"; before: {before} reported" if before not in (None, now_said.reported) else ""
        )


def text_of(parts: Iterator[Section]) -> str:
    """Sections as plain text, for a note or a pipe."""
    lines: list[str] = []
    for section in parts:
        if not section.entries and not section.nothing:
            continue
        lines += ["", section.heading]
        if not section.entries:
            lines.append(_INDENT + section.nothing)
        for entry in section.entries:
            lines.append(_INDENT + "".join(text for text, _ in entry.runs).rstrip())
            lines += [_INDENT * 3 + each for each in entry.below]
    return "\n".join(lines[1:])


def _step(step: Step, theatre: Theatre, now: datetime) -> Entry:
    standing = step.standing
    holder = theatre.side_name(step.holder_after)
    moves = f", {step.moves} steps" if step.moves > 1 else ""
    hand = f", set by hand: {line(standing.override)}" if standing.override else ""
    runs: tuple[Run, ...] = (
        (f"{line(step.place.name)}  ", "strong"),
        (step.before, step.before),
        (" → ", ""),
        (step.after, step.after),
        (f"  {holder}" if holder else "", ""),
        (f"  {standing.grade} {standing.strength:.2f}  {full(step.at, now)}{moves}{hand}", "muted"),
    )
    return Entry(runs, _words(step.said), place=step.place.id)


def _words(said: Evidence | None) -> tuple[str, ...]:
    """Who said so, and the sentence."""
    if said is None:
        return ()
    who = f"{said.reliability} {line(said.outlet) or 'unknown outlet'}, {line(said.voice).replace('-', ' ')}"
    speaker = f", {line(said.speaker)}" if said.speaker else ""
    sentence = line(said.sentence)
    short = sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1].rstrip() + "…"
    return (f"{who}{speaker}: “{short}”",)


def _event(row: StoryRow) -> Entry:
    told = f"{_many(row.outlets, 'outlet')}, {_many(row.origins, 'origin')}"
    return Entry(
        ((f"{line(row.title)}", "strong"), (f"  {line(row.outlet)}, {row.told:%H:%M}Z, {told}", "muted")),
        story=row.id,
    )


def _open(matters: OpenMatters, theatre: Theatre, now: datetime) -> Iterator[Entry]:
    if matters.unnamed:
        yield Entry(
            (
                ("not named yet  ", "mark"),
                (f"{_many(matters.unnamed, 'capture')} reported that no row shows", ""),
            )
        )
    for each in matters.escalated:
        yield _marked(each, "escalated", "mark")
    for each in matters.overrides:
        action = each.action
        state, _, holder = action.value.partition(" ")
        until = f"until {full(action.until, now)}" if action.until else "until lifted"
        yield Entry(
            (
                ("set by hand  ", "mark"),
                (f"{line(each.title)} {state} {theatre.side_name(holder)}, {until}", "strong"),
                (f"  by {line(action.who)}: {line(action.reason)}", ""),
            ),
            place=action.place,
        )
    for standing in matters.reviews:
        place = theatre.by_id.get(standing.place)
        name = place.name if place else standing.place
        yield Entry(
            (("review  ", "mark"), (f"{name}: the reporting speaks against what was set by hand", "")),
            place=standing.place,
        )
    for each in matters.flagged:
        yield _marked(each, "flagged", "mark")


def _marked(each: Marked, word: str, style: str = "strong") -> Entry:
    action = each.action
    return Entry(
        (
            (f"{line(word)}  ", style),
            (line(each.title), ""),
            (f"  by {line(action.who)} {action.at:%H:%M}Z", "muted"),
        ),
        place=action.place,
        story=action.story,
    )


def _note(each: Marked, now: datetime) -> Entry:
    action = each.action
    return Entry(
        (
            (line(action.value), ""),
            (f"  {line(action.who)} {full(action.at, now)}, on “{line(each.title)[:60]}”", "muted"),
        ),
        story=action.story,
    )


def _reported(tally: Tally) -> str:
    missing = f", {tally.unnamed} not named yet" if tally.unnamed else ""
    return f"reported {tally.reported} of {tally.of}, named {tally.named}{missing}"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
