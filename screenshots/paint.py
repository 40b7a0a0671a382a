"""A terminal's cells painted as a picture, each glyph on its own square, so that borders and columns meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from PIL import Image, ImageColor, ImageDraw, ImageFont

FONT_SIZE: Final = 15
_FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/TTF"),
    Path("/usr/share/fonts/dejavu"),
)
_MARGIN: Final = 8
_COLOURS: Final = 256
"""Colours that a picture of this kind may have."""
_EDGES: Final = (0.0, 1.0, 0.6, 0.3)
"""How much of its ink each pixel of a letter has; the pixels between go to the nearest."""
_PAPER: Final = "0d1117"
_INK: Final = "e6edf3"
_NAMED: Final = {
    "black": "000000",
    "red": "ff7b72",
    "green": "3fb950",
    "brown": "d29922",
    "blue": "58a6ff",
    "magenta": "bc8cff",
    "cyan": "39c5cf",
    "white": "b1bac4",
    "brightblack": "6e7681",
    "brightred": "ffa198",
    "brightgreen": "56d364",
    "brightbrown": "e3b341",
    "brightblue": "79c0ff",
    "brightmagenta": "d2a8ff",
    "brightcyan": "56d4dd",
    "brightwhite": "ffffff",
}  # fmt: skip
"""The sixteen colours of a terminal in a dark theme; those of 256 and of all come as figures."""


class Cell(Protocol):
    """One character of a screen, as pyte keeps it."""

    @property
    def data(self) -> str: ...
    @property
    def fg(self) -> str: ...
    @property
    def bg(self) -> str: ...
    @property
    def bold(self) -> bool: ...
    @property
    def underscore(self) -> bool: ...
    @property
    def reverse(self) -> bool: ...


class Screen(Protocol):
    """A screen as pyte keeps it."""

    columns: int
    lines: int

    @property
    def buffer(self) -> Mapping[int, Mapping[int, Cell]]:
        """Cells by line and column."""


class FontMissingError(Exception):
    """DejaVu Sans Mono is not on this machine."""


@cache
def font(*, bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans Mono; FontMissingError says where to get it."""
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return ImageFont.truetype(str(folder / name), FONT_SIZE)
    raise FontMissingError(
        f"{name} is not in {', '.join(map(str, _FOLDERS))}; on Debian: apt-get install fonts-dejavu-core"
    )


def paint(screen: Screen) -> Image.Image:
    """The screen as a picture with few colours."""
    plain = font()
    across, down = round(plain.getlength("M")), sum(plain.getmetrics())
    size = (screen.columns * across + 2 * _MARGIN, screen.lines * down + 2 * _MARGIN)
    picture = Image.new("RGB", size, f"#{_PAPER}")
    draw = ImageDraw.Draw(picture)
    for y in range(screen.lines):
        for x in range(screen.columns):
            _paint_cell(draw, screen.buffer[y][x], _MARGIN + x * across, _MARGIN + y * down, across, down)
    return picture.quantize(palette=_palette(screen), dither=Image.Dither.NONE)


def _palette(screen: Screen) -> Image.Image:
    """The colours that the screen has, and between ink and paper those of the letters' edges: none is left out for its rarity."""
    cells = [screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns)]
    pairs = Counter((_colour(each.fg, _INK), _colour(each.bg, _PAPER)) for each in cells if each.data.strip())
    papers = Counter(_colour(each.bg, _PAPER) for each in cells)
    wanted = dict.fromkeys(ImageColor.getrgb(each) for each in papers)
    for share in _EDGES:
        for (ink, paper), _ in pairs.most_common():
            wanted[_between(paper, ink, share)] = None
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in list(wanted)[:_COLOURS] for part in colour])
    return palette


def _between(paper: str, ink: str, share: float) -> tuple[int, ...]:
    ends = zip(ImageColor.getrgb(paper), ImageColor.getrgb(ink), strict=True)
    return tuple(round(one + (two - one) * share) for one, two in ends)


def _paint_cell(draw: ImageDraw.ImageDraw, cell: Cell, left: int, top: int, across: int, down: int) -> None:
    ink, paper = _colour(cell.fg, _INK), _colour(cell.bg, _PAPER)
    if cell.reverse:
        ink, paper = paper, ink
    if paper != f"#{_PAPER}":
        draw.rectangle((left, top, left + across - 1, top + down - 1), fill=paper)
    if cell.data[:1] and 0x2800 <= ord(cell.data[0]) <= 0x28FF:
        _paint_braille(draw, ord(cell.data[0]) - 0x2800, ink, left, top, across, down)
    elif cell.data.strip():
        draw.text((left, top), cell.data, fill=ink, font=font(bold=cell.bold))
    if cell.underscore:
        draw.line((left, top + down - 2, left + across - 1, top + down - 2), fill=ink)


def _paint_braille(
    draw: ImageDraw.ImageDraw, dots: int, ink: str, left: int, top: int, across: int, down: int
) -> None:
    """Eight dots on even squares, so that lines of them meet; DejaVu Sans Mono has none."""
    for bit, (x, y) in enumerate(((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))):
        if dots >> bit & 1:
            middle, height = left + (2 * x + 1) * across / 4, top + (2 * y + 1) * down / 8
            draw.ellipse((middle - 1.2, height - 1.2, middle + 1.2, height + 1.2), fill=ink)


def _colour(name: str, default: str) -> str:
    return f"#{default if name == 'default' else _NAMED.get(name, name)}"
