"""A filter is completed while it is typed, and what is wrong with it is said with where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.desk import Desk
from tests.tui.samples import NOW, THEATRE, thursday
from tests.tui.screen import app_of, lines, run, screen, text
from tests.tui.setup import desk, strike
from tui.helping import FilterHelp
from tui.views.completing import offer
from tui.views.filtering import FIELDS, parse_filter
from tui.views.names import Names

__all__ = ["desk"]
NAMES = Names.of(
    THEATRE,
    ["Highland Wire", "Morning Post"],
    ["Kabul airport", "herat AND drill"],
    {"Wires": frozenset({"Highland Wire"}), "Wires/World": frozenset({"Highland Wire"})},
    {"West": "place:herat", "Loop": "view:loop", "Bad": "state:lost", "Not": "!unread"},
)
HELP = FilterHelp(NAMES, NOW)


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("", ("place:", "state:", "holder:")),
        ("pl", ("place:",)),
        ("unread st", ("state:",)),
        ("-st", ("state:",)),
        ("!un", ("unread",)),
        ("place:her", ("herat",)),
        ("place:maz", ("mazar-i-sharif",)),
        ("-place:kab", ("kabul",)),
        ("state:c", ("contested", "claimed", "captured")),
        ("holder:", ("taliban", "government")),
        ("region:nim", ("Nimroz",)),
        ("outlet:wire", ('"Highland Wire"',)),
        ('outlet:"morning', ('"Morning Post"',)),
        ("term:", ('"Kabul airport"', '"herat AND drill"')),
        ("group:w", ("Wires", "Wires/World")),
        ("view:w", ("west",)),
        ("is:st", ("stale",)),
        ("since:", ("1h", "6h")),
        ("herat place:gh", ("ghazni",)),
    ],
)
def test_what_is_offered(line: str, first: tuple[str, ...]) -> None:
    assert set(first) <= set(offer(line, len(line), NAMES).candidates)
    assert offer(line, len(line), NAMES).candidates[0] in first


@pytest.mark.parametrize("line", ["/fal", "-/x", "nofield:x", "zzzz", "place:zzz", "unread "[:-1]])
def test_where_nothing_fits_nothing_is_offered(line: str) -> None:
    assert offer(line, len(line), NAMES).candidates == ()


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 5))
def test_whatever_is_typed_a_candidate_goes_in_where_the_cursor_is(line: str, at: int, index: int) -> None:
    cursor = min(at, len(line))
    found = offer(line, cursor, NAMES)
    if found.candidates:
        new, behind = found.take(line, cursor, index % len(found.candidates))
        assert new[: found.start] == line[: found.start]
        assert new.endswith(line[cursor:])
        assert found.start < behind <= len(new)


@given(st.sampled_from([f"{name}:" for name in FIELDS if name not in ("wire",)]), st.integers(0, 3))
def test_every_value_that_is_offered_is_understood(field: str, index: int) -> None:
    found = offer(field, len(field), NAMES)
    line, _ = found.take(field, len(field), index % len(found.candidates))
    complaints = parse_filter(line, NOW, NAMES).complaints
    assert not complaints or "itself" in complaints[0] or "lost" in complaints[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("herat state:lost", "no state is called lost (at 7)"),
        ("!place:atlantis", "no place is called atlantis (at 2)"),
        ("unread -since:soon x", "since:soon is no time; 6h, 2d, 18:00 and 2021-08-12 are (at 8)"),
        ("view:east", "no view is called east (at 1)"),
        ("view:loop", "view:loop: view:loop speaks of itself (at 1) (at 1)"),
        ("a view:bad", "view:bad: no state is called lost (at 1) (at 3)"),
        ("term:drone", "nothing is watched for that reads drone (at 1)"),
        ("group:local", "no group of feeds is called local (at 1)"),
        ("province:herat", "no field is called province:, but region: is (at 1)"),
        ("/[a-/ x", "is no expression"),
    ],
)
def test_what_is_wrong_is_said_with_where_it_stands(line: str, said: str) -> None:
    wanted = parse_filter(line, NOW, NAMES)
    assert len(wanted.complaints) == 1
    assert said in wanted.complaints[0]
    assert said in HELP.wrong(f"{line} ")


def test_nothing_is_wrong_yet_with_what_is_being_typed() -> None:
    assert HELP.wrong("state:") == ""
    assert HELP.wrong("view:w") == ""
    assert "lost" in HELP.wrong("state:lost view:w")


def test_a_view_stands_for_its_filter() -> None:
    assert parse_filter("view:west unread", NOW, NAMES) == parse_filter("place:herat unread", NOW, NAMES)
    inverted = parse_filter("view:not", NOW, NAMES)
    assert [term.kind for term in inverted.terms] == ["view"]


def test_tab_completes_turns_and_goes_on_to_the_values(desk: Desk) -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24), desk=desk) as pilot:
            await strike(pilot, "backslash")
            assert "place:" in lines(pilot)[-2]
            await strike(pilot, "'st", "tab")
            assert "state:" in lines(pilot)[-3]
            assert "captured" in lines(pilot)[-2]
            await strike(pilot, "tab", "tab", "shift+tab")
            await strike(pilot, "enter")
            assert app_of(pilot).room.board.filter.terms[0].kind == "state"
            assert app_of(pilot).focused is not None

    run(test)


def test_tab_puts_names_of_the_desk_in_and_the_line_says_what_is_wrong(desk: Desk) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await strike(pilot, "backslash", "'view:", "tab", "enter")
            assert list(app_of(pilot).room.board.listing.shown) == ["herat"]
            await strike(pilot, "backslash", "ctrl+u", "'state:lost x")
            assert "no state is called lost (at 1)" in lines(pilot)[-2]
            await strike(pilot, "escape")
            assert "no state is called lost" not in "\n".join(lines(pilot)[-3:])

    run(test)


def test_tab_leaves_a_prompt_that_has_nothing_to_complete() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await strike(pilot, "slash", "'kab", "tab")
            assert not pilot.app.screen.query_one("#prompt").display
            assert "Tab completes" not in text(pilot)

    run(test)
