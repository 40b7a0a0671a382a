"""The rooms of a real theatre, and what a restart makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import open_pipeline
from feeds.evidence import Action
from feeds.recall import Recall
from feeds.story import Story
from feeds.theatres import load_theatre
from feeds.tracker import Reader
from tests.dedupe.groups import NOON, story

THEATRE = load_theatre("afghanistan-2021")
LATER = NOON + timedelta(hours=8)


def told(n: int, title: str, lead: str, outlet: str, hours: float) -> Story:
    at = NOON + timedelta(hours=hours)
    return replace(
        story(title, lead, n=n, at=at, outlet=outlet), reliability="B", feed=f"http://{n}.example/"
    )


STORIES = [
    told(
        1,
        "Taliban claim capture of Kunduz",
        "The Taliban said on Sunday they had captured the city of Kunduz.",
        "Statement",
        0,
    ),
    told(
        2,
        "Kunduz has fallen to the Taliban, council member says",
        "Kunduz fell to the Taliban, a member of the provincial council said.",
        "Reuters",
        0.5,
    ),
    told(
        3,
        "Taliban seize Kunduz",
        "Taliban fighters seized the northern city of Kunduz on Sunday, residents said.",
        "AP",
        1,
    ),
    told(
        4,
        "Heavy fighting in Herat",
        "Heavy fighting raged inside the city of Herat on Sunday, residents said.",
        "AFP",
        2,
    ),
    told(
        5,
        "Taliban capture Herat",
        "Taliban fighters captured the city of Herat, a lawmaker said on Sunday.",
        "AFP",
        5,
    ),
]


def feed(archive: Archive, stories: Sequence[Story], now: datetime) -> None:
    archive.write(open_pipeline(archive, [THEATRE], now).take(stories, now))


def test_the_board_knows_what_was_told(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        feed(archive, STORIES, LATER)
        board = {row.place: row for row in archive.standings(THEATRE.id)}
        assert (board["kunduz"].state, board["kunduz"].holder) == ("captured", "taliban")
        assert len(board) == len(THEATRE.places)
        evidence = {piece.seq: piece for piece in archive.evidence(THEATRE.id)}
        assert {evidence[seq].place for seq in board["kunduz"].evidence} == {"kunduz"}


def test_a_restart_between_any_two_stories_changes_no_step(tmp_path: Path) -> None:
    with open_archive(tmp_path / "whole.db") as whole:
        feed(whole, STORIES, LATER)
        for cut in range(1, len(STORIES)):
            with open_archive(tmp_path / f"{cut}.db") as parts:
                feed(parts, STORIES[:cut], STORIES[cut - 1].told)
                feed(parts, STORIES[cut:], LATER)
                feed(parts, STORIES, LATER)
                assert parts.evidence() == whole.evidence()
                assert parts.changes(THEATRE.id) == whole.changes(THEATRE.id)
                assert list(parts.recent_stories(NOON)) == list(whole.recent_stories(NOON))


def test_a_restart_reads_no_story_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        feed(archive, STORIES, LATER)
        read: list[str] = []
        monkeypatch.setattr(Reader, "read", lambda _, story: read.append(story.title))
        pipeline = open_pipeline(archive, [THEATRE], LATER)
        assert not pipeline.take(STORIES, LATER).stories
        assert read == []


def test_what_is_recalled_of_a_story_is_what_was_read_in_it(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        feed(archive, STORIES, LATER)
        recall = Recall(archive.evidence(), archive.counts(THEATRE.id), archive.recent_places(NOON))
        for one in STORIES:
            (recalled,) = recall.reads(one, [THEATRE.id]) or []
            assert recalled.about == Reader(THEATRE).read(one).about
        edited = replace(STORIES[1], title="Kunduz: what is known")
        assert recall.reads(edited, [THEATRE.id]) is None, "its words are not those of the log"
        assert recall.reads(replace(STORIES[0], id="unheard of"), [THEATRE.id]) is None


def test_a_decision_made_while_no_collector_ran_is_heeded_once(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        feed(archive, STORIES, LATER)
        seen, now = LATER + timedelta(minutes=1), LATER + timedelta(minutes=2)
        override = Action(
            "override", "ann", seen, place="kunduz", value="contested government", reason="seen"
        )
        archive.act(replace(override, theatre=THEATRE.id))
        pipeline = open_pipeline(archive, [THEATRE], LATER)
        assert pipeline.heeded == 0
        archive.write(pipeline.act(archive.actions(), now))
        assert archive.changes(THEATRE.id, place="kunduz")[-1].rule == "D1"
        again = open_pipeline(archive, [THEATRE], LATER + timedelta(minutes=5))
        assert again.heeded == 1
        assert not again.tick(LATER + timedelta(minutes=5)).changes
