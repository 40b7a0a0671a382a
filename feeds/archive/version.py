"""Which archives this program reads: their mark and the version of their tables."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0007"
"""Schema version that this program reads and writes: the newest migration's name."""

APPLICATION_ID: Final = 0x77775721
"""Mark in an SQLite file's header that says: an archive of warwatch."""
