"""The migrations make the very schema that the code uses, and a chain without a gap."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from feeds.archive import open_archive
from feeds.archive.migrate import configuration
from feeds.archive.schema import VERSION, metadata


def _schema(path: Path) -> dict[str, str]:
    """Every table and index by name, its definition without layout."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql <> ''"
    ).fetchall()
    connection.close()
    kept = {name: sql for name, sql in rows if not name.startswith(("stories_fts", "alembic_"))}
    return {name: re.sub(r"[\s\"]+", " ", sql) for name, sql in kept.items()}


def test_the_migrated_schema_is_the_one_in_the_code(path: Path, tmp_path: Path) -> None:
    open_archive(path).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'code.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert _schema(path) == _schema(tmp_path / "code.db")


def test_the_newest_migration_is_the_version_the_code_asks_for() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == VERSION
