"""The stories of the window that left memory: found again through a file of keys, judged by what the archive has of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Final

from feeds.dedupe.coldfile import ColdFile, Record
from feeds.dedupe.copies import FIRST, REACH, REACH_OF_TITLES, Bounds, is_copy, same_address
from feeds.dedupe.marks import mark_of_code
from feeds.dedupe.older import Archived
from feeds.dedupe.roughly import may_be_alike, rough_bits
from feeds.dedupe.subject import subject_of
from feeds.dedupe.telling import Telling, address_key, telling_of
from feeds.moments import earlier
from feeds.story import EPOCH, About, Fold

_LOG: Final = logging.getLogger("warwatch.dedupe")
_MICROSECOND: Final = timedelta(microseconds=1)
SLICE: Final = 0.2
"""Seconds of a processor in which the file catches up, before each batch."""
_MARGIN: Final = timedelta(hours=1)
"""How far before the file's newest story the archive is looked through for some that it lacks: rows follow the time of
arrival, and a story that waited for its turn came after later ones."""
_REACH: Final = REACH // _MICROSECOND
_REACH_OF_TITLES: Final = REACH_OF_TITLES // _MICROSECOND
_MANY: Final = 4
"""From so many stories on a key is a turn of phrase, and a second one has to be shared as well."""
_FEW: Final = 1000
_MOST_JUDGED: Final = 8


class ColdWindow:
    """Stories that left memory in the last fourteen days, as many as there are.

    The file is made with the first of them. It follows the archive: what it lacks, all of it when it was thrown away,
    is read from there little by little (:meth:`catch_up`), and is not found until then.
    """

    def __init__(self, path: Callable[[], Path], archived: Archived, whose: str, window: timedelta) -> None:
        """``path``, asked when it is needed, says where the file lies; ``whose`` names the archive it is of."""
        self._where = path
        self._archived = archived
        self._window = window
        self._mark = sha256(f"{whose}\n{mark_of_code()}".encode()).digest()
        self._opened: ColdFile | None = None
        self._made = False
        self._broken = False
        self._unwritten: dict[str, Telling] = {}
        self._row: int | None = 0
        """Row of the archive up to which the file was compared with it; None when it lacks nothing."""
        self._since = EPOCH
        self._has: set[str] = set()
        """Ids that the file has, of those that are still to be compared."""
        self._newest = EPOCH

    def __len__(self) -> int:
        """Stories in the file."""
        return len(self._opened) if self._opened is not None else 0

    @cached_property
    def _path(self) -> Path:
        return self._where()

    @property
    def is_whole(self) -> bool:
        """Whether it has every story that it should have."""
        return self._row is None

    def begin(self, oldest: Telling | None) -> None:
        """Hears that everything put so far is archived, and which story is the oldest in memory."""
        self._unwritten.clear()
        self.catch_up(oldest, SLICE)

    def put(self, telling: Telling) -> None:
        """Takes in a story that leaves memory; while the file is behind, its turn comes."""
        self._unwritten[telling.id] = telling
        if self._row is None and telling.id not in self._has:
            self._write(telling)

    def catch_up(self, until: Telling | None, seconds: float) -> None:
        """Reads what the file lacks from the archive, as far as it comes in some seconds of this processor.

        ``until`` is the oldest story in memory: those before it are the file's.
        """
        if self._row is None or self._broken:
            return
        end = time.process_time() + seconds
        if not self._made and self._lies_there():
            self._guarded(self._compare)
        if until is None:
            self._row = None  # with nothing in memory, nothing is archived
            return
        self._since = max(self._since, earlier(self._newest, self._window))
        while self._row is not None and not self._broken:
            self._take_some(until)
            if time.process_time() >= end:
                return

    def at_address(self, telling: Telling, hot: Container[str]) -> Fold | None:
        """The fold of the first story at a telling's address."""
        if not telling.url:
            return None
        ids = self._found([address_key(telling.url)], telling, hot, self._all_under)
        return self._first(ids, telling, lambda other: telling.url == other.url, same_address)

    def alike(self, telling: Telling, hot: Container[str]) -> Fold | None:
        """The fold of the first story that a telling is a copy of by its words."""
        ids = self._found(telling.lasting_keys, telling, hot, self._alike_under)
        return self._first(ids, telling, Bounds(telling).may_hold, is_copy) if ids else None

    def move(self, folds: Iterable[Fold]) -> None:
        """Nothing: where a story is, is asked of the archive."""

    def forget(self, before: datetime) -> None:
        """Lets go of stories received before a moment."""
        self._newest = max(self._newest, before + self._window)
        if self._opened is not None:
            self._guarded(lambda file: file.forget(_microseconds(before)))

    def close(self) -> None:
        """Closes the file; it is there again when the collector is."""
        file, self._opened = self._opened, None
        if file is not None:
            try:
                file.close()
            except OSError as error:
                self._break(error)

    def _found(
        self,
        keys: Sequence[int],
        telling: Telling,
        hot: Container[str],
        under: Callable[[ColdFile, Sequence[int], Telling], list[str]],
    ) -> list[str]:
        """Ids of the stories that are to be judged, by the file."""
        found: list[str] = []
        if self._made:
            self._guarded(lambda file: found.extend(under(file, keys, telling)))
        return [id_ for id_ in dict.fromkeys(found) if id_ != telling.id and id_ not in hot]

    def _first(
        self,
        ids: Sequence[str],
        telling: Telling,
        may_be: Callable[[Telling], bool],
        is_same: Callable[[Telling, Telling], bool],
    ) -> Fold | None:
        """The fold of the first of some stories that is the same article; ``may_be`` asks their words alone."""
        others = [self._unwritten[id_] for id_ in ids if id_ in self._unwritten]
        folds = {other.id: other.fold for other in others}
        for story, fold in self._archived.told([id_ for id_ in ids if id_ not in folds]):
            other = telling_of(story, About())
            if may_be(other):
                other.subject = subject_of(self._archived.about(story))
                others.append(other)
                folds[story.id] = fold
        first = min([other for other in others if is_same(telling, other)], key=FIRST, default=None)
        return folds[first.id] if first is not None else None

    def _all_under(self, file: ColdFile, keys: Sequence[int], telling: Telling) -> list[str]:
        since = _microseconds(earlier(telling.received, self._window))
        records = [file.record(number) for key in keys for number in file.under(key)]
        return [one.id for one in records if one.received >= since]

    def _alike_under(self, file: ColdFile, keys: Sequence[int], telling: Telling) -> list[str]:
        """Those that share a key, or two where many stories have them, and roughly have the same words."""
        once: set[int] = set()
        near: dict[int, None] = {}
        for key in keys:
            numbers = file.under(key)
            if len(numbers) < _MANY:
                near.update(dict.fromkeys(numbers))
            else:
                near.update(dict.fromkeys(once.intersection(numbers)))
                once.update(numbers)
        again = file.under(telling.wording)
        near.update(dict.fromkeys(again))
        if not near:
            return []
        told, bits = _microseconds(telling.told), rough_bits(telling)
        since = _microseconds(earlier(telling.received, self._window))
        records = [(number, one) for number in near if (one := file.record(number)).received >= since]
        return [
            one.id
            for number, one in records
            if number in again
            or (
                (apart := abs(one.told - told)) <= _REACH
                and may_be_alike(bits, one.bits, by_title=apart <= _REACH_OF_TITLES)
            )
        ][-_MOST_JUDGED:]

    def _lies_there(self) -> bool:
        try:
            return self._path.exists()
        except OSError as error:
            self._break(error)
            return False

    def _compare(self, file: ColdFile) -> None:
        """Finds from where on the file is to be compared with the archive."""
        last = _last_archived(file, self._archived)
        if last is None:
            file.clear()  # of another archive that lay here
            return
        self._since = earlier(_moment(last.received), _MARGIN)
        self._has = _received_since(file, self._since)

    def _take_some(self, until: Telling) -> None:
        assert self._row is not None
        some = self._archived.after(self._row, self._since)
        for row, story in some:
            if story.id == until.id or story.received > until.received:
                self._end(until)
                return
            self._row = row
            if story.id not in self._has:
                self._write(telling_of(story, About()))
                self._has.add(story.id)
        if not some:
            self._end(until)

    def _end(self, until: Telling) -> None:
        """It lacks nothing any more; of the stories that came at the edge, some may be written already."""
        self._row = None
        self._has.clear()
        if self._made:
            self._guarded(
                lambda file: self._has.update(_received_since(file, earlier(until.received, _MARGIN)))
            )

    def _write(self, telling: Telling) -> None:
        if len(telling.id) > 16 or not telling.id.isascii():
            return  # no id of an archive's
        record = Record(
            telling.id, _microseconds(telling.received), _microseconds(telling.told), rough_bits(telling)
        )
        address = [address_key(telling.url)] if telling.url else []
        keys = (*telling.lasting_keys, telling.wording)
        self._guarded(lambda file: file.put(record, keys, address))

    def _guarded(self, ask: Callable[[ColdFile], object]) -> None:
        """Asks the file, opened or made where it is not; a disk that fails costs copies and no news."""
        if self._broken:
            return
        try:
            if self._opened is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._opened, self._made = ColdFile(self._path, self._mark), True
            ask(self._opened)
        except OSError as error:
            self._break(error)

    def _break(self, error: OSError) -> None:
        """Goes on without the file: what left memory is not found as a copy until the next start."""
        _LOG.warning(
            "copies of older stories are not looked for: %s: %s", self._path, error.strerror or error
        )
        self._broken, self._opened, self._row = True, None, None


def _last_archived(file: ColdFile, archived: Archived) -> Record | None:
    """The file's newest record that the archive has: the last ones may have been written for a write that failed."""
    records = list(file.newest(_FEW))
    known = archived.known([one.id for one in records])
    return next((one for one in records if one.id in known), None)


def _received_since(file: ColdFile, moment: datetime) -> set[str]:
    """Ids of the file's stories received at or after a moment, nearly in whose order they are."""
    least = _microseconds(moment)
    end = least - _MARGIN // _MICROSECOND
    records = takewhile(lambda one: one.received >= end, file.newest(len(file)))
    return {one.id for one in records if one.received >= least}


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // _MICROSECOND


def _moment(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
