"""Who else has the same story or capital open: known while they look, and written down nowhere.

On a server it is their session that says so (:mod:`feeds.archive.server.company`). Beside a file it is a file of each
viewer's own, which it touches while it lives; the archive is left alone, or every screen would look at it again.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from feeds.archive.archive import Archive
    from feeds.archive.late import LateArchive

TOUCH_SECONDS: Final = 5.0
"""Between two signs of life."""
GONE_SECONDS: Final = 15.0
"""Without a sign of life after which somebody is taken to have left."""
_FORGOTTEN_SECONDS: Final = 3600.0
"""Without a sign of life after which a file is taken away, whoever left it; one who comes back writes it anew."""
_KEY_BYTES: Final = 6


class Company(Protocol):
    """One viewer among those of an archive; safe to share among threads. Errors are ArchiveErrors in one line."""

    def be_at(self, who: str, place: str) -> None:
        """Say that ``who`` looks at a place now, and no longer at the one before; an empty place is none."""

    def others(self) -> tuple[str, ...]:
        """Names of the others who look at the same, in alphabetical order; costs next to nothing when nobody moved."""

    def close(self) -> None:
        """Be gone."""


def key_of(place: str) -> str:
    """What stands for a place: twelve hexadecimal digits; empty for none."""
    return blake2b(place.encode("utf-8", "replace"), digest_size=_KEY_BYTES).hexdigest() if place else ""


def company_at(archive: Archive | LateArchive, *, read_only: bool = False) -> Company:
    """The company of an archive's viewers; one that is ``read_only`` writes no file beside the archive, and is not seen."""
    from feeds.archive.late import LateArchive

    if isinstance(archive, LateArchive) or not archive.shared:
        return FileCompany(archive.path, silent=read_only)
    from feeds.archive.server.company import company_on

    return company_on(archive.store)


class _Sign(NamedTuple):
    """What one viewer's file says."""

    changed: int
    who: str
    key: str
    host: str
    pid: int


class FileCompany:
    """The viewers of an archive in a file: each has a file of its own in a folder beside it."""

    def __init__(
        self, archive: Path, *, silent: bool = False, clock: Callable[[], float] = time.time
    ) -> None:
        """``silent`` sees the others and is not seen. ``clock`` gives seconds since 1970, as the files' times do."""
        self._folder = archive.with_name(f"{archive.name}.viewers")
        self._own = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._silent, self._clock = silent, clock
        self._who = self._key = ""
        self._touched = math.inf
        """When it gave a sign of life last; nobody is told of a viewer that was nowhere yet."""
        self._signs: dict[str, _Sign] = {}

    def be_at(self, who: str, place: str) -> None:
        """Say where this viewer is; where no file may be written it stays unseen."""
        self._who, self._key = who, key_of(place)
        self._touched = 0.0
        self._sign()

    def others(self) -> tuple[str, ...]:
        """Names of the others at the same place."""
        self._sign()
        now = self._clock()
        found: dict[str, _Sign] = {}
        with suppress(OSError), os.scandir(self._folder) as files:
            for file in files:
                if file.name != self._own.name and (sign := self._read(file, now)) is not None:
                    found[file.name] = sign
        self._signs = found
        return tuple(sorted({one.who for one in found.values() if self._key and one.key == self._key}))

    def close(self) -> None:
        """Take this viewer's file away, and the folder with the last one."""
        self._silent = True
        with suppress(OSError):
            self._own.unlink()
        with suppress(OSError):
            self._folder.rmdir()

    def _sign(self) -> None:
        """Give a sign of life when it is time for one."""
        now = self._clock()
        if self._silent or now - self._touched < TOUCH_SECONDS:
            return
        said = {"who": self._who, "key": self._key, "host": socket.gethostname(), "pid": os.getpid()}
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            part = self._own.with_name(f".{self._own.name}")
            part.write_text(json.dumps(said))
            os.utime(part, (now, now))
            part.replace(self._own)
        self._touched = now

    def _read(self, file: os.DirEntry[str], now: float) -> _Sign | None:
        """What a file says; None when whoever wrote it is gone, and nothing is said there."""
        try:
            changed = file.stat().st_mtime_ns
            silent = now - changed / 1e9
            if silent > _FORGOTTEN_SECONDS and not self._silent:
                Path(file.path).unlink()
            if silent > GONE_SECONDS or file.name.startswith("."):
                return None
            sign = self._signs.get(file.name)
            if sign is None or sign.changed != changed:
                said = json.loads(Path(file.path).read_text())
                sign = _Sign(changed, str(said["who"]), str(said["key"]), str(said["host"]), int(said["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if sign.host == socket.gethostname() and not _lives(sign.pid):
            return None
        return sign


def _lives(pid: int) -> bool:
    """Whether a process of this machine is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True
