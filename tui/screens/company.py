"""Who else is there: said to the others while a story or a capital is open, and told in its border."""

from __future__ import annotations

import time
from typing import Final

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from feeds.errors import ArchiveError
from tui.panels.evidence import EvidencePanel
from tui.panels.story import StoryPanel
from tui.screens.alerting import AlertingScreen
from tui.views.company import NOBODY, Company, Others, in_front

LOOK_SECONDS: Final = 0.2
"""Between two looks at who is there; what is open is told when it stays open from one look to the next."""
_LOST_LOOKS: Final = 25
"""Looks left out after the archive could not be asked."""


class OthersMoved(Message):
    """Other people came to what is open, or left it."""

    def __init__(self, others: Others) -> None:
        self.others = others
        super().__init__()


class CompanyScreen(AlertingScreen):
    """A screen that says who else looks at the same."""

    def begin_company(self) -> None:
        """Say where the operator is from now on, and see who else is there."""
        company = self.room.options.company
        if company is not None and self.room.options.poll_seconds:
            self._keep_company(company)

    @property
    def in_front(self) -> str:
        """What the operator has open in front of them."""
        room = self.room
        panels = room.layout.arrange(self.size.width).panels
        return in_front(room.layout.focus, panels, room.story.at, room.evidence.at)

    @work(thread=True, group="pump", exit_on_error=False)
    def _keep_company(self, company: Company) -> None:
        worker = get_current_worker()
        said, seen, told, lost = "", "", NOBODY, 0
        while not worker.is_cancelled:
            time.sleep(LOOK_SECONDS)
            before, seen, lost = seen, self.in_front, max(lost - 1, 0)
            if lost:
                continue
            try:
                if seen != said and seen == before:
                    company.be_at(self.room.operator, seen)
                    said = seen
                now = Others(said, company.others()) if seen == said else NOBODY
            except ArchiveError:  # whoever looks at the archive tells the operator
                said, now, lost = "", NOBODY, _LOST_LOOKS
            if now != told and not worker.is_cancelled:
                told = now
                self.post_message(OthersMoved(now))

    @on(OthersMoved)
    def _others_moved(self, event: OthersMoved) -> None:
        self.room.story.others = self.room.evidence.others = event.others
        self.query_one(StoryPanel).retitle()
        self.query_one(EvidencePanel).retitle()
