"""What the archive asks of the engine that keeps it: SQLite in a file, or PostgreSQL on a server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import Enum
from typing import Protocol

from sqlalchemy import Connection


class Turn(Enum):
    """What a transaction that writes has for itself until its end; SQLite gives every one of them the whole file."""

    FREELY = 0
    """Nothing: it touches single rows, which the engine guards."""
    INTAKE = 1
    """Stories, threads, evidence and standings: whoever takes in, alone."""
    JOURNAL = 2
    """The operators' journal, so that its positions come in the order of their commits."""
    LINE = 3
    """Nothing but the place of who takes in next."""


class Connections(Protocol):
    """The connections to one archive; safe to share among threads. Every error is an ArchiveError in one line."""

    @property
    def name(self) -> str:
        """What the archive is called in a line for a person; never with a password."""

    @property
    def read_only(self) -> bool:
        """True when nothing can be written through it."""

    @property
    def shared(self) -> bool:
        """Whether several collectors may work on it at once."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection on which all statements see the archive at one moment."""

    def writing(
        self, turn: Turn = Turn.INTAKE, *, quietly: bool = False
    ) -> AbstractContextManager[Connection]:
        """A connection whose changes are committed at the end or not at all.

        Nobody has to look at the archive again for what is done ``quietly``.
        """

    def alone(self, when_next: Callable[[], None] | None = None) -> AbstractContextManager[None]:
        """Has the intake for itself; what this thread reads and writes meanwhile is one transaction.

        Others may have it: ``when_next`` is called when the next turn is this one's, and works beside whoever has it.
        On SQLite the collector's lease does the same, and this does nothing.
        """

    def snapshot(self) -> AbstractContextManager[None]:
        """Lets this thread read the archive as it is at one moment, whatever is written meanwhile."""

    def stamp(self) -> int:
        """A number that moves when any process, this one included, has committed."""

    def run_alone(self, statement: str) -> None:
        """Runs a statement that no transaction may be around, such as VACUUM."""

    def close(self) -> None:
        """Let go of it."""
