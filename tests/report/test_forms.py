"""Every form of a report: the same each time, true to the record, and harmless whatever a feed said."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from wcwidth import wcswidth

from feeds.report.escaping import markdown
from feeds.report.forms import FORMATS
from feeds.report.records import Report
from feeds.report.rendering import render
from tests.report.newsroom import THEATRE, Newsroom, Said

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg><script>x</script>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "{{ 7 * 7 }} {% raw %} &lt;script&gt;",
    "\x1b]52;c;eA==\x07\x1b[31m \u202egnp.exe",
    "=cmd|' /C calc'!A0",
)


def hostile_report() -> Report:
    """Everything that a feed or an operator may put in, hostile."""
    room = Newsroom()
    places = [place.id for place in THEATRE.capitals]
    for place, words in zip(places, HOSTILE, strict=False):
        room.stand(
            place,
            "captured",
            Said(words, outlet=words, speaker=words, url='https://wire.example/?q="><script>x</script>'),
            Said(words, outlet="AFP", url="javascript:alert(1)"),
            override=words,
        )
    room.stand(places[-1], "claimed", Said(HOSTILE[0], HOSTILE[1], "D", "self-serving"))
    room.count(9, HOSTILE[0], 3)
    return room.report()


def usual_report() -> Report:
    room = Newsroom()
    room.stand("herat", "contested", Said("Fighting in Herat", "AP"), hours=30)
    room.stand("herat", "captured", Said("Herat fell", "AFP"), Said("Herat is lost", "BBC"), hours=5)
    room.stand("kandahar", "claimed", Said("Kandahar is conquered", "Voice", "D", "self-serving"), hours=2)
    room.stand("kabul", "threatened", Said("Kabul is next"), hours=3)
    room.count(11, "AP", 5)
    room.count(12, "BBC", 3)
    return room.report()


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_board_and_moment_give_the_same_bytes(form: str) -> None:
    assert render(usual_report(), form) == render(usual_report(), form)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_the_city_the_state_the_source_and_the_link(form: str) -> None:
    text = render(usual_report(), form)
    for part in ("Herat", "https://wire.example/2", "Taliban", "Non-state actor overtakes territory"):
        assert part in text, (form, part)


@pytest.mark.parametrize("form", ["md", "txt", "html"])
def test_a_claim_is_told_apart_in_every_form_for_people(form: str) -> None:
    text = " ".join(re.sub(r"<[^>]+>", " ", render(usual_report(), form)).split())
    assert "Claimed, not confirmed" in text or "CLAIMED, NOT CONFIRMED" in text
    assert "Taliban says it holds the city; not confirmed" in text.replace("\u00a0", " ")
    assert "reported 11-12" in text


# Plain text.


@pytest.mark.parametrize("report", [usual_report, hostile_report])
def test_plain_text_is_80_columns_but_for_addresses(report: object) -> None:
    assert callable(report)
    for line in render(report(), "txt").splitlines():
        assert wcswidth(line) <= 80 or line.strip().startswith("https://"), line


def test_wide_scripts_are_measured_in_cells() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("赫拉特已被塔利班占领 " * 12, outlet="新华社"))
    for line in render(room.report(), "txt").splitlines():
        assert wcswidth(line) <= 80 or line.strip().startswith("https://"), line


# Nothing hostile comes out.


@pytest.mark.parametrize("form", ["md", "txt", "html"])
def test_no_control_or_bidi_character_reaches_a_form_for_people(form: str) -> None:
    text = render(hostile_report(), form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_html_has_no_script_no_handler_and_no_link_but_http() -> None:
    page = LexborHTMLParser(render(hostile_report(), "html", beside=("factbox.json",)))
    assert page.css("article"), "it is a page"
    for node in page.css("*"):
        assert node.tag not in {"script", "img", "iframe", "object", "embed", "link", "base", "foreignobject"}
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            if name in {"href", "src", "xlink:href", "action"}:
                assert re.match(r"https?://|factbox\.json$", value or ""), value
    assert "alert(1)" in page.text(), "what the feed said is there, as text"


def test_html_fetches_nothing_and_says_so_to_the_browser() -> None:
    page = render(usual_report(), "html")
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\((?!#mixed)", page)
    assert "<svg" in page


def test_markdown_shows_hostile_words_as_words() -> None:
    html = MarkdownIt("commonmark").render(render(hostile_report(), "md"))
    page = LexborHTMLParser(html)
    assert not page.css("script, img")
    for link in page.css("a"):
        assert (link.attributes["href"] or "").startswith("https://wire.example/")


@given(st.text(max_size=60))
def test_markdown_text_is_what_a_reader_sees(text: str) -> None:
    written = str(markdown(text))
    page = LexborHTMLParser(MarkdownIt("commonmark").render(f"{written} end"))
    assert [node.tag for node in page.css("body *")] == ["p"], written


def test_a_spreadsheet_gets_no_formula() -> None:
    for row in csv.DictReader(io.StringIO(render(hostile_report(), "csv"))):
        assert not any(str(cell).startswith(("=", "+", "@", "\t")) for cell in row.values()), row


# For programs.


def test_json_has_the_shape_that_is_promised() -> None:
    found = json.loads(render(usual_report(), "json"))
    assert list(found) == [
        *("theatre", "title", "as_of", "since", "counts", "highlights", "changes", "capitals", "history"),
        "history_left_out",
    ]
    herat = next(row for row in found["capitals"] if row["id"] == "herat")
    assert [word["outlet"] for word in herat["reports"]] == ["AFP", "BBC"]
    assert herat["transition"]["event_type"] == "Battles"
    assert (found["counts"]["reported_low"], found["counts"]["reported_high"]) == (11, 12)
    assert len(found["capitals"]) == 34
    assert [(step["name"], step["after"]) for step in found["history"]][:2] == [
        ("Herat", "contested"),
        ("Herat", "taken"),
    ]


def test_csv_and_geojson_have_a_row_a_city_with_the_same_facts() -> None:
    report = usual_report()
    rows = list(csv.DictReader(io.StringIO(render(report, "csv"))))
    points = json.loads(render(report, "geojson"))["features"]
    assert [row["id"] for row in rows] == [each["id"] for each in points]
    assert len(rows) == 34
    herat = next(row for row in rows if row["id"] == "herat")
    assert (herat["sub_event_type"], herat["outlet"], herat["word_kind"]) == (
        "Non-state actor overtakes territory", "AFP", "report",
    )  # fmt: skip


def test_geojson_keeps_the_rules_of_rfc_7946() -> None:
    found = json.loads(render(usual_report(), "geojson"))
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found, "longitude and latitude in WGS 84, always"
    assert not {"coordinates", "geometries", "geometry", "properties"} & found.keys()
    for feature in found["features"]:
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert lon > lat, "longitude first: Afghanistan lies further east than north"
        for value in feature["properties"].values():
            assert value is None or isinstance(value, str | int | float | bool), "flat, as QGIS likes it"
        if feature["properties"]["since"]:
            datetime.fromisoformat(feature["properties"]["since"])


def test_the_page_that_lies_on_a_server_asks_to_be_loaded_again_and_links_to_what_lies_beside_it() -> None:
    page = render(usual_report(), "html", reload_seconds=60, beside=("factbox.json", "factbox.csv"))
    assert '<meta http-equiv="refresh" content="60">' in page
    assert 'href="factbox.csv"' in page
    assert 'http-equiv="refresh"' not in render(usual_report(), "html")
