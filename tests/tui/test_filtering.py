"""The filter's grammar: every line means something, and what it means is plain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.samples import NOW, THEATRE, hours_ago, standing
from tui.views.filtering import Filter, parse_filter
from tui.views.moments import moment_of
from tui.views.overriding import Missing, Override, read_override
from tui.views.subjects import Subject, standing_subject, story_subject

PIECES = st.sampled_from(
    ["herat", "-term", '"power sharing"', "/fal+s?/", "place:herat", "-place:kabul", "state:cap", "outlet:reuters",
     "since:6h", "before:1h", "unread", "-flagged", "is:stale", "letter:ab", "wire:ap", '-"a b"', "-/x/"]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=6).map(" ".join)
SUBJECTS = st.builds(
    Subject,
    text=st.sampled_from(["Herat falls", "power sharing in Kabul", "a b term", ""]),
    headline=st.sampled_from(["Herat falls", "x", ""]),
    places=st.sampled_from([(), ("herat",), ("herat", "kabul")]),
    states=st.sampled_from([(), ("captured",)]),
    outlet=st.sampled_from(["Reuters", ""]),
    letter=st.sampled_from(["A", "F", ""]),
    at=st.sampled_from([None, hours_ago(0.5), hours_ago(3), hours_ago(30)]),
    marks=st.sets(st.sampled_from(["unread", "flagged", "stale"])).map(frozenset),
)


@given(st.text(max_size=80))
def test_no_line_is_an_error(line: str) -> None:
    wanted = parse_filter(line, NOW)
    wanted.matches(story_subject("Herat falls", "Reuters", told=NOW), NOW)


@given(st.text(max_size=80) | LINES)
def test_a_filter_written_down_means_the_same(line: str) -> None:
    wanted = parse_filter(line, NOW)
    assert parse_filter(str(wanted), NOW) == wanted


@given(LINES, LINES, SUBJECTS)
def test_every_term_must_hold(one: str, other: str, subject: Subject) -> None:
    both = parse_filter(f"{one} {other}", NOW)
    each = [parse_filter(line, NOW).matches(subject, NOW) for line in (one, other)]
    assert both.matches(subject, NOW) == all(each)


@given(LINES, SUBJECTS)
def test_a_line_turned_round_shows_the_others(line: str, subject: Subject) -> None:
    wanted, other = parse_filter(line, NOW), parse_filter(f"!{line}", NOW)
    assert wanted.empty or wanted.matches(subject, NOW) != other.matches(subject, NOW)


@given(PIECES.filter(lambda piece: not piece.startswith("-")), SUBJECTS)
def test_a_term_turned_round_is_its_contrary(piece: str, subject: Subject) -> None:
    wanted, other = parse_filter(piece, NOW), parse_filter(f"-{piece}", NOW)
    assert wanted.matches(subject, NOW) != other.matches(subject, NOW)


STORY = story_subject(
    "Power-sharing talks: Herat FALLS",
    "Reuters",
    letter="B",
    wire="AP",
    told=hours_ago(3),
    places=("herat", "mazar-i-sharif"),
    marks=("unread",),
    states={"herat": "captured"},
)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("", True),
        ("falls herat", True),
        ("herat -falls", False),
        ('"herat falls"', True),
        ('"falls herat"', False),
        ("/fal+s$/", False),
        ("/^power.*falls/", True),
        ("place:herat", True),
        ('place:"Mazar I Sharif"', True),
        ("place:kabul", False),
        ("state:captured", True),
        ("state:cap", True),
        ("-state:captured", False),
        ("outlet:reut", True),
        ("wire:ap letter:abc", True),
        ("letter:a", False),
        ("since:6h", True),
        ("since:2h", False),
        ("before:2h", True),
        ("since:2021-08-12", True),
        ("since:16:00", False),
        ("unread", True),
        ('"unread"', False),
        ("is:read", False),
        ("-unread", False),
        ("flagged", False),
        ("http://x", False),
        ("!place:kabul", True),
    ],
)
def test_what_a_line_shows_of_the_wire(line: str, shown: bool) -> None:
    assert parse_filter(line, NOW).matches(STORY, NOW) is shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("state:captured", True),
        ("holder:taliban region:her", True),
        ("herat captured", True),
        ("lawmaker", True),
        ("since:2h", True),
        ("since:30m", False),
        ("is:override", True),
        ("is:stale", False),
        ("letter:b", True),
        ("place:her", True),
    ],
)
def test_what_a_line_shows_of_the_board(line: str, shown: bool) -> None:
    row = standing("herat", "captured", 1, override="sure")
    subject = standing_subject(THEATRE.by_id["herat"], row, "A lawmaker said so.")
    assert parse_filter(line, NOW).matches(subject, NOW) is shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/[/", "is no expression"),
        ("state:capturd", "no state"),
        ("since:soon", "is no time"),
        ("/" + "a" * 300, "200"),
    ],
)
def test_what_is_not_understood_is_left_out_and_told(line: str, said: str) -> None:
    wanted = parse_filter(f"herat {line}", NOW)
    assert [str(term) for term in wanted.terms] == ['"herat"']
    assert said in wanted.complaints[0]


def test_a_line_being_typed_hides_nothing_before_it_says_something() -> None:
    for line in ("-", "!", '"', "/", "! -", "place:", "since:"):
        wanted = parse_filter(line, NOW)
        assert wanted.empty or line.endswith(":")
    assert parse_filter("!").inverted is False
    assert Filter().matches(Subject(), NOW)


@pytest.mark.parametrize(
    ("words", "hours"),
    [("6h", 6), ("-2d", 48), ("30m", 0.5), ("1w", 168), ("18:00", 0.7), ("19:00", 23.7), ("3 hours ago", 3)],
)
def test_moments_before_now(words: str, hours: float) -> None:
    assert moment_of(words, NOW) == hours_ago(hours)


def test_moments_by_date_and_ahead() -> None:
    assert moment_of("2021-08-12 06:00Z", NOW) == datetime(2021, 8, 12, 6, tzinfo=UTC)
    assert moment_of("12 Aug", NOW) == datetime(2021, 8, 12, tzinfo=UTC)
    assert moment_of("11 aug 2021 07:15", NOW) == datetime(2021, 8, 11, 7, 15, tzinfo=UTC)
    assert moment_of("12h", NOW, ahead=True) == NOW + timedelta(hours=12)
    assert moment_of("06:00", NOW, ahead=True) == datetime(2021, 8, 13, 6, tzinfo=UTC)
    for words in ("", "soon", "99999w", "25:00", "31 Feb", "٣h"):
        assert moment_of(words, NOW) is None or words == "99999w"


@given(st.text(max_size=20))
def test_no_words_for_a_moment_are_an_error(words: str) -> None:
    found = moment_of(words, NOW)
    assert found is None or found.tzinfo is UTC


def test_an_override_as_it_is_typed() -> None:
    read = read_override("capt tali", "  the governor\ttold us ", "3d", THEATRE, NOW)
    assert read == Override("captured taliban", "the governor told us", NOW + timedelta(days=3))
    assert isinstance(read_override("held government", "x", "", THEATRE, NOW), Override)
    for words, reason, until, field, said in (
        ("c taliban", "x", "", 0, "The state is one of"),
        ("", "x", "", 0, "The state is one of"),
        ("captured", "x", "", 0, "who holds it"),
        ("captured nobody", "x", "", 0, "who holds it"),
        ("held government", " ", "", 1, "A reason"),
        ("held government", "x", "soon", 2, "Until when"),
        ("held government", "x", "2020-01-01", 2, "Until when"),
    ):
        wrong = read_override(words, reason, until, THEATRE, NOW)
        assert isinstance(wrong, Missing)
        assert wrong.field == field
        assert said in wrong.words
