"""The form of the generated files: compressed, the same bytes on every run, with a line of its sum beside each."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path


def pack(text: str) -> bytes:
    """The text compressed, without time or name of file in it."""
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def sum_line(path: Path, data: bytes) -> str:
    """The line that ``sha256sum`` writes for a file."""
    return f"{hashlib.sha256(data).hexdigest()}  {path.name}\n"
