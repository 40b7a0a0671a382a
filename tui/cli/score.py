"""``warwatch score``: a recording played, and the board that it made held against known dates."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.moments import day_and_time, end_moment
from tui.cli.paper import say, say_json
from tui.cli.where import theatre_of

if TYPE_CHECKING:
    from feeds.evidence import Evidence
    from feeds.replay import Score, Truth, Wire
    from feeds.theatres.model import Theatre

EXAMPLE: Final = """\
warwatch score --theatre afghanistan-2021                          the recording and the dates that come with a theatre
warwatch score week.jsonl --truth week.truth.toml --plot
warwatch score week.jsonl --truth week.truth.toml --min-recall 0.9 --max-false 0 && echo the rules are fit"""

_STEP: Final = timedelta(hours=24)
_SHORT_STEP: Final = timedelta(hours=1)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The recording, the dates, and what is good enough."""
    parser.add_argument(
        "replay",
        nargs="?",
        default="",
        metavar="REPLAY",
        help="JSON lines, a saved feed, or a folder of either (default: the theatre's own recording)",
    )
    parser.add_argument(
        "--truth",
        default="",
        metavar="FILE",
        help="known dates (default: NAME.truth.toml beside the recording)",
    )
    parser.add_argument(
        "--until",
        type=end_moment,
        metavar="TIME",
        help="play up to then (default: a day after the last story)",
    )
    parser.add_argument(
        "--speed", type=_speed, metavar="N", help="seconds of the war in one (default: as fast as it goes)"
    )
    parser.add_argument(
        "--min-recall", type=_share, metavar="R", help="exit status 1 below this share told in time"
    )
    parser.add_argument(
        "--max-false", type=_number, metavar="N", help="exit status 1 above so many false falls"
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the score as JSON")
    forms.add_argument("--plot", action="store_true", help="draw board and record by the day under the table")


def run(options: argparse.Namespace) -> int:
    """Play, score, print; 1 when the board is not good enough."""
    from feeds.replay import load_truth, load_wire
    from tui.cli.replays import shipped_wire

    theatre = _theatre(options)
    recording = Path(options.replay).expanduser() if options.replay else shipped_wire(theatre)
    truth = load_truth(_truth_path(options.truth, recording), theatre)
    wire = load_wire(recording)
    until = options.until or wire.end + timedelta(days=1)
    found, evidence = _played(wire, theatre, truth, until, options.speed)
    if options.json:
        from tui.cli.scorecard import shape

        say_json(shape(found, evidence, recording.name, wire.stories))
    else:
        from tui.cli.scorecard import as_plot, as_table

        say(as_table(found, evidence, wire.stories))
        if options.plot:
            say()
            say(as_plot(found, truth))
    return _verdict(found, options.min_recall, options.max_false)


def _theatre(options: argparse.Namespace) -> Theatre:
    """The theatre named with ``--theatre``, else the one that the dates are about, else the desk's."""
    from feeds.replay.truth import theatre_named
    from feeds.theatres.load import load_theatre

    if options.replay and not getattr(options, "theatre", ""):
        named = theatre_named(_truth_path(options.truth, Path(options.replay).expanduser()))
        if named:
            return load_theatre(named)
    return theatre_of(options)


def _truth_path(named: str, recording: Path) -> Path:
    if named:
        return Path(named).expanduser()
    if recording.is_dir():
        return recording / "truth.toml"
    return recording.with_suffix(".truth.toml")


def _played(
    wire: Wire, theatre: Theatre, truth: Truth, until: datetime, speed: float | None
) -> tuple[Score, dict[int, Evidence]]:
    """Play it into an archive of its own, the way of every story; the score, and the testimony by log position."""
    from feeds.archive import open_archive
    from feeds.replay import score
    from tui.cli.replays import bring_up_to, serving

    with (
        tempfile.TemporaryDirectory(prefix="warwatch-score-") as folder,
        open_archive(Path(folder) / "archive.db") as archive,
        serving(wire, lambda: until) as server,
    ):
        step = _SHORT_STEP if speed else _STEP
        bring_up_to(archive, theatre, server, until, _told(wire.begin, speed), step=step)
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        found = score(theatre, truth, archive.changes(theatre.id), wire.begin, until)
        return found, {piece.seq: piece for piece in archive.evidence(theatre.id)}


def _told(begin: datetime, speed: float | None) -> Callable[[datetime], None]:
    """Says how far it is, and waits where a speed was asked for."""
    started = time.monotonic()

    def told(reached: datetime) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[Kscore: {day_and_time(reached)}", end="", file=sys.stderr, flush=True)
        if speed:
            due = (reached - begin).total_seconds() / speed
            time.sleep(max(0.0, due - (time.monotonic() - started)))

    return told


def _verdict(found: Score, min_recall: float | None, max_false: int | None) -> int:
    """0 when the board is good enough; else 1, and a line on stderr that says what is short."""
    short = []
    if min_recall is not None and found.recall < min_recall:
        short.append(f"recall {found.recall:.3f} is below {min_recall:g}")
    if max_false is not None and len(found.strays) > max_false:
        short.append(f"{len(found.strays)} false falls are more than {max_false}")
    if short:
        print(f"warwatch: {'; '.join(short)}", file=sys.stderr)
    return 1 if short else 0


def _share(word: str) -> float:
    try:
        share = float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no number") from None
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("a share is from 0 to 1")
    return share


def _number(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"{word!r} is no whole number from 0 up")
    return int(word)


def _speed(word: str) -> float:
    try:
        speed = float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no number") from None
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("the speed must be more than 0")
    return speed
