"""Which of a town's many names are of use, and which would do harm."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from feeds.theatres.build.sources import Town
from feeds.theatres.spellings import fold, slug

LATIN: Final = re.compile(r"[A-Z][A-Za-zÀ-ɏḀ-ỿ'’‘` -]+")
DIVISION_WORDS: Final = re.compile(
    r"\s+(oblast|state|region|regional state|governorate|province|city|division|department|district|county"
    r"|prefecture|municipality|parish|territory|republic|voivodeship|canton|krai|raion|autonomous \w+)$",
    re.IGNORECASE,
)
KNOWN_ABROAD: Final = 50_000
"""People of a town from which on a namesake abroad is met in the news."""


def bare_division(name: str) -> str:
    """The division's name without its kind: ``Zhytomyr Oblast`` is ``Zhytomyr``."""
    bare = DIVISION_WORDS.sub("", name).strip()
    return re.sub(r"^(Muhafazat|Provincia de|Region of|State of|Province of)\s+", "", bare) or name


class Namesakes:
    """Who else bears a name: towns of the same country, larger towns abroad, divisions, countries, words."""

    def __init__(
        self,
        towns: Iterable[Town],
        divisions: Mapping[str, str],
        countries: Mapping[str, str],
        words: set[str],
    ) -> None:
        self.home: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.abroad: dict[str, dict[str, int]] = defaultdict(dict)
        for town in towns:
            key = slug(town["name"])
            self.home[town["countrycode"], key].add(town["geonameid"])
            known = self.abroad[key]
            if town["population"] >= KNOWN_ABROAD:
                known[town["countrycode"]] = max(known.get(town["countrycode"], 0), town["population"])
        self.divisions: dict[str, set[str]] = defaultdict(set)
        for code, name in divisions.items():
            self.divisions[code[:2]] |= {slug(name), slug(bare_division(name))}
        self.countries = {slug(name) for name in countries.values()}
        self.words = words

    def harmful(self, name: str, town: Town) -> str:
        """Why ``name`` may not stand for ``town``; empty when it may."""
        key, country = slug(name), town["countrycode"]
        if not LATIN.fullmatch(name) or len(key) < 3 or (name.isupper() and len(name) <= 4):
            return "code or other script"
        if name.lower() in self.words:
            return "word"
        if key == slug(town["name"]):
            return ""
        if key in self.countries or key in self.divisions[country]:
            return "division"
        if self.home.get((country, key), set()) - {town["geonameid"]}:
            return "another town"
        if self.size_abroad(name, {country}):
            return "larger town abroad"
        return ""

    def size_abroad(self, name: str, countries: set[str]) -> int:
        """People of the largest town outside ``countries`` that bears the name; 0 when none of size does."""
        known = self.abroad.get(slug(name), {})
        return max((many for country, many in known.items() if country not in countries), default=0)


def alternates(town: Town, name: str, namesakes: Namesakes, drop: Iterable[str]) -> tuple[str, ...]:
    """Names in Latin letters under which ``town`` is met, beside ``name``: harmless ones, each once, sorted."""
    dropped = {slug(word) for word in drop}
    found: dict[str, str] = {}
    for other in sorted({town["name"], *(word.strip() for word in town["alternatenames"])}):
        key = fold(other).lower()
        if key == fold(name).lower() or slug(other) in dropped or not other:
            continue
        if not namesakes.harmful(fold(other), town):
            found.setdefault(key, fold(other))
    return tuple(sorted(found.values()))
