"""Columns stay straight whatever the script."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from tui.cells import _EVEN, alike, cut_line, cut_runs, fit, line, right, runs_width, width, wrap

TEXTS = st.text(max_size=60).map(line)


@given(TEXTS, st.integers(0, 40))
def test_a_column_has_exactly_its_cells(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells
    assert width(right(text, cells)) == cells


@given(st.text(max_size=200).map(line), st.integers(2, 40))
def test_wrapping_loses_no_word_and_keeps_to_the_width(text: str, cells: int) -> None:
    pieces = [text[start:end] for start, end in wrap(text, cells)]
    assert "".join(text.split()) == "".join("".join(pieces).split())
    assert all(width(piece) <= cells for piece in pieces)


NEWS = st.text(st.sampled_from("ab c  é“”–ж…’漢"), max_size=120)


@given(NEWS, st.integers(2, 30))
def test_letters_of_one_cell_are_wrapped_as_all_others(text: str, cells: int) -> None:
    quickly = list(wrap(text, cells))
    with patch("tui.cells._EVEN", re.compile(r"(?!)")):
        assert quickly == list(wrap(text, cells))


def test_letters_taken_for_one_cell_have_one() -> None:
    even = [chr(at) for at in range(0x110000) if _EVEN.fullmatch(chr(at))]
    assert len(even) > 1000
    assert {width(letter) for letter in even} == {1}


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "strong"])), max_size=5), st.integers(0, 30))
def test_a_cut_line_is_never_wider(runs: list[tuple[str, str]], cells: int) -> None:
    assert runs_width(cut_line(runs, cells)) <= cells


def test_wide_letters_are_cropped_whole() -> None:
    assert fit("漢字漢字", 5) == "漢字…"
    assert fit("漢字漢字", 8) == "漢字漢字"
    assert fit("漢字漢字", 6) == "漢字 …"
    assert fit("漢字", 5) == "漢字 "


def test_a_long_word_is_broken_and_paragraphs_are_kept() -> None:
    text = "aaaaaaa bb\n\ncc"
    assert [text[start:end] for start, end in wrap(text, 5)] == ["aaaaa", "aa bb", "", "cc"]


def test_spans_are_cut_to_the_line() -> None:
    text = "Ghazni has fallen"
    assert cut_runs(text, 4, 17, [(0, 6, "place"), (11, 17, "trigger")]) == [
        ("ni", "place"),
        (" has ", ""),
        ("fallen", "trigger"),
    ]


def test_how_far_two_lines_are_alike() -> None:
    assert alike([("12 new", "mark")], [("13 new", "mark")]) == 1
    assert alike([("漢字 ", ""), ("1", "mark")], [("漢字 1", "")]) == 5
    assert alike([("Wire", ""), (" 1", "")], [("Wire 1", "")]) == 6
    assert alike([], [("Wire", "")]) == 0
