"""Alembic's entry: runs the migrations on the connection that :mod:`feeds.archive.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from feeds.archive.schema import metadata


def run(connection: Connection) -> None:
    """Run them inside the caller's transaction, so that a failure leaves the archive as it was."""
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
    context.run_migrations()


run(context.config.attributes["connection"])
