"""The archive's own records: a line of the wire, who collects, and a collector's sign of life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A line of the wire: a story, with what is known of the thread it stands for."""

    row: int
    """Row number: greater is newer."""
    id: str
    title: str
    outlet: str
    reliability: str
    wire: str
    flag: str
    received: datetime
    told: datetime
    thread: str
    outlets: int
    """Outlets that ran the thread."""
    origins: int
    """Independent tellings in it."""
    copies: int
    """Stories in it that repeat the article of another."""
    places: tuple[str, ...]
    """Ids of the places the thread is about, in alphabetical order."""
    read: bool
    flagged: bool
    marks: tuple[str, ...]
    dismissed: bool = False
    escalated: bool = False

    @classmethod
    def of(
        cls, line: Sequence[Any], sums: Sequence[int], bears: Sequence[bool], places: Sequence[str]
    ) -> StoryRow:
        """The row of a line of columns: row, id, title, outlet, reliability, wire, flag, received, published, thread, lead, marks.

        ``sums`` are outlets, origins and copies; ``bears`` whether it is read, flagged, dismissed and escalated.
        """
        row, id_, title, outlet, grade, wire, flag, came, published, thread, _, marks = line
        outlets, origins, copies = sums
        read, flagged, dismissed, escalated = bears
        return cls(
            row=row,
            id=id_,
            title=title,
            outlet=outlet,
            reliability=grade,
            wire=wire,
            flag=flag,
            received=came,
            told=came if published is None else min(published, came),
            thread=thread,
            outlets=outlets,
            origins=origins,
            copies=copies,
            places=tuple(places),
            read=read,
            flagged=flagged,
            marks=marks,
            dismissed=dismissed,
            escalated=escalated,
        )


@dataclass(frozen=True, slots=True)
class Lease:
    """A name that one holder has for itself until a moment."""

    name: str
    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life of a collector."""

    holder: str
    at: datetime
    pid: int
    feeds_ok: int
    """Feeds whose last fetch was answered."""
    feeds_failing: int
    note: str = ""
    """What it is doing or waiting for, in a few words."""
