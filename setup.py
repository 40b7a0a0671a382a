"""Compiles the tracker, when ``WARWATCH_COMPILE=1`` asks for it; else does nothing.

All else about the package is in pyproject.toml. mypyc makes C of typed Python; it and a C compiler are needed here alone.
The same modules run as they stand, and so they are developed, tested and debugged: docs/compiled.md.
"""

from __future__ import annotations

import os
import sys
from glob import glob
from typing import Any, Final

from setuptools import setup

_ROOM: Final = "feeds/tracker"
"""Plain functions over records that nothing else changes, where most of a war story's time goes."""
_COMPILER: Final = "mypy==2.4.1"
"""Brings mypyc. Pinned, as in constraints.txt: what one version takes another may refuse."""


def _extensions() -> list[Any]:
    """One shared library, in which calls between modules are calls of C; none while mypyc is still to come."""
    try:
        from mypyc.build import mypycify
    except ImportError:
        if sys.argv[1:2] == ["egg_info"]:
            return []  # the installer asks what to get
        raise SystemExit(f"WARWATCH_COMPILE=1 needs {_COMPILER} beside setuptools") from None
    level = os.environ.get("MYPYC_OPT_LEVEL", "2")
    modules = sorted(glob(f"{_ROOM}/*.py"))  # noqa: PTH207 - mypyc takes strings
    # What the modules import of other packages is not there while a package is built.
    return list(
        mypycify(["--config-file=", "--ignore-missing-imports", *modules], opt_level=level, debug_level="0")
    )


_wanted = os.environ.get("WARWATCH_COMPILE") == "1"
setup(ext_modules=_extensions() if _wanted else [], setup_requires=[_COMPILER] if _wanted else [])
