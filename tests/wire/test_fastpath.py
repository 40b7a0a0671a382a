"""The fast path and feedparser give the same stories, or the fast path steps aside."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import ParseError
from feeds.wire.entries import make_stories
from feeds.wire.fastpath import read_fast
from feeds.wire.feedparsing import read_any
from tests.wire.corpus import FeedMaker
from tests.wire.samples import ATOM, RDF, RECEIVED, RSS, SUBSCRIPTION


def agree(text: str) -> bool:
    """Whether the fast path read the text; when it did, its stories must be feedparser's."""
    fast = read_fast(text)
    if fast is None:
        return False
    with suppress(ParseError):
        slow = read_any(text)
        if not slow.problem:
            assert make_stories(fast, SUBSCRIPTION, RECEIVED) == make_stories(slow, SUBSCRIPTION, RECEIVED)
    return True


@pytest.mark.parametrize("text", [RSS, RDF, ATOM], ids=["rss", "rdf", "atom"])
def test_usual_feeds_take_the_fast_path(text: str) -> None:
    assert agree(text.partition("?>")[2].lstrip())


def test_a_corpus_of_usual_feeds_takes_the_fast_path() -> None:
    assert all(agree(FeedMaker(seed, odd=0).feed(4)) for seed in range(120))


def test_a_corpus_of_odd_feeds_is_read_alike() -> None:
    taken = [agree(FeedMaker(seed, odd=0.35).feed(3)) for seed in range(10_000, 10_200)]
    assert 40 < sum(taken) < 160


def test_a_feed_with_two_titles_is_left_to_feedparser() -> None:
    assert read_fast(ATOM.partition("?>")[2].replace("</feed>", "<title>x</title></feed>")) is None


@given(st.integers(0, 2**32), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_any_made_feed_is_read_alike(seed: int, odd: float) -> None:
    agree(FeedMaker(seed, odd=odd).feed(2))


_TOKENS = st.sampled_from(
    [
        "<title>x</title>",
        "<!-- c -->",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#65;",
        "<b/>",
        "</item>",
        "<item>",
        "\u00e9",
        "\x85",
    ]
)


@given(
    st.sampled_from([RSS, RDF, ATOM]),
    st.lists(st.tuples(st.floats(0, 1), _TOKENS | st.text(max_size=5)), max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_damaged_feeds_are_read_alike_or_left_to_feedparser(
    text: str, patches: list[tuple[float, str]]
) -> None:
    for place, patch in patches:
        at = int(place * len(text))
        text = text[:at] + patch + text[at:]
    agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<rss><channel><item><title>x</item></channel></rss>",
        '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>',
        '<rss xml:base="http://example.org/"><channel><item><link>x</link></item></channel></rss>',
        "<rss><channel><item><title>one</title><title>two</title></item></channel></rss>",
        "<html><body>page</body></html>",
        "<rss><channel><item><title>FÃ¼r</title></item></channel></rss>",
        '<rss xmlns="http://purl.org/rss/1.0/]]>"><channel><item><title>x</title></item></channel></rss>',
        "<rss><channel><item><description><p>markup</p></description></item></channel></rss>",
    ],
)
def test_what_it_is_not_sure_of_it_leaves_alone(text: str) -> None:
    assert read_fast(text) is None
