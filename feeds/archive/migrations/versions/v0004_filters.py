"""Filters: who told each story as one number, what nobody read yet, marks by row, each with an index that ends in the row.

A migration is never changed after it was released; what comes later is a new file beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MARKS = ("read", "flagged", "dismissed", "escalated")
_TELLER = ("feed", "outlet", "wire", "reliability")


def upgrade() -> None:
    """Make the tables and indexes, and fill them from what is there."""
    _tellers()
    _stories()
    _marked()


def _tellers() -> None:
    op.create_table(
        "tellers",
        sa.Column("id", NUMBER, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TELLER),
        sa.PrimaryKeyConstraint("id", name="pk_tellers"),
    )
    op.create_index("uq_tellers_feed_outlet_wire_reliability", "tellers", _TELLER, unique=True)
    names = ", ".join(_TELLER)
    op.execute(f"INSERT INTO tellers ({names}) SELECT DISTINCT {names} FROM stories ORDER BY {names}")  # noqa: S608 - our own names


def _stories() -> None:
    op.add_column("stories", sa.Column("teller", NUMBER, nullable=True))
    op.add_column("stories", sa.Column("read", sa.Boolean(), nullable=False, server_default=sa.false()))
    same = " AND ".join(f"tellers.{name} = stories.{name}" for name in _TELLER)
    op.execute(f"UPDATE stories SET teller = (SELECT tellers.id FROM tellers WHERE {same})")  # noqa: S608
    op.execute('UPDATE stories SET "read" = (1 = 1) WHERE id IN (SELECT story FROM marked WHERE "read")')
    lead = 'lead = "row"'
    _partial("ix_stories_teller_row", "stories", ["teller", "row"], lead)
    _partial("ix_stories_unread", "stories", ["lead"], f'{lead} AND NOT "read"')
    _partial("ix_stories_flag_row", "stories", ["flag", "row"], f"{lead} AND flag <> ''")


def _marked() -> None:
    op.add_column("marked", sa.Column("row", NUMBER, nullable=True))
    op.execute(
        'UPDATE marked SET "row" = (SELECT stories."row" FROM stories WHERE stories.id = marked.story)'
    )
    for mark in MARKS:
        _partial(f"ix_marked_{mark}", "marked", ["row"], f'"{mark}"')


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
