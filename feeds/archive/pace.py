"""How many stories came in each hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from feeds.archive.schema import stories
from feeds.archive.stored import ROWS_PER_MICROSECOND, moment, row_bound

_HOUR: Final = timedelta(hours=1) // timedelta(microseconds=1)


def stories_by_hour(
    connection: Connection, since: datetime | None, before: datetime | None
) -> dict[datetime, int]:
    """Stories received in each hour (UTC) that had any, by its beginning."""
    # A row's number tells when it was received, so the rows themselves are not read.
    hour = (stories.c.row - stories.c.row % (_HOUR * ROWS_PER_MICROSECOND)).label("hour")
    statement = select(hour, func.count()).group_by(hour).order_by(hour)
    if since is not None:
        statement = statement.where(stories.c.row >= row_bound(since))
    if before is not None:
        statement = statement.where(stories.c.row < row_bound(before))
    return {moment(begin // ROWS_PER_MICROSECOND): count for begin, count in connection.execute(statement)}
