"""The board of August 2021 in an archive, made once a run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.end_to_end.machine import Machine

MOMENT: Final = "2021-08-12 20:30"
"""When Kandahar was claimed, and nobody else confirmed it."""


@pytest.fixture(scope="session")
def august(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's archive as of :data:`MOMENT`; to be copied, not written to."""
    machine = Machine(tmp_path_factory.mktemp("august"))
    machine.run("demo", "--headless", "--until", MOMENT, "--archive", machine.path)
    return machine.path
