"""Set up without a file: each section, each key of it, and what lies on the desk afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.desk import Desk, SavedView
from feeds.story import FeedState, Subscription
from feeds.theatres import theatre_ids
from feeds.watched import WatchTerm
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, thursday
from tests.tui.screen import app_of, matches_golden, row_with, run, screen, text, with_options
from tests.tui.setup import POST, WIRE, Child, child_, desk, fill, open_section, strike
from tui.screens.setup import SetupScreen
from tui.screens.setuplists import EntryList

__all__ = ["child_", "desk"]


def archive() -> FakeArchive:
    """Thursday, with a feed that is fine and one that nobody asked for a day."""
    found = thursday()
    fine = FeedState(
        WIRE.url,
        last_fetch=NOW,
        last_answer=NOW,
        newest=NOW - timedelta(minutes=20),
        next_due=NOW + timedelta(minutes=5),
    )
    found.feeds = {WIRE.url: fine, POST.url: replace(fine, url=POST.url, next_due=NOW - timedelta(days=1))}
    found.feeds[POST.url] = replace(found.feeds[POST.url], last_fetch=NOW - timedelta(days=1))
    return found


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


TRIAL = {
    "term": "ghazni AND NOT drill",
    "hits": 4,
    "stories": 900,
    "days": {"2021-08-11": 1, "2021-08-12": 3},
    "newest": [{"told": "2021-08-12T17:00:00Z", "outlet": "Post", "title": "Ghazni quiet"}],
}


def test_a_term_is_tried_before_it_is_kept(desk: Desk, child_: Child) -> None:
    child_.answers["watch try"] = TRIAL

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Watch terms")
            assert "SPIKE" in row_with(pilot, "Kabul airport")
            await strike(pilot, "a", "enter", "enter", "enter")
            assert "a term is needed" in text(pilot)
            await fill(pilot, "ghazni and not drill", "h", "y")
            await strike(pilot, "ctrl+o")
            asked = child_.last("watch try")
            assert asked[-2:] == ["--", "ghazni and not drill"]
            assert int(asked[asked.index("--days") + 1]) > 7  # the clock on the screen stands in 2021
            assert "4 of 900 stories" in text(pilot)
            assert "Ghazni quiet" in text(pilot)
            assert len(desk.watch_terms()) == 2
            await strike(pilot, "enter")
            assert "Watching for ghazni AND NOT drill" in text(pilot)

    run(test)
    assert desk.watch_terms()[-1] == WatchTerm("ghazni AND NOT drill", "high", "yellow")


def test_a_term_that_does_not_read_is_refused_in_its_form(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Watch terms")
            await strike(pilot, "a", *"(herat", "ctrl+t")
            assert "no child answers here" in text(pilot)

    run(test)
    assert len(desk.watch_terms()) == 2


def test_a_term_is_changed_tried_and_removed(desk: Desk, child_: Child) -> None:
    child_.answers["watch try"] = TRIAL | {"term": "herat city"}

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Watch terms")
            await strike(pilot, "down", "t")
            assert "herat, tried" in text(pilot)
            await strike(pilot, "enter", "enter", "' city", "ctrl+o", "", "enter")
            assert [each.text for each in desk.watch_terms()] == ["Kabul airport", "herat city"]
            await strike(pilot, "d", "down", "enter")

    run(test)
    assert [each.text for each in desk.watch_terms()] == ["Kabul airport"]


def test_a_view_is_saved_given_a_key_opened_by_it_and_forgotten(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Views")
            await strike(pilot, "a")
            await fill(pilot, "Bulletins", "bulletin", "w")
            await strike(pilot, "ctrl+o", "down", "t", "j")
            assert "j is the key of Next row" in text(pilot)
            await strike(pilot, "f5")
            assert "F5 opens West; give that another key first" in text(pilot)
            await strike(pilot, "f6")
            assert "F6 opens Bulletins" in text(pilot)
            await strike(pilot, "escape", "escape", "f6")
            assert "only: bulletin" in text(pilot)
            assert app_of(pilot).room.layout.focus == "wire"
            await strike(pilot, "f5")
            assert app_of(pilot).room.board.listing.shown == ["herat"]
            await open_section(pilot, "Views")
            await strike(pilot, "d", "down", "enter")

    run(test)
    assert desk.views() == [SavedView("Bulletins", "bulletin", "wire", "f6")]


def test_a_view_with_a_wrong_filter_or_a_name_that_is_taken_is_refused(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Views")
            await strike(pilot, "a", "'west", "ctrl+o")
            assert "another view is called west" in text(pilot)
            await strike(pilot, "' 2", "down", "'state:lost", "ctrl+o")
            assert "no state is called lost" in text(pilot)

    run(test)
    assert len(desk.views()) == 1


def test_the_filter_in_force_is_saved_and_chosen_from_a_list(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await strike(
                pilot,
                "2",
                "backslash",
                "'bulletin",
                "enter",
                "",
                "W",
                "'Mine",
                "ctrl+o",
                "escape",
                "escape",
                "escape",
            )
            assert "only: bulletin" not in text(pilot)
            await strike(pilot, "w", "down", "enter")
            assert "only: bulletin" in text(pilot)

    run(test)
    assert desk.views()[-1] == SavedView("Mine", "bulletin", "wire")


def test_without_a_view_w_says_how_to_save_one(tmp_path: Path) -> None:
    async def test() -> None:
        async with screen(archive(), desk=Desk.open(tmp_path / "new.json")) as pilot:
            await strike(pilot, "w")
            assert "No view is saved yet" in text(pilot)

    run(test)


def test_another_theatre_is_watched_after_the_screen_opens_again(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await open_section(pilot, "Theatre")
            await strike(pilot, "enter")
            assert "watched already" in text(pilot)
            entries = pilot.app.screen.query_one(EntryList)
            await strike(pilot, *(["down"] * theatre_ids().index("ukraine")))
            assert entries.key == "ukraine"
            await strike(pilot, "enter")
            assert "closes and opens again" in text(pilot)
            await strike(pilot, "down", "down", "enter")
            assert pilot.app.return_code == -1

    run(test)
    assert desk.theatre() == "ukraine"
    assert desk.subscriptions() == [WIRE, POST]


def test_a_theatre_named_at_the_start_is_not_changed_here(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(pinned="--theatre")) as pilot:
            await open_section(pilot, "Theatre")
            await strike(pilot, "end", "enter")
            assert "--theatre names the theatre" in text(pilot)

    run(test)
    assert desk.theatre() == ""


def test_a_theme_is_painted_at_once_and_kept(
    desk: Desk, child_: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")

    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(theme="")) as pilot:
            await open_section(pilot, "Theme")
            await strike(pilot, "down", "down", "enter")
            assert pilot.app.theme == "warwatch-light"
            await strike(pilot, "down", "enter")
            assert pilot.app.theme == "warwatch-contrast"
            await strike(pilot, "down", "enter")
            assert "from the next start" in text(pilot)
            assert pilot.app.theme == "warwatch-contrast"
            await strike(pilot, "up", "enter")

    run(test)
    assert desk.preference("theme") == "contrast"


@pytest.mark.parametrize(
    ("no_color", "asked", "kept", "painted"),
    [
        ("", "", "contrast", "warwatch-contrast"),
        ("1", "", "contrast", "warwatch-ansi"),
        ("1", "light", "", "warwatch-light"),
        ("", "light", "contrast", "warwatch-light"),
    ],
)
def test_no_color_counts_whatever_is_kept(
    no_color: str, asked: str, kept: str, painted: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    desk.set_preference("theme", kept)

    async def test() -> None:
        async with screen(archive(), desk=desk, options=with_options(theme=asked)) as pilot:
            assert pilot.app.theme == painted

    run(test)
