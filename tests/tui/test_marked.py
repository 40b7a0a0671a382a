"""Which of the newest stories nobody read: known for so many of them, and no more."""

from __future__ import annotations

import pytest

from feeds.evidence import Action
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, story
from tui import marked
from tui.marked import Marked, MarkedRows


def mark(archive: FakeArchive, rows: MarkedRows, kind: str, number: int, value: str = "") -> None:
    id_ = archive.stories[number - 1].id
    archive.act(Action(kind, "me", NOW, story=id_, value=value))
    rows.touched([id_])


def test_what_is_known_of_marks_does_not_grow_with_what_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "LOOKED_AT", 5)
    archive = FakeArchive()
    rows = MarkedRows(archive)
    for number in range(1, 6):
        archive.add_story(story(number, f"Story {number}", 100 - number))
    rows.begin([5, 4, 3, 2, 1])
    mark(archive, rows, "dismiss", 2)
    mark(archive, rows, "read", 5)
    assert rows.marked() == Marked(3, 5, frozenset({2}))
    for number in range(6, 40):
        archive.add_story(story(number, f"Story {number}", 100 - number))
        rows.look([number])
    assert rows.marked() == Marked(5, 5, frozenset({2})), "dismissed stays out of sight, however old"
    assert len(rows._rows) == 6
    mark(archive, rows, "dismiss", 2, "off")
    assert rows.marked() == Marked(5, 5, frozenset())
    assert len(rows._rows) == 5
