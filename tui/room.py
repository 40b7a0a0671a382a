"""What one viewer works with: the archive, the theatre, the clock, its options, and the views on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feeds.archive import records as archived
from feeds.clock import Clock
from feeds.errors import ArchiveError
from feeds.theatres.model import Theatre
from tui.alarms import Alarms
from tui.bridge import Bridge, News
from tui.login import login
from tui.options import ViewerOptions
from tui.reading import ArchiveReader, StoryRow
from tui.settings import Settings
from tui.triage import Triage
from tui.views.board import GROUPS, ORDERS, PLACES, BoardView
from tui.views.evidence import EvidenceView
from tui.views.filtering import Filter, parse_filter
from tui.views.layout import ARRANGEMENTS, Layout
from tui.views.map import MapView
from tui.views.names import Names
from tui.views.shift import ShiftView
from tui.views.status import Facts
from tui.views.story import StoryView
from tui.views.timeline import TimelineView
from tui.views.watchmarks import WatchMark, mark_of
from tui.views.wire import WireView
from tui.watching import ids_to_terms


@dataclass
class Room:
    """The viewer without a terminal."""

    archive: ArchiveReader
    theatre: Theatre
    clock: Clock
    options: ViewerOptions
    settings: Settings = field(default_factory=Settings)
    layout: Layout = field(default_factory=Layout)
    facts: Facts = field(default_factory=Facts)
    trouble: str = ""
    """What could not be read last, in one line; said once by the screen."""
    as_of: datetime | None = None
    """The moment that is shown; None for now."""

    def __post_init__(self) -> None:
        self.as_of = self.options.as_of
        self.live_clock, self.clock = self.clock, self._shown_time
        who = self.operator = self.options.operator or login()
        self.triage = Triage(self.archive, self.theatre, who, self.live_clock)
        reader = self.options.alerts
        self.alarms = Alarms(reader, self.settings) if reader is not None else None
        self.bridge = Bridge(
            self.archive,
            self.theatre,
            self.live_clock,
            as_of=self.options.as_of,
            since=self.options.since,
            reconcile=self.options.reconcile,
        )
        self.board = BoardView(self.theatre, self.clock)
        self.board.order = self.settings.chosen("board.order", ORDERS)
        self.board.group = self.settings.chosen("board.group", GROUPS)
        for name, known in ARRANGEMENTS.items():
            chosen = self.settings.chosen(f"layout.{name}", [" ".join(panels) for panels in known])
            self.layout.chosen[name] = tuple(chosen.split())
        if any(place.kind == "town" for place in self.theatre.places):
            self.board.places = self.settings.chosen("board.places", PLACES)
        self.wire = WireView(self.read_rows, self.read_watched)
        self.map = MapView(self.theatre, self.board)
        self.timeline = TimelineView(self.board)
        self.evidence = EvidenceView(self.theatre)
        self.story = StoryView(self.theatre)
        self.shift = ShiftView(self.theatre)
        self.facts = Facts(since=self.bridge.since)

    def _shown_time(self) -> datetime:
        """The moment that is shown: the clock's, or the one that the operator went back to."""
        return self.as_of or self.live_clock()

    def read_rows(self, ids: Sequence[int]) -> Sequence[StoryRow]:
        """Rows of the wire; none when the archive cannot be read just now."""
        try:
            rows = self.archive.rows(ids)
            return rows if self.as_of is None else self._as_they_were(rows, self.as_of)
        except ArchiveError as error:
            self.trouble = str(error)
            return ()

    def read_watched(self, stories: Sequence[str]) -> Mapping[str, WatchMark]:
        """Marks of those of these stories in which a watch term of the desk was found, in one question for all.

        None before the archive is open whole (they come with the look after it), and none of another moment.
        """
        terms = self.settings.terms
        if not terms or not stories or self.as_of is not None or not self.archive.is_whole:
            return {}
        by_id = ids_to_terms(terms)
        try:
            found = self.archive.watch.hits_in(stories)
        except ArchiveError as error:
            self.trouble = str(error)
            return {}
        known = {
            story: [by_id[hit.term] for hit in hits if hit.term in by_id] for story, hits in found.items()
        }
        return {story: mark_of(mine) for story, mine in known.items() if mine}

    def filter_of(self, words: str) -> Filter:
        """The filter that a line means here and now."""
        return parse_filter(words, self.clock(), self.names())

    def names(self) -> Names:
        """The names that a filter may speak of, as they are now."""
        settings = self.settings
        outlets = {each.outlet for each in (*self.theatre.subscriptions, *settings.subscriptions)}
        return Names.of(
            self.theatre,
            outlets,
            [term.text for term in settings.terms],
            settings.groups(),
            {view.name: view.filter for view in settings.views},
        )

    def _as_they_were(self, rows: Sequence[StoryRow], moment: datetime) -> Sequence[StoryRow]:
        """Lines of the wire with as many outlets and origins as told each event by then."""
        several = [row.row for row in rows if row.outlets > 1 and isinstance(row, archived.StoryRow)]
        told = self.archive.told_until(several, moment) if several else {}
        return [
            replace(row, outlets=told[row.row][0], origins=told[row.row][1])
            if isinstance(row, archived.StoryRow) and row.row in told
            else row
            for row in rows
        ]

    def begin_afresh(self, as_of: datetime | None) -> None:
        """Another moment is shown: what was known of the old one goes, and both lists begin at their top."""
        self.as_of = as_of
        self.board.begin_afresh()
        self.wire.begin_afresh()
        self.facts = replace(self.facts, changes=0)

    def note(self, *, collector: str) -> None:
        """Bring the facts of the status line up to date."""
        self.facts = replace(
            self.facts, collector=collector, last_ran=self.bridge.pulse.last_ran, stories=self.wire.total
        )

    def note_alerts(self, open_: int) -> None:
        """So many alerts are not acknowledged."""
        self.facts = replace(self.facts, alerts=open_)

    def take_first(self, news: News) -> None:
        """Fill the views before the first frame."""
        self.board.note_changes(news.changes)
        self.board.show(news.board, news.tally)
        if news.marked is not None:
            self.wire.take_marked(news.marked)
        if news.decisions is not None:
            self.board.take_decisions(news.decisions)
        self.wire.take_all(news.all_ids or ())
        self.facts = self.facts.with_news(news.feeds, len(news.changes), news.begun)
