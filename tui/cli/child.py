"""The collector that a viewer starts for itself: a child process, watched over, and ended by its pid."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import IO, Final, Self

from feeds.errors import WarwatchError
from feeds.safetext import one_line

_LOOK_SECONDS: Final = 2.0
_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 300.0
_PATIENCE: Final = 5.0
"""Seconds that a collector has to write what it holds before it is killed."""


class CollectorChild:
    """Runs ``warwatch poll`` with these words as long as the viewer is open and nobody else collects.

    A child that ends by itself is started again, after longer and longer pauses. It is in a session of its own, so
    that the terminal's Ctrl-C and Ctrl-Z are the viewer's alone.
    """

    def __init__(
        self, words: Sequence[str], taken: Callable[[], bool], *, look: float = _LOOK_SECONDS
    ) -> None:
        """``words`` are the arguments of ``warwatch``; ``taken`` says whether another collector is at work.

        ``look`` is how many seconds pass between two looks at the child.
        """
        self._look = look
        self._command = [sys.executable, "-m", "tui.cli", *words]
        self._taken = taken
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="collector watch", daemon=True)
        self._pause = _FIRST_PAUSE
        self.complaint = ""
        """Last line that a collector left when it ended by itself; empty when none did."""

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the child, if there is one, and wait until it has gone."""
        self._closing.set()
        self._watcher.join()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._close_errors()

    def _watch(self) -> None:
        """In a thread: start the child, and again when it ended."""
        while not self._closing.is_set():
            if self._process is None:
                if not self._someone_else():
                    self._start()
            elif self._process.poll() is not None:
                self._ended(self._process.returncode)
            self._closing.wait(self._look)

    def _someone_else(self) -> bool:
        try:
            return self._taken()
        except WarwatchError:  # an archive that cannot be asked now is asked again at the next look
            return True

    def _start(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            start_new_session=True,
        )

    def _ended(self, status: int) -> None:
        if status != 0:
            self.complaint = self._last_error() or f"the collector ended with status {status}"
        self._close_errors()
        self._process = None
        if time.monotonic() - self._began > self._pause:
            self._pause = _FIRST_PAUSE
        self._closing.wait(self._pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _last_error(self) -> str:
        if self._errors is None:
            return ""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return one_line(lines[-1]) if lines else ""

    def _close_errors(self) -> None:
        if self._errors is not None:
            with contextlib.suppress(OSError):
                self._errors.close()
            self._errors = None
