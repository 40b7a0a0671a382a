"""What a stranger meets in the first minutes: the story under the cursor, messages that leave the screen legible."""

from __future__ import annotations

import pytest

from tests.tui.samples import thursday
from tests.tui.screen import press, run, screen, text


@pytest.mark.parametrize("keys", [("tab",), ("2",), ("tab", "tab", "shift+tab")], ids="-".join)
def test_on_the_wire_the_story_under_the_cursor_is_shown_at_once_and_stays_unread(
    keys: tuple[str, ...],
) -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            assert "Evidence  Herat" in text(pilot)
            await press(pilot, *keys)
            assert "Story  Local radio" in text(pilot)
            assert "Choose a story" not in text(pilot)
            assert archive.journal == []

    run(test)
