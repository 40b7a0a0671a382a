"""Pasted text: its headline, its paragraphs, its wrapped lines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.errors import InputError
from tui.cli.documents import StoryLines, article, decode, unwrap

NOW = datetime(2021, 8, 15, 12, tzinfo=UTC)


def test_the_first_line_is_the_headline() -> None:
    assert article("Kunduz falls\n\nThe city fell.\n\nHerat holds.") == (
        "Kunduz falls",
        "The city fell.\n\nHerat holds.",
    )


def test_a_headline_given_leaves_the_whole_text_as_body() -> None:
    assert article("The city fell.", title="Kunduz falls") == ("Kunduz falls", "The city fell.")


def test_a_first_paragraph_too_long_for_a_headline_is_read_as_text() -> None:
    long = "The city fell on Sunday after three days of fighting, officials said. " * 5
    assert article(long)[0] == ""


def test_wrapped_lines_are_joined_and_short_last_lines_end_a_paragraph() -> None:
    text = (
        "The insurgents overran the northern city of Kunduz on\n"
        "Sunday after days of fighting in its streets, council\n"
        "members said.\n"
        "Herat, in the west, was still in the hands of the army.\n"
    )
    assert unwrap(text) == [
        " ".join(line for line in text.splitlines()[:3]),
        "Herat, in the west, was still in the hands of the army.",
    ]


def test_one_paragraph_a_line_stays_one_paragraph_a_line() -> None:
    lines = ["A sentence that goes on. " * 8, "Another one. " * 3, "A third that is long. " * 9]
    assert unwrap("\n".join(lines)) == [line.strip() for line in lines]


def test_text_in_utf_16_with_its_mark_is_text() -> None:
    assert decode("Кундуз".encode("utf-16"), "it") == "Кундуз"
    with pytest.raises(InputError, match="byte 3"):
        decode(b"ab\xff", "it")


def test_stories_take_their_time_from_the_lines_and_it_never_runs_backwards(tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_text(
        '{"title": "a", "published": "2021-08-10T12:00:00Z"}\n'
        '{"title": "b", "published": "Sun, 08 Aug 2021 10:00:00 GMT"}\n'
        '{"title": "c"}\n'
        '{"title": "d", "published": "2099-01-01"}\n'
    )
    stories = list(StoryLines(str(file), NOW))
    assert [story.received.day for story in stories] == [10, 10, 10, 10]
    assert [story.told.day for story in stories] == [10, 8, 10, 10]
    assert [story.id for story in stories] == ["1", "2", "3", "4"]


def test_the_wire_is_read_where_it_is_not_said(tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    file.write_text('{"title": "Kunduz falls", "body": "KABUL, Aug 8 (Reuters) - Kunduz fell.", "id": 7}\n')
    (story,) = StoryLines(str(file), NOW)
    assert (story.id, story.wire) == ("7", "Reuters")
