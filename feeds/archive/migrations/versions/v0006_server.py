"""What PostgreSQL has in other ways than SQLite: append-only guards, full-text search, months, commits, shared feeds.

On SQLite the first migrations made the guards and the search, the file tells of commits, and one collector has all feeds.
A migration is never changed after it was released; what comes later is a new file beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

APPEND_ONLY = ("versions", "evidence", "counts", "board_log", "changes", "actions", "drops", "hits")

_REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"""
_GUARD = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""

# Rows are numbered by time, in thousandths of a microsecond; the text of each month has an index of its own, so that a
# search looks at the newest month first and a month can be dropped whole. A collector's role need not own the tables.
_MONTH = """
CREATE FUNCTION make_month(at bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
  begins timestamp := date_trunc('month', to_timestamp(at / 1000000000) AT TIME ZONE 'UTC');
  name text := 'story_words_' || to_char(begins, 'YYYYMM');
BEGIN
  IF to_regclass(name) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF story_words FOR VALUES FROM (%s) TO (%s)', name,
      (extract(epoch FROM begins) * 1000000000)::bigint,
      (extract(epoch FROM begins + interval '1 month') * 1000000000)::bigint);
  END IF;
END $$"""


def upgrade() -> None:
    """Make them; nothing on SQLite."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(_REFUSE)
    for table in APPEND_ONLY:
        op.execute(_GUARD.format(table=table))
    _search()
    _commits()
    _feeds()


def _search() -> None:
    op.execute(
        'CREATE TABLE story_words ("row" bigint NOT NULL, words tsvector NOT NULL) PARTITION BY RANGE ("row")'
    )
    op.execute('CREATE UNIQUE INDEX uq_story_words_row ON story_words ("row")')
    op.execute(
        "CREATE INDEX ix_story_words_words ON story_words USING gin (words) WITH (gin_pending_list_limit = 512)"
    )
    schema = op.get_bind().execute(sa.text("SELECT quote_ident(current_schema())")).scalar_one()
    op.execute(_MONTH.format(schema=schema))


def _commits() -> None:
    op.create_table("pulse", sa.Column("seq", sa.BigInteger(), nullable=False))
    op.execute("INSERT INTO pulse VALUES (1)")
    op.create_table(
        "batches",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("stories", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_batches"),
    )
    op.create_index("ix_batches_at", "batches", ["at"])


def _feeds() -> None:
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )
    op.create_table(
        "turns",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("holder", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("feed", name="pk_turns"),
    )
    op.create_index("ix_turns_due", "turns", ["due"])
    op.create_index("ix_turns_holder", "turns", ["holder"], postgresql_where=sa.text("holder <> ''"))
