"""The little language: what is written is what is read, and a mistake says where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import TermError
from feeds.watch.parsing import LONGEST, parse
from feeds.watch.terms import And, Expression, Not, Or, Phrase, holds, term_id
from tests.watch.naive import terms

A, B, C = Phrase("a"), Phrase("b"), Phrase("c")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kabul airport", Phrase("Kabul airport")),
        ("  Kabul \t airport ", Phrase("Kabul airport")),
        ('"war and peace"', Phrase("war and peace")),
        ("war and peace", Phrase("war and peace")),
        ('"AND"', Phrase("AND")),
        ("“Kabul airport”", Phrase("Kabul airport")),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("(a AND b) AND c", And((A, B, C))),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT (b OR c)", And((A, Not(Or((B, C)))))),
        ("NOT NOT a", A),
        ("NOT b AND a", And((Not(B), A))),
        ("((a))", A),
        ("~Zelenskyy", Phrase("Zelenskyy", variants=True)),
        ("bomb*", Phrase("bomb", open_end=True)),
        ("*stan", Phrase("stan", open_start=True)),
        ('"car bomb*"', Phrase("car bomb", open_end=True)),
        ("a AND(b)", And((A, B))),
    ],
)
def test_a_term_is_read_as_it_is_meant(text: str, meant: Expression) -> None:
    assert parse(text) == meant


@pytest.mark.parametrize(
    ("text", "position", "what"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("AND a", 1, "AND has nothing before it"),
        ("a OR", 3, "OR has nothing behind it"),
        ("a AND OR b", 3, "AND has nothing behind it"),
        ("a AND (b OR c", 7, "never closed"),
        ("a) AND b", 2, "never opened"),
        ("()", 1, "nothing in this parenthesis"),
        ('a AND "b c', 7, "quotation mark is never closed"),
        ('a "b c"', 3, "put AND or OR before “b c”"),
        ("a (b)", 3, "put AND or OR"),
        ("(a) b", 5, "put AND or OR before “b”"),
        ("~Ghazni", 2, "7 letters"),
        ("~Lashkar Gah", 1, "one word alone"),
        ("~Mazar-i-Sharif", 2, "one word of letters"),
        ("~ Kandahar", 1, "right before one word"),
        ('~"Kandahar"', 1, "right before one word"),
        ("a OR NOT b", 6, "must name something to find"),
        ("NOT a", 1, "must name something to find"),
        ("a AND bo*mb", 7, "* stands at the beginning or at the end"),
        ("a OR ...", 6, "no letter or digit"),
        ("*", 1, "no letter or digit"),
        ("x" * (LONGEST + 1), LONGEST + 1, "at most 2,000 characters"),
        ("(" * 50 + "a" + ")" * 50, 41, "inside one another"),
    ],
)
def test_a_mistake_is_one_line_that_says_where_and_what(text: str, position: int, what: str) -> None:
    with pytest.raises(TermError) as caught:
        parse(text)
    said = str(caught.value)
    assert said.startswith(f"position {position}: ")
    assert what in said
    assert "\n" not in said


@given(terms())
def test_a_term_printed_and_read_again_is_the_same(term: Expression) -> None:
    assert parse(str(term)) == term
    assert term_id(parse(str(term))) == term_id(term)


@given(st.text(alphabet='ab "“()~*ANDORT.é\n', max_size=30) | st.text(max_size=30))
def test_any_text_is_a_term_or_a_plain_complaint(text: str) -> None:
    try:
        term = parse(text)
    except TermError as error:
        assert str(error).startswith("position ")  # noqa: PT017 - a property: either way is right
        return
    assert parse(str(term)) == term
    assert not holds(term, lambda _: False)


def test_terms_that_find_the_same_share_an_id_and_others_do_not() -> None:
    assert term_id(parse("Łódź  airport")) == term_id(parse('"lodz-AIRPORT"'))
    ids = {term_id(parse(text)) for text in ("a b", "a AND b", "a OR b", "a NOT b", "a*", "*a", "a", "b")}
    assert len(ids) == 8
