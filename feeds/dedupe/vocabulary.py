"""The words that dedupe treats in a special way, as ``vocabulary.toml`` lists them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final, NamedTuple


class Vocabulary(NamedTuple):
    """Words in lower case, by what they do."""

    stop: frozenset[str]
    """Carry no meaning of their own."""
    common: frozenset[str]
    """In so many headlines that two of them prove nothing."""
    same: dict[str, str]
    """The word that stands for each of several with one meaning."""
    denial: frozenset[str]
    """Say that it is not so."""
    rejection: frozenset[str]
    """Turn something down."""
    country: dict[str, str]
    """The country that a people, a capital or a region stands for."""


def _load() -> Vocabulary:
    raw = tomllib.loads(files("feeds.dedupe").joinpath("vocabulary.toml").read_text("utf-8"))
    same: dict[str, str] = {}
    for line in str(raw["same"]).splitlines():
        for word in line.split():
            same.setdefault(word, line.split()[0])
    country: dict[str, str] = {}
    for line in str(raw["countries"]).strip().splitlines():
        people, _, places = line.partition("|")
        name = people.split()[0]
        same.update(dict.fromkeys(people.split(), name))
        country.update(dict.fromkeys((*people.split(), *places.split()), name))
    return Vocabulary(
        stop=frozenset(str(raw["stop"]).split()),
        common=frozenset(str(raw["common"]).split()),
        same=same,
        denial=frozenset(str(raw["denial"]).split()),
        rejection=frozenset(str(raw["rejection"]).split()),
        country=country,
    )


VOCABULARY: Final = _load()
