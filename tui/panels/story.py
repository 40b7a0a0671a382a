"""The story: its text with the words that matter marked, and who else told it."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.clock import Clock
from tui.cells import Run, line
from tui.textlist import TextList
from tui.views.story import StoryView


class StoryPanel(TextList):
    """A text to read; moving scrolls it."""

    def __init__(self, view: StoryView, clock: Clock) -> None:
        super().__init__(view, clock, id="story")
        self.view = view

    def step(self, by: int) -> bool:
        return self.scroll_lines(by)

    def empty_lines(self) -> Sequence[str]:
        return ("Choose a story on the wire; Enter opens it.",)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        page = self.view.page
        upper: list[Run] = [("Story ", "bold")]
        if page is not None:
            upper.append((f" {line(page.story.outlet)} ", ""))
        first, last = self.lines_in_sight
        more = self.line_count() - last
        lower = self.view.others.at(self.view.at)
        if more > 0 and last > first:
            lower.append((f" {more} more lines ", "$w-muted"))
        return upper, lower

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolling changes how many lines are left to read."""
        super().watch_scroll_y(old_value, new_value)
        self.retitle()

    def find(self, words: str, step: int) -> bool:
        """Scroll to the next line (1) or the one before (-1) that holds the words."""
        at = self.view.find(words, self.scroll_offset.y, step)
        if at is None:
            return False
        self.scroll_to(y=at, animate=False)
        return True
