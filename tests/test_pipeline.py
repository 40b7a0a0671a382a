"""Stories go in, what they add comes out; fed twice, or restarted in between, they add nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feeds.archive import open_archive
from feeds.evidence import Action
from feeds.story import Story
from tests.collector.fakes import fake_pipeline
from tests.dedupe.groups import NOON, story

FALL = "Aster falls to the reds"
LATER = NOON + timedelta(hours=1)


def taken(n: int = 1, title: str = FALL, lead: str = "", outlet: str = "Gazette", minutes: int = 0) -> Story:
    at = NOON + timedelta(minutes=minutes)
    return replace(
        story(title, lead, n=n, at=at, outlet=outlet), reliability="B", feed="http://feed.example/"
    )


def test_a_story_becomes_evidence_and_moves_the_board() -> None:
    batch = fake_pipeline().take([taken()], LATER)
    (piece,) = batch.evidence
    assert (piece.outlet, piece.reliability, piece.theatre, piece.told) == ("Gazette", "B", "testland", NOON)
    assert (piece.thread, piece.origin, piece.seq) == (taken().id, batch.folds[0].origin, 1)
    assert [(change.place, change.before, change.after) for change in batch.changes] == [
        ("aster", "held", "captured")
    ]
    assert {one.place: one.state for one in batch.standings} == {"aster": "captured", "bexley": "held"}
    assert batch.places == {taken().id: ("aster",)}


def test_the_same_story_again_adds_nothing() -> None:
    pipeline = fake_pipeline()
    pipeline.take([taken()], LATER)
    again = pipeline.take([taken()], LATER)
    assert not any((again.stories, again.folds, again.evidence, again.changes, again.standings, again.drops))


def test_a_copy_is_evidence_of_the_same_origin() -> None:
    first, copy = (
        taken(1, FALL + " after a long siege"),
        taken(2, FALL + " after a long siege", outlet="Herald", minutes=3),
    )
    batch = fake_pipeline().take([copy, first], LATER)
    assert [fold.copy_of for fold in batch.folds] == [None, first.id]
    assert len({piece.origin for piece in batch.evidence}) == 1
    assert [piece.seq for piece in batch.evidence] == [1, 2]


def test_an_edited_story_adds_only_what_it_says_anew() -> None:
    pipeline = fake_pipeline()
    pipeline.take([taken()], LATER)
    batch = pipeline.take([taken(lead="Bexley falls to the reds.")], LATER)
    assert [one.id for one in batch.stories] == [taken().id]
    assert [piece.place for piece in batch.evidence] == ["bexley"]


def test_a_withdrawn_story_is_kept_but_not_believed() -> None:
    batch = fake_pipeline().take([replace(taken(), flag="WITHDRAWN")], LATER)
    assert [one.flag for one in batch.stories] == ["WITHDRAWN"]
    assert not batch.evidence
    assert not batch.changes
    assert [drop.stage for drop in batch.drops] == ["read"]


def test_a_withdrawn_story_that_claimed_nothing_is_taken_back_in_the_journal_once() -> None:
    pipeline = fake_pipeline()
    quiet = taken(1, "Doctors report cholera in two camps")
    pipeline.take([quiet], LATER)
    withdrawn = replace(
        taken(2, "WITHDRAWN: Doctors report cholera in two camps", minutes=20), flag="WITHDRAWN"
    )
    batch = pipeline.take([withdrawn], LATER)
    assert [(action.kind, action.story, action.theatre) for action in batch.actions] == [
        ("retract", quiet.id, "")
    ]
    assert not pipeline.take([withdrawn], LATER).actions


def test_a_story_in_a_language_without_a_vocabulary_is_kept_and_the_ledger_says_so() -> None:
    farsi = "طالبان روز یکشنبه شهر قندوز را در شمال افغانستان تصرف کردند، مقام‌ها گفتند."
    batch = fake_pipeline().take([replace(taken(lead=f"{farsi} {FALL}"), language="fa")], LATER)
    assert [one.language for one in batch.stories] == ["fa"]
    assert not batch.evidence
    assert [(drop.stage, "not read: its language is fa" in drop.reason) for drop in batch.drops] == [
        ("read", True)
    ]


def test_a_feed_that_only_says_it_is_foreign_is_read() -> None:
    lead = f"{FALL} on Sunday, residents of the city said, after the army had left it to them."
    batch = fake_pipeline().take([replace(taken(lead=lead), language="fr")], LATER)
    assert len(batch.evidence) > 0
    assert not batch.drops


def test_background_at_the_end_does_not_decide_the_thread() -> None:
    far = "Nothing else is known so far of what went on there during the night, council members said. " * 4
    pipeline = fake_pipeline()
    batch = pipeline.take(
        [taken(1), taken(2, FALL + ", say locals", far + "Bexley falls to the reds.", minutes=5)], LATER
    )
    assert len({fold.thread for fold in batch.folds}) == 1


def test_actions_reach_the_board_of_their_theatre() -> None:
    pipeline = fake_pipeline()
    pipeline.act([Action("override", "ann", LATER, theatre="testland", place="aster")], LATER)
    pipeline.act([Action("override", "ann", LATER, theatre="elsewhere", place="aster")], LATER)
    assert [action.theatre for action in pipeline._rooms[0].board.acted] == ["testland"]  # type: ignore[attr-defined]


def test_a_restart_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    stories = [
        taken(1, minutes=0),
        taken(2, "Aster falls to the reds, governor flees", outlet="Herald", minutes=10),
        taken(3, "Bexley falls to the reds", minutes=20),
        taken(4, "Market reopens in the old harbour", minutes=30),
        taken(5, "Old harbour market reopens", outlet="Star", minutes=40),
        taken(6, "Aster falls to the blues again", minutes=50),
    ]
    whole = fake_pipeline().take(stories, LATER)
    for cut in range(1, len(stories)):
        with open_archive(tmp_path / f"{cut}.db") as archive:
            archive.write(fake_pipeline(archive).take(stories[:cut], LATER))
            archive.write(fake_pipeline(archive).take(stories[cut:], LATER))
            archive.write(fake_pipeline(archive).take(stories, LATER))
            assert [archive.fold_of(one.id) for one in stories] == whole.folds
            assert archive.evidence() == whole.evidence
            assert [one.holder for one in archive.standings("testland")] == ["blues", "reds"]
