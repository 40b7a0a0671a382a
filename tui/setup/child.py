"""Errands of the set up that another process does: ``warwatch`` with some words, whose answer is JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from feeds.errors import InputError
from feeds.safetext import one_line
from tui.setup.steps import Stopped

PATIENCE: Final = 90.0
"""Seconds after which a child is ended: the longest that one feed may take, and some."""
_LOOK: Final = 0.2
_LONGEST: Final = 4_000_000
"""Characters of an answer that are read."""


def ask(words: Sequence[str], stopped: Stopped, *, patience: float = PATIENCE) -> object:
    """What ``warwatch`` with these words answers in JSON; InputError with its own last line when it fails.

    Its status says nothing where it answered: a check of a feed that fails has answered all the same.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    said, complaint, left = b"", b"", patience
    try:
        while True:
            try:
                said, complaint = child.communicate(timeout=_LOOK)
                break
            except subprocess.TimeoutExpired:
                left -= _LOOK
                if left <= 0 or stopped():
                    raise InputError("nothing was heard for too long; try again later") from None
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    return _read(said.decode("utf-8", "replace"), complaint.decode("utf-8", "replace"))


def _read(said: str, complaint: str) -> object:
    try:
        answer: object = json.loads(said[:_LONGEST])
    except (json.JSONDecodeError, RecursionError):
        lines = complaint.strip().splitlines()
        why = one_line(lines[-1]).removeprefix("warwatch: ") if lines else "it gave no answer"
        raise InputError(why) from None
    return answer


def records(answer: object) -> list[dict[str, object]]:
    """The objects of an answer that is a list of them; others are left out."""
    return [each for each in answer if isinstance(each, dict)] if isinstance(answer, list) else []


def text(record: object, name: str) -> str:
    """What an object has under a name, as one clean line; empty when that is no text."""
    value = record.get(name) if isinstance(record, dict) else None
    return one_line(value) if isinstance(value, str) else ""


def number(record: object, name: str) -> int:
    """What an object has under a name when it is a number, else 0."""
    value = record.get(name) if isinstance(record, dict) else None
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0
