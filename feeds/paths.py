"""Where the archive and the desk lie when no flag says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "warwatch"


def default_archive() -> str | Path:
    """The archive: ``WARWATCH_ARCHIVE`` (a path or a URL), or a file among the user's data."""
    named = os.environ.get("WARWATCH_ARCHIVE", "")
    if "://" in named:
        return named
    return Path(named).expanduser() if named else platformdirs.user_data_path(_NAME) / "archive.db"


def default_desk() -> Path:
    """The desk: ``WARWATCH_DESK``, or a file among the user's settings."""
    named = os.environ.get("WARWATCH_DESK", "")
    return Path(named).expanduser() if named else platformdirs.user_config_path(_NAME) / "desk.json"


def default_cache() -> Path:
    """Where what may be thrown away at any time lies: ``WARWATCH_CACHE``, or among the user's caches."""
    named = os.environ.get("WARWATCH_CACHE", "")
    return Path(named).expanduser() if named else platformdirs.user_cache_path(_NAME)


def default_theatre() -> str:
    """The theatre that ``WARWATCH_THEATRE`` names; empty when it names none."""
    return os.environ.get("WARWATCH_THEATRE", "")
