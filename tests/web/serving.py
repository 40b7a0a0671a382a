"""``warwatch serve`` as a process beside a test, ended by its own pid."""

from __future__ import annotations

import re
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from tests.end_to_end.machine import Machine

PATIENCE: Final = 30.0
_ADDRESS: Final = re.compile(r"http://\S+/")


@dataclass
class Served:
    """A server that runs."""

    process: subprocess.Popen[str]
    said: str
    """Its first line."""
    err: str = ""

    @property
    def url(self) -> str:
        """Where it is."""
        found = _ADDRESS.search(self.said)
        assert found, self.said
        return found[0]

    def end(self, number: int = signal.SIGTERM) -> int:
        """End it, keep what it said meanwhile; its exit status."""
        self.process.send_signal(number)
        out, self.err = self.process.communicate(timeout=PATIENCE)
        self.said += out
        return self.process.returncode


@contextmanager
def serving(machine: Machine, *words: object) -> Iterator[Served]:
    """A server, once it answers."""
    with machine.start("serve", *words) as process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            line = process.stdout.readline() if ready else ""
            assert line, "it never said that it answers"
            served = Served(process, line)
            yield served
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.communicate(timeout=PATIENCE)
                except subprocess.TimeoutExpired:
                    process.kill()


def wait_until(seen: Callable[[], object], what: str) -> None:
    """Ask again and again until it holds."""
    until = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < until, f"never seen: {what}"
        time.sleep(0.2)
