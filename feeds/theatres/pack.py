"""One TOML file of a theatre's folder, whose values are asked for by type and whose faults name file and line."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Final, cast

from feeds.errors import TheatreError

Table = dict[str, object]

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LARGEST: Final = 1e12
HEADER: Final = re.compile(r"^\s*\[")
AT_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")
AT_END: Final = re.compile(r"\s*\(at end of document\)")


class Pack:
    """One file of a pack; every question that it cannot answer is a TheatreError with file, line and what is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_text("utf-8")
            self.data: Table = tomllib.loads(text)
        except FileNotFoundError:
            raise TheatreError(f"{path} is missing from the theatre") from None
        except OSError as error:
            raise TheatreError(f"{path} cannot be read: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise TheatreError(f"{path} is not UTF-8 text: {error.reason} at byte {error.start}") from None
        except tomllib.TOMLDecodeError as error:
            raise TheatreError(_located(path, path.read_text("utf-8"), str(error))) from None
        except (ValueError, RecursionError) as error:  # a number or a nesting that Python does not hold
            raise TheatreError(f"{path} cannot be understood: {error}") from None
        self.lines = text.splitlines()

    def table(self, key: str) -> Table:
        """The table ``[key]``."""
        value = self.data[key]
        if not isinstance(value, dict):
            raise self.fault(f"[{key}] is not a table", key)
        return cast("Table", value)

    def tables(self, key: str) -> list[Table]:
        """The tables ``[[key]]`` in the order of the file; none when there are none."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fault(f"[[{key}]] is not a list of tables", key)
        return cast("list[Table]", value)

    def text(self, key: str, table: Table | None = None, default: str | None = None) -> str:
        """The text under ``key``; ``default`` stands in when it is not there."""
        value = (self.data if table is None else table).get(key, default)
        if not isinstance(value, str):
            raise self.fault(f"{key} is missing or not a text in {_short(table)}", key, table)
        return value

    def id(self, key: str = "id", table: Table | None = None) -> str:
        """The id under ``key``: small ASCII letters and digits in words parted by hyphens, as commands and files name it."""
        return self.checked_id(self.text(key, table), key, table)

    def checked_id(self, value: str, key: str = "", table: Table | None = None) -> str:
        """The text, if it may be an id."""
        if not ID.fullmatch(value):
            raise self.fault(f"{value[:40]!r} is no id: a-z, 0-9 and hyphens are", key, table)
        return value

    def number(self, key: str, table: Table, default: float | None = None) -> float:
        """The number under ``key``."""
        value = table.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST:
            return float(value)
        raise self.fault(f"{key} is missing or not a number in {_short(table)}", key, table)

    def flag(self, key: str, table: Table) -> bool:
        """The truth value under ``key``; false when it is not there."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"{key} is not true or false in {_short(table)}", key, table)
        return value

    def day(self, key: str, table: Table | None = None) -> date | None:
        """The date under ``key``; None when it is not there."""
        value = (self.data if table is None else table).get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.fault(f"{key} is not a date like 2022-02-24", key, table)
        return value

    def words(self, key: str, table: Table | None = None) -> tuple[str, ...]:
        """The list of texts under ``key``; empty when it is not there."""
        value = (self.data if table is None else table).get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(f"{key} is not a list of texts in {_short(table)}", key, table)
        return tuple(cast("list[str]", value))

    def fault(self, what: str, key: str = "", table: Table | None = None) -> TheatreError:
        """The error to raise for ``key`` of ``table``: file, line, what is wrong."""
        return TheatreError(f"{self.path}:{self.line(key, table)}: {what}")

    def line(self, key: str = "", table: Table | None = None, value: str = "") -> int:
        """Line, from 1, of ``value`` in ``key``, or of ``key``, or of the table's header."""
        start = self._header(table)
        if not key:
            return start or 1
        if table is None and (header := self._find(rf"^\s*\[\[?\s*\"?{re.escape(key)}\"?\s*\]", 0)):
            return header
        found = self._find(rf"^\s*\"?{re.escape(key)}\"?\s*=", start, stop=True)
        if found and value:
            return self._find(re.escape(value), found - 1) or found
        return found or start or 1

    def _header(self, table: Table | None) -> int:
        """Line of the header over ``table``; 0 for the file's own keys."""
        for key, value in self.data.items():
            if value is table and table is not None:
                return self._find(rf"^\s*\[\s*\"?{re.escape(key)}\"?\s*\]", 0)
            if isinstance(value, list):
                place = next((at for at, item in enumerate(value) if item is table), None)
                if place is not None and table is not None:
                    return self._nth(rf"^\s*\[\[\s*{re.escape(key)}\s*\]\]", place)
        return 0

    def _find(self, pattern: str, after: int, *, stop: bool = False) -> int:
        """First line past ``after`` where ``pattern`` is; with ``stop`` not past the next header. 0: nowhere."""
        wanted = re.compile(pattern)
        for at, line in enumerate(self.lines[after:], after + 1):
            if wanted.search(line):
                return at
            if stop and HEADER.match(line):
                return 0
        return 0

    def _nth(self, pattern: str, place: int) -> int:
        hits = [at for at, line in enumerate(self.lines, 1) if re.match(pattern, line)]
        return hits[place] if place < len(hits) else 0


def _located(path: Path, text: str, message: str) -> str:
    """The parser's message with its line before it, as editors and people expect it."""
    if at := AT_LINE.search(message):
        return f"{path}:{at[1]}: {AT_LINE.sub('', message)}"
    last = max(1, len(text.splitlines()))
    return f"{path}:{last}: {AT_END.sub('', message)}"


def _short(table: Table | None) -> str:
    return "the file" if table is None else f"the table of {table.get('id', table.get('name', '?'))!r}"
