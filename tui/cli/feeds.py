"""``warwatch feeds``: the subscriptions of this desk."""

from __future__ import annotations

import argparse
from typing import Final

from feeds.errors import ArchiveError, InputError, Refused
from feeds.health import Health, health
from feeds.safetext import one_line
from feeds.story import RELIABILITY_LETTERS, FeedState, Subscription
from tui.cli.arguments import deeds
from tui.cli.feedlists import export_feeds, follow, import_feeds
from tui.cli.paper import say, say_json, table
from tui.cli.shapes import subscription_shape
from tui.cli.where import open_archive, open_desk, theatre_of

EXAMPLE: Final = """\
warwatch feeds list
warwatch feeds add https://example.org/world.xml --outlet Example --reliability C
warwatch feeds check
warwatch feeds import feeds.opml
warwatch feeds export > feeds.opml"""

_DEEDS: Final = {
    "list": "the feeds followed, with how each did when it was last fetched",
    "add": "follow a feed, or describe one that is followed anew",
    "remove": "follow a feed no longer",
    "find": "what is at an address: a feed, or a page that names feeds",
    "check": "fetch each feed once and say which answer",
    "private": "whether every collector of this desk asks feeds on private networks (an intranet)",
    "import": "follow every feed in an OPML file",
    "export": "write the feeds followed as OPML",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which feeds."""
    kinds = deeds(parser, _DEEDS)
    for name in ("list", "check", "find", "import", "export"):
        kinds[name].add_argument("--json", action="store_true", help="print JSON")
    kinds["add"].add_argument("url", metavar="URL", nargs="?", help="http(s) address of a feed")
    kinds["add"].add_argument(
        "--defaults", action="store_true", help="follow all feeds of the theatre's pack"
    )
    kinds["add"].add_argument("--outlet", default="", help="name of the outlet (default: the host's)")
    kinds["add"].add_argument(
        "--reliability", default="F", choices=tuple(RELIABILITY_LETTERS), help="letter of the Admiralty code"
    )
    kinds["add"].add_argument("--group", default="", help="folder, parts joined by /")
    kinds["add"].add_argument("--language", default="", help="BCP 47 tag")
    kinds["add"].add_argument("--user-agent", default="", help="what its server is told who asks")
    kinds["add"].add_argument(
        "--patience",
        default="host",
        choices=("host", "feed"),
        help="whom its server's Retry-After is meant for (default: host, all its feeds)",
    )
    kinds["add"].add_argument(
        "--interval",
        type=_length,
        default=0.0,
        metavar="LENGTH",
        help="ask it every 5m, 1h, 1d (default: by its rhythm)",
    )
    kinds["find"].add_argument("url", metavar="URL", help="http(s) address of a feed or a page")
    kinds["remove"].add_argument("url", metavar="URL", help="its address")
    kinds["check"].add_argument("urls", metavar="URL", nargs="*", help="check these instead of the desk's")
    kinds["private"].add_argument(
        "answer",
        nargs="?",
        choices=("allow", "refuse"),
        help="say so from now on (default: print what holds)",
    )
    for name in ("add", "check", "find"):
        kinds[name].add_argument(
            "--allow-private", action="store_true", help="addresses on private networks too"
        )
    kinds["import"].add_argument("file", metavar="FILE|-", help="an OPML file")
    kinds["export"].add_argument(
        "-o", "--output", metavar="FILE", default="-", help="write here (default: stdout)"
    )


def run(options: argparse.Namespace) -> int:
    """Do what was asked for."""
    todo = {
        "list": _list,
        "add": _add,
        "remove": _remove,
        "find": _find,
        "check": _check,
        "private": _private,
        "import": import_feeds,
        "export": export_feeds,
    }
    return todo[options.deed](options)


def _list(options: argparse.Namespace) -> int:
    subscriptions = open_desk(options, read_only=True).subscriptions()
    states = _states(options)
    if options.json:
        say_json([subscription_shape(each) | _state_shape(each, states) for each in subscriptions])
    elif not subscriptions:
        say("no feeds yet: `warwatch feeds add --defaults` follows those of the theatre")
    else:
        found = [(each, _health(each, states)) for each in subscriptions]
        rows = [
            (
                each.reliability,
                each.outlet,
                each.group,
                how.word.upper() if how.alarm else how.word,
                each.url,
                how.line,
            )
            for each, how in found
        ]
        say(table(rows, ("", "outlet", "group", "health", "feed", "when last fetched")))
    return 0


def _add(options: argparse.Namespace) -> int:
    if options.defaults == bool(options.url):
        raise InputError("feeds add: name one URL, or give --defaults for those of the theatre")
    desk = open_desk(options)
    if options.defaults:
        return follow(desk, list(theatre_of(options).subscriptions))
    from urllib.parse import urlsplit

    from feeds.wire.addresses import check_url

    try:
        url = check_url(options.url, allow_private=options.allow_private or desk.allow_private())
    except Refused as error:
        raise InputError(
            f"this cannot be followed: {error}; a feed has an address such as https://…"
        ) from error
    return follow(
        desk,
        [
            Subscription(
                url=url,
                outlet=one_line(options.outlet) or (urlsplit(url).hostname or url).removeprefix("www."),
                reliability=options.reliability,
                group=one_line(options.group),
                language=one_line(options.language),
                user_agent=one_line(options.user_agent),
                patience=options.patience,
                interval=options.interval,
            )
        ],
    )


def _remove(options: argparse.Namespace) -> int:
    from feeds.safetext import safe_url

    desk = open_desk(options)
    if not any(desk.unsubscribe(url) for url in dict.fromkeys((options.url, safe_url(options.url)))):
        raise InputError(f"{options.url} is not followed; `warwatch feeds list` shows what is")
    say(f"no longer following {one_line(options.url)}")
    return 0


def _find(options: argparse.Namespace) -> int:
    from tui.cli.finding import find_feeds

    allowed = options.allow_private or open_desk(options, read_only=True).allow_private()
    return find_feeds(options.url, allow_private=allowed, as_json=options.json)


def _private(options: argparse.Namespace) -> int:
    desk = open_desk(options, read_only=options.answer is None)
    if options.answer is not None:
        desk.set_allow_private(options.answer == "allow")
    held = "allowed" if desk.allow_private() else "refused"
    since = ", from a collector's next start" if options.answer is not None else ""
    say(f"feeds on private networks are {held}{since}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from tui.cli.checking import check_feeds

    desk = open_desk(options, read_only=True)
    known = {each.url: each for each in desk.subscriptions()}
    chosen = [known.get(url) or Subscription(url=url, outlet=url) for url in options.urls] or list(
        known.values()
    )
    if not chosen:
        chosen = list(theatre_of(options).subscriptions)
    if not chosen:
        raise InputError("no feeds to check; `warwatch feeds add URL` follows one")
    return check_feeds(
        chosen, allow_private=options.allow_private or desk.allow_private(), as_json=options.json
    )


def _states(options: argparse.Namespace) -> dict[str, FeedState]:
    """What the archive knows of the feeds; nothing when there is no archive yet."""
    try:
        with open_archive(options, read_only=True) as archive:
            return archive.feed_states()
    except ArchiveError:
        return {}


def _health(feed: Subscription, states: dict[str, FeedState]) -> Health:
    from feeds.clock import system_clock

    return health((states.get(feed.url) or FeedState(feed.url)).paced(feed.interval), system_clock())


def _state_shape(feed: Subscription, states: dict[str, FeedState]) -> dict[str, object]:
    from tui.cli.moments import iso

    state, how = states.get(feed.url) or FeedState(feed.url), _health(feed, states)
    return {
        "health": how.word,
        "alarm": how.alarm,
        "newest": iso(state.newest),
        "usual_gap": state.rhythm or None,
        "longest_silence": state.longest_silence or None,
        "patience_until": iso(state.patience_until),
        "last_fetch": iso(state.last_fetch),
        "last_answer": iso(state.last_answer),
        "last_new": iso(state.last_new),
        "status": state.status,
        "error": state.error,
        "errors_in_row": state.errors_in_row,
        "gone": state.gone,
        "moved_to": state.moved_to,
        "next_due": iso(state.next_due),
    }


def _length(words: str) -> float:
    from tui.views.lengths import length_of

    try:
        return length_of(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words!r}: {error}") from None
