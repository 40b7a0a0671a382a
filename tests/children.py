"""Processes that a test began."""

import multiprocessing
import time

_PATIENCE = 5.0


def none_left() -> bool:
    """Are all of them gone? Who reaps one says so a moment later; until then others take it for alive."""
    end = time.monotonic() + _PATIENCE
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.01)
    return not multiprocessing.active_children()
