"""``warwatch watch``: tried, kept, listed, changed and left, from the shell."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Batch, open_archive
from feeds.desk import Desk
from feeds.watched import WatchTerm
from tests.archive.samples import a_story, alone
from tests.cli.conftest import Warwatch, home, one_clear_line, warwatch
from tests.cli.news import rss
from tests.feedserver import FeedServer
from tests.watch.samples import id_of

__all__ = ["home", "warwatch"]


@pytest.fixture
def news(home: Path) -> Path:
    """An archive of ten days: a story an hour, every sixth about Herat; six in the last minutes."""
    now = datetime.now(UTC)
    stories = [
        a_story(
            f"s{hour}",
            f"Taliban enter Herat from the west, day {hour // 24}"
            if hour % 6 == 0
            else f"Rain in Lisbon {hour}",
            received=now - timedelta(hours=hour),
            outlet=f"Outlet {hour % 3}",
            summary="Officials in Kabul deny it.",
        )
        for hour in range(1, 240)
    ]
    stories += [
        a_story(f"n{n}", "Herat falls", received=now - timedelta(minutes=n), outlet=f"Outlet {n % 3}")
        for n in range(6)
    ]
    path = home / "archive.db"
    with open_archive(path) as archive:
        archive.write(Batch(stories=stories, folds=[alone(story) for story in stories]))
    return path


def desk_of(home: Path) -> Desk:
    return Desk.open(home / "desk.json")


def listed(warwatch: Warwatch) -> list[dict[str, object]]:
    said = warwatch("watch", "list", "--json")
    assert said.status == 0, said.err
    found = json.loads(said.out)
    assert isinstance(found, list)
    return found


def test_a_term_is_tried_before_it_is_kept(warwatch: Warwatch, home: Path, news: Path) -> None:
    before = news.read_bytes()
    said = warwatch("watch", "try", "(Herat", "AND", "Taliban)", "OR", "xyzzy")
    assert said.status == 0
    assert "27 of 173 stories" in said.out
    assert "[Taliban] enter [Herat]" in said.out
    assert desk_of(home).watch_terms() == []
    assert news.read_bytes() == before


def test_try_goes_as_far_back_as_one_likes_and_shows_as_much(warwatch: Warwatch, news: Path) -> None:
    tried = json.loads(warwatch("watch", "try", "Herat", "--days", "400", "--limit", "2", "--json").out)
    assert (tried["hits"], tried["stories"]) == (45, 245)
    assert len(tried["newest"]) == 2
    assert tried["newest"][0]["words"] == ["Herat"]
    assert sum(tried["days"].values()) == sum(tried["outlets"].values()) == 45
    day = json.loads(warwatch("watch", "try", "Herat", "--days", "0.5", "--json").out)
    assert day["hits"] == 7
    assert "0 of" in warwatch("watch", "try", "Zaranj").out


def test_what_stands_in_the_summary_is_shown_with_what_is_around(warwatch: Warwatch, news: Path) -> None:
    said = warwatch("watch", "try", "Kabul", "--limit", "1")
    assert "Officials in [Kabul] deny it." in said.out
    assert "older ones" in said.out


def test_a_new_term_is_kept_and_the_archive_looked_through(
    warwatch: Warwatch, home: Path, news: Path
) -> None:
    said = warwatch("watch", "add", "Herat NOT Taliban", "--severity", "high", "--colour", "red")
    assert said.status == 0, said.err
    assert "watching for: Herat AND NOT Taliban" in said.out
    assert "245 stories of the archive looked through: 6 hits" in said.out
    assert desk_of(home).watch_terms() == [WatchTerm("Herat AND NOT Taliban", "high", "red")]
    (entry,) = listed(warwatch)
    assert (entry["hour"], entry["day"], entry["week"], entry["to_look_through"]) == (6, 6, 6, 0)
    assert (entry["spike"], entry["outlets"]) == (True, 3)
    assert "SPIKE: 3 outlets" in warwatch("watch", "list").out


def test_the_same_term_again_is_described_anew_and_costs_nothing(
    warwatch: Warwatch, home: Path, news: Path
) -> None:
    warwatch("watch", "add", "Herat")
    said = json.loads(warwatch("watch", "add", "HERAT", "--severity", "low", "--json").out)
    assert (said["looked_through"], said["id"]) == (0, id_of("Herat"))
    assert desk_of(home).watch_terms() == [WatchTerm("HERAT", "low")]


def test_a_term_is_changed_into_another(warwatch: Warwatch, home: Path, news: Path) -> None:
    warwatch("watch", "add", "Herat")
    assert warwatch("watch", "add", "Herat AND Taliban", "--instead-of", "Herat").status == 0
    (entry,) = listed(warwatch)
    assert (entry["term"], entry["day"]) == ("Herat AND Taliban", 3)
    one_clear_line(warwatch("watch", "add", "Kabul", "--instead-of", "Herat"), "Herat is not watched for")


def test_a_term_is_left_by_its_text_or_its_id(warwatch: Warwatch, home: Path) -> None:
    for text in ("Herat", "Kabul airport", "bomb*"):
        warwatch("watch", "add", text)
    assert warwatch("watch", "remove", id_of("Herat")).status == 0
    assert json.loads(warwatch("watch", "remove", "kabul-airport", "--json").out) == {
        "removed": ['"Kabul airport"']
    }
    assert [term.text for term in desk_of(home).watch_terms()] == ["bomb*"]
    one_clear_line(warwatch("watch", "remove", "Herat"), "not watched for", "watch list")


def test_a_mistake_in_a_term_says_where_and_keeps_nothing(warwatch: Warwatch, home: Path) -> None:
    for deed in ("add", "try"):
        one_clear_line(
            warwatch("watch", deed, "Herat AND (Kabul"), "position 11: this parenthesis is never closed"
        )
    assert desk_of(home).watch_terms() == []


def test_without_an_archive_terms_are_kept_and_nothing_is_made(warwatch: Warwatch, home: Path) -> None:
    assert warwatch("watch", "add", "Herat").status == 0
    (entry,) = listed(warwatch)
    assert (entry["hour"], entry["spike"], entry["to_look_through"]) == (None, False, 0)
    assert not (home / "archive.db").exists()
    one_clear_line(warwatch("watch", "try", "Herat"), "there is no archive at")


def test_a_poll_looks_for_the_terms_of_the_desk(warwatch: Warwatch, home: Path) -> None:
    warwatch("watch", "add", "governor flees")
    with FeedServer() as server:
        url = server.serve("/feed", body=rss(), headers={"Content-Type": "application/rss+xml"})
        warwatch("feeds", "add", url, "--allow-private")
        assert warwatch("poll", "--once", "--allow-private").status == 0
        (entry,) = listed(warwatch)
        assert (entry["day"], entry["to_look_through"]) == (1, 0)
        desk_of(home).watch(WatchTerm("rain"))  # by hand: nothing was looked through yet
        assert warwatch("poll", "--once", "--allow-private").status == 0
    assert [(entry["day"], entry["to_look_through"]) for entry in listed(warwatch)] == [(1, 0), (1, 0)]


def test_an_empty_list_says_how_to_begin(warwatch: Warwatch, home: Path) -> None:
    assert "watch try TERM" in warwatch("watch", "list").out
    assert listed(warwatch) == []


def test_a_term_broken_by_hand_is_shown_with_what_is_wrong(
    warwatch: Warwatch, home: Path, news: Path
) -> None:
    desk_of(home).watch(WatchTerm("Herat AND"), WatchTerm("Kabul"))
    broken, whole = listed(warwatch)
    assert broken["error"] == "position 7: AND has nothing behind it"
    assert (whole["error"], whole["to_look_through"]) == ("", 245)
    assert "245 stories to look through" in warwatch("watch", "list").out
    assert warwatch("watch", "remove", "Herat AND").status == 0


@pytest.mark.parametrize(("option", "word"), [("--days", "0"), ("--days", "soon"), ("--limit", "-1")])
def test_a_span_that_is_none_is_wrong_usage(warwatch: Warwatch, option: str, word: str) -> None:
    one_clear_line(warwatch("watch", "try", "Herat", f"{option}={word}"), option, status=2)


def test_an_archive_that_cannot_be_opened_keeps_the_term_and_says_so(warwatch: Warwatch, home: Path) -> None:
    (home / "archive.db").mkdir()
    one_clear_line(warwatch("watch", "add", "Herat"), "is a directory")
    assert [term.text for term in desk_of(home).watch_terms()] == ["Herat"]


def test_what_a_feed_says_reaches_the_terminal_clean(warwatch: Warwatch, home: Path) -> None:
    story = a_story(
        "a", "Herat \x1b[31mred\x1b]52;c;eA==\x07", received=datetime.now(UTC), outlet="Po\x1b[2Jst"
    )
    with open_archive(home / "archive.db") as archive:
        archive.write(Batch(stories=[story], folds=[alone(story)]))
    assert "\x1b" not in warwatch("watch", "try", "Herat").out
    assert "\x1b" not in warwatch("watch", "add", "Herat\x1b[31m OR Kabul").out
    assert [term.text for term in desk_of(home).watch_terms()] == ["Herat OR Kabul"]


def test_a_term_that_is_changed_keeps_what_it_was_given(warwatch: Warwatch, home: Path) -> None:
    warwatch("watch", "add", "Herat", "--severity", "high", "--colour", "red")
    assert warwatch("watch", "add", "Herat AND Taliban", "--instead-of", "Herat").status == 0
    assert desk_of(home).watch_terms() == [WatchTerm("Herat AND Taliban", "high", "red")]
    changed = ("watch", "add", "Kabul", "--instead-of", "Herat AND Taliban", "--severity", "low")
    assert warwatch(*changed).status == 0
    assert desk_of(home).watch_terms() == [WatchTerm("Kabul", "low", "red")]
    warwatch("watch", "add", "Ghazni")
    assert desk_of(home).watch_terms()[-1] == WatchTerm("Ghazni", "medium", "")
