"""Leads of threads that pass a sieve, newest first, read through the index that has fewest of the others in it.

What the index does not see to is a condition on each row that it gives. Rows are read in pieces, only as far as they are
wanted, and each piece begins below the last: there is no OFFSET.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    false,
    not_,
    or_,
    select,
    text,
    true,
    union_all,
)

from feeds.archive.schema import marked, placed, stories, tellers
from feeds.archive.sieve import Sieve
from feeds.archive.stored import row_bound

NEWEST: Final = 1 << 62
"""Above every row."""
_ARMS: Final = 60
"""Lists merged at most; when more tellers, or places, pass, all that came is looked at."""
SHORT: Final = ("flagged", "dismissed", "escalated")
"""Marks that few stories bear."""
_LARGEST: Final = 20_000
_IN_ORDER: Final = text(
    "SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"
)
_AS_USUAL: Final = text(
    "SELECT set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true)"
)
_TELLERS: Final = select(
    tellers.c.id, tellers.c.feed, tellers.c.outlet, tellers.c.wire, tellers.c.reliability
)
_IS_LEAD: Final = stories.c.lead == stories.c.row


class Sifting:
    """One sieve over one archive, read in one transaction."""

    def __init__(self, connection: Connection, sieve: Sieve) -> None:
        conditions = _conditions(sieve)
        if sieve.place:
            begun = _places(connection, sieve.place)
            if sieve.places is not None:  # about one of those as well
                conditions.append(_is_about(begun))
            else:
                sieve = replace(sieve, places=begun)
        self._connection, self._sieve, self._conditions = connection, sieve, conditions
        self._on_server = connection.dialect.name == "postgresql"
        self._who: set[int] | None = None
        if sieve.asks_who:
            told = connection.execute(_TELLERS).all()
            self._who = {id_ for id_, *who in told if sieve.tells(*who)}

    @property
    def short(self) -> bool:
        """Whether there is a list of little else than what passes."""
        sieve = self._sieve
        return (
            any(sieve.marks.get(mark) for mark in SHORT)
            or bool(sieve.flag)
            or self._few(sieve.places)
            or self._few(self._who)
        )

    def leads(self, below: int = NEWEST, size: int = 500) -> Iterator[int]:
        """Rows of the leads that pass and lie below a row, newest first, read so many at a time."""
        last = -1
        while True:
            rows = self._read(self._piece(below, size))
            for row, teller in rows:
                if row != last and (self._who is None or teller in self._who):
                    yield row
                last = row  # a thread about two of the places is in both of their lists
            if len(rows) < size:
                return
            below, size = rows[-1][0], min(2 * size, _LARGEST)

    def _read(self, statement: Select[Any] | CompoundSelect[Any]) -> Sequence[Any]:
        """The rows of a piece, each list read in its order and no further than it has to be."""
        if not self._on_server or self.short:
            return self._connection.execute(statement).all()
        # How many stories stand for their thread no statistics tell: the planner takes them for few and sorts them all.
        self._connection.execute(_IN_ORDER)
        rows = self._connection.execute(statement).all()
        self._connection.execute(_AS_USUAL)
        return rows

    def passing(self, rows: Sequence[int]) -> list[int]:
        """Those of the rows that lead a thread and pass, in their order."""
        if self._sieve.empty or not rows:
            return list(rows)
        statement = select(stories.c.row, stories.c.teller).where(stories.c.row.in_(rows), *self._conditions)
        statement = statement.where(*self._about())
        found = {
            row
            for row, teller in self._connection.execute(statement)
            if self._who is None or teller in self._who
        }
        return [row for row in rows if row in found]

    def _piece(self, below: int, size: int) -> Select[Any] | CompoundSelect[Any]:
        """The next rows of all lists together, with who told each."""
        if self._on_server and self._by_teller:
            return self._tellers_newest(below, size)
        arms = [arm.where(bound < below, *self._conditions) for arm, bound in self._arms()]
        if (
            self._on_server and len(arms) > 1
        ):  # SQLite merges the lists by itself, and reads them no further than needed
            arms = [_newest(arm, size) for arm in arms]
        whole = arms[0] if len(arms) == 1 else union_all(*arms)
        return whole.order_by(whole.selected_columns["row"].desc()).limit(size)

    @property
    def _by_teller(self) -> bool:
        """Whether the lists to be read are those of single tellers."""
        sieve = self._sieve
        marked_ = any(sieve.marks.get(mark) for mark in SHORT)
        return self._few(self._who) and not (marked_ or sieve.flag or self._few(sieve.places))

    def _tellers_newest(self, below: int, size: int) -> Select[Any]:
        """The newest rows of each teller, in one plan for all of them."""
        own = select(stories.c.row, stories.c.teller).where(
            stories.c.teller == tellers.c.id,
            stories.c.row < below,
            _IS_LEAD,
            *self._about(),
            *self._conditions,
        )
        each = own.order_by(stories.c.row.desc()).limit(size).lateral()
        joined = select(each.c.row, each.c.teller).select_from(tellers.join(each, true()))
        return joined.where(tellers.c.id.in_(self._who or ())).order_by(each.c.row.desc()).limit(size)

    def _arms(self) -> Sequence[tuple[Select[Any], ColumnElement[int]]]:
        """The lists whose rows together are all that may pass, the shortest there are, each with its row."""
        sieve = self._sieve
        mark = next((name for name in SHORT if sieve.marks.get(name)), "")
        if mark:
            named = select(marked.c.row, stories.c.teller).join(stories, stories.c.row == marked.c.row)
            return [(named.where(text(f'marked."{mark}"'), _IS_LEAD, *self._about()), marked.c.row)]
        if self._few(sieve.places):
            there = select(placed.c.lead.label("row"), stories.c.teller).join(
                stories, stories.c.row == placed.c.lead
            )
            return [
                (there.where(placed.c.place == place), placed.c.lead) for place in sieve.places or ()
            ] or [(there.where(false()), placed.c.lead)]
        own = select(stories.c.row, stories.c.teller).where(_IS_LEAD, *self._about())
        if sieve.flag:
            return [(own.where(text("flag <> ''")), stories.c.row)]
        if self._by_teller:
            each = [(own.where(stories.c.teller == one), stories.c.row) for one in self._who or ()]
            return each or [(own.where(false()), stories.c.row)]
        if sieve.marks.get("read") is False:  # by its lead, or SQLite goes through all rows in their order
            unread = select(stories.c.lead.label("row"), stories.c.teller).where(_IS_LEAD, *self._about())
            return [(unread, stories.c.lead)]
        return [(own, stories.c.row)]

    def _about(self) -> tuple[ColumnElement[bool], ...]:
        """That a story is about one of the places, where no list of theirs is read."""
        return () if self._sieve.places is None else (_is_about(self._sieve.places),)

    @staticmethod
    def _few(numbers: Collection[object] | None) -> bool:
        return numbers is not None and len(numbers) <= _ARMS


def _newest(arm: Select[Any], size: int) -> Select[Any]:
    """The newest rows of a list."""
    part = arm.order_by(arm.selected_columns["row"].desc()).limit(size).subquery()
    return select(part.c.row, part.c.teller)


def _places(connection: Connection, begin: str) -> tuple[str, ...]:
    """The ids of places that begin so."""
    named = select(placed.c.place).where(placed.c.place >= begin, placed.c.place < begin + "\U0010ffff")
    return tuple(connection.execute(named.distinct().order_by(placed.c.place)).scalars())


def _is_about(places: Collection[str]) -> ColumnElement[bool]:
    """That a thread is about one of the places."""
    where = placed.alias()  # the list itself may be one of places
    return select(where.c.lead).where(where.c.lead == stories.c.row, where.c.place.in_(places)).exists()


def _conditions(sieve: Sieve) -> list[ColumnElement[bool]]:
    """What holds of a story that passes, but for who told it and where."""
    conditions: list[ColumnElement[bool]] = []
    if sieve.since is not None:
        conditions.append(stories.c.row >= row_bound(sieve.since))
        conditions.append(or_(stories.c.published.is_(None), stories.c.published >= sieve.since))
    if sieve.before is not None:
        conditions.append(or_(stories.c.published < sieve.before, stories.c.received < sieve.before))
    if sieve.flag:
        conditions.append(stories.c.flag == sieve.flag)
    conditions += [_bears(mark, wanted=wanted) for mark, wanted in sieve.marks.items()]
    return conditions


def _bears(mark: str, *, wanted: bool) -> ColumnElement[bool]:
    """That a story bears a mark, or does not."""
    if mark == "read":  # in the very words of the index's own condition
        return cast("ColumnElement[bool]", text('stories."read"' if wanted else 'NOT stories."read"'))
    borne = marked.alias()  # the list itself may be one of marks
    bearing = select(borne.c.story).where(borne.c.story == stories.c.id, borne.c[mark]).exists()
    return bearing if wanted else not_(bearing)
