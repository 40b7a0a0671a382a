"""From a feed over a real socket to the board, for people and for programs; and why a row is as it is."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.archive import Batch, open_archive
from tests.cli.conftest import Said, Warwatch, one_clear_line
from tests.cli.news import KUNDUZ, rss
from tests.feedserver import FeedServer

CAPITAL_KEYS = [
    *("id", "name", "region", "lat", "lon", "state", "holder", "strength", "grade", "since", "last_evidence"),
    *("stale", "outlets", "origins", "override", "flags"),
]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture
def polled(warwatch: Warwatch, server: FeedServer) -> Said:
    """One round over two feeds, of which one is broken."""
    for path, body in (("/news.xml", rss()), ("/broken", "<html>no feed</html>")):
        url = server.serve(path, body=body, validators=True, headers={"ETag": '"1"'})
        warwatch("feeds", "add", url, "--outlet", "Testpost", "--reliability", "B", "--allow-private")
    return warwatch("poll", "--once", "--allow-private")


def test_poll_prints_a_line_a_feed_and_the_sum(polled: Said) -> None:
    assert polled.status == 0
    assert "3 new" in polled.out
    assert "FAILED" in polled.out
    assert "1 of 2 feeds answered, 3 new stories" in polled.out


def test_a_second_round_brings_nothing_new(polled: Said, warwatch: Warwatch) -> None:
    again = json.loads(warwatch("poll", "--once", "--allow-private", "--json").out)
    assert (again["new"], again["failed"]) == (0, 1)


def test_when_no_feed_answers_poll_fails_and_offers_the_demo(warwatch: Warwatch, server: FeedServer) -> None:
    warwatch("feeds", "add", server.serve("/x", status=500), "--allow-private")
    one_clear_line(warwatch("poll", "--once", "--allow-private"), "`warwatch demo`")


def test_the_board_shows_what_was_told(polled: Said, warwatch: Warwatch) -> None:
    said = warwatch("board")
    assert said.status == 0
    lines = {line.split()[1]: line for line in said.out.splitlines() if len(line.split()) > 2}
    assert "captured" in lines["Kunduz"]
    assert "Taliban" in lines["Kunduz"]
    assert len([line for line in said.out.splitlines() if " unknown " in line and "," not in line]) == 32


def test_the_board_as_json_has_the_shape_that_is_promised(polled: Said, warwatch: Warwatch) -> None:
    board = json.loads(warwatch("board", "--json").out)
    assert list(board) == ["theatre", "as_of", "counts", "capitals"]
    assert list(board["counts"]) == ["reported", "of", "named", "unnamed"]
    assert len(board["capitals"]) == 34
    assert list(board["capitals"][0]) == [*CAPITAL_KEYS, "evidence"]
    kunduz = next(capital for capital in board["capitals"] if capital["id"] == "kunduz")
    assert (kunduz["state"], kunduz["holder"]) == ("captured", "taliban")
    assert kunduz["evidence"][0]["sentence"] == "Taliban capture Kunduz after governor flees"
    assert kunduz["evidence"][0]["outlet"] == "Testpost"


def test_the_board_as_csv_has_a_line_a_capital(polled: Said, warwatch: Warwatch) -> None:
    rows = list(csv.DictReader(io.StringIO(warwatch("board", "--csv").out)))
    assert len(rows) == 34
    assert list(rows[0]) == ["theatre", "as_of", *CAPITAL_KEYS]
    assert {row["id"]: row["state"] for row in rows}["kunduz"] == "captured"


def test_the_board_as_geojson_is_points_for_a_map(polled: Said, warwatch: Warwatch) -> None:
    board = json.loads(warwatch("board", "--geojson").out)
    assert board["type"] == "FeatureCollection"
    kunduz = next(feature for feature in board["features"] if feature["id"] == "kunduz")
    assert kunduz["geometry"]["coordinates"] == pytest.approx([68.857, 36.7289])
    assert kunduz["properties"]["state"] == "captured"


def test_the_board_as_of_a_time_before_the_news_knows_nothing(polled: Said, warwatch: Warwatch) -> None:
    board = json.loads(warwatch("board", "--json", "--as-of", "2021-08-01").out)
    assert board["as_of"] == "2021-08-01T23:59:59Z"
    assert {capital["state"] for capital in board["capitals"]} == {"unknown"}


def test_only_one_form_at_a_time(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("board", "--json", "--csv"), "not allowed with", status=2)


def test_why_tells_the_whole_life_of_a_story(polled: Said, warwatch: Warwatch) -> None:
    said = warwatch("why", KUNDUZ)
    assert said.status == 0
    for part in (
        "Taliban capture Kunduz",
        "/news.xml",
        "1 story, 1 outlet, 1 origin",
        "Kunduz",
    ):
        assert part in said.out
    assert "rule take" in said.out
    assert "weight" in said.out
    (story,) = json.loads(warwatch("why", KUNDUZ, "--json").out)["stories"]
    assert story["evidence"][0]["place"] == "kunduz"
    assert story["fold"]["copy_of"] is None


def test_why_says_when_no_rule_fired(polled: Said, warwatch: Warwatch) -> None:
    assert "no rule fired: places named: none" in warwatch("why", "https://news.example/rain").out


def test_why_tells_of_a_feed_that_failed(polled: Said, warwatch: Warwatch, server: FeedServer) -> None:
    said = warwatch("why", server.url("/broken"))
    assert said.status == 0
    assert "web page" in said.out


def test_why_of_an_unknown_address_says_where_it_looked(polled: Said, warwatch: Warwatch) -> None:
    one_clear_line(warwatch("why", "https://news.example/never"), "archive.db", "ledger", "feeds")


def test_status_says_that_the_collector_is_dead(polled: Said, warwatch: Warwatch) -> None:
    said = warwatch("status", "--line")
    assert said.out.count("\n") == 1
    assert "1 captured" in said.out
    assert "feeds 1 of 2" in said.out
    whole = warwatch("status")
    assert "web page" in whole.out


def test_status_without_an_archive_is_one_line_for_the_prompt(warwatch: Warwatch) -> None:
    said = warwatch("status", "--line")
    assert (said.status, said.err, said.out.count("\n")) == (1, "", 1)


def test_doctor_finds_all_well_but_what_is_not(polled: Said, warwatch: Warwatch) -> None:
    found = {each["check"]: each for each in json.loads(warwatch("doctor", "--json", "--offline").out)}
    assert found["archive"]["word"] == "ok"
    assert "3 threads" in found["archive"]["what"]
    assert found["desk"]["what"].endswith("2 feeds")
    assert found["feeds"]["word"] == "warn"
    assert found["theatre"]["word"] == "ok"


def test_doctor_fails_on_a_broken_desk(warwatch: Warwatch, home: Path) -> None:
    (home / "desk.json").write_text("{")
    said = warwatch("doctor", "--offline")
    assert said.status == 1
    assert any(line.startswith("fail") and "desk" in line for line in said.out.splitlines())


def test_a_collector_that_died_without_a_word_does_not_keep_the_next_one_out(
    polled: Said, warwatch: Warwatch, home: Path
) -> None:
    with open_archive(home / "archive.db") as archive:
        archive.write(Batch())
        dead = f"{socket.gethostname()}/4194999/abc"
        assert archive.take_lease("collector", dead, 3600.0, datetime.now(UTC))
    assert warwatch("poll", "--once", "--allow-private").status == 0


def test_while_another_collector_works_poll_says_so(polled: Said, warwatch: Warwatch, home: Path) -> None:
    with open_archive(home / "archive.db") as archive:
        assert archive.take_lease("collector", "elsewhere/1/abc", 3600.0, datetime.now(UTC))
    one_clear_line(warwatch("poll", "--once", "--allow-private"), "elsewhere")
