"""Files that others read while they are written: each is the whole old one or the whole new one, never half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

_OPEN_MODE: Final = 0o666


def write_whole(path: Path, text: str) -> None:
    """Put a text in a file's place in one step, durably; what stands behind a link is replaced, not the link.

    OSError, with the path in it, where that cannot be done; the file is then as it was.
    """
    with whole(path) as file:
        file.write(text)


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A file to write that takes its name, durably, when all is in it; left by an error, the old one stays as it was.

    What is no file but has a name, such as a pipe or ``/dev/stdout``, is written into and stays what it is.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="\n") as device:
            yield device
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.chmod(_mode_of(target))
        new.replace(target)
    except BaseException as error:
        new.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise


def _mode_of(path: Path) -> int:
    """The permissions that the file has, or that a new one gets."""
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return _OPEN_MODE & ~umask
