"""Given a web page, its feeds are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.wire.discover import discover

PAGE = b"""<!doctype html><html><head><base href="https://news.example.org/en/">
<link rel="stylesheet" href="a.css"><link rel="canonical" href="/x">
<link rel="alternate" type="application/rss+xml" title="World &amp; war" href="world.xml">
<link rel="alternate home" type="application/atom+xml; charset=utf-8" href="//cdn.example.org/atom">
<link rel="alternate" type="application/feed+json" href="https://example.org/feed.json">
<link rel="alternate" hreflang="fa" href="/fa"><link rel="alternate" type="application/rss+xml" href="javascript:x">
</head><body><a href="/rss/top.xml">Top</a><a href="world.xml">again</a><a href="/press">press</a>
<a href="?feed=rss2">WordPress</a></body></html>"""


def test_the_feeds_of_a_page_are_found_surest_first() -> None:
    assert [(link.url, link.title) for link in discover(PAGE, "https://example.org/")] == [
        ("https://news.example.org/en/world.xml", "World & war"),
        ("https://cdn.example.org/atom", ""),
        ("https://example.org/feed.json", ""),
        ("https://news.example.org/rss/top.xml", "Top"),
        ("https://news.example.org/en/?feed=rss2", "WordPress"),
    ]


def test_a_page_without_feeds_gives_none() -> None:
    assert discover(b"<html><body>nothing</body></html>", "https://example.org/") == []


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_through(body: bytes) -> None:
    assert all(link.url.startswith("http") for link in discover(body + PAGE[:300], "https://example.org/"))
