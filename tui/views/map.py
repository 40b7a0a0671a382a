"""The map as a view: provinces tinted by their capital's standing, cities by glyph, the board's own selection.

Shapes become cells once for each size and place (:mod:`tui.braille`); a standing that moves only tints them again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import cos, hypot, radians
from typing import Final, TypeVar

from feeds.errors import TheatreError
from feeds.theatres.model import Place, Theatre
from feeds.theatres.shapes import Shapes, shapes_of
from tui.braille import Pick, Point, Raster, Window, paint
from tui.cells import width
from tui.states import LOOKS, glyph_of, look_of
from tui.views.board import BoardRow, BoardView
from tui.views.labels import Label, Spot, place_labels
from tui.views.pieces import BORDER, CHOSEN, UNFOLLOWED, Piece

MODES: Final = ("braille", "blocks", "letters")
"""Borders in braille over tints; tints alone, two a cell; letters for terminals without colour or Unicode."""
STEP: Final = 1.5
"""How much closer one step of zoom looks."""
CLOSEST: Final = 9
MARGIN: Final = 0.02
"""Room around the country, as a share of its size."""
T = TypeVar("T")


class MapView:
    """What part of the country is shown, and its lines."""

    def __init__(
        self, theatre: Theatre, board: BoardView, read: Callable[[Theatre], Shapes] = shapes_of
    ) -> None:
        self.theatre, self.board = theatre, board
        self.mode = MODES[0]
        self.zoom = 0
        """Steps closer than the whole country."""
        self.trouble = ""
        """Why there are no shapes, in one line."""
        self._read = read
        self._centre: Point | None = None
        self._made_for: tuple[object, ...] = ()
        self._raster = Raster((), (), ())
        self._window = Window.around(((0, 0), (1, 1)), 1, 1)

    @cached_property
    def shapes(self) -> Shapes:
        """The shapes, read when they are first wanted; none when their file is not sound, and ``trouble`` says so."""
        try:
            return self._read(self.theatre)
        except TheatreError as error:
            self.trouble = str(error)
            return Shapes()

    @cached_property
    def _areas(self) -> tuple[tuple[Place | None, ...], dict[int, tuple[int, ...]]]:
        """Whose capital tints each area, by its number; and the areas that share one shape."""
        divisions = self.shapes.divisions
        seats = [None, *(each.seats[0] if len(each.seats) == 1 else None for each in divisions)]
        shared: dict[int, tuple[int, ...]] = {}
        for number, division in enumerate(divisions, 1):
            if len(division.seats) > 1:
                shared[number] = tuple(range(len(seats), len(seats) + len(division.seats)))
                seats += division.seats
        return tuple(seats), shared

    @cached_property
    def _box(self) -> tuple[Point, Point]:
        points = [point for arc in self.shapes.arcs for point in arc.points]
        points += [(place.lon, place.lat) for place in self.theatre.places]
        across, up = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        more, taller = MARGIN * (max(across) - min(across)), MARGIN * (max(up) - min(up))
        return (min(across) - more, min(up) - taller), (max(across) + more, max(up) + taller)

    # What part is shown.

    def closer(self, steps: int) -> bool:
        """Look closer by so many steps, or from further off, at the chosen city; True when that changed anything."""
        wanted = max(0, min(self.zoom + steps, CLOSEST))
        if wanted == self.zoom:
            return False
        if not self.zoom and (row := self.board.selected):
            self._centre = (row.place.lon, row.place.lat)
        self.zoom = wanted
        if not wanted:
            self._centre = None
        return True

    def pan(self, across: int, up: int) -> bool:
        """Move by quarters of the window; True when that changed anything."""
        if not self.zoom:
            return False
        window, (west_south, east_north) = self._window, self._box
        x, y = self._centre or _middle(self._box)
        x += across * window.wide * window.columns / 2
        y += up * window.high * window.rows
        wanted = (
            min(max(x, west_south[0]), east_north[0]),
            min(max(y, west_south[1]), east_north[1]),
        )
        moved, self._centre = wanted != self._centre, wanted
        return moved

    def follow(self) -> bool:
        """Bring the chosen city into sight; True when the map had to move."""
        row = self.board.selected
        if row is None or not self.zoom or self._window.cell((row.place.lon, row.place.lat)):
            return False
        self._centre = (row.place.lon, row.place.lat)
        return True

    def next_mode(self) -> str:
        """Draw in the next way and return its name."""
        self.mode = MODES[(MODES.index(self.mode) + 1) % len(MODES)]
        return self.mode

    def fit(self, columns: int, rows: int) -> None:
        """Make the raster for a size, unless it is there already."""
        wanted = (columns, rows, self.zoom, self._centre)
        if wanted == self._made_for:
            return
        self._made_for = wanted
        box = self._box
        if self._centre:
            half_x, half_y = (box[1][0] - box[0][0]) / 2, (box[1][1] - box[0][1]) / 2
            x, y = self._centre
            box = (x - half_x, y - half_y), (x + half_x, y + half_y)
        self._window = Window.around(box, columns, rows, STEP**self.zoom)
        seats, shared = self._areas
        lines = [(arc.left + 1, arc.right + 1, arc.points) for arc in self.shapes.arcs]
        picks = {number: _nearest(areas, seats) for number, areas in shared.items()}
        self._raster = paint(self._window, lines, picks)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows that the raster was made for."""
        return self._window.columns, len(self._raster.owners)

    # What is drawn.

    def spots(self) -> dict[tuple[int, int], list[BoardRow]]:
        """The cities in each cell that has any; the chosen one first, then the graver."""
        found: dict[tuple[int, int], list[BoardRow]] = {}
        for row in self._by_gravity():
            if cell := self._window.cell((row.place.lon, row.place.lat)):
                found.setdefault(cell, []).append(row)
        return found

    def lines(self, *, ascii_only: bool = False) -> list[list[Piece]]:
        """Every line of the map as it stands now."""
        mode = "letters" if ascii_only else self.mode
        grounds = self._grounds()
        spots = self.spots()
        overlays = self._overlays(spots, ascii_only=ascii_only or mode == "letters")
        lines = []
        for number in range(len(self._raster.owners)):
            pieces = self._cells(number, mode, grounds, spots)
            lines.append(_overlaid(pieces, overlays.get(number, ())))
        return lines

    def at(self, column: int, row: int) -> str | None:
        """Id of the capital at a cell, by its city or its province; None where there is none."""
        for reach in (0, 1):
            for (x, y), found in self.spots().items():
                if abs(x - column) <= reach and y == row:
                    return found[0].place.id
        if not (0 <= row < len(self._raster.owners) and 0 <= column < self._window.columns):
            return None
        seat = self._areas[0][self._raster.owners[row][column]]
        return seat.id if seat and self.board.row_of(seat.id) else None

    def states(self) -> Mapping[str, int]:
        """How many capitals are in each state, gravest first."""
        return self.board.counts()

    def _by_gravity(self) -> list[BoardRow]:
        """The capitals on the board, the chosen one first, then the graver and the larger."""
        chosen = self.board.selected
        rows = [row for place in self.board.shown if (row := self.board.row_of(place.id))]
        return sorted(
            rows,
            key=lambda row: (
                row is not chosen,
                not self.board.is_marked(row.place.id),
                look_of(row.standing.state).order,
                row.place.kind == "town",
                row.place.kind != "national",
                -row.place.population,
                row.place.id,
            ),
        )

    def _grounds(self) -> list[str]:
        """The state that tints each area, by its number."""
        found = [""]
        for seat in self._areas[0][1:]:
            row = self.board.row_of(seat.id) if seat else None
            found.append(row.standing.state if row else UNFOLLOWED)
        return found

    def _overlays(
        self, spots: Mapping[tuple[int, int], Sequence[BoardRow]], *, ascii_only: bool
    ) -> dict[int, list[Label]]:
        """City glyphs and the names that find room, by line and from left to right."""
        chosen = self.board.selected
        wanted = []
        for cell, rows in spots.items():
            row = rows[0]
            look = look_of(row.standing.state)
            picked = row is chosen
            glyph = (
                look.letter if ascii_only and look.telling else glyph_of(look.state, ascii_only=ascii_only)
            )
            wanted.append(
                Spot(
                    cell,
                    glyph,
                    self._names(rows),
                    CHOSEN if picked else look.style,
                    CHOSEN if picked else "strong" if look.telling else "muted",
                )
            )
        by_line: dict[int, list[Label]] = {}
        for label in place_labels(wanted, self._window.columns, self._window.rows):
            by_line.setdefault(label.row, []).append(label)
        for labels in by_line.values():
            labels.sort(key=lambda label: label.column)
        return by_line

    def _names(self, rows: Sequence[BoardRow]) -> tuple[str, ...]:
        """What to write beside a cell, the fullest first: two cities in it share a label."""
        first, *rest = [_plain(row.place) + "*" * self.board.is_marked(row.place.id) for row in rows]
        if not rest:
            return (first,)
        both = (f"{first}, {rest[0]}",) if len(rest) == 1 else ()
        return (*both, f"{first} +{len(rest)}", first)

    def _cells(
        self,
        number: int,
        mode: str,
        grounds: Sequence[str],
        spots: Mapping[tuple[int, int], Sequence[BoardRow]],
    ) -> list[Piece]:
        """A line without cities: runs of one tint."""
        if mode == "blocks":
            upper, lower = self._raster.halves[2 * number : 2 * number + 2]
            tints = [
                (BORDER if a < 0 else grounds[a], BORDER if b < 0 else grounds[b])
                for a, b in zip(upper, lower, strict=True)
            ]
            return [
                Piece((" " if above == below else "▀") * length, f"tint-{above or 'ground'}", below)
                for (above, below), length in _runs(tints)
            ]
        owners, borders = self._raster.owners[number], self._raster.borders[number]
        states = [grounds[owner] for owner in owners]
        for (
            column,
            row,
        ), found in spots.items():  # a province smaller than a cell still shows its city's state
            if row == number and states[column]:
                states[column] = found[0].standing.state
        text = borders if mode == "braille" else _lettered(owners, borders, states, number)
        pieces, at = [], 0
        for state, length in _runs(states):
            style = look_of(state).style if mode == "letters" and look_of(state).telling else BORDER
            pieces.append(Piece(text[at : at + length], style, state if mode == "braille" else ""))
            at += length
        return pieces


