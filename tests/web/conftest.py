"""A board of August 2021 in an archive, made once, and Chromium where the machine has it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import home, warwatch
from tests.end_to_end.machine import Machine

__all__ = ["august", "home", "machine", "warwatch"]

MOMENT: Final = "2021-08-12 20:30"
"""When Kandahar was claimed, and nobody else confirmed it."""
CHROMIUM: Final = next(
    (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), ""
)


@pytest.fixture(scope="session")
def august(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's archive as of :data:`MOMENT`; to be copied, not written to."""
    machine = Machine(tmp_path_factory.mktemp("august"))
    machine.run("demo", "--headless", "--until", MOMENT, "--archive", machine.path)
    return machine.path


@pytest.fixture
def machine(tmp_path: Path, august: Path) -> Machine:
    """A machine with that archive, its own copy."""
    machine = Machine(tmp_path)
    shutil.copy(august, machine.path)
    return machine
