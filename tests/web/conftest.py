"""A board of August 2021 in an archive, made once, and Chromium where the machine has it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.august import MOMENT, august
from tests.cli.conftest import home, warwatch
from tests.end_to_end.machine import Machine

__all__ = ["MOMENT", "august", "home", "machine", "warwatch"]

CHROMIUM: Final = next(
    (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), ""
)


@pytest.fixture
def machine(tmp_path: Path, august: Path) -> Machine:
    """A machine with that archive, its own copy."""
    machine = Machine(tmp_path)
    shutil.copy(august, machine.path)
    return machine
