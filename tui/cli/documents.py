"""Files and pipes that a command reads: text that is text, and stories as JSON lines."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from feeds.errors import InputError
from feeds.moments import is_of_our_time
from feeds.safetext import one_line, safe_url, strip_hostile
from feeds.story import Story

MAX_BYTES: Final = 20_000_000
"""Largest text taken in one piece."""
_AHEAD: Final = timedelta(minutes=10)
_BLANK: Final = re.compile(r"\n\s*\n")
_WIDEST_WRAP: Final = 110
_NARROWEST_WRAP: Final = 40
_LONGEST_TITLE: Final = 250
_SENTENCE_ENDS: Final = (".", "!", "?", ":", "…", '"', "”", "’", "'", ")")


def name_of(path: str) -> str:
    """The name of an input in a message."""
    return "standard input" if path == "-" else path


def read_bytes(path: str) -> bytes:
    """All bytes of a file, or of standard input for ``-``; InputError when they cannot be had."""
    try:
        if path == "-":
            found = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(path).expanduser().open("rb") as file:
                found = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"{name_of(path)} cannot be read ({reason}); check the name and its permissions"
        ) from error
    if len(found) > MAX_BYTES:
        raise InputError(f"{name_of(path)} is longer than {MAX_BYTES // 1_000_000} MB; cut it into pieces")
    return found


def read_text(path: str) -> str:
    """The text of a file or of standard input; InputError when it is empty or no text."""
    found = read_bytes(path)
    text = decode(found, name_of(path)).strip()
    if not text:
        raise InputError(f"{name_of(path)} is empty; give it some text to read")
    return text


def decode(found: bytes, name: str) -> str:
    """Bytes as text: UTF-8, or UTF-16 that says so; InputError with the place where it is neither."""
    encoding = "utf-16" if found.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = found.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8, or convert it with iconv"
        ) from error
    if "\0" in text:
        raise InputError(f"{name} is not text (a NUL byte at {text.index(chr(0)) + 1}); give it plain text")
    return text


def article(text: str, *, title: str = "") -> tuple[str, str]:
    """Title and body of a pasted text: hard-wrapped lines joined, paragraphs with a blank line between.

    Without a title given, the first paragraph is it, unless it is too long to be one.
    """
    blocks = _BLANK.split(strip_hostile(text).strip())
    paragraphs = [paragraph for block in blocks for paragraph in unwrap(block)]
    if title:
        return one_line(title), "\n\n".join(paragraphs)
    if not paragraphs:
        return "", ""
    if len(paragraphs[0]) > _LONGEST_TITLE:
        return "", "\n\n".join(paragraphs)
    return paragraphs[0], "\n\n".join(paragraphs[1:])


def unwrap(block: str) -> list[str]:
    """The paragraphs in lines without a blank one between.

    A line end is a wrap when the next line's first word would not have fitted, or, below the first line, which may be
    a headline, when no sentence ends there; any other ends a paragraph.
    """
    lines = [line for line in (" ".join(line.split()) for line in block.split("\n")) if line]
    widest = max(map(len, lines), default=0)
    wrapped = _NARROWEST_WRAP <= widest <= _WIDEST_WRAP
    paragraphs: list[str] = []
    joining = False
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        if joining:
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
        full = len(line) + 1 + len(following.partition(" ")[0]) > widest
        joining = wrapped and (full or (number > 0 and not line.endswith(_SENTENCE_ENDS)))
    return paragraphs


class StoryLines:
    """Stories read from JSON lines, one at a time; lines that are none are counted, not fatal."""

    def __init__(self, path: str, now: datetime) -> None:
        self.path = path
        self.bad = 0
        """Lines that were no story."""
        self.first_bad = ""
        """What was wrong with the first of them, with its line number."""
        self._now = now
        self._line = 0
        self._newest: datetime | None = None

    def __iter__(self) -> Iterator[Story]:
        try:
            if self.path == "-":
                yield from self._stories(sys.stdin.buffer)
            else:
                with Path(self.path).expanduser().open("rb") as file:
                    yield from self._stories(file)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise InputError(
                f"{name_of(self.path)} cannot be read ({error.strerror}); check the name"
            ) from error

    def leave_out(self, why: str) -> None:
        """The line that was read last is no story, or none that can be read."""
        self.bad += 1
        self.first_bad = self.first_bad or f"line {self._line}: {why}"

    def finish(self) -> None:
        """InputError in one line when there were lines that were no story."""
        if self.bad:
            what = "1 line was" if self.bad == 1 else f"{self.bad} lines were"
            raise InputError(
                f"{name_of(self.path)}: {what} left out; {self.first_bad}; "
                'each line is a JSON object with a "title"'
            )

    def _stories(self, file: BinaryIO) -> Iterator[Story]:
        for self._line, line in enumerate(iter(lambda: file.readline(MAX_BYTES + 1), b""), start=1):
            if not line.strip():
                continue
            try:
                _hold(line, file)
                yield self._story(self._line, json.loads(decode(line, "it")))
            except (ValueError, RecursionError, InputError) as error:
                self.leave_out(str(error))

    def _story(self, number: int, found: object) -> Story:
        from feeds.wire.entries import MAX_TEXT, MAX_TITLE

        if not isinstance(found, dict):
            raise ValueError("it is no JSON object")  # noqa: TRY004 - told apart from nothing, it is one line of input
        said = {key: _text(found, key) for key in ("title", "summary", "body", "url", "outlet", "wire", "id")}
        said["title"] = one_line(said["title"])
        if not said["title"]:
            raise ValueError('it has no "title"')
        published = self._when(_text(found, "published"))
        return Story(
            id=said["id"] or str(number),
            title=said["title"][:MAX_TITLE],
            summary=strip_hostile(said["summary"]).strip()[:MAX_TEXT],
            body=strip_hostile(said["body"]).strip()[:MAX_TEXT],
            url=safe_url(said["url"]),
            outlet=one_line(said["outlet"]),
            wire=one_line(said["wire"]) or _wire(said),
            flag=_flag(said),
            published=published,
            received=self._received(published),
        )

    def _when(self, word: str) -> datetime | None:
        """When it was published; None for a date that is none, or of no time that news are of."""
        from feeds.wire.dates import read_date

        try:
            found = datetime.fromisoformat(word) if word else None
            if found is not None:
                found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            found = read_date(word)
        return found if found is not None and is_of_our_time(found) else None

    def _received(self, published: datetime | None) -> datetime:
        """Stories arrive in the order of the lines, each when it was published; time never runs backwards."""
        if published is None or published > self._now + _AHEAD:
            return self._newest or self._now
        self._newest = published if self._newest is None else max(self._newest, published)
        return self._newest


def _hold(line: bytes, file: BinaryIO) -> None:
    """ValueError for a line that is too long to be held; the rest of it is left out."""
    if len(line) > MAX_BYTES:
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES)
        raise ValueError(f"it is longer than {MAX_BYTES // 1_000_000} MB")


def _text(found: dict[str, object], key: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f'"{key}" is no text')  # noqa: TRY004 - as above
    return str(value)


def _wire(said: dict[str, str]) -> str:
    from feeds.wire.wires import wire_credit

    return wire_credit(title=said["title"], text=said["body"] or said["summary"])


def _flag(said: dict[str, str]) -> str:
    from feeds.wire.wires import wire_flag

    return wire_flag(said["title"], said["body"] or said["summary"])
