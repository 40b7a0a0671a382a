"""``warwatch shift``: close a shift with a note for the next one, and show the note that was left."""

from __future__ import annotations

import argparse
from typing import Final

from feeds.clock import system_clock
from tui.cli.arguments import deeds
from tui.cli.diff import plain, print_text, since_moment
from tui.cli.moments import day_and_time, end_moment, iso
from tui.cli.paper import say, say_json
from tui.cli.where import open_archive, theatre_of
from tui.login import login

EXAMPLE: Final = """\
warwatch shift show                               the note that the last shift left
warwatch shift draft                              the note as it would be written now
warwatch shift close 'Kandahar prison: AFP calls back at 20:00'"""

_DEEDS: Final = {
    "show": "print the note of the shift closed last",
    "draft": "print the note as it would be written now; nothing is closed",
    "close": "close the shift: write the note into the archive's journal, and print it",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parts = deeds(parser, _DEEDS)
    parts["show"].add_argument("--json", action="store_true", help="as JSON")
    for name in ("draft", "close"):
        parts[name].add_argument(
            "--since",
            metavar="TIME",
            type=since_moment,
            help="when this shift began (default: the last shift's end)",
        )
        parts[name].add_argument("--at", metavar="TIME", type=end_moment, help="when it ends (default: now)")
    parts["close"].add_argument("words", nargs="?", default="", help="words of your own for the next shift")
    parts["close"].add_argument("--who", default="", help="who closes it (default: your login)")


def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    return _show(options) if options.deed == "show" else _write(options, closing=options.deed == "close")


def _show(options: argparse.Namespace) -> int:
    from tui.shift.handover import last_shift_of

    theatre = theatre_of(options)
    with open_archive(options, read_only=True) as archive:
        last = last_shift_of(archive, theatre.id, system_clock())
    if options.json:
        shape = (
            {"who": last.who, "at": iso(last.at), "words": last.reason, "note": last.value} if last else None
        )
        say_json({"theatre": theatre.id, "shift": shape})
    elif last is None:
        say("No shift was closed here yet; `warwatch shift close` closes one.")
    else:
        say(plain(f"Shift closed by {last.who}, {day_and_time(last.at)}"))
        print_text(last.value)
    return 0


def _write(options: argparse.Namespace, *, closing: bool) -> int:
    from feeds.standing import reconcile
    from tui.shift.closing import close_shift, note_of
    from tui.shift.handover import handover

    theatre = theatre_of(options)
    now = options.at or system_clock()
    with open_archive(options, read_only=not closing) as archive:
        found = handover(archive, theatre, now, since=options.since, reconcile=reconcile)
        if closing:
            note = close_shift(archive, theatre, found, options.who or login(), options.words).value
        else:
            note = note_of(found, theatre)
    print_text(note)
    return 0
