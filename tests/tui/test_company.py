"""Two people at one story see each other's name in its border, and nobody's who is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from textual.pilot import Pilot

from feeds.errors import ArchiveError
from tests.tui.samples import thursday
from tests.tui.screen import app_of, press, run, screen, text, with_options
from tui.options import ViewerOptions
from tui.views.company import NOBODY, Others, at_capital, at_story, in_front

_LOOKS: Final = 400


class Colleague:
    """A colleague who has gone wherever a test says; knows where the operator said to be."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.names: dict[str, tuple[str, ...]] = {}
        self.lost = False

    def be_at(self, who: str, place: str) -> None:
        if self.lost:
            raise ArchiveError("the server is gone")
        self.said.append((who, place))

    def others(self) -> tuple[str, ...]:
        if self.lost:
            raise ArchiveError("the server is gone")
        return self.names.get(self.said[-1][1], ()) if self.said else ()


@pytest.fixture
def colleague(monkeypatch: pytest.MonkeyPatch) -> Colleague:
    monkeypatch.setattr("tui.screens.company.LOOK_SECONDS", 0.01)
    return Colleague()


def among(colleague: Colleague) -> ViewerOptions:
    return with_options(poll_seconds=0.05, company=colleague)


def board_place(pilot: Pilot[None]) -> str:
    """Where whoever opens the capital under the cursor is."""
    row = app_of(pilot).room.board.selected
    assert row is not None
    return at_capital("afghanistan-2021", row.place.id)


def story_place(pilot: Pilot[None]) -> str:
    """Where whoever opens the story that is shown is."""
    page = app_of(pilot).room.story.page
    assert page is not None
    return at_story(page.story.id)


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    for _ in range(_LOOKS):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError(text(pilot))


def test_a_colleague_at_the_same_story_is_named_until_he_leaves(colleague: Colleague) -> None:
    async def test() -> None:
        async with screen(thursday(), options=among(colleague)) as pilot:
            await press(pilot, "tab", "j", "enter")
            here = story_place(pilot)
            await until(pilot, lambda: ("tester", here) in colleague.said)
            assert "also here" not in text(pilot)
            colleague.names[here] = ("amina", "boris")
            await until(pilot, lambda: "also here: amina, boris" in text(pilot))
            colleague.names[here] = ()
            await until(pilot, lambda: "also here" not in text(pilot))

    run(test)


def test_at_another_story_his_name_does_not_stand(colleague: Colleague) -> None:
    async def test() -> None:
        async with screen(thursday(), options=among(colleague)) as pilot:
            await press(pilot, "tab", "j")
            before = story_place(pilot)
            colleague.names[before] = ("amina",)
            await until(pilot, lambda: "also here: amina" in text(pilot))
            await press(pilot, "j")
            await until(pilot, lambda: colleague.said[-1][1] not in ("", before))
            assert "also here" not in text(pilot)

    run(test)


def test_at_the_same_capital_he_is_named_over_its_evidence(colleague: Colleague) -> None:
    async def test() -> None:
        async with screen(thursday(), options=among(colleague)) as pilot:
            colleague.names[board_place(pilot)] = ("amina",)
            await until(pilot, lambda: "also here: amina" in text(pilot))

    run(test)


def test_a_name_from_elsewhere_is_one_short_line(colleague: Colleague) -> None:
    async def test() -> None:
        async with screen(thursday(), options=among(colleague)) as pilot:
            evil = "[red]\x1b]52;c;AAAA\x07amina\n" + "x" * 200
            colleague.names[board_place(pilot)] = (evil,)
            await until(pilot, lambda: "also here: [red]" in text(pilot))
            assert "\x1b" not in text(pilot)
            assert "x" * 30 not in text(pilot)

    run(test)


def test_when_nobody_can_be_asked_nobody_is_named(colleague: Colleague) -> None:
    async def test() -> None:
        async with screen(thursday(), options=among(colleague)) as pilot:
            colleague.names[board_place(pilot)] = ("amina",)
            await until(pilot, lambda: "also here: amina" in text(pilot))
            colleague.lost = True
            await until(pilot, lambda: "also here" not in text(pilot))
            colleague.lost = False
            await until(pilot, lambda: "also here: amina" in text(pilot))

    run(test)


@pytest.mark.parametrize(
    ("focus", "panels", "where"),
    [
        ("wire", ("board", "wire"), ""),
        ("wire", ("board", "wire", "story"), "story 1"),
        ("story", ("story",), "story 1"),
        ("board", ("board", "wire"), ""),
        ("map", ("board", "map", "wire", "evidence"), "place t kabul"),
        ("evidence", ("evidence",), "place t kabul"),
        ("shift", ("shift", "story"), ""),
    ],
)
def test_who_has_nothing_open_is_nowhere(focus: str, panels: tuple[str, ...], where: str) -> None:
    assert in_front(focus, panels, at_story("1"), at_capital("t", "kabul")) == where


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    others = Others("story 1", ("a", "b", "c", "d", "e"))
    assert others.at("story 1") == [(" also here: a, b, c, 2 more ", "$w-mark")]
    assert others.at("story 2") == NOBODY.at("story 2") == []
