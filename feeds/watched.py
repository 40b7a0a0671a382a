"""The records of watching: what an operator watches for, and where in the news it stood.

All times are timezone-aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

SEVERITIES: Final = ("low", "medium", "high")
"""How much a term matters to whoever watches for it, least first."""
COLOURS: Final = ("red", "yellow", "green", "cyan", "blue", "magenta", "white")
"""Names of the colours that every terminal has."""


@dataclass(frozen=True, slots=True)
class WatchTerm:
    """What an operator watches for, as it lies on the desk."""

    text: str
    """The term in its little language, for instance ``"Kabul airport" AND NOT drill``."""
    severity: str = "medium"
    """One of :data:`SEVERITIES`."""
    colour: str = ""
    """One of :data:`COLOURS`; empty to let the severity choose."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A story in which a term was found."""

    term: str
    """Id of the term (see :func:`feeds.watch.terms.term_id`): terms that find the same share it."""
    story: str
    spans: tuple[tuple[int, int], ...]
    """Where its words stand, in order: ``story.text[start:end]`` of that version."""
    told: datetime
    """When the story was told."""
    outlet: str = ""
    version: int = 0
    """Version of the story's text; 0 before it is archived, for the newest one."""
    seq: int = 0
    """Position in the archive's log; 0 before it is archived."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stories hit, and how many outlets told them."""

    hits: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Stories that came while a term was not watched for, and have not been looked through since.

    They lie above row ``after``, up to row ``until``; what is looked through is taken off at the upper end.
    """

    term: str
    after: int
    until: int
