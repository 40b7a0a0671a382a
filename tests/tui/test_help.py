"""The help: the keys of where one stands, and what every sign there means."""

from __future__ import annotations

import pytest

from tests.tui.fake_archive import FakeRow
from tests.tui.samples import thursday
from tests.tui.screen import matches_golden, press, run, screen, text
from tui.panels.wire import URGENT, sign_of
from tui.signs import SIGNS, TITLES, states
from tui.states import LOOKS
from tui.views.layout import PANELS


def explained(panel: str) -> str:
    return "\n".join(f"{sign} {meaning}" for sign, meaning in SIGNS[panel])


def test_every_panel_has_its_signs_explained() -> None:
    assert set(SIGNS) == set(TITLES) == set(PANELS)
    assert all(sign and meaning for signs in SIGNS.values() for sign, meaning in signs)
    assert [sign.split()[-1] for sign, _ in states(ascii_only=True)] == [look.state for look in LOOKS]


@pytest.mark.parametrize("mark", ["dismissed", "escalated", "flagged", "read", ""])
def test_every_sign_before_a_story_is_explained(mark: str) -> None:
    row = FakeRow.__new__(FakeRow)
    for each in ("dismissed", "escalated", "flagged", "read"):
        object.__setattr__(row, each, each == mark)
    assert sign_of(row).strip() in explained("wire")


def test_every_letter_of_a_wire_flag_is_explained() -> None:
    for flag, letter in URGENT.items():
        assert letter in explained("wire")
        assert flag.casefold() in explained("wire")
    assert "a watch term" in explained("wire")


@pytest.mark.parametrize(
    ("keys", "first"), [((), "On the board"), (("2",), "In the wire"), (("5",), "On the map")]
)
def test_the_signs_of_the_panel_at_hand_come_first(keys: tuple[str, ...], first: str) -> None:
    async def test() -> None:
        async with screen(thursday(), (120, 40)) as pilot:
            await press(pilot, *keys, "question_mark")
            assert "Help: keys." in text(pilot)
            assert first not in text(pilot) or first == "On the map"
            await press(pilot, "tab")
            assert "Help: signs." in text(pilot)
            headings = [title for title in TITLES.values() if title in text(pilot)]
            assert min(headings, key=text(pilot).index) == first
            await press(pilot, "tab")
            assert "Help: keys." in text(pilot)

    run(test)


def test_on_the_map_its_own_keys_come_first() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, "5", "question_mark")
            assert text(pilot).index("Map to the left") < text(pilot).index("Next row")

    run(test)


def test_a_search_looks_into_keys_and_signs() -> None:
    async def test() -> None:
        async with screen(thursday(), (120, 40)) as pilot:
            await press(pilot, "question_mark", *"watch term")
            assert "behind the headline, a letter in colour" in text(pilot)
            assert "Help: keys and signs." in text(pilot)

    run(test)


@pytest.mark.parametrize("panel", ["1", "2"])
def test_the_signs_on_a_small_screen(panel: str) -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, panel, "question_mark", "tab")
            matches_golden(f"help-signs-{panel}-80x24", text(pilot))

    run(test)
