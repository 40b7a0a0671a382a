"""``warwatch alerts``: what was said, what is to be said, and where it goes."""

from __future__ import annotations

import argparse
from typing import Final

from feeds.alerts.ways import PORTS
from feeds.evidence import STATES
from feeds.watched import SEVERITIES
from tui.cli.arguments import deeds

EXAMPLE: Final = """\
warwatch alerts add webhook desk https://ntfy.sh/ --topic my-desk-8f3a     where alerts go
warwatch alerts add command say --severity high -- notify-send warwatch
warwatch alerts test                                                       does it arrive?
warwatch alerts add change sure --to captured --origins 2 --grade C3       what is said
warwatch alerts set quiet 22:00-06:00 && warwatch alerts set zone Europe/Kyiv
warwatch alerts list --open; warwatch alerts show 12; warwatch alerts ack 12"""

_DEEDS: Final = {
    "list": "what was said, newest first, and who acknowledged it",
    "show": "one alert in full: each event with its proof, and how it fared on its way",
    "ack": "acknowledge alerts: somebody has seen them",
    "test": "send a test to the sinks, now, and say whether it arrived",
    "sinks": "where alerts go, what was delivered, what waits and why",
    "rules": "what is said, and how often anything may be",
    "add": "add a sink or a rule, or describe one anew",
    "remove": "take a sink or a rule away",
    "set": "change how often anything is said, and what the screen does",
}
_KINDS: Final = {
    "webhook": "a sink: JSON by POST, in the form that ntfy takes",
    "command": "a sink: a program of yours, with the alert on its standard input",
    "email": "a sink: a letter by SMTP",
    "change": "a rule: a standing that moved",
    "term": "a rule: stories that a watch term found",
    "spike": "a rule: watch terms that are found unusually often",
    "feed": "a rule: feeds that are silent, dead or gone",
    "collector": "a rule: a collector that was dead for a while",
    "withdrawal": "a rule: stories behind an alert that were taken back",
}
_SHOWN: Final = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which of them."""
    kinds = deeds(parser, _DEEDS)
    for name, kind in kinds.items():
        if name != "add":
            kind.add_argument("--json", action="store_true", help="print JSON")
    kinds["list"].add_argument("--open", action="store_true", help="only those that nobody acknowledged")
    kinds["list"].add_argument("--limit", type=_number, default=_SHOWN, metavar="N", help="how many (20)")
    kinds["show"].add_argument("number", type=_number, metavar="N", help="its number, as listed")
    kinds["ack"].add_argument("number", type=_number, nargs="*", metavar="N", help="their numbers, as listed")
    kinds["ack"].add_argument("--all", action="store_true", help="all of them")
    kinds["test"].add_argument("name", nargs="*", metavar="SINK", help="only these (default: all)")
    kinds["test"].add_argument(
        "--terminal", action="store_true", help="bell and notification of this terminal"
    )
    kinds["remove"].add_argument("name", nargs="+", metavar="NAME", help="of a sink or a rule")
    kinds["set"].add_argument("key", metavar="KEY", help="as `warwatch alerts rules` names it")
    kinds["set"].add_argument("value", metavar="VALUE", help="the new value; '' for none")
    _sinks_and_rules(kinds["add"])


def _sinks_and_rules(parser: argparse.ArgumentParser) -> None:
    kinds = deeds(parser, _KINDS)
    for kind in kinds.values():
        kind.add_argument("name", metavar="NAME", help="what to call it")
        kind.add_argument("--json", action="store_true", help="print JSON")
    for name in ("webhook", "command", "email"):
        kinds[name].add_argument(
            "--severity", choices=SEVERITIES, default="low", help="from which on alerts go there (low)"
        )
    _sinks(kinds["webhook"], kinds["command"], kinds["email"])
    for name in ("change", "term", "spike", "feed", "collector", "withdrawal"):
        kinds[name].add_argument(
            "--severity", choices=SEVERITIES, default="medium", help="how grave it is (medium)"
        )
    for name in ("term", "spike"):
        kinds[name].add_argument(
            "--at-least", choices=SEVERITIES, default="low", help="least severity of the term (low)"
        )
    change = kinds["change"]
    change.add_argument(
        "--from", dest="from_", action="append", choices=STATES, default=[], help="state before"
    )
    change.add_argument(
        "--to", action="append", choices=STATES, default=[], help="state after; may be repeated"
    )
    change.add_argument(
        "--grade", default="", metavar="C3", help="at least as good: a letter, a digit or both"
    )
    change.add_argument(
        "--origins", type=_number, default=0, metavar="N", help="independent tellings at least"
    )
    change.add_argument("--place", action="append", default=[], metavar="ID", help="only this capital")
    change.add_argument(
        "--in", dest="in_", action="append", default=[], metavar="THEATRE", help="only this war"
    )
    change.add_argument("--by-hand", action="store_true", help="what operators set by hand, too")


def _sinks(
    webhook: argparse.ArgumentParser, command: argparse.ArgumentParser, email: argparse.ArgumentParser
) -> None:
    webhook.add_argument("url", metavar="URL", help="http(s) address; of ntfy its root")
    webhook.add_argument("--topic", default="", help="topic, for ntfy")
    webhook.add_argument(
        "--token-variable", default="", metavar="NAME", help="environment variable of a token"
    )
    webhook.add_argument("--token-file", default="", metavar="PATH", help="file that begins with a token")
    webhook.add_argument(
        "--allow-private", action="store_true", help="it is on this machine or a private network"
    )
    command.add_argument("words", nargs="+", metavar="WORD", help="after --: program and arguments; no shell")
    command.add_argument("--seconds", type=_number, default=30, metavar="N", help="given to it (30)")
    email.add_argument("--to", action="append", required=True, metavar="ADDRESS", help="may be repeated")
    email.add_argument("--from", dest="sender", required=True, metavar="ADDRESS", help="who it comes from")
    email.add_argument("--host", required=True, help="mail server")
    email.add_argument("--port", type=_number, default=0, help="its port (587, 465 with tls, 25 with none)")
    email.add_argument("--security", choices=tuple(PORTS), default="starttls", help="default: starttls")
    email.add_argument("--user", default="", help="name to log in with")
    email.add_argument("--password-variable", default="", metavar="NAME", help="environment variable of it")
    email.add_argument("--password-file", default="", metavar="PATH", help="file that begins with it")


def run(options: argparse.Namespace) -> int:
    """Do what was asked for."""
    from tui.cli import alertbook, alertdesk, alerttest

    todo = {
        "list": alertbook.listed,
        "show": alertbook.shown,
        "ack": alertbook.acknowledged,
        "test": alerttest.tested,
        "sinks": alertdesk.sinks,
        "rules": alertdesk.rules,
        "remove": alertdesk.removed,
        "set": alertdesk.changed,
    }
    return todo.get(options.deed, alertdesk.added)(options)


def _number(word: str) -> int:
    if not word.isascii() or not word.isdecimal() or len(word) > 9:
        raise argparse.ArgumentTypeError(f"{word!r} is no number")
    return int(word)