def legend(states: Mapping[str, int], *, ascii_only: bool) -> list[tuple[str, str]]:
    """(sign and word, style) of each state on the map, gravest first."""
    return [
        (
            f"{look.letter if ascii_only and look.telling else glyph_of(look.state, ascii_only=ascii_only)} {look.state}",
            look.style,
        )
        for look in LOOKS
        if states.get(look.state)
    ]


def _plain(place: Place) -> str:
    """The name, or the id where a letter of the name takes two cells: names are cut by cells."""
    return place.name if width(place.name) == len(place.name) else place.id


def _middle(box: tuple[Point, Point]) -> Point:
    (west, south), (east, north) = box
    return (west + east) / 2, (south + north) / 2


def _nearest(areas: Sequence[int], seats: Sequence[Place | None]) -> Pick:
    """Picks, of areas that share a shape, that of the nearest capital."""
    places = [(area, seat.lon, seat.lat) for area in areas if (seat := seats[area])]
    narrow = cos(radians(places[0][2]))

    def pick(lon: float, lat: float) -> int:
        return min(places, key=lambda one: hypot((one[1] - lon) * narrow, one[2] - lat))[0]

    return pick


def _runs(values: Sequence[T]) -> list[tuple[T, int]]:
    """Neighbours that are the same, counted."""
    found: list[tuple[T, int]] = []
    start = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[start]:
            found.append((values[start], at - start))
            start = at
    return found


