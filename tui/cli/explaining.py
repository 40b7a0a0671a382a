"""How a story was read, for people who want to know why."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from feeds.story import Story
from feeds.theatres.model import Theatre
from feeds.tracker import Reader
from tui.cli.paper import wrapped


def explanation(theatre: Theatre, story: Story) -> str:
    """The tracker's own account of a story where it gives one; otherwise its evidence in words."""
    reader = Reader(theatre)
    explain = cast("Callable[[Story], str] | None", getattr(reader, "explain", None))
    return explain(story) if explain is not None else _from_evidence(theatre, reader, story)


def _from_evidence(theatre: Theatre, reader: Reader, story: Story) -> str:
    read = reader.read(story)
    lines: list[str] = []
    for piece in read.evidence:
        claim = " ".join(filter(None, (piece.label, piece.side, "(changed hands)" if piece.change else "")))
        lines.append(wrapped(f"“{piece.sentence}”"))
        lines.append(
            f"  {piece.place}: {claim}; rule {piece.rule}; words: {', '.join(piece.triggers) or 'none'}"
        )
        lines.append(
            f"  agent {piece.agent or 'none'}; speaker {piece.speaker or 'the outlet'}; {piece.voice}, {piece.modality};"
            f" weight {piece.weight:.2f}"
        )
    fired = {piece.place for piece in read.evidence}
    silent = [
        theatre.by_id[place].name
        for place in read.about.places
        if place not in fired and place in theatre.by_id
    ]
    if silent:
        lines.append(f"no rule fired for: {', '.join(silent)}")
    return "\n".join(lines) or "no rule fired, and no place of the theatre is named"
