"""Every panel over the whole screen, cell by cell, at three sizes and in ASCII; and legible in every theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.color import Color
from textual.pilot import Pilot

from tests.tui.samples import thursday
from tests.tui.screen import app_of, look, matches_golden, press, run, screen, text, with_options
from tui.states import LOOKS

PANELS = {
    "board": ("1",),
    "wire": ("2",),
    "story": ("2", "j", "j", "j", "enter", "3"),
    "evidence": ("j", "j", "4", "4"),
    "map": ("5", "5"),
    "timeline": ("6", "6"),
    "shift": ("c",),
}
SIZES = ((80, 24), (120, 40), (200, 60))
LEAST = 4.5
"""Contrast that text must have."""


def body(pilot: Pilot[None]) -> str:
    """The screen without the lines of the machine's state and of the keys, which have tests of their own."""
    return "\n".join(text(pilot).split("\n")[1:-1])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", PANELS)
def test_a_panel(panel: str, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with screen(thursday(), size) as pilot:
            await look(pilot)
            await press(pilot, *PANELS[panel])
            matches_golden(f"panels/{panel}-{size[0]}x{size[1]}", body(pilot))

    run(test)


@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_in_ascii(panel: str) -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24), options=with_options(ascii_only=True)) as pilot:
            await look(pilot)
            await press(pilot, *PANELS[panel])
            assert body(pilot).isascii()
            matches_golden(f"panels/{panel}-ascii-80x24", body(pilot))

    run(test)


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


@pytest.mark.parametrize("panel", PANELS)
def test_without_colour_every_state_still_has_its_sign(panel: str) -> None:
    async def test() -> None:
        async with screen(thursday(), (120, 40), options=with_options(theme="ansi")) as pilot:
            await look(pilot)
            await press(pilot, *PANELS[panel])
            if panel in ("board", "timeline", "map"):
                shown = body(pilot)
                for state in ("captured", "contested"):
                    look_of = next(each for each in LOOKS if each.state == state)
                    assert look_of.glyph in shown or look_of.letter in shown
            assert app_of(pilot).theme == "warwatch-ansi"
            assert app_of(pilot).room.layout.focus == panel

    run(test)
