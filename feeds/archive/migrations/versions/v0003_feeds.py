"""Feeds: how long each may be silent and when it may be asked; stories: their links, and the places that they name.

A migration is never changed after it was released; what comes later is a new file beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; what is there already says nothing in them."""
    for name in ("patience_until", "newest"):
        op.add_column("feeds", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("ttl", "rhythm", "longest_silence"):
        op.add_column("feeds", sa.Column(name, sa.Float(), nullable=False, server_default="0"))
    op.add_column("stories", sa.Column("links", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("stories", sa.Column("places", sa.Text(), nullable=True))
