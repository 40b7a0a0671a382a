"""Reading a recording from disk: JSON lines, saved feeds, or a folder of them."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from feeds.errors import InputError
from feeds.moments import is_of_our_time
from feeds.replay.saved import items_of
from feeds.replay.wire import Item, Wire
from feeds.story import RELIABILITY_LETTERS

_TEXTS: Final = ("id", "feed", "outlet", "title", "wire", "summary", "body", "url")
_LINES: Final = ".jsonl"


def load_wire(path: Path) -> Wire:
    """Reads a recording: JSON lines, a feed file (RSS, RDF, Atom, JSON Feed), or a folder of either.

    The letters of its outlets come from ``outlets.toml`` beside it (inside it, for a folder) when there is one, else
    from the stories themselves. Raises InputError with file, line and what is wrong.
    """
    files = _files(path)
    items = [item for file in files for item in _read(file)]
    if not items:
        raise InputError(f"{path}: no stories in it")
    feeds: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        feeds[item.feed].append(item)
    ordered = {feed: tuple(sorted(of, key=lambda item: item.shown)) for feed, of in sorted(feeds.items())}
    said = {item.outlet: item.reliability for item in items if item.reliability}
    beside = path / "outlets.toml" if path.is_dir() else path.with_name("outlets.toml")
    return Wire(ordered, said | _letters(beside))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.is_file() and file.suffix != ".toml")
    if not found:
        raise InputError(f"{path}: an empty folder; put JSON lines or feed files in it")
    return found


def _read(path: Path) -> list[Item]:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: not a recording that can be read: {error.strerror or error}") from None
    if path.suffix != _LINES and body.lstrip()[:1] == b"<":
        return items_of(path, body)
    try:
        lines = body.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not a recording that can be read: {error}") from None
    if path.suffix != _LINES and _is_json_feed(body):
        return items_of(path, body)
    return [_item(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _is_json_feed(body: bytes) -> bool:
    try:
        whole = json.loads(body)
    except ValueError:
        return False
    return isinstance(whole, dict) and isinstance(whole.get("items"), list)


def _item(line: str, where: str) -> Item:
    try:
        raw = json.loads(line)
        texts = {name: str(raw.get(name) or "") for name in _TEXTS}
        published = _moment(raw["published"])
        seen = _moment(raw["seen"]) if raw.get("seen") else None
    except (ValueError, KeyError, AttributeError) as error:
        raise InputError(f"{where}: not a story: {type(error).__name__}: {error}") from None
    if not texts["id"] or not texts["feed"] or not texts["title"]:
        raise InputError(f"{where}: a story needs id, feed and title")
    letter = str(raw.get("reliability") or "")
    if letter and letter not in tuple(RELIABILITY_LETTERS):
        raise InputError(f"{where}: reliability {letter!r} is not one of {RELIABILITY_LETTERS}")
    return Item(published=published, seen=seen, reliability=letter, **texts)


def _moment(word: object) -> datetime:
    """A time as written; without zone it is UTC."""
    found = datetime.fromisoformat(str(word))
    if not is_of_our_time(found):
        raise ValueError(f"{word} is no time of news")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _letters(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        letters = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    for outlet, letter in letters.items():
        if letter not in tuple(RELIABILITY_LETTERS):
            raise InputError(f"{path}: {outlet!r} has {letter!r}, which is not one of {RELIABILITY_LETTERS}")
    return {outlet: str(letter) for outlet, letter in letters.items()}
