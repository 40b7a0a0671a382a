"""What was worked out of each story in memory, written down as it came: a start reads it instead of working it out anew.

What a word weighs, and under which words a story's thread is looked for, depends on the stories that were in memory when
it came. Worked out from the archive again it would come out a little differently, and so would threads. A line a story,
in two files in turn, so that both together have as many as are in memory. It is a cache: a line that is not there, or
cannot be read, is worked out again.
"""

from __future__ import annotations

import json
import logging
import os
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.candidates import Keys
from feeds.dedupe.facts import PLAIN, Facts
from feeds.dedupe.kin import Kin
from feeds.dedupe.marks import mark_of_code
from feeds.dedupe.telling import Telling, telling_of
from feeds.dedupe.traits import Traits
from feeds.dedupe.words import Words
from feeds.story import About, Story

_JSON: Final = json.JSONEncoder(separators=(",", ":"))
_TOGETHER: Final = 200
"""Lines that are written at once."""
_LOG: Final = logging.getLogger("warwatch.dedupe")


class Note(NamedTuple):
    """One story as it was worked out when it came."""

    telling: Telling
    keys: Keys | None
    """Under which its thread is looked for; None for a copy."""


class Notes:
    """The lines of the newest stories; one process at a time."""

    def __init__(self, path: Callable[[], Path], whose: str, most: int) -> None:
        """``path``, asked when it is needed, says where the files lie; ``whose`` names the archive they are of.

        Each has ``most`` lines at most.
        """
        self._fd = -1
        self._pending: list[bytes] = []
        """Lines that are written together: a call of the system costs more than a line."""
        self._reading: list[int] = []
        """Files that are read: while lines are added, one takes the name of the other."""
        self._where = path
        self._head = f"{sha256(whose.encode()).hexdigest()} {mark_of_code()}\n".encode()
        self._most = most
        self._lines = 0
        self._at: dict[str, tuple[int, int, int]] | None = None
        """Of each story in which file its line is, where, and how long; None before that was looked for."""
        self._words: dict[int, int] = {}
        """One number for each word: of what is read, each would be another."""
        self._broken = False

    def __del__(self) -> None:
        self._pending.clear()
        self.close()

    def close(self) -> None:
        """Closes the files, with every line in them; one is opened again when a line is added."""
        self.flush()
        while self._reading:
            os.close(self._reading.pop())
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def begin(self) -> None:
        """Hears that what was in memory before a start is there again: nothing is read any more."""
        self._at = {}
        self._words.clear()
        while self._reading:
            os.close(self._reading.pop())

    def add(self, telling: Telling, keys: Keys | None) -> None:
        """Writes a story's line, at :meth:`flush` at the latest."""
        if not self._broken:
            self._pending.append(_line(telling, keys))
            if len(self._pending) >= _TOGETHER:
                self.flush()

    def flush(self) -> None:
        """Writes the lines that wait."""
        lines, self._pending = self._pending, []
        try:
            while lines:
                if self._fd < 0:
                    self._open()
                if self._lines >= self._most:
                    os.close(self._fd)
                    self._fd = -1
                    self._path.replace(self._before)
                    self._open()
                some = lines[: max(1, self._most - self._lines)]
                os.write(self._fd, b"".join(some))
                self._lines += len(some)
                del lines[: len(some)]
        except OSError as error:
            self._break(error)

    def of(self, story: Story, about: About) -> Note | None:
        """A story as it was worked out when it came, or None."""
        if self._at is None:
            self._at = self._look()
        place = self._at.get(story.id)
        if place is None:
            return None
        which, start, size = place
        try:
            return self._read(json.loads(os.pread(self._reading[which], size, start)), story, about)
        except (OSError, ValueError, TypeError, OverflowError):
            return None

    @cached_property
    def _path(self) -> Path:
        return self._where()

    @property
    def _before(self) -> Path:
        return self._path.with_name(self._path.name + "-before")

    def _open(self) -> None:
        """Opens the file where it is one of ours, ready for the next line; else makes it anew."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        if os.pread(self._fd, len(self._head), 0) != self._head:
            os.ftruncate(self._fd, 0)
            os.write(self._fd, self._head)
        size = os.fstat(self._fd).st_size
        if os.pread(self._fd, 1, size - 1) != b"\n":
            os.write(self._fd, b"\n")  # whoever wrote the last line was killed
        self._lines = sum(1 for _ in _places(self._path, self._head))

    def _look(self) -> dict[str, tuple[int, int, int]]:
        """Where each line is."""
        found: dict[str, tuple[int, int, int]] = {}
        try:
            for path in (self._before, self._path):
                if path.exists():
                    self._reading.append(os.open(path, os.O_RDONLY))
                    which = len(self._reading) - 1
                    found.update((id_, (which, *place)) for id_, place in _places(path, self._head))
        except OSError as error:
            self._break(error)
        return found

    def _read(self, said: Sequence[object], story: Story, about: About) -> Note:
        id_, headline, texts, facts, copy_keys, wording, figures, flagged, codes, weights, keys, kin = said
        if id_ != story.id:
            raise ValueError(id_)
        title, *leads = [Words(self._numbers(stems), self._numbers(names)) for stems, names in _pairs(texts)]
        traits = Traits(
            url=canonical_url(story.url) if story.url else "",
            headline=str(headline),
            title=title,
            leads=tuple(leads),
            facts=_facts(facts),
            copy_keys=array("I", _ints(copy_keys)),
            wording=int(str(wording)),
            figures=frozenset(self._numbers(figures)),
            flagged=bool(flagged),
        )
        telling = telling_of(story, about, traits)
        if codes:
            telling.codes, telling.weights = array("I", _ints(codes)), array("H", _ints(weights))
        telling.kin = _kin(kin)
        return Note(telling, _keys(keys))

    def _numbers(self, some: object) -> tuple[int, ...]:
        same = self._words.setdefault
        return tuple([same(one, one) for one in _ints(some)])

    def _break(self, error: OSError) -> None:
        _LOG.warning("what is in memory is not written down, a start will take longer: %s", error)
        self._broken = True
        self.close()


def _places(path: Path, head: bytes) -> Iterable[tuple[str, tuple[int, int]]]:
    """The story of each line of a file, with where the line is and how long."""
    with path.open("rb") as file:
        if file.readline() != head:
            return
        at = len(head)
        for line in file:
            if line.startswith(b'["'):
                yield line[2 : line.find(b'"', 2)].decode("ascii", "replace"), (at, len(line))
            at += len(line)


def _line(telling: Telling, keys: Keys | None) -> bytes:
    facts = telling.facts
    said = [
        telling.id,
        telling.headline,
        [telling.title, *telling.leads],
        None if facts is PLAIN else [list(one) if isinstance(one, frozenset) else one for one in facts],
        list(telling.copy_keys),
        telling.wording,
        list(telling.figures),
        telling.flagged,
        list(telling.codes),
        list(telling.weights),
        keys,
        telling.kin.alike if telling.kin else None,
    ]
    return _JSON.encode(said).encode() + b"\n"


def _facts(said: object) -> Facts:
    if not isinstance(said, list):
        return PLAIN
    return Facts._make(frozenset(one) if isinstance(one, list) else one for one in said)


def _keys(said: object) -> Keys | None:
    if not isinstance(said, list):
        return None
    title, lead, pairs = said
    return Keys(_ints(title), _ints(lead), tuple(_ints(pairs)))


def _kin(said: object) -> Kin | None:
    if not isinstance(said, dict):
        return None
    kin = Kin()
    for id_, alike in said.items():
        kin.add(str(id_), int(alike))
    return kin


def _pairs(said: object) -> list[tuple[object, object]]:
    if not isinstance(said, list):
        raise TypeError(said)
    return [(stems, names) for stems, names in said]


def _ints(said: object) -> list[int]:
    if not isinstance(said, list):
        raise TypeError(said)
    return said
