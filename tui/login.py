"""The name of whoever sits at this terminal."""

from __future__ import annotations

import getpass


def login() -> str:
    """The name that the system knows this person by; ``operator`` where it knows none."""
    try:
        return getpass.getuser()
    except (
        KeyError,
        OSError,
        ImportError,
    ):  # no name for this user id, as in some containers: by Python's version
        return "operator"
