"""The migrations make the very schema that the code uses, and a chain without a gap."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from feeds.archive import open_archive
from feeds.archive.migrate import configuration
from feeds.archive.schema import metadata
from feeds.archive.version import VERSION


def _schema(path: Path) -> dict[str, object]:
    """Every index by name, its definition without layout; every table with its columns and references.

    A column that was added later stands at the end of its table, behind the constraints.
    """
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql <> ''"
    ).fetchall()
    found: dict[str, object] = {}
    for name, kind, sql in rows:
        if name.startswith(("stories_fts", "alembic_")):
            continue
        columns = {tuple(row[1:]) for row in connection.execute(f"PRAGMA table_xinfo({name})")}
        references = {tuple(row[2:]) for row in connection.execute(f"PRAGMA foreign_key_list({name})")}
        found[name] = (columns, references) if kind == "table" else re.sub(r"[\s\"]+", " ", sql)
    connection.close()
    return found


def test_the_migrated_schema_is_the_one_in_the_code(path: Path, tmp_path: Path) -> None:
    open_archive(path).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'code.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert _schema(path) == _schema(tmp_path / "code.db")


def test_the_newest_migration_is_the_version_the_code_asks_for() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == VERSION
