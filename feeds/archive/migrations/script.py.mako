"""${message}."""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring an archive from ${down_revision} to ${up_revision}."""
    ${upgrades if upgrades else ""}
