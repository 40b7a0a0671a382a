"""The evidence: for and against, by side, with the words that fired."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.samples import NOW, THEATRE, sentence, standing, story, thursday
from tui.lookup import claims_page, place_page, story_page
from tui.views.board import BoardRow
from tui.views.evidence import EvidencePage, EvidenceView, add_span, trigger_spans
from tui.views.story import StoryView


def ghazni() -> EvidenceView:
    archive = thursday()
    view = EvidenceView(THEATRE)
    view.show(place_page(archive, BoardRow(THEATRE.by_id["ghazni"], archive.board["ghazni"]), None))
    return view


def shown(view: EvidenceView, cells: int = 70) -> str:
    return "\n".join("".join(text for text, _ in line.runs) for line in view.lines(cells, NOW))


def test_both_sides_stand_under_their_own_heading_strongest_first() -> None:
    text = shown(ghazni())
    assert text.index("Taliban holds it  0.96") < text.index("Government holds it  0.04")
    assert "The interior ministry denied that Ghazni had fallen." in text


def test_each_sentence_says_who_how_much_how_old_and_why() -> None:
    text = shown(ghazni())
    assert "▸ B Highland Wire 2h  against interest 0.92  change of hands" in text
    assert "rule take; on “lost”, “seized”; by Taliban; says the head of the" in text
    assert "negated 0.31" in text


def test_the_history_stands_under_the_sentences() -> None:
    text = shown(ghazni())
    assert text.index("history") > text.index("denied")
    assert "12 Aug 16:42Z  held → captured  Taliban  rule D2  on 1 sentence" in text


def test_trigger_words_are_marked() -> None:
    runs = [run for line in ghazni().lines(70, NOW) for run in line.runs if run[1] == "trigger"]
    assert [text for text, _ in runs] == ["denied"] or [text for text, _ in runs][:2] == ["lost", "seized"]


def test_no_line_is_wider_than_the_panel_allows_it_to_wrap() -> None:
    for line in ghazni().lines(30, NOW):
        if line.runs[0][1] not in ("mark", "heading"):
            assert sum(len(text) for text, _ in line.runs) <= 30


def test_the_selected_sentence_stays_when_evidence_arrives() -> None:
    archive = thursday()
    view = ghazni()
    view.move(1)
    chosen = view.selected
    archive.add_evidence(sentence("ghazni", "A third report says Ghazni is lost.", told=NOW))
    view.show(place_page(archive, BoardRow(THEATRE.by_id["ghazni"], archive.board["ghazni"]), None))
    assert view.selected is not None
    assert chosen is not None
    assert view.selected.seq == chosen.seq
    assert len(view.items) == 3


def test_of_a_city_told_of_for_months_the_newest_sentences_and_those_that_count_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.lookup.MOST_SENTENCES", 2)
    archive = thursday()
    for number in range(5):
        archive.add_evidence(sentence("ghazni", f"Bulletin {number} on Ghazni.", told=NOW))
    view = EvidenceView(THEATRE)
    page = place_page(archive, BoardRow(THEATRE.by_id["ghazni"], archive.board["ghazni"]), None)
    view.show(page)
    counting = set(archive.board["ghazni"].evidence)
    assert counting
    assert counting < {each.seq for each in view.items}
    assert len(view.items) == 2 + len(counting)
    assert [number for number in range(5) if f"Bulletin {number}" in shown(view)] == [3, 4]
    assert f"{page.earlier} sentences told earlier" in shown(view)


def test_a_capital_nobody_wrote_about_says_so() -> None:
    view = EvidenceView(THEATRE)
    view.show(EvidencePage("Nili", standing("nili", "unknown", 1)))
    assert shown(view) == "No sentence about it yet."


def test_a_story_s_claims_are_grouped_by_place() -> None:
    archive = thursday()
    lead = next(each for each in archive.stories if "Governor of Ghazni" in each.title)
    view = EvidenceView(THEATRE)
    view.show(claims_page(archive, THEATRE, lead.id))
    assert shown(view).startswith("Ghazni  1 sentence")
    weather = next(each for each in archive.stories if "Exchange rates" in each.title)
    view.show(claims_page(archive, THEATRE, weather.id))
    assert shown(view) == "No claim was read in this story."


def test_searching_the_sentences() -> None:
    view = ghazni()
    assert view.find("ministry", 1, here=True)
    assert view.selected is not None
    assert "ministry" in view.selected.sentence
    assert not view.find("atlantis", 1)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=12))
def test_marked_spans_never_overlap(spans: list[tuple[int, int]]) -> None:
    kept: list[tuple[int, int, str]] = []
    for start, length in spans:
        add_span(kept, (start, start + length, "x"))
    assert all(before[1] <= after[0] for before, after in pairwise(kept))


def test_the_same_trigger_twice_is_marked_once() -> None:
    assert trigger_spans("fell and fell", ("fell", "fell")) == [(0, 4, "trigger")]


def test_a_story_shows_its_source_words_places_and_who_else_told_it() -> None:
    archive = thursday()
    lead = next(each for each in archive.stories if "Governor of Ghazni" in each.title)
    view = StoryView(THEATRE)
    view.show(story_page(archive, THEATRE, lead.id))
    lines = view.lines(70, NOW)
    text = "\n".join("".join(piece for piece, _ in line.runs) for line in lines)
    assert "B Highland Wire  12 Aug 16:42Z" in text
    assert "1 claim read; told 2 times by 2 outlets, 1 origins" in text
    assert "C Gazette  copy" in text
    styles = {(piece, style) for line in lines for piece, style in line.runs}
    assert ("Ghazni", "place") in styles
    assert ("seized", "trigger") in styles
    assert view.find("more follows", 0, 1) is not None


def test_a_story_that_is_gone_is_nothing() -> None:
    assert story_page(thursday(), THEATRE, "nowhere") is None
    assert story(1, "x").id == "0000000000000001"
