"""Subscriptions go out to other readers and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import InputError
from feeds.story import Subscription
from feeds.wire.opml import read_opml, write_opml

NEWSBOAT = b"""<?xml version="1.0"?>
<opml version="1.0"><head><title>feeds</title></head><body>
<outline text="War"><outline text="Wires/agencies">
  <outline type="rss" text="AP" title="AP World" xmlUrl="https://example.org/ap?a=1&b=2" htmlUrl="https://example.org"/>
</outline></outline>
<outline xmlurl="https://example.org/top" text="Top"/>
<outline text="bad" xmlUrl="javascript:alert(1)"/>
<outline text="again" xmlUrl="https://example.org/top"/>
</body></opml>"""


def test_a_file_of_another_reader_is_read_with_its_groups() -> None:
    assert read_opml(NEWSBOAT) == [
        Subscription("https://example.org/ap?a=1&b=2", "AP World", group="War/Wires∕agencies"),
        Subscription("https://example.org/top", "Top"),
    ]


_NAMES = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="/"), min_size=1, max_size=12)
_SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        url=st.integers(0, 10**6).map("https://example.org/feed?id={}&x=1".format),
        outlet=_NAMES,
        reliability=st.sampled_from("ABCDEF"),
        group=st.lists(_NAMES, max_size=3).map("/".join),
        language=st.sampled_from(["", "en", "fa-AF"]),
        user_agent=st.sampled_from(["", "Desk/1.0 (ops@example.org)"]),
        patience=st.sampled_from(["host", "feed"]),
        interval=st.sampled_from([0.0, 60.0, 600.0, 86400.0]),
    ),
    max_size=8,
    unique_by=lambda each: each.url,
)


@given(_SUBSCRIPTIONS)
def test_what_was_written_is_read_back(subscriptions: list[Subscription]) -> None:
    def key(each: Subscription) -> str:
        return each.url

    written = write_opml(subscriptions, "My <desk> & feeds")
    again = sorted(read_opml(written), key=key)
    assert write_opml(read_opml(written), "x") == write_opml(
        read_opml(write_opml(read_opml(written), "x")), "x"
    )
    assert [_told(each) for each in again] == [_told(each) for each in sorted(subscriptions, key=key)]


def _told(each: Subscription) -> tuple[object, ...]:
    return each.url, each.reliability, each.language, each.user_agent, each.patience, each.interval


def test_manners_that_no_server_wants_are_not_taken_from_a_file() -> None:
    for wished in ("5", "-60", "often", "9e9", "99999999"):
        outline = f'<outline xmlUrl="https://e.org/1" text="A" interval="{wished}" patience="none" userAgent="a&#10;b"/>'
        (found,) = read_opml(f"<opml><body>{outline}</body></opml>".encode())
        assert (found.interval, found.patience, found.user_agent) == (0.0, "host", "a b")


def test_groups_come_back_nested() -> None:
    given = [
        Subscription("https://e.org/1", "A", "B", "War/Afghanistan", "en"),
        Subscription("https://e.org/2", "C", "F", "War"),
    ]
    assert read_opml(write_opml(given, "x")) == given
    assert write_opml(given, "x").count(b'text="War"') == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html/>", b"<opml><body>", b"\xff\xfe\x00", NEWSBOAT[:200]],
)
def test_what_is_no_opml_is_refused_with_a_word(data: bytes) -> None:
    with pytest.raises(InputError, match="not an OPML file"):
        read_opml(data)


def test_entities_are_refused() -> None:
    declared = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>'
    with pytest.raises(InputError, match="entities"):
        read_opml(declared)
