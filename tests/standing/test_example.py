"""The worked example of docs/standings.md, run."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from feeds.pipeline import Pipeline
from feeds.room import Room
from feeds.standing import Board
from feeds.story import Story
from feeds.theatres import load_theatre
from feeds.tracker import Reader

GUIDE = Path(__file__).parents[2] / "docs" / "standings.md"
BLOCK = re.compile(r"^```(story|row)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def test_the_rows_of_the_guide_are_those_of_the_board() -> None:
    theatre = load_theatre("afghanistan-2021")
    board = Board(theatre)
    pipeline = Pipeline([Room(theatre, Reader(theatre), board)])
    rows = 0
    for kind, text in BLOCK.findall(GUIDE.read_text("utf-8")):
        if kind == "story":
            told = json.loads(text)
            at = datetime.fromisoformat(told["at"])
            story = Story(
                f"{at:%H}", told["title"], told["summary"], outlet=told["outlet"], reliability=told["letter"],
                published=at, received=at,
            )  # fmt: skip
            assert len(pipeline.take([story], at).evidence) == 1
        else:
            row = board.standing("ghazni")
            strength = f"{row.strength:.2f}".removeprefix("0")
            assert f"{row.state:<11} {row.holder:<11} {strength} {row.grade}" == text
            rows += 1
    assert rows == 3
