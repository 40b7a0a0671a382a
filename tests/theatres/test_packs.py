"""The theatres shipped: complete, without findings, and as the guide to places and sides says."""

from __future__ import annotations

import pytest

from feeds.story import RELIABILITY_LETTERS
from feeds.theatres import load_theatre, load_theatres, theatre_ids
from feeds.theatres.lint import lint

SIDES = {
    "afghanistan-2021": {"taliban", "government"},
    "drc": {"government", "m23"},
    "ethiopia": {"government", "tigray", "fano"},
    "haiti": {"government", "gangs"},
    "iraq-2014": {"government", "islamic-state", "peshmerga"},
    "lebanon-israel-palestine": {"israel", "hamas", "hezbollah", "lebanon", "palestinian-authority"},
    "libya": {"gnu", "lna"},
    "myanmar": {"junta", "resistance"},
    "sahel": {"government", "jihadists", "azawad"},
    "somalia": {"government", "al-shabaab", "puntland", "somaliland"},
    "south-sudan": {"government", "spla-io"},
    "sudan": {"army", "rsf"},
    "syria": {"government", "rebels", "sdf", "islamic-state"},
    "ukraine": {"russia", "ukraine"},
    "world": {"government", "opposition"},
    "yemen": {"government", "houthis", "stc"},
}
TOWNS = {
    "ukraine": "mariupol bakhmut avdiivka pokrovsk izium lyman melitopol sievierodonetsk kupiansk chasiv-yar toretsk kherson kyiv",
    "sudan": "el-fasher omdurman wad-madani nyala zalingei el-geneina ed-daein babanusa el-obeid bara",
    "iraq-2014": "mosul tikrit ramadi fallujah baiji sinjar tal-afar kirkuk samarra baqubah",
    "myanmar": "lashio laukkai myawaddy mrauk-u loikaw hakha sittwe myitkyina bhamo",
    "drc": "goma bukavu uvira sake bunagana kitchanga walikale masisi minova bunia",
    "syria": "aleppo hama homs damascus deir-ez-zor raqqa idlib daraa manbij saraqib palmyra",
    "ethiopia": "mekelle axum shire adwa adigrat dessie kombolcha lalibela gondar bahir-dar",
}
HELD = [
    ("ukraine", "sevastopol", "russia"),
    ("ukraine", "mariupol", "ukraine"),
    ("syria", "idlib", "rebels"),
    ("syria", "raqqa", "sdf"),
    ("syria", "damascus", "government"),
    ("yemen", "sanaa", "houthis"),
    ("yemen", "aden", "stc"),
    ("libya", "benghazi", "lna"),
    ("iraq-2014", "mosul", "government"),
    ("iraq-2014", "erbil", "peshmerga"),
    ("ethiopia", "mekelle", "tigray"),
    ("drc", "goma", "government"),
    ("somalia", "hargeisa", "somaliland"),
]


def test_every_theatre_is_there_with_its_sides() -> None:
    found, errors = load_theatres(theatre_ids())
    assert errors == []
    assert {theatre.id: set(theatre.side_by_id) for theatre in found} == SIDES


@pytest.mark.parametrize("name", sorted(SIDES))
def test_nothing_is_found_against_a_theatre_shipped(name: str) -> None:
    assert [str(one) for one in lint(name)] == []


@pytest.mark.parametrize("name", sorted(SIDES))
def test_a_theatre_is_complete(name: str) -> None:
    theatre = load_theatre(name)
    assert theatre.id == name
    assert len(theatre.subscriptions) >= 20
    assert all(one.reliability in RELIABILITY_LETTERS for one in theatre.subscriptions)
    assert len({one.url for one in theatre.subscriptions}) == len(theatre.subscriptions)
    assert any(place.kind == "national" for place in theatre.places)
    assert all(place.holder in theatre.side_by_id for place in theatre.places)
    assert theatre.starts or name == "world"
    assert all(theatre.opponent(side.id) in theatre.side_by_id for side in theatre.sides)


def test_afghanistan_has_its_34_capitals() -> None:
    theatre = load_theatre("afghanistan-2021")
    assert len(theatre.capitals) == len(theatre.places) == 34
    assert {"lashkar-gah", "mazar-i-sharif", "sar-e-pol", "fayzabad"} <= set(theatre.by_id)


@pytest.mark.parametrize("name", sorted(TOWNS))
def test_towns_that_matter_are_there(name: str) -> None:
    assert set(TOWNS[name].split()) - set(load_theatre(name).by_id) == set()


@pytest.mark.parametrize(("name", "place", "side"), HELD)
def test_places_are_held_at_the_start_by_who_held_them(name: str, place: str, side: str) -> None:
    assert load_theatre(name).by_id[place].holder == side


@pytest.mark.parametrize(
    ("name", "place", "spelling"),
    [
        ("sudan", "el-fasher", "al-Fashir"),
        ("sudan", "el-geneina", "Al-Junaynah"),
        ("ukraine", "kharkiv", "Kharkov"),
        ("ukraine", "bakhmut", "Artemivsk"),
        ("syria", "deir-ez-zor", "Deir Ezzor"),
        ("yemen", "hodeidah", "al-Hudaydah"),
        ("myanmar", "yangon", "Rangoon"),
        ("iraq-2014", "baqubah", "Ba’quba"),
        ("sahel", "timbuktu", "Tombouctou"),
        ("ethiopia", "axum", "Aksum"),
    ],
)
def test_a_place_goes_by_the_spellings_of_the_news(name: str, place: str, spelling: str) -> None:
    assert spelling in load_theatre(name).by_id[place].aliases


@pytest.mark.parametrize(
    ("name", "place"),
    [("libya", "tripoli"), ("ukraine", "odesa"), ("libya", "bayda"), ("south-sudan", "bor"), ("drc", "sake")],
)
def test_a_name_borne_elsewhere_counts_only_in_a_story_tied_to_the_country(name: str, place: str) -> None:
    assert load_theatre(name).by_id[place].tied


def test_a_famous_city_needs_no_tie() -> None:
    assert not load_theatre("ukraine").by_id["kyiv"].tied
    assert not load_theatre("syria").by_id["aleppo"].tied


def test_in_a_theatre_of_several_countries_a_place_is_tied_to_its_own() -> None:
    tripoli = load_theatre("lebanon-israel-palestine").by_id["tripoli"]
    assert tripoli.tied
    assert "Lebanese" in tripoli.ties
