"""JSON lines and texts made to hurt: each hostile line is left out or read in time, and the next one is read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.reading import LONGEST_SENTENCE, read_story, readable
from feeds.room import Room
from feeds.standing import Board
from feeds.story import Drop, Story
from feeds.theatres.load import load_theatre
from feeds.tracker import Reader
from tests.cli.conftest import Warwatch, home, one_clear_line, warwatch
from tests.hostile.test_feeds import unless_it_hangs
from tui.cli import documents
from tui.views.moments import moment_of

__all__ = ["home", "warwatch"]

SOUND = {"title": "Taliban capture Kunduz", "id": "sound"}
THEATRE = load_theatre("afghanistan-2021")


def line(**said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


@pytest.mark.parametrize(
    "hostile",
    [
        b'{"title": "x", "id": ' + b"9" * 5000 + b"}\n",
        b"[" * 200_000 + b"\n",
        b'{"title":' * 100_000 + b"\n",
        line(title="\u200b\u200b\u2060"),
        line(title="   \n "),
        line(title=["Kunduz"]),
        line(title="x", body={"Kunduz": 1}),
        '{"title": "Kunduz fell"}'.encode("utf-16-le") + b"\n",
        b'{"title": "Kunduz fell \xff"}\n',
        b'{"title": "Kunduz fell\x00"}\n',
    ],
    ids=range(10),
)
@pytest.mark.parametrize("command", ["evidence", "threads"])
def test_a_line_that_is_no_story_is_left_out_and_the_next_is_read(
    warwatch: Warwatch, command: str, hostile: bytes
) -> None:
    said = warwatch(command, "-", stdin=hostile + line(**SOUND))
    one_clear_line(said, "left out", "line 1")
    assert [json.loads(each)["story"] for each in said.out.splitlines()] == ["sound"]


@pytest.mark.parametrize(
    "published",
    [
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "Mon, 01 Jan 0001 00:00:00 +1400",
    ],
)
@pytest.mark.parametrize("command", ["evidence", "threads"])
def test_a_date_of_no_time_that_news_are_of_is_no_date(
    warwatch: Warwatch, command: str, published: str
) -> None:
    said = warwatch(command, "-", stdin=line(**SOUND, published=published))
    assert (said.status, said.err) == (0, "")
    assert json.loads(said.out)["story"] == "sound"


def test_a_line_longer_than_memory_should_hold_is_passed_over(
    warwatch: Warwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 2_000_000)
    said = warwatch("threads", "-", stdin=line(title="x" * 9_000_000) + line(**SOUND))
    one_clear_line(said, "line 1", "longer than 2 MB")
    assert json.loads(said.out)["story"] == "sound"


@pytest.mark.parametrize("words", [("--date", "9999-12-31"), ("--date", "0001-01-01")], ids=["late", "early"])
def test_a_text_cannot_be_dated_outside_the_calendar(warwatch: Warwatch, words: tuple[str, str]) -> None:
    one_clear_line(
        warwatch("read", "-", *words, stdin="Taliban captured Kunduz yesterday"), "out of reach", status=2
    )


@pytest.mark.parametrize("moment", ["9999-12-31", "0001-01-01", "9999-12-31T23:59:59-23:59"])
def test_a_board_cannot_be_asked_for_outside_the_calendar(warwatch: Warwatch, moment: str) -> None:
    said = warwatch("board", "--as-of", moment)
    assert said.status == 2
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("moment", ["99999w", "0001-01-01", "9999-12-31"])
def test_what_changed_cannot_be_asked_for_outside_the_calendar(warwatch: Warwatch, moment: str) -> None:
    for command in ("diff", "report"):
        said = warwatch(command, "--since", moment)
        assert said.status == 2
        assert said.err.count("\n") == 1
    assert moment_of(moment, datetime(2021, 8, 12, tzinfo=UTC)) is None


def test_an_archive_is_asked_for_any_moment_that_there_is(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        for moment in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
            assert archive.stories_by_hour(moment, moment) == {}
            assert archive.lead_ids(before=moment) == []


# Texts that cost the square of their length.

RUNS = {
    "capitals": "KUNDUZ FALLS ",
    "quotations": "“Kunduz fell” ",
    "endless of": "the capital of ",
    "dashes": "KABUL - ",
    "said": "said, ",
    "stops without a space": "Kunduz.",
    "no space": "Kunduz",
    "ideographs": "昆都士，",
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("where", ["title", "summary", "body"])
def test_words_without_end_are_not_read_and_all_else_is(run: str, where: str) -> None:
    now = datetime(2021, 8, 12, tzinfo=UTC)
    long = f"\n\n{run * (200_000 // len(run))}\n\nThe Taliban captured Herat on Thursday."
    fields = {"title": "Taliban capture Farah"}
    fields[where] = fields.get(where, "") + long
    story = Story(id="1", received=now, published=now, **fields)  # type: ignore[arg-type]
    drops: list[Drop] = []
    with unless_it_hangs(lambda: f"a {where} of {run!r}"):
        [read] = read_story([Room(THEATRE, Reader(THEATRE), Board(THEATRE))], story, drops)
    found = {piece.place: piece for piece in read.evidence}
    assert {"farah", "herat"} <= set(found)
    assert all(story.text[each.start : each.end] == each.sentence for each in found.values())
    assert "more than 2,000 characters" in drops[0].reason


def test_a_story_with_sentences_of_any_usual_length_is_read_as_it_is() -> None:
    now = datetime(2021, 8, 12, tzinfo=UTC)
    words = "Kunduz, " * (LONGEST_SENTENCE // 9)
    story = Story(
        id="1", title="Kunduz fell", body=f"{words}. {words}.\n{words}", received=now, published=now
    )
    assert readable(story) is story


def test_a_title_of_a_line_is_cut_as_that_of_a_feed(warwatch: Warwatch) -> None:
    with unless_it_hangs(lambda: "a title of two megabytes"):
        said = warwatch("threads", "-", stdin=line(title="WITHDRAWN: Taliban capture Kunduz " * 60_000))
    assert (said.status, said.err) == (0, "")


def test_a_text_without_any_stop_says_that_nothing_was_read(warwatch: Warwatch, tmp_path: Path) -> None:
    file = tmp_path / "run.txt"
    file.write_text("the Taliban captured Kunduz and " * 2000)
    one_clear_line(warwatch("read", file), "not read", "2,000 characters")
