"""Set up without a file: each section, the keys of the feeds, and what lies on the desk afterwards."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual import events

from feeds.clock import ReplayClock
from feeds.desk import Desk
from feeds.story import FeedState, Subscription
from tests.tui.samples import NOW, thursday
from tests.tui.screen import matches_golden, run, screen, settle, text, with_options
from tests.tui.setup import POST, WIRE, Child, archive, child_, desk, fill, open_section, strike
from tui.screens.setup import SetupScreen

__all__ = ["child_", "desk"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("section", ["Feeds", "Watch terms", "Views", "Alerts", "Theatre", "Theme"])
def test_what_each_section_shows(section: str, size: tuple[int, int], child_: Child, desk: Desk) -> None:
    async def test() -> None:
        async with screen(archive(), size, desk=desk) as pilot:
            await open_section(pilot, section)
            shown = "\n".join([" warwatch  set up", *text(pilot).split("\n")[1:]])
            matches_golden(f"setup-{section.replace(' ', '-').casefold()}-{size[0]}x{size[1]}", shown)

    run(test)


def test_without_a_desk_nothing_can_be_set_up_and_it_says_so() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await strike(pilot, "comma")
            assert "no desk" in text(pilot)
            assert not isinstance(pilot.app.screen, SetupScreen)

    run(test)


def test_who_only_reads_changes_nothing(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(read_only=True)) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "d", "down", "enter")
            assert "only reads" in text(pilot)

    before = desk.path.read_bytes()
    run(test)
    assert desk.path.read_bytes() == before


def test_a_feed_is_found_by_its_address_and_followed(desk: Desk, child_: Child) -> None:
    child_.answers["feeds find"] = {
        "kind": "feed", "url": "https://new.example/feed", "title": "New Paper", "stories": 12, "ms": 80, "ok": True,
    }  # fmt: skip

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "a", "'new.example", "enter")
            assert child_.last("feeds find")[2] == "https://new.example"
            assert "It answers: 12 stories" in text(pilot)
            await strike(
                pilot, "down", "down", "right", "right", "right", "down", "down", "down", "'30m", "ctrl+o"
            )
            assert "Following New Paper (C)" in text(pilot)

    run(test)
    followed = Subscription("https://new.example/feed", "New Paper", "C", interval=1800)
    assert desk.subscriptions() == [WIRE, POST, followed]


def test_a_page_offers_the_feeds_that_it_names(desk: Desk, child_: Child) -> None:
    child_.answers["feeds find"] = {
        "kind": "page",
        "url": "https://new.example",
        "feeds": [
            {"url": "https://new.example/all", "title": "All"},
            {"url": "https://new.example/war", "title": "War"},
        ],
    }

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "a", "'https://new.example", "enter")
            assert "This page names feeds" in text(pilot)
            await strike(pilot, "down", "enter", "ctrl+o")

    run(test)
    assert desk.subscriptions()[-1] == Subscription("https://new.example/war", "War")


def test_an_address_where_nothing_is_can_still_be_followed_and_a_wrong_one_cannot(
    desk: Desk, child_: Child
) -> None:
    child_.answers["feeds find"] = {"kind": "nothing", "url": "https://new.example", "error": "404 Not Found"}

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "a", "enter")
            assert "an address is needed" in text(pilot)
            await strike(pilot, "'javascript://x", "enter")
            assert "no http or https address" in text(pilot)
            await strike(pilot, "ctrl+u", "'https://new.example", "enter")
            assert "404 Not Found" in text(pilot)
            await strike(pilot, *(["down"] * 5), "'5s", "ctrl+o")
            assert "no server wants to be asked more often" in text(pilot)
            await strike(pilot, "escape")

    run(test)
    assert desk.subscriptions() == [WIRE, POST]


def test_a_feed_is_described_anew_and_keeps_its_place(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "enter")
            await fill(pilot, "https://wire.example/new", "Highlands", "A", "Wires", "ps", "", "Desk/1", "f")
            await strike(pilot, "ctrl+o")

    run(test)
    anew = Subscription("https://wire.example/new", "Highlands", "A", "Wires", "ps", "Desk/1", "feed")
    assert desk.subscriptions() == [anew, POST]


def test_a_feed_is_removed_only_when_one_says_so(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "d", "enter")
            assert desk.subscriptions() == [WIRE, POST]
            await strike(pilot, "d", "down", "enter")
            assert "No longer following Highland Wire" in text(pilot)
            assert "Highland" not in "\n".join(text(pilot).split("\n")[2:-1])

    run(test)
    assert desk.subscriptions() == [POST]


def test_checking_a_feed_asks_beside_the_screen_and_keeps_nothing(desk: Desk, child_: Child) -> None:
    child_.answers["feeds check"] = [{"ok": True, "stories": 7, "ms": 91, "newest": "2021-08-12T18:00:00Z"}]

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "t")
            assert "It answers: 7 stories in 91 ms" in text(pilot)
            child_.answers["feeds check"] = [{"ok": False, "reason": "503 Service Unavailable"}]
            await strike(pilot, "t")
            assert "does not answer: 503" in text(pilot)
            await strike(pilot, "enter", "ctrl+t")
            assert "503 Service Unavailable" in text(pilot)

    run(test)


def test_feeds_are_asked_for_now_one_or_all(desk: Desk, child_: Child) -> None:
    wire = archive()

    async def test() -> None:
        async with screen(wire, desk=desk) as pilot:
            await strike(pilot, "ctrl+r")
            assert "Every feed is asked now" in text(pilot)
            await open_section(pilot, "Feeds")
            await strike(pilot, "down", "r", "R")
            assert "is asked now" in text(pilot)

    run(test)
    asked = [(each.kind, each.value, each.who) for each in wire.journal]
    assert asked == [("reload", "", "tester"), ("reload", POST.url, "tester"), ("reload", "", "tester")]


def test_while_a_recording_plays_the_feeds_are_said_not_to_be_asked(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(wire, clock=ReplayClock(NOW, 0.000001), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            assert text(pilot).count("not asked, a recording plays") == 2
            assert "never asked" not in text(pilot)
            await strike(pilot, "r", "R")

    wire = archive()
    run(test)
    assert not wire.journal
    assert not child_.asked


def test_asking_for_feeds_is_nothing_to_undo(desk: Desk) -> None:
    wire = archive()

    async def test() -> None:
        async with screen(wire, desk=desk) as pilot:
            await strike(pilot, "2", "f", "ctrl+r", "u")
            assert "Undone: flag" in text(pilot)
            await strike(pilot, "ctrl+r", "U")
            assert "Done again: flag" in text(pilot)

    run(test)


def test_lists_of_feeds_in_and_out(desk: Desk, child_: Child, tmp_path: Path) -> None:
    child_.answers["feeds import"] = {"added": 3, "described_anew": 1}
    child_.answers["feeds export"] = {"feeds": 2}

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "i", "ctrl+u", f"'{tmp_path / 'in.opml'!s}", "enter")
            assert "3 feeds added, 1 described anew" in text(pilot)
            await strike(pilot, "x", "ctrl+u", f"'{tmp_path / 'out.opml'!s}", "enter")
            assert "2 feeds written" in text(pilot)

    run(test)
    assert child_.last("feeds import")[2:] == [str(tmp_path / "in.opml"), "--json", "--desk", str(desk.path)]
    assert child_.last("feeds export")[2:4] == ["-o", str(tmp_path / "out.opml")]


def test_private_addresses_are_allowed_and_refused_again(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "p")
            assert desk.allow_private()
            assert "private addresses allowed" in text(pilot)
            await strike(pilot, "p")

    run(test)
    assert not desk.allow_private()


def test_what_the_archive_knows_of_many_feeds_is_read_beside_the_screen(
    desk: Desk, child_: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = archive()
    asked: list[threading.Thread] = []
    states = news.feed_states
    gate = threading.Event()

    def slowly() -> dict[str, FeedState]:
        if screen_is_up:
            asked.append(threading.current_thread())
            gate.wait(30)
        return states()

    screen_is_up = False
    monkeypatch.setattr(news, "feed_states", slowly)

    async def test() -> None:
        nonlocal screen_is_up
        async with screen(news, desk=desk) as pilot:
            screen_is_up = True
            for key in ("comma", "enter"):
                pilot.app.post_message(events.Key(key, None))
            while not asked or "Morning Post" not in text(pilot):
                await pilot.pause()
            assert "OVERDUE" not in text(pilot)
            assert "never asked" not in text(pilot), "nothing is said before it is known"
            gate.set()
            screen_is_up = False
            await settle(pilot)
            assert "OVERDUE" in text(pilot)
            assert threading.main_thread() not in asked

    run(test)