def _lettered(owners: Sequence[int], borders: str, states: Sequence[str], number: int) -> str:
    """A line in letters: those of grave states strewn over their provinces, borders as points."""
    text = []
    for column, state in enumerate(states):
        look = look_of(state)
        if borders[column] != " ":
            text.append(".")
        elif owners[column] and state != UNFOLLOWED and look.telling and (column + 2 * number) % 4 == 0:
            text.append(look.letter.lower())
        else:
            text.append(" ")
    return "".join(text)


def _overlaid(pieces: Sequence[Piece], labels: Sequence[Label]) -> list[Piece]:
    """The line with labels written over it, each on the ground that was there."""
    if not labels:
        return list(pieces)
    found: list[Piece] = []
    queue = list(labels)
    at = 0
    for piece in pieces:
        start, end = at, at + len(piece.text)
        while at < end:
            while queue and queue[0].column + len(queue[0].text) <= at:
                queue.pop(0)
            label = queue[0] if queue else None
            if label is None or label.column >= end:
                found.append(Piece(piece.text[at - start :], piece.ink, piece.ground))
                at = end
            elif label.column > at:
                found.append(Piece(piece.text[at - start : label.column - start], piece.ink, piece.ground))
                at = label.column
            else:
                stop = min(end, label.column + len(label.text))
                found.append(
                    Piece(label.text[at - label.column : stop - label.column], label.style, piece.ground)
                )
                at = stop
    return found
