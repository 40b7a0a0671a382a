"""HTML as feeds carry it becomes text that one can read, quote and point into."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.wire.clean import html_to_line, html_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Ghazni fell.</p><p>Herat holds.</p>", "Ghazni fell.\n\nHerat holds."),
        ("One<br/>two<br><br>three", "One\n\ntwo\n\nthree"),
        ("<ul><li>Herat</li><li>Farah</li></ul>", "Herat\n\nFarah"),
        ("Plain text\nwrapped at the\nmargin.\n\nSecond.", "Plain text wrapped at the margin.\n\nSecond."),
        ("AT&amp;T &#8212; &eacute; &nbsp; x", "AT&T — é x"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("&lt;p&gt;escaped &amp;amp; twice&lt;/p&gt;", "escaped & twice"),
        ("a <b>bo</b>ld <i>word</i>", "a bold word"),
        ("x<script>if (a < b) { steal('</p>') }</script>y", "xy"),
        ("x<style>p > a { color: red }</style> y", "x y"),
        ("a <script> that never ends", "a that never ends"),
        ("<!-- hidden -->shown<!-- <b>hidden</b> -->", "shown"),
        ("<![CDATA[wrapped again]]>", "wrapped again"),
        ("<img alt='a > b' src='x.jpg'>A picture", "A picture"),
        ("more than 5 < 6 and 7 > 3", "more than 5 < 6 and 7 > 3"),
        ('cut short by the feed <a href="https://exam', "cut short by the feed"),
        ("<td>Herat</td><td>captured</td>", "Herat captured"),
        ("Kabul&#27;[31m &#x202e;x", "Kabul[31m x"),
        ("", ""),
    ],
)
def test_markup_becomes_text(source: str, text: str) -> None:
    assert html_to_text(source) == text
    assert html_to_text(text) == text


def test_a_title_is_one_line() -> None:
    assert html_to_line("<p>Ghazni</p> <p>falls</p>") == "Ghazni falls"


_SHARDS = """<p> </p> <br> <script> </script> <!-- --> < > & &amp; &lt; &gt; &#38; amp; lt; #x26; <![CDATA[ ]]> " '
<a\u00a0href=' \x1b[ \u202e""".split(" ")
_PIECES = st.lists(
    st.one_of(st.sampled_from([*_SHARDS, " ", "\n", "\n\n"]), st.text(max_size=4)), max_size=40
).map("".join)


@given(_PIECES)
@settings(max_examples=500, deadline=None)
def test_clean_text_stays_clean(source: str) -> None:
    text = html_to_text(source)
    assert html_to_text(text) == text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\n\n\n" not in text
    assert all(line == line.strip() and line for line in text.split("\n\n")) or not text


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<script>", "&amp;", '<a b="', "]]>", "<a b='"])
def test_a_megabyte_of_broken_markup_is_read_in_time(piece: str) -> None:
    text = html_to_text(piece * (500_000 // len(piece)))
    assert html_to_text(text) == text
