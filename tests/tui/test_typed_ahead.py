"""Keys typed while a story is still being read are for that story, whatever was shown before it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from textual import events
from textual.pilot import Pilot

from feeds.errors import ArchiveError
from feeds.story import Story
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import thursday
from tests.tui.screen import app_of, press, run, screen, settle, text


class SlowArchive:
    """Holds back every story that is asked for until it may come."""

    def __init__(self, archive: FakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
        self.archive, self.may_come = archive, threading.Event()
        self.may_come.set()
        self.broken = False
        read = archive.story

        def slowly(id_: str) -> Story | None:
            self.may_come.wait(30)
            if self.broken:
                raise ArchiveError("the disk is gone")
            return read(id_)

        monkeypatch.setattr(archive, "story", slowly)

    async def type_ahead(self, pilot: Pilot[None], *keys: str) -> None:
        """Types keys in one go while no story comes; then it comes."""
        self.may_come.clear()
        for key in keys:
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(20):
            await pilot.pause()
        self.may_come.set()
        await settle(pilot)

    def done(self) -> list[tuple[str, str]]:
        """What was decided of which story, but that it was opened."""
        return [(one.kind, one.story) for one in self.archive.journal if one.kind != "read"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowArchive]:
    made = SlowArchive(thursday(), monkeypatch)
    yield made
    made.may_come.set()


def chosen(pilot: Pilot[None]) -> str:
    """The story under the wire's cursor."""
    row = app_of(pilot).room.wire.selected
    assert row is not None
    return row.id


def test_enter_then_s_splits_the_story_that_is_being_opened(slow: SlowArchive) -> None:
    async def test() -> None:
        async with screen(slow.archive) as pilot:
            await press(pilot, "2", "slash", *"governor of", "enter")
            story = chosen(pilot)
            await slow.type_ahead(pilot, "enter", "S")
            assert slow.done() == [("split", story)]
            assert "Open the story first" not in text(pilot)
            assert app_of(pilot).room.story.id == story

    run(test)


@pytest.mark.parametrize(("key", "kind"), [("f", "flag"), ("x", "dismiss"), ("exclamation_mark", "escalate")])
def test_a_mark_typed_ahead_is_on_the_story_being_opened_and_not_on_the_one_before(
    slow: SlowArchive, key: str, kind: str
) -> None:
    async def test() -> None:
        async with screen(slow.archive, (80, 24)) as pilot:
            await press(pilot, "2", "enter")
            before = app_of(pilot).room.story.id
            await press(pilot, "q", "j", "j")
            story = chosen(pilot)
            assert story != before
            await slow.type_ahead(pilot, "enter", key)
            assert slow.done() == [(kind, story)]
            assert app_of(pilot).room.story.id == story

    run(test)


def test_what_moves_after_enter_moves_in_the_story_and_not_in_the_list(slow: SlowArchive) -> None:
    async def test() -> None:
        async with screen(slow.archive, (80, 24)) as pilot:
            await press(pilot, "2")
            story = chosen(pilot)
            await slow.type_ahead(pilot, "enter", "j", "j", "q")
            assert chosen(pilot) == story
            assert app_of(pilot).room.layout.focus == "wire"

    run(test)


def test_of_a_story_that_cannot_be_read_the_one_shown_keeps_the_keys(slow: SlowArchive) -> None:
    async def test() -> None:
        async with screen(slow.archive, (80, 24)) as pilot:
            await press(pilot, "2", "enter")
            shown = app_of(pilot).room.story.id
            await press(pilot, "q")
            slow.broken = True
            await slow.type_ahead(pilot, "j", "enter")
            assert "the disk is gone" in text(pilot)
            slow.broken = False
            assert chosen(pilot) != shown
            await press(pilot, "f")
            assert slow.done() == [("flag", shown)]

    run(test)
