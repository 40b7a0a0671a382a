"""A pack written by hand: what is wrong with it is said with file and line, and it spoils no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.errors import TheatreError
from feeds.theatres import load_theatre, load_theatres
from feeds.theatres.lint import lint
from feeds.theatres.starting import new_pack

HEAD = """\
id = "test"
title = "Test"
countries = ["AF"]
country_words = ["Afghan"]
board_side = "rebels"
challenger = "rebels"
defender = "state"

[[side]]
id = "rebels"
name = "Rebels"
nouns = ["rebels"]
officials = ["Ashraf Tani"]

[[side]]
id = "state"
name = "State"
nouns = ["army"]
"""
PLACE = '\n[{id}]\nname = "{name}"\nkind = "capital"\nregion = "{region}"\nlat = 1.0\nlon = 2.0\nholder = "{holder}"\nspellings = {spellings}\n'
FEEDS = '[[feed]]\nurl = "https://example.org/rss"\noutlet = "Example"\nreliability = "C"\n'


def _place(name: str, holder: str = "state", region: str = "North", spellings: str = "[]") -> str:
    return PLACE.format(id=name.lower(), name=name, holder=holder, region=region, spellings=spellings)


def _write(folder: Path, head: str = HEAD, places: str = "", feeds: str = FEEDS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theatre.toml").write_text(head)
    (folder / "places.toml").write_text(places or _place("Kandaraz"))
    (folder / "feeds.toml").write_text(feeds)
    return folder


def _said(folder: Path) -> list[str]:
    return [str(one).removeprefix(f"{folder}/") for one in lint(folder)]


def test_a_sound_pack_has_no_findings(tmp_path: Path) -> None:
    assert _said(_write(tmp_path)) == []


def test_an_unknown_holder_is_an_error_at_its_line(tmp_path: Path) -> None:
    folder = _write(tmp_path, places=_place("Kandaraz") + _place("Zumalan", holder="nobody"))
    assert _said(folder) == ["places.toml:17: error: [zumalan] holder 'nobody' is no side of this theatre"]
    with pytest.raises(TheatreError, match=r"places\.toml:17: .*holder 'nobody'"):
        load_theatre(str(folder))


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    head = HEAD.replace('defender = "state"', 'defender = "ghost"').replace(
        'countries = ["AF"]', 'countries = ["ZZ"]'
    )
    said = _said(_write(tmp_path, head, _place("Kandaraz", holder="nobody")))
    assert [line.split(": ")[0] for line in said] == ["places.toml:8", "theatre.toml:3", "theatre.toml:7"]


def test_two_places_of_one_name_collide(tmp_path: Path) -> None:
    folder = _write(tmp_path, places=_place("Kandaraz") + _place("Zumalan", spellings='["Kandaraz"]'))
    assert _said(folder) == ["places.toml:18: error: [zumalan] 'Kandaraz' is also [kandaraz]"]


def test_a_spelling_that_follows_by_rule_may_not_be_another_place(tmp_path: Path) -> None:
    folder = _write(tmp_path, places=_place("Kandaraz", spellings='["Zuma Lan"]') + _place("Zumalan"))
    assert _said(folder) == [
        "places.toml:3: warning: [kandaraz] is spelled 'Zumalan' by rule, which is [zumalan]"
    ]
    assert "Zumalan" not in load_theatre(str(folder)).by_id["kandaraz"].aliases


def test_another_places_division_is_no_spelling(tmp_path: Path) -> None:
    folder = _write(
        tmp_path, places=_place("Kandaraz", region="Hilmond") + _place("Zumalan", spellings='["Hilmond"]')
    )
    assert _said(folder) == [
        "places.toml:18: warning: [zumalan] 'Hilmond' is also the division of [kandaraz]"
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [("Split", "is an English word"), ("Tani", "names a person"), ("Nasser", "names a person")],
)
def test_names_that_are_words_or_people_are_warned_of(tmp_path: Path, name: str, why: str) -> None:
    (said,) = _said(_write(tmp_path / "loose", places=_place(name)))
    assert said.startswith("places.toml:3: warning:")
    assert why in said
    assert _said(_write(tmp_path / "tied", places=_place(name) + "tied = true\n")) == []


def test_a_theatre_with_one_side_is_no_theatre(tmp_path: Path) -> None:
    said = _said(
        _write(
            tmp_path,
            HEAD[: HEAD.rindex("[[side]]")].replace('"state"', '"rebels"'),
            _place("Kandaraz", "rebels"),
        )
    )
    assert said == ["theatre.toml:9: error: a theatre has two sides at least, 1 found"]


def test_a_word_that_names_two_sides_is_warned_of(tmp_path: Path) -> None:
    said = _said(_write(tmp_path, HEAD.replace('nouns = ["army"]', 'nouns = ["army", "rebels"]')))
    assert said == ["theatre.toml:18: warning: 'rebels' is among the nouns of 'rebels' and of 'state'"]


def test_a_mistyped_key_is_warned_of(tmp_path: Path) -> None:
    said = _said(_write(tmp_path, HEAD.replace('nouns = ["army"]', 'nouns = ["army"]\noficials = ["mayor"]')))
    assert len(said) == 1
    assert said[0].startswith("theatre.toml:19: warning: oficials of side 'state' means nothing")


def test_broken_toml_is_one_line_with_its_line(tmp_path: Path) -> None:
    folder = _write(tmp_path, HEAD.replace('title = "Test"', 'title = "Test'))
    (said,) = _said(folder)
    assert said.startswith("theatre.toml:2: error:")
    with pytest.raises(TheatreError, match=r"theatre\.toml:2: "):
        load_theatre(str(folder))


def test_a_file_that_is_missing_or_no_text_is_said(tmp_path: Path) -> None:
    folder = _write(tmp_path)
    (folder / "places.toml").unlink()
    assert "missing" in _said(folder)[0]
    (folder / "places.toml").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in _said(folder)[0]


def test_a_feed_must_be_on_the_web_and_once(tmp_path: Path) -> None:
    assert "feeds.toml:7: warning" in _said(_write(tmp_path / "twice", feeds=FEEDS + "\n" + FEEDS))[0]
    assert (
        "no http or https address"
        in _said(_write(tmp_path / "file", feeds=FEEDS.replace("https:", "file:")))[0]
    )
    assert "no desk 'moon'" in _said(_write(tmp_path / "desk", feeds='desks = ["moon"]\n' + FEEDS))[0]
    assert "reliability 'G'" in _said(_write(tmp_path / "letter", feeds=FEEDS.replace('"C"', '"G"')))[0]


def test_one_broken_pack_stops_no_other(tmp_path: Path) -> None:
    broken = _write(tmp_path / "broken", places=_place("Kandaraz", holder="nobody"))
    found, errors = load_theatres([str(broken), str(_write(tmp_path / "sound")), "afghanistan-2021"])
    assert [theatre.id for theatre in found] == ["test", "afghanistan-2021"]
    assert len(errors) == 1


def test_an_unknown_theatre_is_told_which_there_are() -> None:
    with pytest.raises(TheatreError, match="known are afghanistan-2021, drc"):
        load_theatre("atlantis")


@pytest.mark.parametrize("country", ["Mozambique", "mz", "CO", "Nigeria", "Kyrgyzstan", "Burkina Faso"])
def test_a_starting_pack_loads_and_is_clean(tmp_path: Path, country: str) -> None:
    folder = tmp_path / "cabo-delgado"
    files = new_pack(country, folder)
    assert [path.name for path in files] == ["theatre.toml", "places.toml", "feeds.toml"]
    theatre = load_theatre(str(folder))
    assert theatre.id == "cabo-delgado"
    assert len(theatre.places) > 5
    assert sum(place.kind == "national" for place in theatre.places) == 1
    assert [str(one) for one in lint(folder) if one.level == "error"] == []


def test_a_starting_pack_overwrites_nothing(tmp_path: Path) -> None:
    new_pack("Chad", tmp_path / "chad")
    with pytest.raises(TheatreError, match="holds a theatre already"):
        new_pack("Chad", tmp_path / "chad")


def test_a_country_that_is_none_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(TheatreError, match="did you mean Mozambique"):
        new_pack("Mosambique", tmp_path / "x")


def test_every_country_of_the_world_gets_a_pack_without_errors(tmp_path: Path) -> None:
    for code in ("US", "RU", "IN", "CN", "BR", "JP", "FR", "VA", "SG"):
        folder = tmp_path / code
        new_pack(code, folder)
        assert [str(one) for one in lint(folder) if one.level == "error"] == []


SINCE = '\n[[since]]\nday = {day}\n{roles}\n[[since.side]]\nid = "{id}"\n{keys}\n'


def _since(day: str = "2030-01-01", roles: str = "", side: str = "rebels", keys: str = 'name = "New"') -> str:
    return SINCE.format(day=day, roles=roles, id=side, keys=keys)


@pytest.mark.parametrize(
    ("since", "what"),
    [
        (_since(day='"soon"'), "error: a [[since]] needs its day"),
        (_since() + _since(day="2029-01-01"), "error: 2029-01-01 is not after the [[since]] before it"),
        (_since(side="ghost"), "error: [[since]] changes 'ghost', which is no side"),
        (_since(roles='defender = "ghost"'), "error: defender = 'ghost' is no side"),
        (_since(keys='joins = "rebels"'), "error: 'rebels' joins 'rebels', which is no other side"),
        (_since(keys='opponent = "ghost"'), "error: opponent 'ghost' is no side"),
        (_since(roles='holder = "state"'), "warning: holder of a [[since]] means nothing"),
        (_since(keys='called = ["x"]'), "warning: called of a side in [[since]] means nothing"),
        (_since(keys=""), "warning: nothing changes for side 'rebels'"),
        (_since(keys='nouns = ["rebels"]'), "warning: 'rebels' is among the nouns of 'rebels' already"),
    ],
)
def test_what_is_wrong_with_a_later_day_is_said(tmp_path: Path, since: str, what: str) -> None:
    said = _said(_write(tmp_path, HEAD + since))
    assert len(said) == 1
    assert what in said[0]
    assert said[0].startswith("theatre.toml:2") or said[0].startswith("theatre.toml:1")


def test_a_sound_later_day_has_no_findings(tmp_path: Path) -> None:
    assert _said(_write(tmp_path, HEAD + _since(keys='name = "State"\nnouns = ["army"]'))) == []
