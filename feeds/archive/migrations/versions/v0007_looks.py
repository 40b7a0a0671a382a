"""What the screen asks at each look has an index; on a server a write says how far it heeded the journal.

A migration is never changed after it was released; what comes later is a new file beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

OPEN = "acknowledged IS NULL"


def upgrade() -> None:
    """Make the indexes, and the column that programs of before 0.3 know nothing of."""
    op.create_index("ix_changes_theatre_at", "changes", ["theatre", "at"])
    op.create_index(
        "ix_alerts_open", "alerts", ["seq"], sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN)
    )
    if op.get_bind().dialect.name == "postgresql":
        # Archives that were made between two releases have it already.
        op.execute("ALTER TABLE batches ADD COLUMN IF NOT EXISTS heeded bigint NOT NULL DEFAULT 0")
