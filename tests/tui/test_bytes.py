"""What goes over a slow link: counted in bytes of the frames that the app sends."""

from __future__ import annotations

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.samples import story, thursday
from tests.tui.screen import app_of, press, run, screen, settle


def counted(pilot: Pilot[None]) -> list[int]:
    """Sizes of the frames that the app makes, from now on."""
    sizes: list[int] = []
    app = pilot.app
    display = app._display

    def note(screen: Screen[object], renderable: RenderableType | None) -> None:
        frame: object = renderable
        if isinstance(frame, CompositorUpdate):
            sizes.append(len(frame.render_segments(app.console).encode()))
        display(screen, renderable)

    app._display = note  # type: ignore[method-assign]
    return sizes


def test_an_idle_screen_sends_nothing() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            sizes = counted(pilot)
            for _ in range(5):
                app_of(pilot).main.tick()
                app_of(pilot).look()
                await settle(pilot)
            assert sum(sizes) == 0

    run(test)


def test_a_cursor_move_repaints_two_lines() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            for panel in ("1", "2"):
                await press(pilot, panel, "j")
                sizes = counted(pilot)
                await pilot.press("j")
                # What follows it (the story beside the wire) comes once the cursor rests.
                assert 0 < sizes[0] <= 700, (panel, sizes)
                await settle(pilot)

    run(test)


def test_stories_that_wait_cost_only_their_count() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j")
            archive.add_story(story(970, "Bridge closed", -0.1))
            sizes = counted(pilot)
            app_of(pilot).look()
            await settle(pilot)
            assert 0 < sum(sizes) <= 1500, sizes
            sizes.clear()
            archive.add_story(story(971, "Bridge open again", -0.2))
            app_of(pilot).look()
            await settle(pilot)
            assert sum(sizes) == 0, "the next count is told a second later"
            app_of(pilot).main._recount()
            await settle(pilot)
            assert 0 < sum(sizes) <= 200, sizes

    run(test)
