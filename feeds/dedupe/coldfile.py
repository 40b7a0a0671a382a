"""The keys of stories that left memory, in one file: which of them share a key with a new one.

A file of fixed parts, each story's record in a ring and each key in a bucket of it, read and written in place:

    header | records, one a story, 64 bytes each | buckets of 64 slots, one for each two stories

A slot has a key and the number of a story. What is written of a story counts only when the number of stories in the
header, written last, says so; so a process that is killed at any moment leaves a file with whole stories in it. It is a
cache: what it says is looked up in the archive before it is believed, and it is thrown away and made again when it is
not of this archive, of these keys, or may have lost pages because the machine stopped.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from struct import Struct
from typing import Final, NamedTuple, Self

_HEADER: Final = Struct("<8s32s16sII")
"""Magic, whose it is, the machine's start during which it was written, whether it was closed, stories as a power of two."""
_ENDS: Final = Struct("<QQ")
_ENDS_AT: Final = 128
_HEAD: Final = 4096
_MAGIC: Final = b"wwcold1\n"
_RECORD: Final = Struct("<16sqq32s")
_SLOTS: Final = 64
_BUCKET: Final = 8 * _SLOTS
_BUCKETS_AT_ONCE: Final = 128
_RECORDS_AT_ONCE: Final = 4096
_FIRST_SHIFT: Final = 10
_EMPTY: Final = bytes(8)
_UNPACK: Final = Struct(f"<{_SLOTS}Q").unpack
_PACK_SLOT: Final = Struct("<Q").pack
_MIX: Final = 0x9E37_79B9_7F4A_7C15
_ONE_KEY: Final = 8
"""Stories under one key at most."""
_FAIR: Final = 0.5
"""Part of the slots in use from which on a full bucket is the work of chance, and not of somebody who chose the keys."""


class Record(NamedTuple):
    """What the file keeps of one story."""

    id: str
    """Sixteen ASCII characters at most."""
    received: int
    """Microseconds since 1970."""
    told: int
    """The same."""
    bits: bytes
    """Thirty-two bytes that say roughly which words it has."""


