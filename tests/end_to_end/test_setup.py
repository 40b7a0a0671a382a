"""A desk set up from nothing, with keys alone: a real screen, a real collector, a real server, and no file touched."""

from __future__ import annotations

from feeds.desk import Desk
from feeds.watched import WatchTerm
from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import RSS, Item, rss
from tests.end_to_end.thursday import publish
from tests.feedserver import FeedServer

FALL = Item("Taliban capture Jalalabad without a fight, governor says", minutes=1)


def test_a_first_start_asks_two_questions_and_shows_the_board(machine: Machine) -> None:
    with machine.screen("--no-poll") as terminal:
        terminal.wait_for("Which war is to be watched?", "Afghanistan 2021")
        terminal.press("\r")
        terminal.wait_for("Are its feeds to be followed?")
        terminal.press("j", "\r")
        terminal.wait_for("Capitals", "Asadabad")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    desk = Desk.open(machine.home / "desk.json")
    assert (desk.theatre(), desk.subscriptions()) == ("afghanistan-2021", [])
    with machine.screen("--no-poll") as terminal:
        terminal.wait_for("Capitals")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_a_feed_is_found_by_the_page_that_names_it_followed_and_read(
    machine: Machine, server: FeedServer
) -> None:
    publish(machine, server)
    machine.run("poll", "--once")
    server.serve("/new.xml", body=rss(FALL), headers=RSS)
    page = server.serve(
        "/news",
        body="<html><head><link rel='alternate' type='application/rss+xml' title='All the news' href='/new.xml'>",
        headers={"Content-Type": "text/html"},
    )
    with machine.screen(columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Kandahar", "collector ok")
        terminal.press(",")
        terminal.wait_for("Set up", "Watch terms")
        terminal.press("\r", "a")
        terminal.wait_for("Add a feed")
        terminal.press(page, "\r")
        terminal.wait_for("This page names feeds", "All the news", timeout=30)
        terminal.press("\r")
        terminal.wait_for("A new feed")
        terminal.press("\x0f")
        terminal.wait_for("Following All the news (F)")
        terminal.press("q", "q")
        terminal.wait_for("Taliban capture Jalalabad", "feeds 3 of 3", timeout=40)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_a_watch_term_is_tried_on_the_archive_kept_and_filtered_by(
    machine: Machine, server: FeedServer
) -> None:
    publish(machine, server)
    machine.run("poll", "--once")
    with machine.screen(columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Kandahar", "collector ok")
        terminal.press(",")
        terminal.wait_for("Set up")
        terminal.press("j", "\r", "a")
        terminal.wait_for("A new watch term")
        terminal.press("lima", "\x0f")
        terminal.wait_for("keep it?", "of", "stories of the last seven days", timeout=30)
        terminal.press("\r")
        terminal.wait_for("Watching for lima")
        terminal.press("q", "q", "2", "\\", "term:l", "\t", "\r")
        terminal.wait_until(lambda: "only: term:lima" in terminal.text, "the wire is filtered by the term")
        terminal.wait_until(lambda: "Wire  1 stor" in terminal.text, "what the collector found", timeout=40)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    assert Desk.open(machine.home / "desk.json").watch_terms() == [WatchTerm("lima")]


def test_another_theatre_opens_in_the_same_terminal_with_its_own_collector(
    machine: Machine, server: FeedServer
) -> None:
    publish(machine, server)
    machine.run("poll", "--once")
    with machine.screen(columns=120, rows=40) as terminal:
        terminal.wait_for("Afghanistan 2021", "collector ok")
        terminal.press(",")
        terminal.wait_for("Set up")
        terminal.press("j", "j", "j", "j", "\r")
        terminal.wait_for("DR Congo")
        terminal.press("j", "\r")
        terminal.wait_for("Watch DR Congo?")
        terminal.press("j", "j", "\r")
        terminal.wait_for("Capitals", "Bukavu", "collector ok", timeout=30)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    with machine.archive() as archive:
        assert archive.lease("collector") is None
    assert Desk.open(machine.home / "desk.json").theatre() == "drc"
