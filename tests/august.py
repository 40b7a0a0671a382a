"""The board of August 2021 in an archive, made once a run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from tests.end_to_end.machine import Machine

MOMENT: Final = "2021-08-12 20:30"
"""When Kandahar was claimed, and nobody else confirmed it."""


@pytest.fixture(scope="session")
def august(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo's archive as of :data:`MOMENT`; to be copied, not written to. Made once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder if worker_id == "master" else folder.parent) / "august"
    with FileLock(f"{folder}.lock"):
        machine = Machine(folder)
        if not machine.path.exists():
            folder.mkdir(exist_ok=True)
            made = folder / "made.db"
            made.unlink(missing_ok=True)
            machine.run("demo", "--headless", "--until", MOMENT, "--archive", made)
            made.rename(machine.path)
    return machine.path
