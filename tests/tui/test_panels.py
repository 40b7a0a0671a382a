"""Every panel over the whole screen, cell by cell, at three sizes: dark, light, with NO_COLOR and in ASCII; and legible."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from textual.color import Color
from textual.pilot import Pilot

from tests.tui.samples import thursday
from tests.tui.screen import app_of, look, matches_golden, press, run, screen, settle, text, with_options
from tui.styling import LIGHT

PANELS = {
    "board": ("1",),
    "wire": ("2",),
    "story": ("2", "j", "j", "j", "enter", "3"),
    "evidence": ("j", "j", "4", "4"),
    "map": ("5", "5"),
    "timeline": ("6", "6"),
    "shift": ("c",),
}
DRAWN_IN_LETTERS = {
    name: name.replace("-", "-no-color-")
    for panel in PANELS
    for size in ("80x24", "120x40", "200x60")
    if (name := f"{panel}-{size}") in ("board-200x60", "wire-200x60") or panel in ("map", "timeline")
}
"""Without colours a map and a band are drawn in letters; all else has the same words."""
SIZES = ((80, 24), (120, 40), (200, 60))
LEAST = 4.5
"""Contrast that text must have."""


def body(pilot: Pilot[None]) -> str:
    """The screen without the lines of the machine's state and of the keys, which have tests of their own."""
    return "\n".join(text(pilot).split("\n")[1:-1])


async def at_every_size(pilot: Pilot[None], panel: str, kept: Callable[[str], str]) -> None:
    """The panel at each size, as it is kept under the name that ``kept`` gives to ``PANEL-COLUMNSxROWS``."""
    await look(pilot)
    await press(pilot, *PANELS[panel])
    for columns, rows in SIZES:
        await pilot.resize_terminal(columns, rows)
        await settle(pilot)
        matches_golden(f"panels/{kept(f'{panel}-{columns}x{rows}')}", body(pilot))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_dark_and_light(panel: str, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with screen(thursday(), size) as pilot:
            await look(pilot)
            await press(pilot, *PANELS[panel])
            dark = list(inks(pilot))
            matches_golden(f"panels/{panel}-{size[0]}x{size[1]}", body(pilot))
            pilot.app.theme = LIGHT
            await settle(pilot)
            matches_golden(f"panels/{panel}-{size[0]}x{size[1]}", body(pilot))
            light = list(inks(pilot))
            assert {each[0] for each in light} == {LIGHT}
            cursor = Color.parse(app_of(pilot).theme_variables["w-cursor-background"])
            both = {each[3] for each in dark} & {each[3] for each in light}
            assert both <= {cursor}, "a dark ground is left"

    run(test)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_in_ascii(panel: str) -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24), options=with_options(ascii_only=True)) as pilot:
            await at_every_size(pilot, panel, lambda name: name.replace("-", "-ascii-"))
            assert body(pilot).isascii()

    run(test)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_with_no_color(panel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def test() -> None:
        async with screen(thursday(), (80, 24), options=with_options(theme="")) as pilot:
            assert app_of(pilot).theme == "warwatch-ansi"
            await at_every_size(pilot, panel, lambda name: DRAWN_IN_LETTERS.get(name, name))
            assert app_of(pilot).room.layout.focus == panel
            assert coloured(pilot) == []

    run(test)


def coloured(pilot: Pilot[None]) -> list[str]:
    """What would reach a terminal in any colour but its own."""
    found = []
    for strip in pilot.app.screen._compositor.render_strips():
        segments = list(strip)
        for each in pilot.app.get_line_filters():
            segments = each.apply(segments, Color(0, 0, 0))
        for text_, style, _ in segments:
            colours = (style.color, style.bgcolor) if style else ()
            found += [text_ for colour in colours if colour is not None and not colour.is_default]
    return found


def inks(pilot: Pilot[None]) -> Iterator[tuple[str, str, Color, Color]]:
    """(theme, text, ink, ground) of what is painted."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if segment.text.strip() and style and style.color and style.bgcolor:
                yield (
                    pilot.app.theme,
                    segment.text,
                    Color.from_rich_color(style.color),
                    Color.from_rich_color(style.bgcolor),
                )


def contrast(ink: Color, ground: Color) -> float:
    """As the WCAG has it: 1 to 21."""
    lights = sorted(
        sum(
            share * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
            for share, part in zip(
                (0.2126, 0.7152, 0.0722), (colour.r / 255, colour.g / 255, colour.b / 255), strict=True
            )
        )
        for colour in (ink, ground)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("panel", [name for name in PANELS if name != "map"])
def test_what_is_written_can_be_read(panel: str, theme: str) -> None:
    async def test() -> None:
        async with screen(thursday(), (120, 40), options=with_options(theme=theme)) as pilot:
            await look(pilot)
            await press(pilot, *PANELS[panel])
            pilot.app.screen._compositor.reflow(pilot.app.screen, pilot.app.screen.size)
            letters = [each for each in inks(pilot) if any(sign.isalnum() for sign in each[1])]
            assert len(letters) > 20
            pale = [each for each in letters if contrast(each[2], each[3]) < LEAST - 0.05]
            assert not pale, pale[:3]

    run(test)
