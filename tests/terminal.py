"""A program in a pseudo-terminal of its own, and what a person in front of it would see.

    with Terminal([sys.executable, "-m", "tui.cli"], environment, columns=80, rows=24) as terminal:
        terminal.wait_for("Capitals", "Wire")
        terminal.press("j", "\r")
        terminal.wait_for("Evidence")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0

Every wait has an end; the program is ended by its own pid when the ``with`` block is left.
"""

from __future__ import annotations

import contextlib
import os
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final, Self

import pexpect
import pyte

TIMEOUT: Final = 15.0
"""Seconds that anything may take at most; tests run beside others on a busy machine."""
_PIECE: Final = 1 << 16
_POP_KEYBOARD: Final = b"\x1b[<u"
"""Ends the kitty keyboard protocol; pyte would print its last letter."""


class Terminal:
    """One program in one pseudo-terminal; see the module's example."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        painted: bool = True,
    ) -> None:
        """``painted=False`` only keeps the bytes: reading them as a terminal does costs more than sending them."""
        self.screen: pyte.Screen = pyte.Screen(columns, rows)
        self.raw = bytearray()
        """Every byte that the program sent."""
        self._stream = pyte.ByteStream(self.screen)
        self._painted = painted
        with warnings.catch_warnings():
            # From Python 3.12 on a fork beside threads warns; the child does nothing but exec.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._child: pexpect.spawn[bytes] = pexpect.spawn(
                command[0],
                list(command[1:]),
                env=dict(environment),
                dimensions=(rows, columns),
                timeout=TIMEOUT,
            )
        self._child.delaybeforesend = None
        self._child.delayafterread = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process."""
        pid = self._child.pid
        assert pid is not None
        return pid

    @property
    def lines(self) -> list[str]:
        """What each line of the screen says, without the spaces at its end."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """What the screen says."""
        return "\n".join(self.lines)

    def line_with(self, words: str) -> str:
        """The first line of the screen with these words; empty when there is none."""
        return next((line for line in self.lines if words in line), "")

    def press(self, *keys: str) -> None:
        """Send keys, each as the terminal's characters for it."""
        for key in keys:
            self._child.send(key)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def read(self, seconds: float) -> bool:
        """Take what comes next within so many seconds; False when nothing came. EOFError when the program ended."""
        try:
            piece = self._child.read_nonblocking(_PIECE, seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            raise EOFError("the program ended") from None
        self.raw += piece
        if self._painted:
            self._stream.feed(piece.replace(_POP_KEYBOARD, b""))
        return True

    def wait_until(self, seen: Callable[[], bool], what: str = "", timeout: float = TIMEOUT) -> None:
        """Read until that holds; AssertionError with the screen when it does not come true in time."""
        until = time.monotonic() + timeout
        while not seen():
            left = until - time.monotonic()
            try:
                if left > 0:
                    self.read(min(left, 0.25))
                    continue
            except EOFError:
                if seen():
                    return
            raise AssertionError(
                f"never seen: {what or 'what was waited for'}; the screen says:\n{self.text}"
            )

    def wait_for(self, *words: str, timeout: float = TIMEOUT) -> None:
        """Read until all these words are on the screen."""
        for each in words:
            self.wait_until(lambda each=each: each in self.text, repr(each), timeout)  # type: ignore[misc]

    def wait_for_bytes(self, *pieces: bytes, timeout: float = TIMEOUT) -> None:
        """Read until the program has sent all these bytes at any time."""
        for each in pieces:
            self.wait_until(lambda each=each: each in self.raw, repr(each), timeout)  # type: ignore[misc]

    def settle(self, quiet: float = 0.15, longest: float = 3.0) -> None:
        """Read until nothing came for ``quiet`` seconds, or for ``longest`` seconds when it never falls silent."""
        until = time.monotonic() + longest
        with contextlib.suppress(EOFError):
            while time.monotonic() < until and self.read(quiet):
                pass

    def wait_for_end(self, timeout: float = TIMEOUT) -> int:
        """Read until the program ended by itself; its exit status, or minus the signal that ended it."""
        until = time.monotonic() + timeout
        with contextlib.suppress(EOFError):
            while time.monotonic() < until:
                self.read(0.25)
        if time.monotonic() >= until:
            raise AssertionError(f"it did not end; the screen says:\n{self.text}")
        status = self._child.wait()
        return int(status) if status is not None else -int(self._child.signalstatus or 0)

    def close(self) -> None:
        """End the program if it still runs: asked first, then not asked."""
        if self._child.isalive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, 15)
            with contextlib.suppress(AssertionError):
                self.wait_for_end(8.0)
        self._child.close(force=True)
