"""The links of a text are listed, safe and in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.safetext import safe_url
from feeds.wire.links import MOST, links_of
from feeds.wire.parse import parse
from tests.wire.samples import RECEIVED, RSS, SUBSCRIPTION

BASE = "https://example.org/feeds/world.xml"


def test_links_are_listed_once_and_in_order() -> None:
    page = (
        "<p><a href=\"https://example.org/b\">b</a> <A CLASS=x HREF='/a?x=1&amp;y=2'>a</A>"
        '<a title="none">no</a><a href="https://example.org/b">again</a><a href=c.html>c</a><a href="#top">top</a></p>'
    )
    assert links_of(page, base=BASE) == (
        "https://example.org/b",
        "https://example.org/a?x=1&y=2",
        "https://example.org/feeds/c.html",
    )


def test_what_is_no_web_address_is_left_out() -> None:
    page = '<a href="javascript:alert(1)">x</a><a href="mailto:a@b.example">m</a><a href="http://[bad">b</a>'
    assert links_of(page, base=BASE) == ()


def test_escaped_html_is_read_too() -> None:
    assert links_of("&lt;a href=&quot;/x&quot;&gt;x&lt;/a&gt;", base=BASE) == ("https://example.org/x",)


def test_a_page_of_links_is_cut() -> None:
    page = "".join(f'<a href="/{n}">n</a>' for n in range(1000))
    assert len(links_of(page, base=BASE)) == MOST


def test_a_story_has_the_links_of_its_text() -> None:
    feed = RSS.replace("<p>He left.</p>", '<p>He <a href="/left">left</a>.</p>')
    first, second = parse(feed.encode(), SUBSCRIPTION, content_type="", received=RECEIVED).stories
    assert (first.links, second.links) == (("http://feeds.example.org/left",), ())
    assert first.body.endswith("He left.")


@given(st.lists(st.text(max_size=30), max_size=5))
def test_every_link_is_safe(hrefs: list[str]) -> None:
    page = "".join(f'<a href="{href}">x</a><a href={href}>' for href in hrefs)
    for url in links_of(page, base=BASE):
        assert safe_url(url) == url
