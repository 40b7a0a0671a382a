"""An operator's template at work in a process of its own, which has so much time and memory and no more.

Jinja's sandbox keeps a template from everything but the report; it does not keep it from ``'x' * 9999999999`` or from
loops within loops. A process can be ended whatever it is doing.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Final

from feeds.errors import InputError
from feeds.report.records import Report
from feeds.report.rendering import line_of, render_own


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one template may take."""

    seconds: int = 5
    """Of a processor."""
    waiting: float = 30.0
    """Seconds by the wall: for a template that lies on a disk which does not answer."""
    memory: int = 512 << 20
    """Bytes, the interpreter with it."""
    characters: int = 10_000_000
    """Of the text that it makes."""


BOUNDS: Final = Bounds()


class _TooLong(Exception):
    """Its time is over."""


def render_apart(report: Report, path: Path, bounds: Bounds = BOUNDS) -> str:
    """As :func:`feeds.report.rendering.render_own`; InputError also for a template that takes more than the bounds."""
    spawn = multiprocessing.get_context("spawn")
    mine, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_answer, args=(theirs, report, path, bounds), daemon=True)
    process.start()
    theirs.close()
    try:
        if not mine.poll(bounds.waiting):
            raise InputError(f"{path}: nothing came of it for {bounds.waiting:g} s")
        text, wrong = json.loads(mine.recv_bytes())
    except EOFError:
        process.join()
        raise InputError(f"{path}: {_how_it_ended(process.exitcode, bounds)}") from None
    finally:
        process.kill()
        process.join()
        mine.close()
    if wrong:
        raise InputError(wrong)
    return str(text)


def _how_it_ended(status: int | None, bounds: Bounds) -> str:
    """Why there is no answer: the system ends a process in the middle of one long step, or of one that went wrong."""
    if status is not None and -status in (signal.SIGKILL, signal.SIGXCPU):
        return _too_long(bounds)
    return f"it could not be rendered; its process ended with status {status}"


def _too_long(bounds: Bounds) -> str:
    return f"it takes longer than {bounds.seconds} s; look for loops within loops"


def _too_much(bounds: Bounds) -> str:
    return f"it needs more than {bounds.memory >> 20} MB of memory"


def _answer(connection: Connection, report: Report, path: Path, bounds: Bounds) -> None:
    """In the process: sends the text, or what is wrong in one line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it, and ends it
    _confine(bounds)
    text, wrong = "", ""
    try:
        text = render_own(report, path)
        if len(text) > bounds.characters:
            text, wrong = "", f"{path}: it makes more than {bounds.characters:,} characters"
    except InputError as error:
        wrong = str(error)
    except MemoryError as error:
        wrong = f"{_where(error, path)}: {_too_much(bounds)}"
    except _TooLong as error:
        wrong = f"{_where(error, path)}: {_too_long(bounds)}"
    connection.send_bytes(json.dumps([text, wrong]).encode())


def _where(error: Exception, path: Path) -> str:
    """The file, with the line where that is known: what is worked out before the first line has none."""
    line = line_of(error, path)
    return f"{path}, line {line}" if line else str(path)


def _confine(bounds: Bounds) -> None:
    """Takes the limits upon this process, as far as its system has such."""
    try:
        import resource
    except ImportError:  # Windows: the wall's clock is left
        return
    signal.signal(signal.SIGXCPU, _end)
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    limits = {
        resource.RLIMIT_CPU: (used + bounds.seconds, used + bounds.seconds + 2),
        resource.RLIMIT_AS: (bounds.memory, bounds.memory),
    }
    for which, limit in limits.items():
        with suppress(
            ValueError, OSError
        ):  # a stricter limit is set already, or the system does not count so
            resource.setrlimit(which, limit)


def _end(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # it comes again each second
    raise _TooLong