class ColdFile:
    """Stories by number, oldest first, and the newest eight numbers under each key; one process at a time."""

    def __init__(self, path: Path, mark: bytes) -> None:
        """Opens the file, or makes it anew when it is not one of ``mark`` (32 bytes) that can be relied upon.

        Raises OSError.
        """
        self.path: Final = path
        self._mark = mark
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self.oldest = 0
        """Number of the last story let go of."""
        self.count = 0
        """Number of the newest story."""
        if not self._read_header():
            self._make(_FIRST_SHIFT)
        if hasattr(os, "posix_fadvise"):  # every story touches a dozen pages all over it: read it in one go
            os.posix_fadvise(self._fd, 0, 0, os.POSIX_FADV_WILLNEED)
        self._write_header(closed=False)
        os.fsync(self._fd)  # before the first page of news: closed would be said of what is not on the disk

    def __len__(self) -> int:
        """Stories in it."""
        return self.count - self.oldest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self._let_go()

    def close(self) -> None:
        """Puts everything on the disk and closes the file."""
        if self._fd >= 0:
            os.fsync(self._fd)
            self._write_header(closed=True)
            os.fsync(self._fd)
            self._let_go()

    def _let_go(self) -> None:
        if getattr(self, "_fd", -1) >= 0:
            os.close(self._fd)
            self._fd = -1

    def clear(self) -> None:
        """Lets go of all stories."""
        self._make(_FIRST_SHIFT)
        self._write_header(closed=False)

    def record(self, number: int) -> Record:
        """What is kept of a story."""
        id_, received, told, bits = _RECORD.unpack(os.pread(self._fd, _RECORD.size, self._record_at(number)))
        return Record(id_.rstrip(b"\0").decode("ascii", "replace"), received, told, bits)

    def newest(self, most: int) -> Iterator[Record]:
        """The newest records, so many at most, newest first."""
        for number in range(self.count, max(self.oldest, self.count - most), -1):
            yield self.record(number)

    def put(self, record: Record, keys: Iterable[int], first_keys: Iterable[int] = ()) -> None:
        """Adds a story under its keys; under each of ``first_keys`` only while there are fewer than eight."""
        if len(self) >= self._stories:
            self._grow()
        number = self.count + 1
        for key in keys:
            self._add(_mixed(key), number)
        for key in first_keys:
            self._add(_mixed(key), number, newest=False)
        packed = _RECORD.pack(record.id.encode("ascii"), record.received, record.told, record.bits)
        os.pwrite(self._fd, packed, self._record_at(number))
        self.count = number
        self._write_ends()

    def forget(self, before: int) -> None:
        """Lets go of stories received before a moment, in microseconds, oldest first."""
        oldest = self.oldest
        while self.oldest < self.count and self.record(self.oldest + 1).received < before:
            self.oldest += 1
        if self.oldest != oldest:
            self._write_ends()

    def under(self, key: int) -> list[int]:
        """The numbers of the stories under a key, oldest first."""
        mixed = key * _MIX >> 32 & 0xFFFF_FFFF or 1  # as _mixed; called for every key of every story
        data = os.pread(self._fd, _BUCKET, self._table + (mixed & self._last_bucket) * _BUCKET)
        if (at := data.find(mixed.to_bytes(4, "little"))) < 0:
            return []
        return sorted(number for number, _ in self._of(data, mixed, at))

    def _of(self, data: bytes, mixed: int, at: int) -> list[tuple[int, int]]:
        """The number of each story that has a key in a bucket, with where it stands; ``at`` is where the key is found first."""
        found: list[tuple[int, int]] = []
        wanted, oldest, newest = mixed.to_bytes(4, "little"), self.oldest, self.count
        while at >= 0:
            if at & 7 == 4:
                number = int.from_bytes(data[at - 4 : at], "little")
                if oldest < number <= newest:
                    found.append((number, at - 4))
            at = data.find(wanted, at + 1)
        return found

    def _add(self, mixed: int, number: int, *, newest: bool = True) -> None:
        start = self._table + (mixed & self._last_bucket) * _BUCKET
        data = os.pread(self._fd, _BUCKET, start)
        slot = _PACK_SLOT(mixed << 32 | number)
        if (at := data.find(slot[4:])) >= 0:
            same = self._of(data, mixed, at)
            if len(same) >= _ONE_KEY:
                if newest:
                    os.pwrite(self._fd, slot, start + min(same)[1])
                return
            if data.find(slot) & 7 == 0:
                return  # written before the process was killed
        place = data.find(_EMPTY)
        while place & 7 and place > 0:
            place = data.find(_EMPTY, place + 1)
        if place < 0:
            place = self._place_in_full(data)
        if place < 0:
            self._grow()
            self._add(mixed, number, newest=newest)
            return
        os.pwrite(self._fd, slot, start + place)

    def _place_in_full(self, data: bytes) -> int:
        """Where in a full bucket a slot is free again; -1 when the file is to grow instead."""
        numbers = [slot & 0xFFFF_FFFF for slot in _UNPACK(data)]
        oldest = min(range(_SLOTS), key=lambda place: numbers[place] * (self.oldest < numbers[place]))
        if numbers[oldest] > self.oldest and len(self) >= _FAIR * self._stories:
            return -1
        return 8 * oldest

    def _grow(self) -> None:
        """Makes room for twice as many stories, in a new file that takes this one's place when it is whole."""
        path = self.path.with_name(self.path.name + "-new")
        old, fd, stories = self._fd, os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), self._stories
        try:
            table = _HEAD + 2 * stories * _RECORD.size
            os.ftruncate(fd, table + stories * _BUCKET)
            self._copy_records(fd, 2 * stories - 1)
            for first in range(0, self._buckets, _BUCKETS_AT_ONCE):
                data = os.pread(old, _BUCKETS_AT_ONCE * _BUCKET, self._table + first * _BUCKET)
                for half, part in enumerate(self._halves(data)):
                    os.pwrite(fd, part, table + (first + half * self._buckets) * _BUCKET)
            self._fd = fd
            self._lay_out(stories.bit_length())
            self._write_ends()
            self._write_header(closed=False)
            path.replace(self.path)
        except BaseException:
            self._fd = old
            self._lay_out(stories.bit_length() - 1)
            os.close(fd)
            raise
        os.close(old)

    def _copy_records(self, fd: int, mask: int) -> None:
        number = self.oldest + 1
        while number <= self.count:
            room = self._stories - (number & self._mask)  # as far as both rings go on without a turn
            many = min(room, self.count - number + 1, _RECORDS_AT_ONCE)
            data = os.pread(self._fd, many * _RECORD.size, self._record_at(number))
            os.pwrite(fd, data, _HEAD + (number & mask) * _RECORD.size)
            number += many

    def _halves(self, data: bytes) -> tuple[bytearray, bytearray]:
        """Some buckets as two: with the slots that stay, and with those that go to the new half."""
        stays, goes = bytearray(len(data)), bytearray(len(data))
        bit, oldest, newest = self._buckets << 32, self.oldest, self.count + 1
        for start in range(0, len(data), _BUCKET):
            slots = _UNPACK(data[start : start + _BUCKET])
            live = [slot for slot in slots if oldest < slot & 0xFFFF_FFFF <= newest]
            for half, some in (
                (stays, [slot for slot in live if not slot & bit]),
                (goes, [slot for slot in live if slot & bit]),
            ):
                half[start : start + 8 * len(some)] = b"".join(map(_PACK_SLOT, some))
        return stays, goes

    def _record_at(self, number: int) -> int:
        return _HEAD + (number & self._mask) * _RECORD.size

    def _lay_out(self, shift: int) -> None:
        self._shift = shift
        self._stories = 1 << shift
        self._mask = self._stories - 1
        self._buckets = self._stories // 2
        self._last_bucket = self._buckets - 1
        self._table = _HEAD + self._stories * _RECORD.size

    def _make(self, shift: int) -> None:
        os.ftruncate(self._fd, 0)
        self._lay_out(shift)
        os.ftruncate(self._fd, self._table + self._buckets * _BUCKET)
        self.oldest = self.count = 0
        self._write_ends()

    def _read_header(self) -> bool:
        """Whether the file is one to rely upon; then it is known how it is laid out."""
        head = os.pread(self._fd, _HEAD, 0)
        if len(head) < _HEAD:
            return False
        magic, mark, boot, closed, shift = _HEADER.unpack_from(head)
        if (magic, mark) != (_MAGIC, self._mark) or not _FIRST_SHIFT <= shift < 32:
            return False
        if not closed and (not any(boot) or boot != _boot()):
            return False
        self._lay_out(shift)
        self.count, self.oldest = _ENDS.unpack_from(head, _ENDS_AT)
        whole = os.fstat(self._fd).st_size == self._table + self._buckets * _BUCKET
        return whole and 0 <= self.count - self.oldest <= self._stories

    def _write_header(self, *, closed: bool) -> None:
        head = _HEADER.pack(_MAGIC, self._mark, _boot(), closed, self._shift)
        os.pwrite(self._fd, head, 0)

    def _write_ends(self) -> None:
        os.pwrite(self._fd, _ENDS.pack(self.count, self.oldest), _ENDS_AT)


def _mixed(key: int) -> int:
    """Thirty-two bits of a key that are spread evenly; never zero, as an empty slot is."""
    return key * _MIX >> 32 & 0xFFFF_FFFF or 1


def _boot() -> bytes:
    """Sixteen bytes that are others after the machine was started again; zeros where it cannot be told."""
    try:
        said = Path("/proc/sys/kernel/random/boot_id").read_text("ascii")
        return bytes.fromhex(said.strip().replace("-", ""))
    except (OSError, ValueError):
        return bytes(16)
