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


def test_what_one_key_did_to_many_stories_is_all_kept_or_none_of_it(archive: Archive) -> None:
    done = archive.act_all([mark("read", "a"), mark("read", "b"), mark("flag", "b")])
    assert archive.actions() == done
    assert [action.seq for action in done] == [1, 2, 3]
    assert (line(archive, "b").read, line(archive, "b").flagged) == (True, True)
    with pytest.raises(ArchiveError, match="no action '99'"):
        archive.act_all([mark("dismiss", "a"), mark("undo", "", value="99")])
    assert archive.actions() == done
    assert not line(archive).dismissed


def test_many_are_undone_and_done_again_in_one_go(archive: Archive) -> None:
    done = archive.act_all([mark("read", "a"), mark("flag", "b")])
    undone = archive.act_all([mark("undo", "", value=str(one.seq)) for one in reversed(done)])
    assert [one.story for one in undone] == ["b", "a"]
    assert (line(archive).read, line(archive, "b").flagged) == (False, False)
    archive.act_all([mark("undo", "", value=str(one.seq)) for one in undone])
    assert (line(archive).read, line(archive, "b").flagged) == (True, True)


def test_a_mark_on_a_story_that_is_gone_is_kept_beside_the_others(archive: Archive) -> None:
    archive.act_all([mark("read", "nowhere"), mark("read", "a")])
    assert line(archive).read
    assert archive.act_all([]) == []
