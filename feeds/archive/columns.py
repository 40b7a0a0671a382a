"""Column types of the archive: moments as whole microseconds, tuples as JSON text.

Both are exact both ways and mean the same on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from feeds.archive.stored import microseconds, moment, tuples

Number: Final = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits; on SQLite ``INTEGER``, because only that makes a primary key the table's own row id."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as microseconds since 1970: exact, sortable, and free of time zones."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else moment(value)


class Tuples(TypeDecorator[Any]):
    """A tuple of words, figures or tuples, kept as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any | None:  # noqa: ARG002
        return None if value is None else tuples(value)
