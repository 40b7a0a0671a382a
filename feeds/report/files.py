"""Files that others read while they are written: each is the whole old one or the whole new one, never half."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

_OPEN_MODE: Final = 0o666


def write_whole(path: Path, text: str) -> None:
    """Put a text in a file's place in one step, durably; what stands behind a link is replaced, not the link.

    OSError, with the path in it, where that cannot be done; the file is then as it was.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(_mode_of(target))
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _mode_of(path: Path) -> int:
    """The permissions that the file has, or that a new one gets."""
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return _OPEN_MODE & ~umask
