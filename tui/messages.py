"""What the parts of the screen tell each other; all go up to the screen, which alone knows them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.message import Message

from tui.alarms import Alarm
from tui.bridge import News
from tui.views.evidence import EvidencePage
from tui.views.order import NewestFirst
from tui.views.story import StoryPage
from tui.views.timeline import TimelinePage

if TYPE_CHECKING:
    from tui.shift.records import Handover


class Arrived(Message):
    """The archive moved: everything that is new since the last time, merged."""

    def __init__(self, news: News) -> None:
        self.news = news
        super().__init__()


class Trouble(Message):
    """Something could not be read; said to the operator in one line."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__()


class Alarmed(Message):
    """Something was alerted, or acknowledged."""

    def __init__(self, alarm: Alarm) -> None:
        self.alarm = alarm
        super().__init__()


class Decided(Message):
    """The operator's decision is in the journal; what was done, in a few words."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__()


class Said(Message):
    """What another program did with a story, and what goes on the clipboard."""

    def __init__(self, words: str, clipboard: str = "") -> None:
        self.words = words
        self.clipboard = clipboard
        super().__init__()


class FactboxWritten(Message):
    """The factbox that was asked for, by form: ``txt``, ``md``."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        super().__init__()


class EvidenceRead(Message):
    """The evidence that was asked for."""

    def __init__(self, page: EvidencePage) -> None:
        self.page = page
        super().__init__()


class StoryRead(Message):
    """The story that was asked for; None when the archive does not have it."""

    def __init__(self, page: StoryPage | None) -> None:
        self.page = page
        super().__init__()


class TimelineRead(Message):
    """The past that was asked for."""

    def __init__(self, page: TimelinePage) -> None:
        self.page = page
        super().__init__()


class ShiftRead(Message):
    """What is to be handed over, as it was asked for."""

    def __init__(self, page: Handover) -> None:
        self.page = page
        super().__init__()


class UnreadRead(Message):
    """The unread stories of the wire, for the next one (1) or the one before (-1) to be gone to."""

    def __init__(self, step: int, ids: NewestFirst) -> None:
        self.step = step
        self.ids = ids
        super().__init__()


class FilterRead(Message):
    """Rows of the wire that the archive found for the words typed."""

    def __init__(self, line: str, ids: list[int] | None, *, again: bool, trouble: str = "") -> None:
        self.line = line
        self.ids = ids
        """None when the archive could not be read."""
        self.again = again
        """True when the same filter was asked again because stories arrived or somebody acted."""
        self.trouble = trouble
        """Why it could not be read, in one line."""
        super().__init__()


class BoardTermsRead(Message):
    """In what is told of which capital the watch terms of the board's filter were found."""

    def __init__(self, line: str, terms: Mapping[str, tuple[str, ...]]) -> None:
        self.line = line
        self.terms = terms
        super().__init__()


class SearchRead(Message):
    """Rows of the wire that match the search."""

    def __init__(self, words: str, ids: NewestFirst) -> None:
        self.words = words
        self.ids = ids
        super().__init__()


class Typed(Message):
    """The operator typed in the prompt: what for, the words so far, and whether they are done."""

    def __init__(self, purpose: str, words: str, *, done: bool) -> None:
        self.purpose = purpose
        self.words = words
        self.done = done
        super().__init__()


class Left(Message):
    """The operator left the prompt without an answer."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        super().__init__()
