"""Is an archive sound: what the engine says of its own files, and what must hold of any archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import Connection, text

from feeds.archive.archive import Archive
from feeds.archive.schema import APPEND_ONLY
from feeds.archive.version import VERSION
from feeds.errors import ArchiveError


class Finding(NamedTuple):
    """What one question came to."""

    what: str
    wrong: str
    """One line on what is wrong; empty when nothing is."""


_NONE_SUCH: Final = {
    "every version, piece of evidence, count and hit belongs to a story": """
        SELECT count(*) FROM (SELECT story FROM versions UNION ALL SELECT story FROM evidence
          UNION ALL SELECT story FROM counts UNION ALL SELECT story FROM hits) AS said
        LEFT JOIN stories ON stories.id = said.story WHERE stories.id IS NULL""",
    "every story knows who told it": "SELECT count(*) FROM stories WHERE teller IS NULL",
    "every thread has a story that stands for it": """
        SELECT count(*) FROM stories LEFT JOIN stories AS first ON first."row" = stories.lead WHERE first."row" IS NULL""",
    "no copy is a copy of what is not there": """
        SELECT count(*) FROM stories LEFT JOIN stories AS first ON first.id = stories.copy_of
        WHERE stories.copy_of IS NOT NULL AND first.id IS NULL""",
    "what is marked read is read everywhere": """
        SELECT count(*) FROM stories JOIN marked ON marked.story = stories.id WHERE marked."read" <> stories."read" """,
    "the board's newest line is the board": """
        SELECT count(*) FROM standings WHERE at IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM board_log WHERE board_log.theatre = standings.theatre AND board_log.place = standings.place)""",
    "the log of evidence has no gap": "SELECT coalesce(max(seq), 0) - count(*) FROM evidence",
}
"""Questions whose answer is how often it is not so."""
_GUARDS: Final = {
    "sqlite": "SELECT count(DISTINCT tbl_name) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'",
    "postgresql": "SELECT count(DISTINCT tgrelid) FROM pg_trigger WHERE tgname LIKE '%_append_only' AND tgenabled <> 'D'",
}
_UNFOUND: Final = {
    "sqlite": "SELECT (SELECT count(*) FROM stories) - (SELECT count(*) FROM stories_fts_docsize)",
    "postgresql": 'SELECT (SELECT count(*) FROM stories) - (SELECT count(*) FROM story_words JOIN stories USING ("row"))',
}


def check(archive: Archive) -> Iterator[Finding]:
    """Each question as it is answered; slow on a large archive, and changes nothing."""
    with archive.snapshot(), archive.store.reading() as connection:
        engine = connection.dialect.name
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        yield Finding(f"schema {VERSION}", "" if found == VERSION else f"it is {found}")
        yield Finding("the engine's own files", _files(connection) if engine == "sqlite" else "")
        guarded = connection.execute(text(_GUARDS[engine])).scalar_one()
        lacking = len(APPEND_ONLY) - int(guarded)
        yield Finding("what is append-only is guarded", f"{lacking} tables are not" if lacking else "")
        for what, question in (_NONE_SUCH | {"every story can be searched": _UNFOUND[engine]}).items():
            count = connection.execute(text(question)).scalar_one()
            yield Finding(what, f"{count:,} times it is not so" if count else "")


def _files(connection: Connection) -> str:
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
    if said != "ok":
        return str(said)
    loose = connection.execute(text("PRAGMA foreign_key_check")).first()
    return "" if loose is None else f"{loose[0]} refers to what is not there"


def sound(archive: Archive) -> None:
    """ArchiveError with the first thing that is wrong."""
    for finding in check(archive):
        if finding.wrong:
            raise ArchiveError(f"{archive.name}: not so: {finding.what}; {finding.wrong}")
