"""A connection that waits no longer than it was told to: a network that was cut says nothing at all."""

from __future__ import annotations

from typing import Any, Final

import psycopg
from psycopg import OperationalError
from psycopg.abc import RV, PQGen
from psycopg.errors import _WaitTimeout

PATIENCE: Final = 30.0
"""Seconds that an answer may take; a writer may have to wait for others' turns."""
_LOOK: Final = 0.1
"""Seconds between two looks at whether the program is told to end."""


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is given up when the server does not answer in time."""

    patience: float = PATIENCE

    def wait(self, gen: PQGen[RV], interval: float = _LOOK, timeout: float | None = None) -> RV:
        """Runs one exchange with the server; OperationalError, and the connection closed, when it takes too long."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except _WaitTimeout:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise OperationalError(f"no answer for {self.patience:.0f} seconds") from None
