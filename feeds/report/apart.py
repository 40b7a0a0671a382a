"""An operator's template at work in a process of its own, which has so much time and memory and no more.

Jinja's sandbox keeps a template from everything but the report; it does not keep it from ``'x' * 9999999999`` or from
loops within loops. A process can be ended whatever it is doing.
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
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
    """Of a processor; ten thousand lines take less than one."""
    waiting: float = 30.0
    """Seconds by the wall: for a template that is read from where nothing comes."""
    memory: int = 512 << 20
    """Bytes, the interpreter with it."""
    characters: int = 32_000_000
    """Of the text that it makes."""


BOUNDS: Final = Bounds()


class _TooLong(BaseException):
    """Its time is over; nothing in a template catches it."""


def render_apart(report: Report, path: Path, bounds: Bounds = BOUNDS) -> str:
    """As :func:`feeds.report.rendering.render_own`; InputError also for a template that takes more than the bounds."""
    spawn = multiprocessing.get_context("spawn")
    mine, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_answer, args=(theirs, report, path, bounds), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = mine.recv_bytes() if mine.poll(bounds.waiting) else b""
    except EOFError:  # it was ended in the middle of one long step
        answer = b""
    finally:
        process.kill()
        process.join()
        mine.close()
    if not answer:
        raise InputError(f"{path}: {_too_long(bounds)}")
    text, wrong = json.loads(answer)
    if wrong:
        raise InputError(wrong)
    return str(text)


def _too_long(bounds: Bounds) -> str:
    return f"it takes longer than {bounds.seconds} s; look for loops within loops"


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
        what = f"it needs more than {bounds.memory >> 20} MB of memory"
        wrong = f"{path}, line {line_of(error, path)}: {what}"
    except _TooLong as error:
        wrong = f"{path}, line {line_of(error, path)}: {_too_long(bounds)}"
    try:
        said = json.dumps([text, wrong]).encode()
    except MemoryError:
        said = json.dumps(["", f"{path}: it needs more than {bounds.memory >> 20} MB of memory"]).encode()
    connection.send_bytes(said)


def _confine(bounds: Bounds) -> None:
    """Takes the limits upon this process, as far as its system has such."""
    try:
        import resource
    except ImportError:  # Windows: the wall's clock is left
        return
    signal.signal(signal.SIGXCPU, _end)
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    limits = {
        resource.RLIMIT_CPU: (used + bounds.seconds, used + bounds.seconds + 1),
        resource.RLIMIT_AS: (bounds.memory, bounds.memory),
    }
    for which, limit in limits.items():
        try:
            resource.setrlimit(which, limit)
        except (ValueError, OSError):  # a stricter limit is set already, or the system does not count so
            sys.stderr.flush()


def _end(number: int, frame: FrameType | None) -> None:
    raise _TooLong
