"""What operators decide: kept with who and when, undone and redone, and shown on the stories."""

from __future__ import annotations

import pytest

from feeds.archive import Archive, StoryRow, in_force
from feeds.errors import ArchiveError
from feeds.evidence import Action
from tests.archive.samples import THEATRE, THURSDAY, a_story, after, mark, put


@pytest.fixture(autouse=True)
def _a_story(archive: Archive) -> None:
    put(archive, a_story("a"), a_story("b", received=after(minutes=1)))


def line(archive: Archive, story: str = "a") -> StoryRow:
    return next(line for line in archive.rows(archive.lead_ids()) if line.id == story)


def test_an_action_is_kept_as_given_with_its_position(archive: Archive) -> None:
    given = Action(
        "override", "amina", THURSDAY, "", THEATRE, "ghazni", "captured taliban", "phoned", after(days=2)
    )
    done = archive.act(given)
    assert done.seq == 1
    assert archive.actions() == [done]
    assert archive.actions(theatre=THEATRE) == [done]
    assert archive.actions(theatre="ukraine") == []
    assert archive.actions(after_seq=1) == []


def test_marks_show_on_their_story_only(archive: Archive) -> None:
    for kind in ("read", "flag", "escalate"):
        archive.act(mark(kind, "a"))
    shown = line(archive)
    assert (shown.read, shown.flagged, shown.escalated, shown.dismissed) == (True, True, True, False)
    other = line(archive, "b")
    assert (other.read, other.flagged, other.escalated) == (False, False, False)


def test_a_mark_is_taken_off(archive: Archive) -> None:
    archive.act(mark("flag", "a"))
    archive.act(mark("flag", "a", value="off"))
    assert not line(archive).flagged


def test_undo_redo_and_undo_again(archive: Archive) -> None:
    done = archive.act(mark("read", "a"))
    archive.act(mark("flag", "a"))
    undone = archive.act(mark("undo", "", value=str(done.seq)))
    assert undone.story == "a"
    assert (line(archive).read, line(archive).flagged) == (False, True)
    redone = archive.act(mark("undo", "", value=str(undone.seq)))
    assert line(archive).read
    archive.act(mark("undo", "", value=str(redone.seq)))
    assert not line(archive).read
    assert [action.kind for action in in_force(archive.actions(story="a"))] == ["flag"]


@pytest.mark.parametrize("value", ["", "99", "x", "-1"])
def test_nothing_to_undo_is_said_plainly(archive: Archive, value: str) -> None:
    with pytest.raises(ArchiveError, match="no action"):
        archive.act(mark("undo", "", value=value))
    assert archive.actions() == []


def test_undoing_what_concerns_no_story_is_found_by_theatre(archive: Archive) -> None:
    archive.act(
        Action("override", "amina", THURSDAY, theatre=THEATRE, place="herat", value="held government")
    )
    archive.act(mark("undo", "", value="1"))
    assert in_force(archive.actions(theatre=THEATRE)) == []


def test_one_takes_back_only_ones_own_and_the_last_word_wins(archive: Archive) -> None:
    put(archive, a_story("shared"))
    hers = archive.act(mark("flag", "shared", who="amina"))
    with pytest.raises(ArchiveError, match="that was amina's doing"):
        archive.act(mark("undo", "", value=str(hers.seq), who="bilal"))
    archive.act(mark("flag", "shared", value="off", who="bilal"))
    assert not any(row.flagged for row in archive.rows(archive.lead_ids()))
    assert [(action.who, action.value) for action in archive.actions(story="shared")] == [
        ("amina", ""),
        ("bilal", "off"),
    ]
