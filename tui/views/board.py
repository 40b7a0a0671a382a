"""The board as a view: a row for each capital, in an order, with what changed marked until it is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from feeds.clock import Clock
from feeds.evidence import Change, Standing
from feeds.theatres.model import Place, Theatre
from tui.journal import Decisions
from tui.reading import Tally
from tui.states import LOOKS, look_of
from tui.views.filtering import Filter
from tui.views.listing import Listing
from tui.views.subjects import Subject, standing_subject

ORDERS: Final = ("change", "state", "region", "strength")
"""Orders of the board; the first is what a newcomer sees."""
GROUPS: Final = ("", "state", "region")
"""What the rows may stand under; the first is no heading at all."""
PLACES: Final = ("capitals", "towns", "both")
"""Which rows the board lists."""
_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One capital: where it is, how it stands, and the words behind it."""

    place: Place
    standing: Standing
    words: str = ""
    """Sentence of the strongest testimony that counts now; empty when there is none."""

    @property
    def subject(self) -> Subject:
        """What the filter looks at."""
        return standing_subject(self.place, self.standing, self.words)

    @property
    def text(self) -> str:
        """What the search looks into."""
        return self.subject.text


class BoardView:
    """Rows, order, filter and marks of the board."""

    def __init__(self, theatre: Theatre, clock: Clock) -> None:
        self.theatre = theatre
        self._clock = clock
        self.listing: Listing[str] = Listing()
        self.order: str = ORDERS[0]
        self.group: str = GROUPS[0]
        self.places: str = PLACES[0]
        self.glowing: frozenset[str] = frozenset()
        """Places that changed a moment ago."""
        self.filter = Filter()
        self.tally: Tally | None = None
        self.version = 0
        """Moves when any row's words may have changed."""
        self.latest: Change | None = None
        """The newest change of the shift."""
        self.decisions = Decisions()
        """What operators decided about places."""
        self._rows: dict[str, BoardRow] = {}
        self._changed: dict[str, datetime] = {}
        self._seen: dict[str, datetime] = {}
        self._terms: Mapping[str, tuple[str, ...]] = {}
        self._headed: tuple[object, list[str | int]] = (None, [])

    def begin_afresh(self) -> None:
        """Forget what changed: another moment is shown from now on."""
        self._changed, self.latest = {}, None
        self.version += 1
        self.listing.begin_afresh()

    def show(self, rows: Sequence[BoardRow], tally: Tally | None) -> bool:
        """Take the rows as they are now; True when rows moved. Their order waits while somebody is in the list."""
        if (
            tally == self.tally
            and len(rows) == len(self._rows)
            and all(self._rows.get(row.place.id) is row for row in rows)
        ):
            return False
        self._rows = {row.place.id: row for row in rows}
        self.tally = tally
        self.version += 1
        return self.listing.offer(self._ordered())

    def find(self, words: str, step: int, *, here: bool = False) -> bool:
        """Select the next row (1) or the one before (-1) that holds the words, around the end."""
        shown, start = self.listing.shown, self.listing.index
        for distance in range(0 if here else 1, len(shown) + (not here)):
            index = (start + step * distance) % len(shown)
            if words.casefold() in self._rows[shown[index]].text.casefold():
                self.listing.go(index)
                return True
        return False

    def note_changes(self, changes: Sequence[Change]) -> None:
        """Mark the places that changed until they are looked at."""
        for change in changes:
            if change.at > self._changed.get(change.place, _NEVER):
                self._changed[change.place] = change.at
            if self.latest is None or change.at >= self.latest.at:
                self.latest = change
        self.version += bool(changes)

    def shows(self, place: Place) -> bool:
        """Whether a place is among those that are listed."""
        return self.places == "both" or (place.kind == "town") == (self.places == "towns")

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places that are listed, whatever the filter."""
        return tuple(place for place in self.theatre.places if self.shows(place))

    def lines(self) -> Sequence[str | int]:
        """What stands in each line: a row by its position, or the heading of a group."""
        key = (self.group, self.version, tuple(self.listing.shown))
        if self._headed[0] != key:
            found: list[str | int] = []
            before = None
            for index in range(self.listing.count):
                heading = self.group_of(index)
                if heading is not None and heading != before:
                    found.append(heading)
                before = heading
                found.append(index)
            self._headed = (key, found)
        return self._headed[1]

    def line_of(self, index: int) -> int:
        """The line that a row stands in."""
        return self.lines().index(index) if self.group and self.listing.count else index

    def group_of(self, index: int) -> str | None:
        """The heading that a row stands under; None without groups."""
        if not self.group:
            return None
        row = self.row(index)
        return row.standing.state if self.group == "state" else row.place.region

    def row(self, index: int) -> BoardRow:
        """The row at a position on display."""
        return self._rows[self.listing.shown[index]]

    def row_of(self, place: str) -> BoardRow | None:
        """The row of a place; None when the board has none."""
        return self._rows.get(place)

    @property
    def selected(self) -> BoardRow | None:
        """The selected row; None on an empty board."""
        key = self.listing.selected
        return self._rows[key] if key is not None else None

    def is_marked(self, place: str) -> bool:
        """Whether the place changed and nobody has looked at it since."""
        seen = max(self._seen.get(place, _NEVER), self.decisions.acknowledged.get(place, _NEVER))
        return self._changed.get(place, _NEVER) > seen

    def take_decisions(self, decisions: Decisions) -> None:
        """Take what operators decided; rows may look different."""
        if decisions != self.decisions:
            self.decisions = decisions
            self.version += 1

    def pending(self, row: BoardRow, now: datetime) -> str:
        """A decision that the collector has not heeded yet; empty when there is none."""
        wanted = self.decisions.override_of(row.place.id, now)
        if wanted is not None and not row.standing.override:
            return f"to be set to {wanted.value} by the collector"
        if wanted is None and row.standing.override:
            return "override over, the collector will lift it"
        return ""

    def see(self, place: str) -> None:
        """Somebody opened the place: its mark goes."""
        self._seen[place] = self._changed.get(place, _NEVER)
        self.version += 1

    def next_order(self) -> str:
        """Turn to the next order and return its name."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.listing.replace(self._ordered())
        return self.order

    def next_group(self) -> str:
        """Turn to the next grouping and return its name."""
        self.group = GROUPS[(GROUPS.index(self.group) + 1) % len(GROUPS)]
        self.listing.replace(self._ordered())
        return self.group

    def next_places(self) -> str:
        """List capitals, towns or both in turn; empty when the theatre has no towns."""
        if all(place.kind != "town" for place in self.theatre.places):
            return ""
        self.places = PLACES[(PLACES.index(self.places) + 1) % len(PLACES)]
        self.version += 1
        self.listing.replace(self._ordered())
        return self.places

    def glow(self, changes: Sequence[Change]) -> bool:
        """Let the places that changed just now stand out for a moment; True when any of them is listed."""
        self.glowing = frozenset(change.place for change in changes) & frozenset(self.listing.shown)
        return bool(self.glowing)

    def take_terms(self, terms: Mapping[str, tuple[str, ...]]) -> None:
        """Take the watch terms found in what is told of each capital, which the filter asks for."""
        self._terms = terms
        self.listing.replace(self._ordered())

    def set_filter(self, wanted: Filter) -> None:
        """Show only the rows that match."""
        self.filter = wanted
        self.listing.replace(self._ordered())

    def states(self) -> Mapping[str, str]:
        """How each capital stands."""
        return {place: row.standing.state for place, row in self._rows.items()}

    def counts(self) -> Mapping[str, int]:
        """How many capitals are in each state, gravest first, none left out."""
        found = Counter(row.standing.state for row in self._rows.values() if self.shows(row.place))
        return {look.state: found[look.state] for look in LOOKS if found[look.state]}

    def _subject(self, row: BoardRow) -> Subject:
        terms = self._terms.get(row.place.id, ())
        return standing_subject(row.place, row.standing, row.words, terms) if terms else row.subject

    def _ordered(self) -> list[str]:
        now = self._clock()
        rows = [
            row
            for row in self._rows.values()
            if self.shows(row.place) and self.filter.matches(self._subject(row), now)
        ]
        rows.sort(key=lambda row: row.place.name)
        if self.order == "region":
            rows.sort(key=lambda row: row.place.region)
        elif self.order == "strength":
            rows.sort(key=lambda row: -row.standing.strength)
        else:
            rows.sort(key=lambda row: row.standing.since or _NEVER, reverse=True)
            if self.order == "state":
                rows.sort(key=lambda row: look_of(row.standing.state).order)
            else:
                rows.sort(key=lambda row: not look_of(row.standing.state).telling)
        if self.group == "state":
            rows.sort(key=lambda row: look_of(row.standing.state).order)
        elif self.group == "region":
            rows.sort(key=lambda row: row.place.region)
        return [row.place.id for row in rows]
