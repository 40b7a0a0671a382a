"""The board: what changed first, marks until looked at, counts, filter."""

from __future__ import annotations

from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, THEATRE, hours_ago, sentence, standing, tally, thursday
from tui.bridge import Bridge, News
from tui.views.board import BoardView
from tui.views.filtering import parse_filter


def look(archive: FakeArchive) -> News:
    news = Bridge(archive, THEATRE, lambda: NOW, reconcile=tally).look()
    assert news is not None
    return news


def board(archive: FakeArchive) -> BoardView:
    news, view = look(archive), BoardView(THEATRE, lambda: NOW)
    view.note_changes(news.changes)
    view.show(news.board, news.tally)
    return view


def names(view: BoardView) -> list[str]:
    return [view.row(index).place.id for index in range(view.listing.count)]


def test_the_newest_change_stands_first_and_quiet_capitals_last() -> None:
    view = board(thursday())
    assert names(view)[:3] == ["herat", "kandahar", "ghazni"]
    assert len(names(view)) == 34
    assert view.row(33).standing.state == "unknown"


def test_what_changed_in_the_shift_is_marked_until_it_is_looked_at() -> None:
    view = board(thursday())
    assert view.is_marked("herat")
    assert not view.is_marked("zaranj")
    view.see("herat")
    assert not view.is_marked("herat")


def test_the_counts_name_every_capital_once() -> None:
    view = board(thursday())
    assert view.counts() == {"captured": 11, "claimed": 1, "contested": 1, "threatened": 1, "unknown": 20}
    assert sum(view.counts().values()) == 34


def test_reported_captures_that_no_row_names_are_counted() -> None:
    view = board(thursday())
    assert view.tally is not None
    assert (view.tally.reported, view.tally.named, view.tally.unnamed) == (11, 11, 0)


def test_a_reader_on_a_row_keeps_it_when_another_capital_falls() -> None:
    archive = thursday()
    view = board(archive)
    view.listing.move(3)
    chosen = view.selected
    seqs = archive.add_evidence(sentence("nili", "Nili has fallen."))
    archive.stand(standing("nili", "captured", 0, seqs))
    news = look(archive)
    assert not view.show(news.board, news.tally)
    assert chosen is not None
    assert view.selected is not None
    assert view.selected.place.id == chosen.place.id
    assert view.listing.stale
    view.listing.refresh()
    assert names(view)[0] == "nili"
    assert view.selected.place.id == chosen.place.id


def test_the_words_are_the_strongest_sentence_that_counts_now() -> None:
    row = board(thursday()).row_of("ghazni")
    assert row is not None
    assert row.words.startswith("“The city is lost,”")


def test_orders_turn_and_come_round() -> None:
    view = board(thursday())
    seen = [view.order] + [view.next_order() for _ in range(4)]
    assert seen == ["change", "state", "region", "strength", "change"]
    view.next_order()
    assert [view.row(index).standing.state for index in range(11)] == ["captured"] * 11


def test_a_filter_shows_only_what_matches_and_can_be_turned_round() -> None:
    view = board(thursday())
    view.set_filter(parse_filter("captured"))
    assert view.listing.count == 11
    view.set_filter(parse_filter("!captured"))
    assert view.listing.count == 23
    view.set_filter(parse_filter(""))
    assert view.listing.count == 34


def test_searching_goes_round_the_end() -> None:
    view = board(thursday())
    assert view.find("ghazni", 1, here=True)
    assert view.selected is not None
    assert view.selected.place.id == "ghazni"
    assert view.find("herat", 1)
    assert not view.find("atlantis", 1)


def test_a_capital_without_any_report_is_on_the_board() -> None:
    view = board(FakeArchive())
    assert view.listing.count == 34
    assert view.counts() == {"unknown": 34}


def test_old_changes_are_not_new_to_the_shift() -> None:
    archive = FakeArchive()
    archive.stand(standing("zaranj", "captured", 30))
    archive.stand(standing("herat", "captured", 1))
    bridge = Bridge(archive, THEATRE, lambda: NOW, since=hours_ago(12))
    news = bridge.look()
    assert news is not None
    assert [change.place for change in news.changes] == ["herat"]
    archive.moved()
    again = bridge.look()
    assert again is not None
    assert again.changes == ()
