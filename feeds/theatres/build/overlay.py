"""The corrections that people made to the sources: ``data/overlay.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NotRequired, TypedDict, cast

from feeds.theatres.gazetteer import DATA

OVERLAY: Final = DATA / "overlay.toml"


class Seat(TypedDict):
    """A seat that the sources lack: a town of theirs by ``id``, or one in no source with name and coordinates."""

    division: str
    id: NotRequired[int]
    name: NotRequired[str]
    lat: NotRequired[float]
    lon: NotRequired[float]
    national: NotRequired[bool]
    replaces: NotRequired[int]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is corrected, by GeoNames id of the town or code of the division."""

    seats: tuple[Seat, ...]
    unseated: frozenset[int]
    names: Mapping[int, str]
    spellings: Mapping[int, list[str]]
    drops: Mapping[int, list[str]]
    regions: Mapping[str, list[str]]
    ties: Mapping[str, list[str]]


def read_overlay(path: Path = OVERLAY) -> Overlay:
    """The corrections in ``path``."""
    data = tomllib.loads(path.read_text("utf-8"))
    seats = cast("list[Seat]", data["seat"])
    replaced = {seat["replaces"] for seat in seats if "replaces" in seat}
    return Overlay(
        seats=tuple(seats),
        unseated=frozenset(replaced | set(cast("list[int]", data["unseat"]["ids"]))),
        names={int(key): name for key, name in data["name"].items()},
        spellings={int(key): words for key, words in data["spell"].items()},
        drops={int(key): words for key, words in data["drop"].items()},
        regions=data["region"],
        ties=data["ties"],
    )
