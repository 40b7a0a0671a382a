"""The command line: ``warwatch`` with no word opens the screen, every other word is one command.

Nothing heavy is imported here: the module of a command is loaded when the command runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 done, 1 failed (one line on stderr says why), 2 wrong usage.

    This is the outermost boundary: an interrupt ends quietly, and so does a reader who has seen enough.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _open_streams()
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
        return 0
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:  # argparse leaves by this door: 0 after --help, 2 after wrong usage
        return end.code if isinstance(end.code, int) else 1
    return status


def _run(words: list[str]) -> int:
    from feeds.errors import WarwatchError
    from tui.cli.arguments import parse

    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal that cannot show a character shows "?" and no traceback
            reconfigure(errors="replace")
    options = parse(words)
    run: Callable[[object], int] = options.run
    try:
        return run(options)
    except WarwatchError as error:
        return _complain(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}; check the path and its permissions")


def _complain(what: str) -> int:
    from feeds.safetext import one_line

    print(f"warwatch: {one_line(what)}", file=sys.stderr)
    return 1


def _open_streams() -> None:
    """Put the null device where a process was started with its standard streams closed.

    What would be printed goes nowhere then, and no file that is opened later takes the place of one of them.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null > number:
                os.close(null)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process


def _let_go_of_stdout() -> None:
    """Keep the interpreter from complaining on its way out that nobody reads any more."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):  # a stdout without a descriptor has nothing to let go of
        return
