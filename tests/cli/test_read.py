"""A long article in, its board out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch

ARTICLE = """\
Taliban overrun Kunduz in biggest prize yet as government reels

KABUL - Taliban fighters seized control of the northern city of Kunduz on
Sunday, a provincial council member said, after days of fighting that
emptied its streets.

Hours later the insurgents captured Sar-e Pol, the capital of the province of the same
name, residents and a lawmaker said. Taliban fighters had taken Zaranj on
Friday without a fight.

In the south, fierce fighting raged inside Lashkar Gah, where government
forces held on to the governor's compound.

Talks went on in the Qatari capital, and a court in Lisbon sentenced three men.
"""


@pytest.fixture
def article(home: Path) -> Path:
    file = home / "article.txt"
    file.write_text(ARTICLE)
    return file


def test_every_row_of_an_article_is_right(warwatch: Warwatch, article: Path) -> None:
    board = json.loads(warwatch("read", article, "--date", "2021-08-08", "--json").out)
    states = {
        capital["id"]: capital["state"] for capital in board["capitals"] if capital["state"] != "unknown"
    }
    assert states == {
        "kunduz": "captured",
        "sar-e-pol": "captured",
        "zaranj": "captured",
        "lashkar-gah": "contested",
    }
    assert board["counts"]["named"] == 3
    since = {capital["id"]: capital["since"] for capital in board["capitals"] if capital["since"]}
    assert since["zaranj"] == "2021-08-06T00:00:00Z"


def test_the_sentence_stands_behind_every_row_within_the_width_of_the_terminal(
    warwatch: Warwatch, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = warwatch("read", article, "--date", "2021-08-08", "--outlet", "Reuters")
    assert said.status == 0
    assert "named 3 of 34" in said.out
    assert "told by Reuters" in said.out
    paper = " ".join(said.out.split())
    assert "“KABUL - Taliban fighters seized control of the northern city of Kunduz on Sunday" in paper
    assert max(map(len, said.out.splitlines())) <= 60


def test_the_same_text_through_a_pipe_gives_the_same_board(warwatch: Warwatch, article: Path) -> None:
    words = ("--date", "2021-08-08", "--json")
    assert warwatch("read", "-", *words, stdin=ARTICLE).out == warwatch("read", article, *words).out


def test_a_web_page_is_read_as_its_text(warwatch: Warwatch) -> None:
    page = "<!DOCTYPE html><html><body><p>Taliban fighters captured Kunduz on Sunday.</p></body></html>"
    board = json.loads(warwatch("read", "-", "--json", stdin=page).out)
    assert [capital["id"] for capital in board["capitals"] if capital["state"] == "captured"] == ["kunduz"]


def test_a_text_about_something_else_says_that_nothing_was_said(warwatch: Warwatch) -> None:
    said = warwatch("read", "-", stdin="Rain in Lisbon\n\nIt rained for the third day.")
    assert said.status == 0
    assert "Nothing said" in said.out


def test_escapes_in_a_text_do_not_reach_the_terminal(warwatch: Warwatch) -> None:
    said = warwatch("read", "-", stdin="Taliban capture \x1b]0;x\x07Kunduz\x1b[31m\u202e\n")
    assert "Kunduz" in said.out
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_explain_names_the_rule(warwatch: Warwatch, article: Path) -> None:
    said = warwatch("read", article, "--date", "2021-08-08", "--explain")
    assert "seized control" in said.out or "take" in said.out


def test_evidence_is_one_json_line_a_sentence_in_the_promised_shape(warwatch: Warwatch) -> None:
    line = json.dumps({"id": "s1", "title": "Taliban capture Kunduz, residents say"})
    said = warwatch("evidence", stdin=line)
    (piece,) = [json.loads(one) for one in said.out.splitlines()]
    assert list(piece) == [
        *("story", "place", "label", "side", "change", "sentence", "start", "end"),
        *("triggers", "rule", "agent", "speaker", "voice", "modality", "weight"),
    ]
    assert (piece["story"], piece["place"], piece["label"], piece["side"]) == (
        "s1",
        "kunduz",
        "holds",
        "taliban",
    )
    assert piece["change"] is True


def test_threads_fold_the_same_article_of_two_outlets(warwatch: Warwatch) -> None:
    body = "KABUL, Aug 8 (Reuters) - Taliban fighters captured Kunduz on Sunday, a council member said, "
    body += (
        "after two days of fighting that emptied the bazaars of the northern city and drove families away."
    )
    lines = "\n".join(
        json.dumps(
            {"id": outlet, "title": "Taliban capture Kunduz", "body": body, "outlet": outlet, "published": at}
        )
        for outlet, at in (("Reuters", "2021-08-08T10:00:00Z"), ("Post", "2021-08-08T10:20:00Z"))
    )
    first, second = (
        json.loads(line) for line in warwatch("threads", stdin=lines + "\n" + lines).out.splitlines()[:2]
    )
    assert first == {"story": "Reuters", "thread": "Reuters", "copy_of": None, "origin": first["origin"]}
    assert second == {"story": "Post", "thread": "Reuters", "copy_of": "Reuters", "origin": first["origin"]}
