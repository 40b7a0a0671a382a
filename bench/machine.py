"""What the machine says of a process: CPU time and memory. Read from /proc, so on Linux only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from typing import Final

ROOT: Final = Path(__file__).parents[1]
WARWATCH: Final = (sys.executable, "-m", "tui.cli")
TRIES: Final = 5
"""How often a short measurement is repeated; its median counts."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run of a program cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of user and system time."""


def environment(folder: Path) -> dict[str, str]:
    """A terminal with all colours, and a desk and an archive in that folder."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "WARWATCH_ARCHIVE": str(folder / "archive.db"),
        "WARWATCH_DESK": str(folder / "desk.json"),
        "WARWATCH_THEATRE": "afghanistan-2021",
    }


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far, all its threads that still run, to the nanosecond."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # a thread may end between being listed and being read
            spent += int((task / "schedstat").read_text().split()[0])
    return spent / 1e9


def megabytes(pid: int) -> float:
    """Memory of a process: what it has resident."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def run(command: Sequence[str], env: Mapping[str, str], stdin: Path | None = None) -> Spent:
    """Run a program to its end; RuntimeError when it fails."""
    began = time.perf_counter()
    with (stdin or Path(os.devnull)).open("rb") as given:
        process = Popen(command, env=dict(env), stdin=given, stdout=DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}")
    return Spent(time.perf_counter() - began, usage.ru_utime + usage.ru_stime)


def median_cpu(work: Callable[[], object], tries: int = TRIES) -> float:
    """Median CPU seconds of this process for a piece of work."""
    spent = []
    for _ in range(tries):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)
