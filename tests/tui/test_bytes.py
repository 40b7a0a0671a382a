"""What goes over a slow link: counted in bytes of the frames that the app sends."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.tui.samples import story, thursday
from tests.tui.screen import app_of, press, run, screen, settle


def counted(pilot: Pilot[None]) -> list[int]:
    """Sizes of what the driver is given to write, from now on."""
    sizes: list[int] = []
    driver = pilot.app._driver
    assert driver is not None
    write = driver.write

    def note(data: str) -> None:
        sizes.append(len(data.encode()))
        write(data)

    driver.write = note  # type: ignore[method-assign]
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
                assert 0 < sum(sizes[:2]) <= 900, (panel, sizes)
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

    run(test)
