"""The capitals of the world's countries and of their first-level divisions, as built by ``make gazetteer``."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from feeds.errors import TheatreError

DATA: Final = Path(__file__).parent / "data"
GAZETTEER: Final = DATA / "gazetteer.json.gz"
SUM: Final = DATA / "gazetteer.sha256"
WORDS: Final = DATA / "words.txt.gz"


@dataclass(frozen=True, slots=True)
class Capital:
    """A seat of a country or of a first-level division."""

    geonameid: int
    """0 for a place that GeoNames does not have."""
    country: str
    """ISO 3166 alpha-2 code."""
    division: str
    """Code of the division within the country, as GeoNames has it."""
    region: str
    """Usual English name of the division."""
    regions: tuple[str, ...]
    """Other names of the division."""
    id: str
    """The name as a slug; unique within the country."""
    name: str
    national: bool
    lat: float
    lon: float
    population: int
    spellings: tuple[str, ...]
    """Written by people, to be trusted."""
    alternates: tuple[str, ...]
    """From GeoNames, in Latin letters, harmful ones dropped."""


@cache
def load_gazetteer() -> tuple[Capital, ...]:
    """Every capital, by country and division; TheatreError when the file is not the one that was built."""
    try:
        packed = GAZETTEER.read_bytes()
        wanted = SUM.read_text("ascii").split()[0]
    except OSError as error:
        raise TheatreError(f"the gazetteer cannot be read: {error.filename}: {error.strerror}") from None
    return tuple(_capital(row) for row in unpacked(GAZETTEER, packed, wanted)["capitals"])


def unpacked(path: Path, packed: bytes, wanted: str) -> dict[str, Any]:
    """What is in a generated file; TheatreError when its sum is not the one that was wanted."""
    if hashlib.sha256(packed).hexdigest() != wanted:
        raise TheatreError(f"{path}: not the file that was built; `make gazetteer` builds it again")
    data: dict[str, Any] = json.loads(gzip.decompress(packed))
    return data


def _capital(row: list[Any]) -> Capital:
    """The record behind a row of the file, whose lists are tuples here."""
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return Capital(*values)


@cache
def country_names() -> dict[str, str]:
    """Names of the countries that have capitals here, by ISO 3166 alpha-2 code."""
    names: dict[str, str] = json.loads(gzip.decompress(GAZETTEER.read_bytes()))["countries"]
    return names


@cache
def people() -> frozenset[str]:
    """Names of people that are met in the news without more, as written."""
    lines = (DATA / "people.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@cache
def english_words() -> frozenset[str]:
    """Common English words, in lower case."""
    return frozenset(gzip.decompress(WORDS.read_bytes()).decode("ascii").split())
