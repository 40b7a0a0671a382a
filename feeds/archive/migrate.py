"""Bring an archive to this program's schema with alembic; loaded only when one is behind."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from feeds.archive.store import Store
from feeds.archive.version import APPLICATION_ID


def configuration() -> Config:
    """Alembic's settings for the migrations packaged beside this file."""
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def migrate(store: Store) -> None:
    """Run what is missing, in one transaction; a second process that waited for it finds nothing to do."""
    store.use_wal()
    with store.writing() as connection:
        upgrade(connection)
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))


def upgrade(connection: Connection) -> None:
    """Run what is missing on a connection, inside its transaction."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
