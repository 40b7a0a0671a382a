"""Words of a pack that can never come to bear, as ``theatre check`` says them."""

from pathlib import Path

import pytest

from feeds.theatres import theatre_ids
from feeds.tracker.reaching import reach_findings
from tests.theatres.test_lint import HEAD, PLACE


def said(folder: Path, head: str, spellings: str = "[]") -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theatre.toml").write_text(head)
    (folder / "places.toml").write_text(
        PLACE.format(id="kandaraz", name="Kandaraz", region="North", holder="state", spellings=spellings)
    )
    (folder / "feeds.toml").write_text("")
    return [str(one).removeprefix(f"{folder}/") for one in reach_findings(str(folder))]


def test_a_sound_pack_has_only_words_that_are_read(tmp_path: Path) -> None:
    assert said(tmp_path, HEAD) == []


def test_a_side_named_like_a_place_is_read_as_the_place(tmp_path: Path) -> None:
    head = HEAD.replace('nouns = ["army"]', 'nouns = ["army", "Kandaraz"]')
    assert said(tmp_path, head) == [
        "theatre.toml:18: warning: 'Kandaraz' among the nouns of 'state' is never read so: it means the place kandaraz"
    ]


def test_a_weak_word_that_is_another_sides_noun_never_comes_to_bear(tmp_path: Path) -> None:
    head = HEAD.replace('nouns = ["army"]', 'nouns = ["army"]\nweak = ["rebels"]')
    assert said(tmp_path, head) == [
        "theatre.toml:19: warning: 'rebels' among the weak of 'state' is never read so: it means another side: rebels"
    ]


def test_a_word_called_so_by_nobody_else_belongs_among_the_nouns(tmp_path: Path) -> None:
    head = HEAD.replace('nouns = ["army"]', 'nouns = ["army"]\ncalled = ["loyal men"]')
    assert "no other side's word" in said(tmp_path, head)[0]


def test_a_word_that_a_later_day_gives_away_is_checked_on_that_day(tmp_path: Path) -> None:
    since = '\n[[since]]\nday = 2030-01-01\n[[since.side]]\nid = "state"\nweak = ["Kandaraz"]\n'
    assert "it means the place kandaraz" in said(tmp_path, HEAD + since)[0]


@pytest.mark.parametrize("name", theatre_ids())
def test_every_word_of_a_theatre_shipped_is_read(name: str) -> None:
    assert reach_findings(name) == []
