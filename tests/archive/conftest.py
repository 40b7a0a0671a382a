from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive may be made, on each of the engines."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.db")
    address: str = request.getfixturevalue("server").archive()
    return address


@pytest.fixture
def archive(target: str) -> Iterator[Archive]:
    with open_archive(target) as opened:
        yield opened
