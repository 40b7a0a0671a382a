"""What a hostile feed puts into its text never reaches a terminal, and what people write stays as they wrote it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.safetext import one_line, safe_url, strip_hostile

_NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\x00\x07\x08\t\n\r\x1b\x7f\x85\x90\x9b\x9c\x9d\u061c\u200b\u200c\u200d\u202e\u2028\u2066"
        ),
        st.sampled_from(
            "\ufeff\ufffe\ud800\udfff\U000e0041\ufe0f[]m;0123456789\\<>&ab \u0301\u0646می\u0915\u094d"
        ),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;c3RlYWwK\x07Kabul", "Kabul"),
        ("\x1b]0;owned\x1b\\Kabul", "Kabul"),
        ("\x9d52;c;AAAA\x9cKabul", "Kabul"),
        ("\x9b2JKabul", "Kabul"),
        ("\x1bPq#0;2\x1b\\Kabul", "Kabul"),
        ("\x1b(0Kabul\x1bc", "Kabul"),
        ("\x1b]52;c;not ended", "]52;c;not ended"),
        ("a\u202etxet\u202c", "atxet"),
        ("Gha\u200bzni\ufeff", "Ghazni"),
        ("Gha\u00adzni", "Ghazni"),
        ("a\ud800b\ufffeb", "abb"),
        ("flag\U000e0067\U000e0062\U000e007f", "flag"),
        ("one\ttwo\r\nthree\rfour\u2028five", "one two\nthree\nfour\nfive"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_hostile_characters_are_gone(hostile: str, clean: str) -> None:
    assert strip_hostile(hostile) == clean


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE 2-Taliban [/] seize [URGENT] Kunduz",
        "می\u200cخواهم به هرات بروم",
        "क्\u200dष और श्री",
        "喀布尔陷落，塔利班宣布胜利",
        "«Вони пішли», — сказав губернатор",
        "Zażółć gęślą jaźń 👍",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert strip_hostile(text) == text


def test_joiners_between_latin_letters_are_only_good_for_hiding_words() -> None:
    assert strip_hostile("Kab\u200dul fal\u200cls\u200d") == "Kabul falls"


def test_a_pile_of_marks_is_cut_to_what_a_line_can_hold() -> None:
    assert len(strip_hostile("Z" + "\u0335" * 500)) == 9


def test_a_text_full_of_unfinished_sequences_is_read_in_time() -> None:
    assert strip_hostile("\x1b]x" * 200_000) == "]x" * 200_000


def test_one_line_is_one_line() -> None:
    assert one_line("  Herat\n\n and\u00a0\u3000Kandahar\t ") == "Herat and Kandahar"


@given(_NASTY)
@settings(max_examples=400, deadline=None)
def test_nothing_hostile_is_left_whatever_comes(text: str) -> None:
    clean = strip_hostile(text)
    assert strip_hostile(clean) == clean
    assert one_line(one_line(text)) == one_line(text)
    assert unicodedata.is_normalized("NFC", clean)
    for letter in clean.replace("\n", ""):
        assert unicodedata.category(letter) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(letter) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        assert letter not in "\u200b\u200e\u200f\u2060\ufeff\ufe0f"


@pytest.mark.parametrize(
    ("said", "safe"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        ("  HTTP://Example.ORG/A b\n", "http://example.org/A%20b"),
        ("http://user:secret@example.org/", "http://example.org/"),
        ("https://example.org/\x1b]52;c;x\x07", "https://example.org/]52;c;x"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe"),
        ("https://example.org/\"'<>`", "https://example.org/%22%27%3C%3E%60"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
def test_links_become_plain(said: str, safe: str) -> None:
    assert safe_url(said) == safe
    assert safe_url(safe) == safe


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "/relative",
        "http://",
        "http://exa mple.org/",
        "http://example.org\\@evil.example/",
        "http://example.org:port/",
        "http://[::1/",
        "data:text/html,x",
        "",
        "https://example.org/" + "a" * 9000,
    ],
)
def test_what_is_no_link_is_empty(said: str) -> None:
    assert safe_url(said) == ""


@given(st.one_of(_NASTY, _NASTY.map("http://example.org/".__add__), _NASTY.map("https://".__add__)))
@settings(max_examples=400, deadline=None)
def test_a_safe_link_is_printable_ascii_without_quotes(said: str) -> None:
    safe = safe_url(said)
    assert safe.isascii()
    assert not set(safe) & set(" \"'<>\\^`{|}")
    assert safe == "" or safe.isprintable()
    assert safe_url(safe) == safe
