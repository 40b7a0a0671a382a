"""The last gate: no control character, no markup, no false link reaches the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import ControlType, Segment
from textual.color import Color

from tui.display import GATE, PLAIN_BORDERS, content, flat, lines, link, words

BLACK = Color(0, 0, 0)
HOSTILE = "\x1b]52;c;aGk=\x07\x1b[31m\x9b2J\u202eevil\u2066\u200b\ufeff\x00[/oops][@click=app.quit]x"


def through(text: str) -> str:
    return "".join(segment.text for segment in GATE.apply([Segment(text)], BLACK))


@given(st.text())
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    passed = through(text)
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in passed)
    assert not any(
        letter in passed for letter in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_words_pass_unchanged(text: str) -> None:
    segments = [Segment(text)]
    assert GATE.apply(segments, BLACK) is segments


def test_textual_s_own_control_codes_are_left_alone() -> None:
    control = Segment("\x1b[1m", None, [(ControlType.BELL,)])
    assert GATE.apply([control, Segment("a\x1bb")], BLACK) == [control, Segment("ab")]


def test_markup_in_a_title_is_only_words() -> None:
    assert words(HOSTILE).plain == "evil[/oops][@click=app.quit]x"
    assert content([("[/oops]", "bold"), ("\x1b[2Jx", "")]).plain == "[/oops]x"
    assert words(HOSTILE).spans == []


def test_columns_keep_their_spaces_when_they_are_cleaned() -> None:
    assert flat("  漢\x1b字  ") == "  漢字  "
    assert lines([[("a", "")], [("b", "bold")]]).plain == "a\nb"


def test_only_web_links_leave_the_screen() -> None:
    assert link("https://a.example/b") == "https://a.example/b"
    assert link("javascript:alert(1)") == ""
    assert link("file:///etc/passwd") == ""


def test_ascii_draws_our_lines_and_leaves_other_scripts() -> None:
    passed = PLAIN_BORDERS.apply([Segment("╭─ “漢字” … │")], BLACK)
    assert passed[0].text == '+- "漢字" . |'
