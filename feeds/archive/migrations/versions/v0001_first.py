"""The first schema: stories, judgement, the journal, what the collector remembers, full-text search.

A migration is never changed after it was released; what comes later is a new file beside this one.
Moments are whole microseconds from 1970, UTC; tuples and records are JSON text.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("versions", "evidence", "counts", "board_log", "changes", "actions", "drops")


def upgrade() -> None:
    """Make every table, the guards of the append-only ones, and the full-text index."""
    _stories()
    _judgement()
    _board()
    _journal()
    _collector()
    if op.get_bind().dialect.name == "sqlite":
        _guards()
        _search()


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("row", NUMBER, autoincrement=False, nullable=False),
        *_texts("id"),
        sa.Column("lead", NUMBER, nullable=False),
        *_texts("thread"),
        sa.Column("copy_of", sa.Text()),
        *_texts("origin"),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("published", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        *_texts(
            "outlet",
            "reliability",
            "wire",
            "flag",
            "language",
            "marks",
            "feed",
            "url",
            "title",
            "summary",
            "body",
        ),
        sa.PrimaryKeyConstraint("row", name="pk_stories"),
    )
    op.create_index("ix_stories_lead", "stories", ["lead"])
    op.create_index("ix_stories_url", "stories", ["url"])
    op.create_index("uq_stories_id", "stories", ["id"], unique=True)
    op.create_table(
        "versions",
        *_texts("story"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        *_texts("flag", "title", "summary", "body"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_versions_story"),
    )
    op.create_index("uq_versions_story_version", "versions", ["story", "version"], unique=True)
    op.create_table(
        "placed",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lead", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("place", "lead", name="pk_placed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_placed_lead", "placed", ["lead"])


def _judgement() -> None:
    op.create_table(
        "evidence",
        sa.Column("seq", NUMBER, nullable=False),
        *_texts("story", "theatre", "place", "label", "side"),
        sa.Column("change", sa.Boolean(), nullable=False),
        *_texts("sentence"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        *_texts("triggers", "rule", "agent", "speaker", "voice", "modality"),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("event_day", sa.Date()),
        *_texts("outlet", "reliability", "origin", "thread"),
        sa.Column("told", sa.BigInteger()),
        sa.Column("heard", sa.BigInteger()),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_evidence_story"),
        sa.PrimaryKeyConstraint("seq", name="pk_evidence"),
    )
    op.create_index("ix_evidence_story", "evidence", ["story"])
    op.create_index("ix_evidence_theatre_place_seq", "evidence", ["theatre", "place", "seq"])
    op.create_table(
        "counts",
        sa.Column("seq", NUMBER, nullable=False),
        *_texts("story", "theatre", "side"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer()),
        *_texts("qualifier", "sentence"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("told", sa.BigInteger()),
        *_texts("outlet"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_counts_story"),
        sa.PrimaryKeyConstraint("seq", name="pk_counts"),
    )
    op.create_index("ix_counts_story", "counts", ["story"])
    op.create_index("ix_counts_theatre_seq", "counts", ["theatre", "seq"])


def _board() -> None:
    op.create_table(
        "standings",
        sa.Column("theatre", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger()),
        *_texts("record"),
        sa.PrimaryKeyConstraint("theatre", "place", name="pk_standings"),
    )
    op.create_table(
        "board_log",
        sa.Column("seq", NUMBER, nullable=False),
        *_texts("theatre", "place"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *_texts("record"),
        sa.PrimaryKeyConstraint("seq", name="pk_board_log"),
    )
    op.create_index("ix_board_log_theatre_place_at", "board_log", ["theatre", "place", "at"])
    op.create_table(
        "changes",
        sa.Column("seq", NUMBER, nullable=False),
        *_texts("theatre", "place", "before", "after", "holder_before", "holder_after"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *_texts("rule", "scores", "evidence", "standing"),
        sa.PrimaryKeyConstraint("seq", name="pk_changes"),
    )
    op.create_index("ix_changes_theatre_place_seq", "changes", ["theatre", "place", "seq"])


def _journal() -> None:
    op.create_table(
        "actions",
        sa.Column("seq", NUMBER, nullable=False),
        *_texts("kind", "who"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *_texts("story", "theatre", "place", "value", "reason"),
        sa.Column("until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("seq", name="pk_actions"),
    )
    op.create_index("ix_actions_story", "actions", ["story"])
    op.create_index("ix_actions_theatre", "actions", ["theatre"])
    op.create_table(
        "marked",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("story", name="pk_marked"),
    )


def _collector() -> None:
    op.create_table(
        "drops",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *_texts("feed", "url", "stage", "reason"),
        sa.PrimaryKeyConstraint("seq", name="pk_drops"),
    )
    op.create_index("ix_drops_feed", "drops", ["feed"])
    op.create_index("ix_drops_url", "drops", ["url"])
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        *_texts("etag", "last_modified", "body_hash", "moved_to"),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("last_fetch", sa.BigInteger()),
        sa.Column("last_answer", sa.BigInteger()),
        sa.Column("last_new", sa.BigInteger()),
        sa.Column("status", sa.Integer(), nullable=False),
        *_texts("error"),
        sa.Column("errors_in_row", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.BigInteger()),
        sa.Column("stories_seen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_feeds"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        *_texts("holder"),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "beats",
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("feeds_ok", sa.Integer(), nullable=False),
        sa.Column("feeds_failing", sa.Integer(), nullable=False),
        *_texts("note"),
        sa.PrimaryKeyConstraint("holder", name="pk_beats"),
    )


def _guards() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _search() -> None:
    # The index holds no text of its own: it reads the stories' table, and these triggers keep it in step.
    op.execute(
        "CREATE VIRTUAL TABLE stories_fts USING fts5(title, summary, body, "
        "content='stories', content_rowid='row', tokenize='unicode61 remove_diacritics 2')"
    )
    # Merging its parts twice as late as by default writes a tenth more stories a second and costs no search
    # that can be measured.
    op.execute("INSERT INTO stories_fts(stories_fts, rank) VALUES ('automerge', 8)")
    add = "INSERT INTO stories_fts(rowid, title, summary, body) VALUES (new.row, new.title, new.summary, new.body);"
    drop = (
        "INSERT INTO stories_fts(stories_fts, rowid, title, summary, body) "
        "VALUES ('delete', old.row, old.title, old.summary, old.body);"
    )
    op.execute(f"CREATE TRIGGER stories_fts_insert AFTER INSERT ON stories BEGIN {add} END")
    op.execute(f"CREATE TRIGGER stories_fts_delete AFTER DELETE ON stories BEGIN {drop} END")
    op.execute(
        "CREATE TRIGGER stories_fts_update AFTER UPDATE OF title, summary, body ON stories "
        f"BEGIN {drop} {add} END"
    )
