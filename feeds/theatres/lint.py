"""What an analyst would want to know of a theatre's folder before trusting it: faults, and names that will do harm.

A fault (``error``) keeps the theatre from loading. A ``warning`` is a name or a gap that costs precision on real news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feeds.errors import TheatreError
from feeds.theatres.lint_places import place_findings
from feeds.theatres.lint_sides import side_findings
from feeds.theatres.load import DESKS, load_theatre, theatre_folder
from feeds.theatres.pack import Pack

FILES = ("theatre.toml", "places.toml", "feeds.toml")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at in a theatre's folder."""

    path: Path
    line: int
    """From 1; 0 when it is about the file as a whole."""
    what: str
    level: str = "error"
    """``error``: the theatre does not load. ``warning``: it loads, and will misread news."""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {self.level}: {self.what}"


def lint(folder: Path | str) -> list[Finding]:
    """Every finding in a theatre's folder, or in the theatre shipped under this id, by file and line."""
    home = theatre_folder(str(folder))
    packs, found = _read(home)
    if "theatre.toml" in packs and "places.toml" in packs:
        head, places = packs["theatre.toml"], packs["places.toml"]
        found += [Finding(head.path, *one) for one in side_findings(head)]
        found += [Finding(places.path, *one) for one in place_findings(places, head)]
    if "feeds.toml" in packs:
        found += [Finding(packs["feeds.toml"].path, *one) for one in _feed_findings(packs["feeds.toml"])]
    if not any(one.level == "error" for one in found):
        found += _refusal(home)
    return sorted(set(found))


def _read(home: Path) -> tuple[dict[str, Pack], list[Finding]]:
    """The files that can be read, and what is wrong with the others."""
    packs: dict[str, Pack] = {}
    found: list[Finding] = []
    for name in FILES:
        path = home / name
        if name == "feeds.toml" and not path.is_file():
            found.append(
                Finding(path, 0, "no feeds: the theatre will only have those of the desk", "warning")
            )
            continue
        try:
            packs[name] = Pack(path)
        except TheatreError as error:
            found.append(_located(path, str(error)))
    return packs, found


def _feed_findings(pack: Pack) -> Iterator[tuple[int, str, str]]:
    seen: set[object] = set()
    tables = pack.data.get("feed", [])
    for table in tables if isinstance(tables, list) else []:
        url = table.get("url") if isinstance(table, dict) else None
        if url in seen:
            yield pack.line("url", table), f"{url} is there twice", "warning"
        seen.add(url)
    desks = pack.data.get("desks", [])
    for desk in desks if isinstance(desks, list) else []:
        if not (DESKS / f"{desk}.toml").is_file():
            yield pack.line("desks"), f"no desk {desk!r}", "error"
    if not seen and not desks:
        yield 0, "no feed and no desk: nothing would be read", "warning"


def _refusal(home: Path) -> list[Finding]:
    """What the loader itself says against the folder."""
    try:
        load_theatre.__wrapped__(str(home))
    except TheatreError as error:
        return [_located(home / "theatre.toml", str(error))]
    return []


def _located(path: Path, message: str) -> Finding:
    """A loader's message, ``file:line: what``, as a finding."""
    head, _, what = message.partition(": ")
    file, _, line = head.rpartition(":")
    if what and line.isdigit():
        return Finding(Path(file), int(line), what)
    return Finding(path, 0, message)
