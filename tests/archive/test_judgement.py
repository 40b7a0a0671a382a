"""Evidence, counts, standings and changes: kept in order, never altered, readable as of any moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from feeds.archive import Archive, Batch
from feeds.archive.schema import APPEND_ONLY, metadata
from feeds.errors import ArchiveError
from feeds.evidence import Action, Count
from feeds.story import Drop
from feeds.watched import Hit
from tests.archive.samples import THEATRE, THURSDAY, a_story, after, alone, said_of, standing_at, step_to


def test_evidence_comes_back_as_it_was_with_its_position(archive: Archive) -> None:
    story = a_story("a", "Ghazni falls")
    given = [said_of(story, "ghazni"), said_of(story, "herat", side="government")]
    written = archive.write(Batch(stories=[story], folds=[alone(story)], evidence=given))
    assert written.last_seq == 2
    assert archive.evidence() == [replace(given[0], seq=1), replace(given[1], seq=2)]


def test_evidence_is_asked_for_by_theatre_place_story_and_position(archive: Archive) -> None:
    one, two = a_story("a"), a_story("b")
    said = [said_of(one, "ghazni"), said_of(one, "herat"), said_of(two, "ghazni"), said_of(two, "kabul")]
    archive.write(Batch(stories=[one, two], evidence=said))

    def seqs(**wanted: object) -> list[int]:
        return [piece.seq for piece in archive.evidence(**wanted)]  # type: ignore[arg-type]

    assert seqs(theatre=THEATRE) == [1, 2, 3, 4]
    assert seqs(theatre="ukraine") == []
    assert seqs(theatre=THEATRE, place="ghazni") == [1, 3]
    assert seqs(story="b") == [3, 4]
    assert seqs(after_seq=2) == [3, 4]
    assert seqs(after_seq=1, limit=2) == [2, 3]


def test_positions_given_are_kept(archive: Archive) -> None:
    story = a_story("a")
    archive.write(Batch(stories=[story], evidence=[said_of(story, "ghazni", seq=7), said_of(story, "herat")]))
    assert [piece.seq for piece in archive.evidence()] == [7, 8]


def test_a_position_taken_by_another_collector_is_refused_and_nothing_written(archive: Archive) -> None:
    one, two = a_story("a"), a_story("b")
    archive.write(Batch(stories=[one], evidence=[said_of(one, "ghazni", seq=1)]))
    with pytest.raises(ArchiveError, match="another collector"):
        archive.write(Batch(stories=[two], evidence=[said_of(two, "ghazni", seq=1)]))
    assert archive.story("b") is None


def test_evidence_of_a_story_fed_again_is_not_doubled_and_references_find_the_first(archive: Archive) -> None:
    story = a_story("a")
    archive.write(Batch(stories=[story], evidence=[said_of(story, "ghazni")]))
    standing = standing_at(THURSDAY, seqs=(5,))
    again = Batch(
        stories=[story],
        evidence=[said_of(story, "ghazni", seq=5)],
        standings=[standing],
        changes=[step_to(standing)],
    )
    archive.write(again)
    assert [piece.seq for piece in archive.evidence()] == [1]
    assert archive.standings(THEATRE)[0].evidence == (1,)
    assert archive.changes(THEATRE)[0].evidence == (1,)


def test_evidence_without_its_story_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="a story that is not in the archive"):
        archive.write(Batch(evidence=[said_of(a_story("a"), "ghazni")]))


def test_counts_are_kept_once(archive: Archive) -> None:
    story = a_story("a", "11 of 34 capitals")
    count = Count("a", THEATRE, "taliban", 11, 34, "exact", story.title, 0, 17, THURSDAY, "Reuters")
    archive.write(Batch(stories=[story], counts=[count]))
    archive.write(Batch(stories=[story], counts=[count]))
    assert archive.counts(THEATRE) == [count]
    assert archive.counts("ukraine") == []


def test_the_board_stands_as_last_weighed(archive: Archive) -> None:
    first, second = standing_at(THURSDAY, "contested"), standing_at(after(hours=1))
    archive.write(Batch(standings=[first, standing_at(THURSDAY, place="farah")]))
    archive.write(Batch(standings=[second]))
    assert archive.standings(THEATRE) == [standing_at(THURSDAY, place="farah"), second]
    assert archive.standings("ukraine") == []


def test_the_board_can_be_seen_as_it_stood_at_any_moment(archive: Archive) -> None:
    steps = [
        standing_at(after(hours=n), state) for n, state in enumerate(("threatened", "contested", "captured"))
    ]
    for standing in steps:
        archive.write(Batch(standings=[standing]))
    assert archive.standings(THEATRE, as_of=after(minutes=-1)) == []
    assert archive.standings(THEATRE, as_of=after(minutes=61)) == [steps[1]]
    assert archive.standings(THEATRE, as_of=after(days=9)) == [steps[2]]


def test_strength_that_fades_unseen_does_not_fill_the_boards_log(archive: Archive) -> None:
    for minute in range(50):
        archive.write(
            Batch(
                standings=[
                    replace(standing_at(THURSDAY), at=after(minutes=minute), strength=0.9 - minute / 1e5)
                ]
            )
        )
    with archive._store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM board_log")).scalar() == 1
    assert archive.standings(THEATRE)[0].at == after(minutes=49)


def test_changes_come_in_order_and_a_limit_keeps_the_newest(archive: Archive) -> None:
    changes = [
        step_to(standing_at(after(hours=n), place=place))
        for n, place in enumerate(("ghazni", "herat", "ghazni"))
    ]
    archive.write(Batch(changes=changes))
    kept = archive.changes(THEATRE)
    assert kept == [replace(change, seq=seq) for seq, change in enumerate(changes, start=1)]
    assert archive.changes(THEATRE, place="ghazni") == [kept[0], kept[2]]
    assert archive.changes(THEATRE, since=after(hours=1)) == kept[1:]
    assert archive.changes(THEATRE, limit=2) == kept[1:]


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"])
def test_what_was_said_and_decided_can_be_neither_altered_nor_removed(
    archive: Archive, table: str, statement: str
) -> None:
    story = a_story("a")
    count = Count("a", THEATRE, "taliban", 11, 34, "exact", "", 0, 0)
    standing = standing_at(THURSDAY)
    archive.write(
        Batch(
            stories=[story],
            evidence=[said_of(story, "ghazni")],
            counts=[count],
            standings=[standing],
            changes=[step_to(standing)],
            drops=[Drop(THURSDAY, "", "", "parse", "")],
            hits=[Hit("t", "a", ((0, 5),), THURSDAY)],
        )
    )
    archive.write(Batch(stories=[replace(story, title="another")]))
    archive.act(Action("read", "amina", THURSDAY, story="a"))
    with pytest.raises(ArchiveError, match=f"{table} is append-only"), archive._store.writing() as connection:
        connection.execute(text(statement.format(table, metadata.tables[table].columns.keys()[0])))
