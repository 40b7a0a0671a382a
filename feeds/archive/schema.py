"""The archive's tables, as the code uses them; the migrations make the same ones (a test compares).

A story's row number is its time received (see :mod:`feeds.archive.intake`), so every index that ends in a
row number gives the newest first, the full-text index too, with no sorting and no OFFSET.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    text,
)

from feeds.archive.columns import Moment, Number, Tuples

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _story() -> Column[str]:
    return Column("story", Text, ForeignKey("stories.id"), nullable=False)


def _partial(name: str, where: str, *columns: str) -> Index:
    """An index of the rows for which a condition holds.

    It is so on a server too, where the migrations make it; to name that dialect here would load it, 20 ms of each start.
    """
    return Index(name, *columns, sqlite_where=text(where))


LEADS: Final = 'lead = "row"'
"""What holds of a story that stands for its thread."""

stories: Final = Table(
    "stories",
    metadata,
    Column("row", Number, primary_key=True, autoincrement=False),
    _text("id"),
    Column("lead", Number, nullable=False),  # row of the story that stands for the thread
    _text("thread"),
    Column("copy_of", Text),
    _text("origin"),
    Column("received", Moment, nullable=False),
    Column("published", Moment),
    Column("version", Integer, nullable=False),
    Column("changed", Moment, nullable=False),  # when the text that stands here was received
    _text("outlet"),
    _text("reliability"),
    _text("wire"),
    _text("flag"),
    _text("language"),
    Column("marks", Tuples, nullable=False),
    _text("feed"),
    _text("url"),
    _text("title"),
    _text("summary"),
    _text("body"),
    Column("links", Tuples, nullable=False, server_default="[]"),
    Column("places", Tuples),  # that it names; NULL where it was written before they were kept
    Column("teller", Number),  # see tellers
    Column("read", Boolean, nullable=False, server_default=false()),  # as marked says, for its index
    Index("uq_stories_id", "id", unique=True),
    Index("ix_stories_lead", "lead"),
    Index("ix_stories_url", "url"),
    _partial("ix_stories_teller_row", LEADS, "teller", "row"),
    _partial("ix_stories_unread", f'{LEADS} AND NOT "read"', "lead"),
    _partial("ix_stories_flag_row", f"{LEADS} AND flag <> ''", "flag", "row"),
)

tellers: Final = Table(
    "tellers",
    metadata,
    Column("id", Number, primary_key=True),
    _text("feed"),
    _text("outlet"),
    _text("wire"),
    _text("reliability"),
    Index("uq_tellers_feed_outlet_wire_reliability", "feed", "outlet", "wire", "reliability", unique=True),
)
"""Who tells: each feed, outlet, agency credited and reliability that came together once."""

versions: Final = Table(
    "versions",
    metadata,
    _story(),
    Column("version", Integer, nullable=False),
    Column("received", Moment, nullable=False),
    _text("flag"),
    _text("title"),
    _text("summary"),
    _text("body"),
    Index("uq_versions_story_version", "story", "version", unique=True),
)
"""Texts of stories as they stood before they were changed."""

placed: Final = Table(
    "placed",
    metadata,
    Column("place", Text, primary_key=True),
    Column("lead", Number, primary_key=True),
    Index("ix_placed_lead", "lead"),
    sqlite_with_rowid=False,
)
"""Which places each thread is about, by the row of its lead."""

evidence: Final = Table(
    "evidence",
    metadata,
    Column("seq", Number, primary_key=True),
    _story(),
    _text("theatre"),
    _text("place"),
    _text("label"),
    _text("side"),
    Column("change", Boolean, nullable=False),
    _text("sentence"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("triggers", Tuples, nullable=False),
    _text("rule"),
    _text("agent"),
    _text("speaker"),
    _text("voice"),
    _text("modality"),
    Column("weight", Float, nullable=False),
    Column("event_day", Date),
    _text("outlet"),
    _text("reliability"),
    _text("origin"),
    _text("thread"),
    Column("told", Moment),
    Column("heard", Moment),
    Index("ix_evidence_theatre_place_seq", "theatre", "place", "seq"),
    Index("ix_evidence_story", "story"),
)

counts: Final = Table(
    "counts",
    metadata,
    Column("seq", Number, primary_key=True),
    _story(),
    _text("theatre"),
    _text("side"),
    Column("number", Integer, nullable=False),
    Column("of", Integer),
    _text("qualifier"),
    _text("sentence"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("told", Moment),
    _text("outlet"),
    Index("ix_counts_theatre_seq", "theatre", "seq"),
    Index("ix_counts_story", "story"),
)

standings: Final = Table(
    "standings",
    metadata,
    Column("theatre", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("at", Moment),
    _text("record"),  # JSON, see feeds.archive.standings
)
"""The board as it stands: one row a capital, replaced as it is weighed again."""

board_log: Final = Table(
    "board_log",
    metadata,
    Column("seq", Number, primary_key=True),
    _text("theatre"),
    _text("place"),
    Column("at", Moment, nullable=False),
    _text("record"),
    Index("ix_board_log_theatre_place_at", "theatre", "place", "at"),
)
"""The board as it stood: a line whenever a row came to look different."""

changes: Final = Table(
    "changes",
    metadata,
    Column("seq", Number, primary_key=True),
    _text("theatre"),
    _text("place"),
    _text("before"),
    _text("after"),
    _text("holder_before"),
    _text("holder_after"),
    Column("at", Moment, nullable=False),
    _text("rule"),
    Column("scores", Tuples, nullable=False),
    Column("evidence", Tuples, nullable=False),
    _text("standing"),
    Index("ix_changes_theatre_place_seq", "theatre", "place", "seq"),
    Index("ix_changes_theatre_at", "theatre", "at"),
)

actions: Final = Table(
    "actions",
    metadata,
    Column("seq", Number, primary_key=True),
    _text("kind"),
    _text("who"),
    Column("at", Moment, nullable=False),
    _text("story"),
    _text("theatre"),
    _text("place"),
    _text("value"),
    _text("reason"),
    Column("until", Moment),
    Index("ix_actions_story", "story"),
    Index("ix_actions_theatre", "theatre"),
)

marked: Final = Table(
    "marked",
    metadata,
    Column("story", Text, primary_key=True),
    Column("read", Boolean, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("dismissed", Boolean, nullable=False),
    Column("escalated", Boolean, nullable=False),
    Column("row", Number),  # of the story
    *(
        _partial(f"ix_marked_{mark}", f'"{mark}"', "row")
        for mark in ("read", "flagged", "dismissed", "escalated")
    ),
)
"""What the journal adds up to for each story that was ever marked."""

drops: Final = Table(
    "drops",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("at", Moment, nullable=False),
    _text("feed"),
    _text("url"),
    _text("stage"),
    _text("reason"),
    Index("ix_drops_url", "url"),
    Index("ix_drops_feed", "feed"),
)

feeds: Final = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    _text("etag"),
    _text("last_modified"),
    _text("body_hash"),
    _text("moved_to"),
    Column("gone", Boolean, nullable=False),
    Column("last_fetch", Moment),
    Column("last_answer", Moment),
    Column("last_new", Moment),
    Column("status", Integer, nullable=False),
    _text("error"),
    Column("errors_in_row", Integer, nullable=False),
    Column("next_due", Moment),
    Column("stories_seen", Integer, nullable=False),
    Column("patience_until", Moment),
    Column("newest", Moment),
    Column("ttl", Float, nullable=False, server_default="0"),
    Column("rhythm", Float, nullable=False, server_default="0"),
    Column("longest_silence", Float, nullable=False, server_default="0"),
)

leases: Final = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    _text("holder"),
    Column("until", Moment, nullable=False),
)

beats: Final = Table(
    "beats",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("feeds_ok", Integer, nullable=False),
    Column("feeds_failing", Integer, nullable=False),
    _text("note"),
)

hits: Final = Table(
    "hits",
    metadata,
    Column("seq", Number, primary_key=True),
    _text("term"),
    _story(),
    Column("version", Integer, nullable=False),  # of the text that the spans point into
    Column("spans", Tuples, nullable=False),
    Column("told", Moment, nullable=False),
    _text("outlet"),
    Index("ix_hits_term_told", "term", "told"),
    Index("ix_hits_story", "story"),
    Index("ix_hits_told", "told"),
)
"""Stories in which watch terms were found."""

watched: Final = Table(
    "watched",
    metadata,
    Column("term", Text, primary_key=True),
    Column("live", Boolean, nullable=False),  # the collector looks for it in all that comes in
    Column("until", Number, nullable=False),  # row of the last story that came before it ceased to
)
"""Watch terms that this archive was ever looked through for."""

gaps: Final = Table(
    "gaps",
    metadata,
    Column("term", Text, primary_key=True),
    Column("after", Number, primary_key=True),
    Column("until", Number, nullable=False),
)
"""Rows of stories that were not looked through for a term yet: above ``after``, up to ``until``."""

alerts: Final = Table(
    "alerts",
    metadata,
    Column("seq", Number, primary_key=True),
    _text("key"),
    Column("at", Moment, nullable=False),
    _text("severity"),
    _text("title"),
    _text("record"),  # JSON, see feeds.alerts.records
    Column("stories", Tuples, nullable=False),  # ids of those that it rests on
    Column("acknowledged", Moment),
    _text("who"),  # acknowledged it
    Index("uq_alerts_key", "key", unique=True),
    Index("ix_alerts_at", "at"),
    _partial("ix_alerts_open", "acknowledged IS NULL", "seq"),
)
"""What was decided to be said."""

outbox: Final = Table(
    "outbox",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("alert", Number, ForeignKey("alerts.seq"), nullable=False),
    _text("sink"),
    _text("state"),  # due, sent, failed
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),  # when it may be tried; a try under way has put it off
    _text("error"),
    Column("ended", Moment),  # delivered or given up
    Index("uq_outbox_alert_sink", "alert", "sink", unique=True),
    Index("ix_outbox_state_next_at", "state", "next_at"),
)
"""An alert on its way to one sink."""

alert_memory: Final = Table(
    "alert_memory",
    metadata,
    Column("name", Text, primary_key=True),
    _text("record"),  # JSON
)
"""What the decision about alerts remembers; replaced in the transaction that adds an alert."""

APPEND_ONLY: Final = (
    "versions",
    "evidence",
    "counts",
    "board_log",
    "changes",
    "actions",
    "drops",
    "hits",
)
"""Tables whose rows are never changed and never removed; triggers refuse it."""
