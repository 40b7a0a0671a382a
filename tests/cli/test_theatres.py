"""Theatres on the command line: checked, begun, and several tracked over one wire."""

from __future__ import annotations

import json
from pathlib import Path

from feeds.theatres import theatre_ids
from tests.cli.conftest import Warwatch, one_clear_line
from tests.feedserver import FeedServer


def test_every_theatre_shipped_has_nothing_said_against_it(warwatch: Warwatch) -> None:
    said = warwatch("theatre", "check", "--json")
    assert (said.status, json.loads(said.out)) == (0, [])


def test_a_country_is_begun_and_loads(warwatch: Warwatch, home: Path) -> None:
    folder = home / "burkina"
    said = warwatch("theatre", "new", "Burkina Faso", folder)
    assert said.status == 0
    assert str(folder / "theatre.toml") in said.out
    assert warwatch("theatre", "check", folder).status == 0
    shown = json.loads(warwatch("theatre", "show", folder, "--json").out)
    assert "Ouagadougou" in {each["name"] for each in shown["capitals"]}


def test_a_country_that_is_not_there(warwatch: Warwatch, home: Path) -> None:
    one_clear_line(warwatch("theatre", "new", "Atlantis", home / "a"), "Atlantis", "gazetteer")


def test_a_broken_pack_is_told_by_file_and_line(warwatch: Warwatch, home: Path) -> None:
    folder = home / "burkina"
    warwatch("theatre", "new", "BF", folder)
    head = folder / "theatre.toml"
    head.write_text(
        head.read_text("utf-8").replace('challenger = "rebels"', 'challenger = "martians"'), "utf-8"
    )
    said = warwatch("theatre", "check", folder)
    assert said.status == 1
    assert "theatre.toml:" in said.out
    assert "martians" in said.out


def test_two_wars_over_one_wire(warwatch: Warwatch) -> None:
    with FeedServer() as server:
        titles = ("Taliban captures Kunduz city", "Russian forces seize Bakhmut")
        items = "".join(f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
        url = server.serve(
            "/feed", body=f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
        )
        warwatch("feeds", "add", url, "--outlet", "Post", "--reliability", "A", "--allow-private")
        said = warwatch("poll", "--once", "--allow-private", "--theatre", "afghanistan-2021,ukraine")
        assert said.status == 0, said.err
    kunduz = json.loads(warwatch("board", "--json", "--theatre", "afghanistan-2021").out)["capitals"]
    bakhmut = json.loads(warwatch("board", "--json", "--places", "towns", "--theatre", "ukraine").out)[
        "capitals"
    ]
    assert {row["id"] for row in kunduz if row["state"] == "captured"} == {"kunduz"}
    assert {row["id"] for row in bakhmut if row["state"] == "captured"} == {"bakhmut"}


def test_the_theatres_shipped_are_listed(warwatch: Warwatch) -> None:
    listed = json.loads(warwatch("theatre", "list", "--json").out)
    assert [each["id"] for each in listed] == list(theatre_ids())
