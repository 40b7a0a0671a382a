"""The same million stories on a server, copied in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import psycopg

from bench.million import MILLION, Line, batched, is_flagged, is_read, lines
from feeds.archive import open_archive
from feeds.archive.words import vector

_STORIES: Final = """
COPY stories ("row", id, lead, thread, copy_of, origin, received, published, version, changed, outlet, reliability, wire,
  flag, language, marks, feed, url, title, summary, body, links, places, teller, "read") FROM STDIN"""
_A_COPY: Final = 20_000


def fill_server(address: str, count: int = MILLION) -> None:
    """Copies them into an empty archive, and lets the server learn what is in it."""
    open_archive(address).close()
    tellers: dict[tuple[str, str, str, str], int] = {}
    with psycopg.connect(address, autocommit=True) as connection:
        for number, some in enumerate(batched(lines(count), _A_COPY)):
            _copy(connection, some, number * _A_COPY, count, tellers)
        _many(
            connection,
            "COPY tellers (id, feed, outlet, wire, reliability) FROM STDIN",
            ((n, *who) for who, n in tellers.items()),
        )
        connection.execute("SELECT setval(pg_get_serial_sequence('tellers', 'id'), max(id)) FROM tellers")
        connection.execute("VACUUM ANALYZE")


def _copy(
    connection: psycopg.Connection[tuple[object, ...]],
    some: Sequence[Line],
    first: int,
    count: int,
    tellers: dict[tuple[str, str, str, str], int],
) -> None:
    for month in sorted({one.received // 86_400_000_000 for one in some}):
        connection.execute("SELECT make_month(%s)", [month * 86_400_000_000_000])
    _many(connection, _STORIES, _rows(some, first, count, tellers))
    _many(
        connection,
        'COPY story_words ("row", words) FROM STDIN',
        ((one.row, vector((one.title, one.summary))) for one in some),
    )
    _many(
        connection,
        "COPY placed (place, lead) FROM STDIN",
        ((place, one.lead) for one in some for place in one.places),
    )
    marks = (
        (one.id, one.row, is_read(n, count), is_flagged(n, count), False, False)
        for n, one in enumerate(some, first)
        if is_read(n, count) or is_flagged(n, count)
    )
    _many(connection, 'COPY marked (story, "row", "read", flagged, dismissed, escalated) FROM STDIN', marks)


def _rows(
    some: Sequence[Line], first: int, count: int, tellers: dict[tuple[str, str, str, str], int]
) -> Iterator[tuple[object, ...]]:
    for number, one in enumerate(some, first):
        who = (one.feed, one.outlet, one.wire, one.reliability)
        teller = tellers.setdefault(who, len(tellers) + 1)
        yield (
            *(
                one.row,
                one.id,
                one.lead,
                one.thread,
                one.copy_of,
                one.origin,
                one.received,
                one.published,
                1,
                one.received,
            ),
            *(
                one.outlet,
                one.reliability,
                one.wire,
                one.flag,
                "en",
                "[]",
                one.feed,
                f"https://news.example/{one.id}",
            ),
            *(one.title, one.summary, "", "[]", "[]", teller, is_read(number, count)),
        )


def _many(
    connection: psycopg.Connection[tuple[object, ...]], statement: str, rows: Iterable[tuple[object, ...]]
) -> None:
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row(row)
