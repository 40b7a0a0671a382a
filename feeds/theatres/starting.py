"""A starting pack for any country: its capitals from the gazetteer, two sides to be named, shared desks."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Final

from feeds.errors import TheatreError
from feeds.theatres.gazetteer import Capital, country_names, english_words, load_gazetteer, people
from feeds.theatres.places import OUTSHINES, Row, places_text, row_of
from feeds.theatres.spellings import slug

HEAD: Final = """\
# {name}: say here what the war is about, and when it began.
id = "{id}"
title = "{name}"
countries = ["{code}"]
# starts = 2026-01-01           # the day for which places.toml says who holds what
board_side = "rebels"           # whose gains the board's title counts
challenger = "rebels"           # to whom a place falls when nobody says to whom
defender = "government"         # who holds it again when it is retaken and nobody says by whom
country_words = ["{name}"]      # add the people, the parties, the leaders

# nouns: a side by themselves. adjectives: a side when a word like "forces", "spokesman", "control" follows.
# weak: words that mean the side in this war unless another nation's name stands before them.
# officials: those who speak, hold office or flee for it.
[[side]]
id = "rebels"
name = "Rebels"
nouns = ["rebels", "rebel forces", "rebel fighters", "insurgents", "armed opposition"]
adjectives = ["rebel", "insurgent", "opposition"]
weak = ["fighters", "gunmen", "militants"]
officials = ["rebel spokesman", "rebel commander"]

[[side]]
id = "government"
name = "Government"
nouns = ["government", "government forces", "government troops", "security forces", "army"]
adjectives = ["government", "army", "military", "pro-government", "state"]
weak = ["troops", "soldiers", "police", "garrison", "authorities"]
officials = ["governor", "mayor", "lawmaker", "police chief", "army spokesman", "defence ministry", "interior ministry"]
"""
FEEDS: Final = """\
# `desks` takes lists shared by theatres: world, africa, americas, asia, europe, middle-east. Add local outlets below.
desks = ["world"]

# [[feed]]
# url = "https://example.org/rss.xml"
# outlet = "Name shown"
# reliability = "C"             # Admiralty code: A completely reliable to E unreliable, F unknown
# group = "{name}"
"""


def new_pack(country: str, folder: Path | str) -> list[Path]:
    """Write a starting pack for ``country`` (English name or ISO code) into ``folder``; the files written."""
    code = country_code(country)
    home = Path(folder)
    if (home / "theatre.toml").exists():
        raise TheatreError(f"{home} holds a theatre already: name another folder")
    name = country_names()[code]
    capitals = [one for one in load_gazetteer() if one.country == code]
    files = {
        home / "theatre.toml": HEAD.format(id=slug(home.resolve().name) or slug(name), name=name, code=code),
        home / "places.toml": _places(name, capitals),
        home / "feeds.toml": FEEDS.format(name=name),
    }
    try:
        home.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, "utf-8")
    except OSError as error:
        raise TheatreError(f"{error.filename} cannot be written: {error.strerror}") from None
    return list(files)


def country_code(country: str) -> str:
    """ISO code of a country by code or English name; TheatreError with likely names when there is none."""
    names = country_names()
    if country.upper() in names:
        return country.upper()
    by_name = {name.lower(): code for code, name in names.items()}
    if code := by_name.get(country.strip().lower()):
        return code
    likely = difflib.get_close_matches(country.lower(), by_name, n=3)
    hint = (
        f"did you mean {', '.join(names[by_name[one]] for one in likely)}?" if likely else "use its ISO code"
    )
    raise TheatreError(f"no country {country!r} in the gazetteer: {hint}")


def _places(name: str, capitals: list[Capital]) -> str:
    rows = [_row(one) for one in sorted(capitals, key=lambda one: (not one.national, one.region, one.id))]
    head = (
        f"# Capitals of the divisions of {name}, from the gazetteer (GeoNames, see NOTICE). Spellings are exact and matched at\n"
        '# word boundaries; those that follow by rule (hyphens, articles, accents) need not be written. Towns: kind = "town".'
    )
    return places_text(head, rows)


def _row(one: Capital) -> Row:
    return row_of(one, "national" if one.national else "capital", "government", tied=_tied(one))


def _tied(one: Capital) -> bool:
    """True when the name is a word, a person's, or that of a capital elsewhere which is not much smaller."""
    if one.name.lower() in english_words() or one.name in people():
        return True
    namesakes = (
        other.population
        for other in load_gazetteer()
        if other.country != one.country and other.name == one.name
    )
    return any(population * OUTSHINES > one.population for population in namesakes)
