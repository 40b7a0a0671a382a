"""Finding terms: against a naive evaluator, in any script, at the right characters."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.watch.folding import fold
from feeds.watch.matcher import MOST_SPANS, Matcher
from feeds.watch.parsing import parse
from feeds.watch.terms import Expression, Phrase, all_of, any_of, none_of, phrases
from tests.watch.naive import found, plain_phrases, terms, texts, true_of


def words(term: str, text: str) -> list[str]:
    """The words in a text that speak for a term."""
    return [text[start:end] for start, end in Matcher({"t": parse(term)}).hits(text).get("t", ())]


@given(st.lists(terms(), min_size=1, max_size=6, unique=True), texts())
def test_many_terms_in_one_pass_are_true_where_each_alone_is(given_: list[Expression], text: str) -> None:
    hits = Matcher({str(number): term for number, term in enumerate(given_)}).hits(text)
    assert hits.keys() == {str(number) for number, term in enumerate(given_) if true_of(term, text)}


@given(plain_phrases(), plain_phrases(), plain_phrases(), texts())
def test_and_or_and_not_obey_their_laws(a: Expression, b: Expression, c: Expression, text: str) -> None:
    pairs = {
        "de morgan": (all_of([c, none_of(any_of([a, b]))]), all_of([c, none_of(a), none_of(b)])),
        "other de morgan": (
            all_of([c, none_of(all_of([a, b]))]),
            all_of([c, any_of([none_of(a), none_of(b)])]),
        ),
        "distribution": (all_of([a, any_of([b, c])]), any_of([all_of([a, b]), all_of([a, c])])),
        "order": (any_of([a, b, c]), any_of([c, b, a])),
        "absorption": (any_of([a, all_of([a, b])]), a),
        "twice not": (all_of([a, none_of(none_of(b))]), all_of([a, b])),
    }
    both = {f"{name}:{side}": term for name, pair in pairs.items() for side, term in enumerate(pair)}
    hits = Matcher(both).hits(text)
    for name in pairs:
        assert (f"{name}:0" in hits) == (f"{name}:1" in hits), name


@given(terms(), texts())
def test_what_is_shown_stands_in_the_text_and_speaks_for_the_term(term: Expression, text: str) -> None:
    speaking = [phrase for phrase, wanted in phrases(term) if wanted]
    for start, end in Matcher({"t": term}).hits(text).get("t", ()):
        assert 0 <= start < end <= len(text)
        assert any(found(phrase, text[start:end]) for phrase in speaking)


@given(
    st.text(max_size=60), st.sampled_from(["Kabul", "Łódź", "straße", "喀布尔", "كابل"]), st.text(max_size=60)
)
def test_offsets_hold_in_any_text(before: str, word: str, behind: str) -> None:
    text = f"{before} {word} {behind}"
    spans = Matcher({"t": Phrase(word)}).hits(text)["t"]
    assert any(text[start:end].startswith(word) for start, end in spans)
    assert all(fold(text[start:end]).exact.strip() for start, end in spans)


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("kabul airport", "At KABUL Airport, twice: kabul-airport", ["KABUL Airport", "kabul-airport"]),
        ("bomb", "A bomb, bombers and a firebomb", ["bomb"]),
        ("bomb*", "A bomb, bombers and a firebomb", ["bomb", "bombers"]),
        ("*bomb", "A bomb, bombers and a firebomb", ["bomb", "firebomb"]),
        ("Taliban", "the Taliban's, anti-Taliban", ["Taliban", "Taliban"]),
        ("Lashkar Gah", "Lashkar  Gah and Lashkar\u00a0Gah, Lashkar\nGah", ["Lashkar  Gah", "Lashkar\u00a0Gah", "Lashkar\nGah"]),
        ("U.S. troops", "the U.S. troops, us troops", ["U.S. troops"]),
        ("Sana'a", "in Sana’a, not in Sanaa", ["Sana’a"]),
        ("Łódź", "Lodz and ŁÓDŹ and Ło\u0301dz\u0301", ["Lodz", "ŁÓDŹ", "Ło\u0301dz\u0301"]),
        ("strasse", "Die Straße brennt", ["Straße"]),
        ("office", "the oﬃce", ["oﬃce"]),
        ("喀布尔", "塔利班进入喀布尔机场", ["喀布尔"]),
        ("카불", "카불에서", ["카불"]),
        ("Харків", "у Харкові; ХАРКІВ", ["ХАРКІВ"]),
        ("كابل", "في كَابُل اليوم", ["كَابُل"]),
        ("می‌رود", "او می‌رود", ["می‌رود"]),
        ("Kabul", "😀 Kabul 😀", ["Kabul"]),
        ("2021", "in 2021, not in 20210", ["2021"]),
    ],
)  # fmt: skip
def test_words_are_found_as_a_reader_finds_them(term: str, text: str, there: list[str]) -> None:
    assert words(term, text) == there


@pytest.mark.parametrize(
    "text",
    [
        "Kabul, airport",
        "Kabul. Airport",
        "Kabul\n\nairport",
        "Kabul – airport",
        "Kabul/airport",
        "Kabulairport",
    ],
)
def test_a_phrase_does_not_reach_over_a_stop(text: str) -> None:
    assert words("Kabul airport", text) == []


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("~Zelenskyy", "Zelensky, Zelenskiy, Selenskyj, Zelinski, Zelenskyy's", ["Zelensky", "Zelenskiy", "Selenskyj", "Zelenskyy"]),
        ("~Kandahar", "Qandahar, Kandhar, Kandahar, Kandaharis, Sandbar", ["Qandahar", "Kandhar", "Kandahar"]),
        ("~Gaddafi", "Qaddafi and Gadaffi", ["Qaddafi"]),
        ("~Peshmerga", "Pesh Merga, Pashmerga, peshmergas", ["Pashmerga", "peshmergas"]),
        ("~Jalalabad", "Islamabad and Jalālābād", ["Jalālābād"]),
    ],
)  # fmt: skip
def test_a_tilde_finds_spellings_near_a_long_word_and_no_further(
    term: str, text: str, there: list[str]
) -> None:
    assert words(term, text) == there


def test_words_under_a_not_are_not_shown_and_only_the_first_places_are() -> None:
    assert words("bomb AND NOT drill", "a bomb") == ["bomb"]
    assert words("bomb AND NOT drill", "a bomb drill") == []
    assert words("bomb AND fell OR bomb AND NOT fell", "the bomb fell") == ["bomb", "fell"]
    assert len(words("bomb", "bomb " * 500)) == MOST_SPANS


def test_names_ride_along_with_the_terms() -> None:
    seen = Matcher({"t": parse("fell")}, names=["Mazar-i-Sharif", "Herat", "Bala"]).look(
        "Mazar i Sharif fell; Balas"
    )
    assert seen.terms == {"t": ((15, 19),)}
    assert seen.names == {"Mazar-i-Sharif": ((0, 14),)}


def test_a_matcher_without_terms_finds_nothing() -> None:
    assert Matcher({}).hits("Kabul") == {}
    assert Matcher({"t": parse("Kabul")}).hits("") == {}


def test_a_desk_without_a_tilde_never_loads_rapidfuzz() -> None:
    code = (
        "import sys; from feeds.watch.matcher import Matcher; from feeds.watch.parsing import parse; "
        "Matcher({'t': parse('Kabul')}).hits('Kabul'); print('rapidfuzz' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
