"""The build: what is read in the packages, and what is made of it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from feeds.theatres.build.names import Namesakes, alternates, bare_division
from feeds.theatres.build.overlay import read_overlay
from feeds.theatres.build.packing import pack
from feeds.theatres.build.pbf import read_cities
from feeds.theatres.build.sources import NPM, PYPI, Town


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _zigzag(number: int) -> bytes:
    return _varint(number * 2 if number >= 0 else -number * 2 - 1)


def _text(field: int, value: str) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value.encode()


def _city(key: int, feature: str, lon: int, lat: int) -> bytes:
    body = (
        _varint(1 << 3)
        + _zigzag(key)
        + _text(2, "Name")
        + _text(3, "AF")
        + _text(7, feature)
        + _text(8, "13")
    )
    body += _varint(10 << 3) + _zigzag(lon) + _varint(11 << 3) + _zigzag(lat)
    return _varint(len(body)) + body


def test_cities_are_read_with_coordinates_that_add_up(tmp_path: Path) -> None:
    file = tmp_path / "cities.pbf"
    file.write_bytes(_city(1138958, "PPLC", 6917233, 3452813) + _city(7, "PPLA", -6917233, -10000000))
    kabul, other = read_cities(file)
    assert (kabul.geonameid, kabul.country, kabul.admin1, kabul.feature) == (1138958, "AF", "13", "PPLC")
    assert (kabul.lat, kabul.lon) == (34.52813, 69.17233)
    assert (other.lat, other.lon) == (-65.47187, 0.0)


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cities.pbf"
    file.write_bytes(b"\x02\x0c\x00")
    with pytest.raises(ValueError, match="not the file"):
        list(read_cities(file))


def test_packages_are_pinned_to_one_version() -> None:
    assert all("@" in package for package in NPM)
    assert "==" in PYPI


def test_the_same_text_is_packed_to_the_same_bytes() -> None:
    assert pack("Kabul\n") == pack("Kabul\n")
    assert gzip.decompress(pack("Herāt")).decode() == "Herāt"


def _town(
    key: int, name: str, population: int = 1000, country: str = "AF", others: tuple[str, ...] = ()
) -> Town:
    return {
        "geonameid": key, "name": name, "latitude": 0.0, "longitude": 0.0, "countrycode": country,
        "admin1code": "01", "population": population, "alternatenames": list(others),
    }  # fmt: skip


def test_only_harmless_names_of_a_town_are_kept() -> None:
    others = ("Kondoz", "KDZ", "Kunduz Province", "Khanabad", "qunduz", "Кундуз", "Sunday", "Faro", "Qunduz")
    town = _town(1, "Kunduz", others=others)
    towns = [town, _town(2, "Khanabad"), _town(3, "Faro", 60_000, "PT")]
    namesakes = Namesakes(towns, {"AF.01": "Kunduz Province"}, {"AF": "Afghanistan"}, {"sunday"})
    assert alternates(town, "Kunduz", namesakes, ()) == ("Kondoz", "Qunduz")
    assert alternates(town, "Kunduz", namesakes, ("Qunduz",)) == ("Kondoz",)


def test_a_division_is_named_without_its_kind() -> None:
    assert bare_division("Zhytomyr Oblast") == "Zhytomyr"
    assert bare_division("Sanaa Governorate") == "Sanaa"
    assert bare_division("Herat") == "Herat"


def test_corrections_name_each_seat_once() -> None:
    overlay = read_overlay()
    divisions = [seat["division"] for seat in overlay.seats]
    assert len(divisions) == len(set(divisions))
    assert all("id" in seat or "lat" in seat for seat in overlay.seats)
