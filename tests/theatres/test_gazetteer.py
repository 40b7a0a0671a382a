"""The gazetteer is the file that was built, and says of the world what an atlas says."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from math import cos, hypot, radians
from pathlib import Path

import pytest

from feeds.errors import TheatreError
from feeds.theatres import gazetteer, load_theatre
from feeds.theatres.gazetteer import GAZETTEER, SUM, Capital, country_names, english_words, load_gazetteer
from feeds.theatres.spellings import slug


def test_the_committed_file_is_the_one_whose_hash_is_committed() -> None:
    assert hashlib.sha256(GAZETTEER.read_bytes()).hexdigest() == SUM.read_text().split()[0]


def test_the_packed_files_hold_no_time_so_that_a_second_build_is_the_same() -> None:
    for path in (GAZETTEER, gazetteer.WORDS):
        packed = path.read_bytes()
        assert packed[4:8] == b"\0\0\0\0"
        assert not packed[3] & 8, "no file name in the header"


def test_it_is_small_enough_to_ship() -> None:
    assert GAZETTEER.stat().st_size < 300_000


def test_every_country_has_a_capital_of_its_divisions() -> None:
    capitals = load_gazetteer()
    assert 3_500 < len(capitals) < 4_000
    assert len({one.country for one in capitals}) > 230
    assert sum(one.national for one in capitals) > 230


def test_every_capital_lies_on_earth_and_has_a_name() -> None:
    for one in load_gazetteer():
        assert one.name
        assert one.id == slug(one.id)
        assert one.region
        assert abs(one.lat) <= 90
        assert abs(one.lon) <= 180
        assert one.country in country_names()


def test_ids_are_unique_within_a_country() -> None:
    many = Counter((one.country, one.id) for one in load_gazetteer())
    assert [key for key, times in many.items() if times > 1] == []


def _capital(country: str, place: str) -> Capital:
    return next(one for one in load_gazetteer() if (one.country, one.id) == (country, place))


@pytest.mark.parametrize(
    ("country", "place", "region"),
    [
        ("AF", "lashkar-gah", "Helmand"),
        ("UA", "zaporizhzhia", "Zaporizhzhia"),
        ("SD", "el-fasher", "North Darfur"),
        ("YE", "hodeidah", "Hodeidah"),
        ("CD", "goma", "North Kivu"),
        ("MM", "hpa-an", "Kayin"),
        ("SO", "las-anod", "Sool"),
        ("LY", "kufra", "Kufra"),
    ],
)
def test_a_capital_goes_by_its_usual_english_name(country: str, place: str, region: str) -> None:
    assert _capital(country, place).region == region


@pytest.mark.parametrize(
    ("country", "place", "harm"),
    [
        ("AF", "aybak", "Samangan"),  # the province
        ("AF", "lashkar-gah", "Bost"),  # an old fort beside it
        ("AF", "kabul", "KBL"),  # its airport
        ("SY", "douma", "Duma"),  # a parliament in Moscow
        ("AF", "charikar", "charikar"),  # a transliteration
        ("AF", "farah", "Faro"),  # a city in Portugal
    ],
)
def test_harmful_names_are_dropped(country: str, place: str, harm: str) -> None:
    one = _capital(country, place)
    assert harm not in (*one.spellings, *one.alternates)


def test_no_alternate_is_a_common_word_or_another_script() -> None:
    words = english_words()
    for one in load_gazetteer():
        for name in one.alternates:
            assert name.lower() not in words
            assert name[0].isupper()
            assert not any(
                ord(letter) > 0x24F and letter.isalpha() and not letter.isascii() for letter in name
            )


def test_it_agrees_with_the_hand_made_pack_about_where_the_afghan_capitals_are() -> None:
    built = {one.id: one for one in load_gazetteer() if one.country == "AF"}
    for place in load_theatre("afghanistan-2021").places:
        one = built[place.id]
        away = 111 * hypot(one.lat - place.lat, (one.lon - place.lon) * cos(radians(place.lat)))
        assert away < 12, f"{place.id} is {away:.0f} km off"


def test_a_file_that_is_not_the_one_built_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "gazetteer.json.gz"
    other.write_bytes(gzip.compress(b'{"capitals": []}', mtime=0))
    monkeypatch.setattr(gazetteer, "GAZETTEER", other)
    with pytest.raises(TheatreError, match="make gazetteer"):
        load_gazetteer.__wrapped__()
