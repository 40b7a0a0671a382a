"""``warwatch watch``: the watch terms of this desk."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feeds.errors import InputError
from feeds.safetext import one_line
from feeds.watched import COLOURS, SEVERITIES, WatchTerm
from tui.cli.arguments import deeds
from tui.cli.meter import meter
from tui.cli.paper import say, say_json, table
from tui.cli.where import archive_target, open_archive, open_desk

if TYPE_CHECKING:
    from feeds.desk import Desk
    from feeds.watch.backfill import Progress
    from feeds.watch.terms import Expression

EXAMPLE: Final = """\
warwatch watch try '"Kabul airport" AND NOT drill' --days 14
warwatch watch add '"Kabul airport" AND NOT drill' --severity high --colour red
warwatch watch add '~Zelenskyy OR bomb*'            spellings near a long word; words that begin so
warwatch watch list
warwatch watch remove '"Kabul airport" AND NOT drill'

a term: words are a phrase, whole and in any case; AND, OR, NOT in capitals and ( ) join phrases;
"..." for phrases that have such words in them; ~word for its spellings; word* and *word for parts"""

_DEEDS: Final = {
    "list": "the terms watched for, how often each hit, which of them spike",
    "add": "watch for a term, or describe one anew; the archive is looked through for it",
    "remove": "watch for a term no longer; what it hit stays in the archive",
    "try": "what a term would have hit in the last days, without saving it",
}
_DAYS: Final = 7.0
_LONGEST_DAYS: Final = 36_500.0
_SHOWN: Final = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which term."""
    kinds = deeds(parser, _DEEDS)
    for kind in kinds.values():
        kind.add_argument("--json", action="store_true", help="print JSON")
    for name in ("add", "try"):
        kinds[name].add_argument(
            "term", metavar="TERM", nargs="+", help="what to look for; quote it for the shell"
        )
    kinds["remove"].add_argument("term", metavar="TERM|ID", nargs="+", help="the term, or its id as listed")
    add = kinds["add"]
    add.add_argument(
        "--severity",
        choices=SEVERITIES,
        help="how much it matters (default: medium, or as the term had it that is changed)",
    )
    add.add_argument(
        "--colour",
        "--color",
        choices=COLOURS,
        help="shown in it (default: by severity, or as the term had it that is changed)",
    )
    add.add_argument("--instead-of", metavar="TERM|ID", default="", help="change this term into the new one")
    kinds["try"].add_argument(
        "--days", type=_days, default=_DAYS, metavar="N", help="how far back (default: 7)"
    )
    kinds["try"].add_argument(
        "--limit", type=_limit, default=_SHOWN, metavar="N", help=f"newest hits shown (default: {_SHOWN})"
    )


def run(options: argparse.Namespace) -> int:
    """Do what was asked for."""
    todo = {"list": _list, "add": _add, "remove": _remove, "try": _try}
    return todo[options.deed](options)


def _list(options: argparse.Namespace) -> int:
    from feeds.clock import system_clock
    from tui.cli.watchlist import watch_list

    terms = open_desk(options, read_only=True).watch_terms()
    if _there_is_an_archive(options):
        with open_archive(options, read_only=True) as archive:
            found = watch_list(terms, archive.watch, system_clock())
    else:
        found = watch_list(terms, None, system_clock())
    if options.json:
        say_json([entry.shape() for entry in found])
    elif not found:
        say(
            "no watch terms yet: `warwatch watch try TERM` says what one would hit, `watch add TERM` keeps it"
        )
    else:
        heads = ("id", "", "colour", "term", "hour", "day", "week", "")
        say(table([entry.cells() for entry in found], heads, numbers=(4, 5, 6)))
    return 0


def _add(options: argparse.Namespace) -> int:
    from feeds.watch.terms import term_id

    expression = _parsed(options.term)
    id_ = term_id(expression)
    desk = open_desk(options)
    same = [text for text, known in _ids(desk).items() if known == id_]
    replaced = _named(desk, options.instead_of) if options.instead_of else []
    before = next((each for each in desk.watch_terms() if each.text in replaced), WatchTerm(str(expression)))
    term = WatchTerm(
        str(expression),
        before.severity if options.severity is None else options.severity,
        before.colour if options.colour is None else options.colour,
    )
    old = {*same, *replaced} - {term.text}
    desk.watch(term)
    if old:
        desk.unwatch(*old)
    done = _look_back(options, {id_: expression})
    if options.json:
        said = {"id": id_, "term": term.text, "severity": term.severity, "colour": term.colour}
        say_json(said | {"looked_through": done.done, "hits": done.hits})
        return 0
    say(f"{'described anew' if same else 'watching for'}: {one_line(term.text)}  ({id_}, {term.severity})")
    if done.of:
        say(f"{done.done:,} stories of the archive looked through: {done.hits:,} hits")
    return 0


def _remove(options: argparse.Namespace) -> int:
    desk = open_desk(options)
    names = _named(desk, one_line(" ".join(options.term)))
    desk.unwatch(*names)
    if options.json:
        say_json({"removed": names})
    else:
        say(f"no longer watching for {', '.join(map(one_line, names))}")
    return 0


def _try(options: argparse.Namespace) -> int:
    from feeds.clock import system_clock
    from feeds.watch.trial import try_term
    from tui.cli.trials import as_paper, trial_shape

    expression = _parsed(options.term)
    with open_archive(options, read_only=True) as archive:
        trial = try_term(
            archive.watch, expression, system_clock(), timedelta(days=options.days), told=meter("tried on")
        )
    if options.json:
        say_json(trial_shape(trial, options.limit))
    else:
        say(as_paper(trial, options.limit))
    return 0


def _look_back(options: argparse.Namespace, terms: dict[str, Expression]) -> Progress:
    """Look through the archive, if there is one yet, and show how far it is."""
    from feeds.watch.backfill import Progress, backfill

    if not _there_is_an_archive(options):
        return Progress(0, 0, 0, None)
    with open_archive(options, create=False) as archive:
        archive.watch.look_back(terms)
        return backfill(archive.watch, terms, told=meter("looked through"))


def _parsed(words: list[str]) -> Expression:
    from feeds.watch.parsing import parse

    return parse(one_line(" ".join(words)))


def _ids(desk: Desk) -> dict[str, str]:
    """The id of each term on the desk, by how it is written there; none for one that does not parse."""
    from feeds.watch.watcher import read_terms

    return {term.text: "".join(read_terms([term])[0]) for term in desk.watch_terms()}


def _named(desk: Desk, name: str) -> list[str]:
    """The terms on the desk that a text or an id means, as they are written there; InputError when there is none."""
    from feeds.watch.watcher import read_terms

    ids = _ids(desk)
    if name in ids:
        return [name]
    meant = {name, *read_terms([WatchTerm(name)])[0]}
    found = [text for text, id_ in ids.items() if id_ in meant]
    if not found:
        raise InputError(f"{name} is not watched for; `warwatch watch list` shows what is")
    return found


def _there_is_an_archive(options: argparse.Namespace) -> bool:
    target = archive_target(options)
    return "://" in target or Path(target).expanduser().exists()


def _days(word: str) -> float:
    try:
        days = float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of days") from None
    if not 0 < days <= _LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"the days must be more than 0 and at most {_LONGEST_DAYS:.0f}")
    return days


def _limit(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"{word!r} is no number of lines")
    return int(word)
