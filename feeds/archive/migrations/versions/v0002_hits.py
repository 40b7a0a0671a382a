"""Watch terms: the log of hits, which terms are watched for, and which stories were not looked through for them.

A migration is never changed after it was released; what comes later is a new file beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables and the guards of the log."""
    _hits()
    _watched()
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER hits_no_{verb.lower()} BEFORE {verb} ON hits "
                "BEGIN SELECT RAISE(ABORT, 'hits is append-only'); END"
            )


def _hits() -> None:
    op.create_table(
        "hits",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_hits_story"),
        sa.PrimaryKeyConstraint("seq", name="pk_hits"),
    )
    op.create_index("ix_hits_term_told", "hits", ["term", "told"])
    op.create_index("ix_hits_story", "hits", ["story"])
    op.create_index("ix_hits_told", "hits", ["told"])


def _watched() -> None:
    op.create_table(
        "watched",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_watched"),
    )
    op.create_table(
        "gaps",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("after", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("term", "after", name="pk_gaps"),
    )
