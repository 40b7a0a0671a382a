"""Whatever format a feed comes in and however broken it is, its stories are read and every loss is told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.errors import ParseError
from feeds.safetext import strip_hostile
from feeds.story import Story
from feeds.wire.parse import Parsed, parse
from tests.wire.samples import ATOM, EVERY_FORMAT, JSON, RDF, RECEIVED, RSS, SUBSCRIPTION


def read(body: str | bytes, content_type: str = "application/xml") -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    return parse(raw, SUBSCRIPTION, content_type=content_type, received=RECEIVED)


def item(inside: str) -> Parsed:
    return read(f'<rss version="2.0"><channel><title>x</title><item>{inside}</item></channel></rss>')


@pytest.mark.parametrize("kind", EVERY_FORMAT)
def test_every_format_gives_the_same_stories(kind: str) -> None:
    parsed = read(EVERY_FORMAT[kind])
    first, second = parsed.stories
    assert parsed.title == "World"
    assert parsed.drops == ()
    assert first.title == "Governor of Ghazni confirms loss & leaves"
    assert first.summary == "The city is lost."
    assert first.body == "KABUL (AP) - The city is lost, the governor said.\n\nHe left."
    assert first.url == "http://example.org/ghazni"
    assert first.published == datetime(2021, 8, 12, 5, 30, tzinfo=UTC)
    assert first.wire == "AP"
    assert (first.outlet, first.reliability, first.feed) == ("Example", "B", SUBSCRIPTION.url)
    assert second.url == "http://feeds.example.org/herat?a=1&b=2"
    assert second.summary == "Quiet in Herat."
    assert second.published == datetime(2021, 8, 12, 6, 0, tzinfo=UTC)


def test_every_format_gives_the_same_ids() -> None:
    ids = {tuple(story.id for story in read(body).stories) for body in EVERY_FORMAT.values()}
    assert len(ids) == 1
    assert all(len(story_id) == 16 and int(story_id, 16) >= 0 for story_id in ids.pop())


def test_an_edited_story_keeps_its_id() -> None:
    edited = read(RSS.replace("Herat holds", "Herat still holds"))
    assert edited.stories[1].id == read(RSS).stories[1].id
    assert edited.stories[1].title == "Herat still holds"


def test_the_feed_says_how_often_it_wants_to_be_asked() -> None:
    assert read(RSS).ttl == 900
    assert read(ATOM).ttl is None


def test_an_undated_story_is_kept_and_marked() -> None:
    story = item("<title>Herat holds</title><pubDate>the day before</pubDate>").stories[0]
    assert (story.published, story.marks, story.told) == (None, ("undated",), RECEIVED)


@pytest.mark.parametrize(
    "date", ["Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01T00:00:00Z", "Mon, 99 Aug 2021 10:00:00 GMT"]
)
def test_a_date_that_cannot_be_is_no_date(date: str) -> None:
    assert item(f"<title>x</title><pubDate>{date}</pubDate>").stories[0].published is None


def test_a_story_from_the_future_is_kept_and_marked() -> None:
    story = item("<title>Herat</title><pubDate>Fri, 13 Aug 2021 12:00:00 GMT</pubDate>").stories[0]
    assert story.marks == ("future",)
    assert story.told == RECEIVED


def test_a_clock_that_is_a_little_ahead_is_forgiven() -> None:
    assert item("<title>Herat</title><pubDate>Thu, 12 Aug 2021 12:09:00 GMT</pubDate>").stories[0].marks == ()


def test_an_entry_with_nothing_in_it_goes_to_the_ledger() -> None:
    parsed = item("<link>http://example.org/empty</link>")
    assert parsed.stories == ()
    assert [(drop.url, drop.stage, drop.reason) for drop in parsed.drops] == [
        ("http://example.org/empty", "parse", "an entry with neither title nor text")
    ]


def test_a_story_without_a_title_is_titled_by_its_first_sentence() -> None:
    story = item("<description>The city of Herat is quiet. Shops are open.</description>").stories[0]
    assert story.title == "The city of Herat is quiet."
    assert story.summary == "Shops are open."
    assert "untitled" in story.marks


def test_entries_that_share_an_id_are_all_kept() -> None:
    body = "".join(
        f"<item><title>{n}</title><guid>same</guid><link>http://e.org/{n}</link></item>" for n in range(3)
    )
    parsed = read(f'<rss version="2.0"><channel>{body}</channel></rss>')
    assert len({story.id for story in parsed.stories}) == 3


def test_an_entry_that_comes_twice_is_told_once_and_accounted_for() -> None:
    one = "<item><title>Herat</title><guid>a</guid><link>http://e.org/1</link></item>"
    parsed = read(f'<rss version="2.0"><channel>{one}{one}</channel></rss>')
    assert len(parsed.stories) == 1
    assert "twice" in parsed.drops[0].reason


def test_broken_xml_gives_what_it_can_and_says_so() -> None:
    parsed = read(RSS.replace("</description>\n<content", "&nbsp;<b></description>\n<content"))
    assert [story.title for story in parsed.stories] == [story.title for story in read(RSS).stories]
    assert any("broken XML" in drop.reason and "kept 2 stories" in drop.reason for drop in parsed.drops)


def test_a_feed_that_breaks_off_gives_its_beginning() -> None:
    parsed = read(RSS[: RSS.index("<item><title>Herat") + 30])
    assert parsed.stories[0].title == "Governor of Ghazni confirms loss & leaves"
    assert parsed.drops


@pytest.mark.parametrize(
    ("charset", "content_type"),
    [
        ("utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "text/xml"),
        ("windows-1252", "text/xml; charset=utf-8"),
        ("windows-1252", "application/xml"),
        ("iso-8859-1", "application/xml; charset=iso-8859-1"),
        ("utf-16", "application/xml"),
    ],
)
def test_a_wrong_charset_does_not_garble(charset: str, content_type: str) -> None:
    text = RSS.replace("Herat holds", "Hérat tient à coup sûr")
    assert read(text.encode(charset), content_type).stories[1].title == "Hérat tient à coup sûr"


def test_a_declared_charset_counts() -> None:
    text = RSS.replace("utf-8", "windows-1251", 1).replace("Herat holds", "Херсон держится")
    assert read(text.encode("windows-1251")).stories[1].title == "Херсон держится"


def test_dangerous_links_are_dropped_and_the_story_kept() -> None:
    story = item("<title>x</title><link>javascript:alert(1)</link>").stories[0]
    assert (story.title, story.url) == ("x", "")


def test_entities_that_grow_do_not_grow() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    parsed = read(
        f'<?xml version="1.0"?>{bomb}]><rss version="2.0"><channel><item><title>x &j;</title></item></channel></rss>'
    )
    assert len(parsed.stories[0].title) < 100


@pytest.mark.parametrize(
    "reference", ["&#1114112;", "&#xD800;", "&#55296;", "&#99999999999999;", "&#x110000;", "&#0;"]
)
def test_a_reference_to_no_character_costs_one_character(reference: str) -> None:
    parsed = item(f"<title>Herat {reference} holds</title>")
    assert parsed.stories[0].title in {"Herat \ufffd holds", "Herat holds"}


@pytest.mark.parametrize("piece", ["<a>", "<", "<item>", "&#x1F;<b"])
def test_a_megabyte_of_nonsense_is_given_up(piece: str) -> None:
    with pytest.raises(ParseError, match="more than 200,000 elements"):
        read("<rss><channel><item><title>" + piece * 250_000)


def test_files_named_in_entities_are_not_read() -> None:
    declared = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    parsed = read(f'{declared}<rss version="2.0"><channel><item><title>a &x;</title></item></channel></rss>')
    assert "root" not in parsed.stories[0].title


def test_an_aggregator_is_unwrapped_to_the_outlet() -> None:
    google = replace(SUBSCRIPTION, url="https://news.google.com/rss/search?q=herat", outlet="Google News")
    body = '<rss version="2.0"><channel><item><title>Herat falls - Reuters</title><source url="https://reuters.com">Reuters</source></item></channel></rss>'
    story = parse(body.encode(), google, content_type="", received=RECEIVED).stories[0]
    assert (story.outlet, story.wire, story.title) == ("Reuters", "Reuters", "Herat falls - Reuters")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  ",
        b"hello",
        b"<html><body>404</body></html>",
        b"{}",
        b'{"a"',
        b"[1]",
        b"\x89PNG\r\n\x1a\n\x00",
        b"%PDF-1.4",
    ],
)
def test_what_is_no_feed_is_refused_with_a_word(body: bytes) -> None:
    with pytest.raises(ParseError, match="not a feed"):
        read(body)


def test_an_empty_feed_is_a_feed() -> None:
    assert read('<rss version="2.0"><channel><title>Quiet</title></channel></rss>').stories == ()


def test_json_items_that_are_none_are_accounted_for() -> None:
    parsed = read(JSON.replace('"items": [', '"items": [1, null,'))
    assert len(parsed.stories) == 2
    assert "2 items were no JSON objects" in parsed.drops[0].reason


_BODIES = [body.encode() for body in (RSS, RDF, ATOM, JSON)]
_CUTS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), st.binary(max_size=12)), max_size=6)


def _sound(story: Story) -> bool:
    texts = (story.title, story.summary, story.body)
    return all(strip_hostile(text) == text for text in texts) and story.title != "" and len(story.id) == 16


@given(st.sampled_from(_BODIES), _CUTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_feeds_never_crash_and_leave_nothing_hostile(
    body: bytes, cuts: list[tuple[int, int, bytes]]
) -> None:
    for start, length, patch in cuts:
        body = body[:start] + patch + body[start + length :]
    with suppress(ParseError):
        assert all(map(_sound, read(body).stories))


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_feed_or_a_parse_error(body: bytes) -> None:
    with suppress(ParseError):
        assert all(map(_sound, read(body).stories))


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_hostile_words_inside_a_sound_feed_are_made_safe(title: str, text: str) -> None:
    for story in item(
        f"<title><![CDATA[{title}\x1b[31m]]></title><description><![CDATA[{text}]]></description>"
    ).stories:
        assert _sound(story)
