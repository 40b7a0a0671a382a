"""What a desk has about alerts: sinks and rules listed, added, taken away, and the figures changed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from feeds.alerts.settings import NOISE, RULE, SCREEN, SINK, defaults, edit, read_settings
from feeds.errors import DeskError, InputError, Refused
from tui.cli.alertwords import asked, led_to, valued, way_shape, worded
from tui.cli.paper import say, say_json, table
from tui.cli.where import archive_target, open_desk

if TYPE_CHECKING:
    from feeds.alerts.settings import Settings
    from feeds.desk import Desk

_SINKS: Final = ("webhook", "command", "email")
_Documents = list[dict[str, Any]]


def sinks(options: argparse.Namespace) -> int:
    """Print where alerts go, and how they fare there."""
    ways = _settings(open_desk(options, read_only=True)).ways
    tally = _tally(options)
    if options.json:
        say_json([way_shape(way) | {"outbox": tally.get(way.name, {})} for way in ways])
    elif not ways:
        say(
            "no sink: alerts are shown on the screen and listed; `warwatch alerts add webhook NAME URL` sends them on"
        )
    else:
        rows = [
            (
                way.name,
                way.by,
                led_to(way),
                way.severity,
                *(str(tally.get(way.name, {}).get(state, 0)) for state in ("sent", "due", "failed")),
            )
            for way in ways
        ]
        say(table(rows, ("name", "by", "to", "from", "sent", "waiting", "given up"), numbers=(4, 5, 6)))
    return 0


def rules(options: argparse.Namespace) -> int:
    """Print what is said, and how often anything may be."""
    desk = open_desk(options, read_only=True)
    _settings(desk)
    documents = [dict(each) for each in desk.alerts()]
    own = [each for each in documents if each.get("kind") == RULE] or defaults()[RULE]
    figures = {kind: _table(documents, kind) for kind in (NOISE, SCREEN)}
    if options.json:
        say_json(
            {
                "rules": [{name: value for name, value in each.items() if name != "kind"} for each in own],
                **figures,
            }
        )
        return 0
    rows = [
        (str(each["name"]), str(each["on"]), str(each.get("severity", "medium")), asked(each)) for each in own
    ]
    say(table(rows, ("rule", "on", "", "when")))
    for kind in (NOISE, SCREEN):
        say()
        say(table([(name, worded(value)) for name, value in figures[kind].items()], (kind, "")))
    return 0


def added(options: argparse.Namespace) -> int:
    """Put a sink or a rule on the desk."""
    document = _sink(options) if options.deed in _SINKS else _rule(options)
    again = False

    def change(documents: _Documents) -> None:
        nonlocal again
        same = [one for one in documents if one.get("name") == document["name"]]
        if any(one.get("kind") != document["kind"] for one in same):
            raise InputError(
                f"there is a {same[0]['kind']} called {document['name']} already; choose another name"
            )
        again = bool(same)
        if again:
            documents[documents.index(same[0])] = document
        else:
            documents.append(document)

    _edited(open_desk(options), change)
    if options.json:
        say_json({name: value for name, value in document.items() if name != "url"})
    else:
        say(f"{document['kind']} {document['name']} {'described anew' if again else 'added'}")
        if document["kind"] == SINK:
            say(f"try it: warwatch alerts test {document['name']}")
    return 0


def removed(options: argparse.Namespace) -> int:
    """Take sinks or rules off the desk."""
    gone: list[str] = []

    def change(documents: _Documents) -> None:
        for name in options.name:
            found = [one for one in documents if one.get("name") == name]
            if not found:
                raise InputError(
                    f"there is no sink and no rule called {name!r}; see `warwatch alerts sinks` and `rules`"
                )
            documents.remove(found[0])
            gone.append(name)
        if not any(one.get("kind") == RULE for one in documents):
            raise InputError(
                "without any rule the default ones would count again; keep one, or remove the sinks"
            )

    _edited(open_desk(options), change)
    if options.json:
        say_json({"removed": gone})
    else:
        say(f"removed: {', '.join(gone)}")
    return 0


def changed(options: argparse.Namespace) -> int:
    """Change one figure of the noise, or of the screen."""
    kind = next((kind for kind in (NOISE, SCREEN) if options.key in defaults()[kind]), "")
    if not kind:
        known = ", ".join((*defaults()[NOISE], *defaults()[SCREEN]))
        raise InputError(f"there is no {options.key!r} to set; there are {known}")
    value = valued(options.value, defaults()[kind][options.key])

    def change(documents: _Documents) -> None:
        own = next((one for one in documents if one.get("kind") == kind), None)
        if own is None:
            own = {"kind": kind}
            documents.append(own)
        own[options.key] = value

    _edited(open_desk(options), change)
    if options.json:
        say_json({options.key: value})
    else:
        say(f"{options.key} = {worded(value)}")
    return 0


def _settings(desk: Desk) -> Settings:
    return read_settings(desk.alerts(), str(desk.path))


def _edited(desk: Desk, change: Callable[[_Documents], None]) -> None:
    """Change the desk; what is wrong with the new words is told without the file that they never came into."""
    try:
        edit(desk, change, "alerts")
    except DeskError as error:
        text = str(error)
        raise InputError(text.removesuffix("; mend it there, or with `warwatch alerts`")) from error


def _sink(options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": SINK,
        "by": options.deed,
        "name": options.name,
        "severity": options.severity,
    }
    if options.deed == "webhook":
        _check(options)
        given = {
            "url": options.url,
            "topic": options.topic,
            "token_variable": options.token_variable,
            "token_file": options.token_file,
            "allow_private": options.allow_private,
        }
    elif options.deed == "command":
        given = {"words": options.words, "seconds": options.seconds}
    else:
        given = {
            "to": options.to,
            "sender": options.sender,
            "host": options.host,
            "port": options.port,
            "security": options.security,
            "user": options.user,
            "password_variable": options.password_variable,
            "password_file": options.password_file,
        }
    return found | {name: value for name, value in given.items() if value}


def _check(options: argparse.Namespace) -> None:
    """InputError for an address that could never be asked."""
    from feeds.wire.addresses import check_url

    try:
        check_url(options.url, allow_private=options.allow_private)
    except Refused as error:
        raise InputError(f"alerts add webhook: {error}") from error


def _rule(options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": RULE,
        "on": options.deed,
        "name": options.name,
        "severity": options.severity,
    }
    given = {
        "from": getattr(options, "from_", []),
        "to": getattr(options, "to", []),
        "grade": getattr(options, "grade", ""),
        "origins": getattr(options, "origins", 0),
        "places": getattr(options, "place", []),
        "theatres": getattr(options, "in_", []),
        "by_hand": getattr(options, "by_hand", False),
        "at_least": getattr(options, "at_least", ""),
    }
    return found | {name: value for name, value in given.items() if value}


def _tally(options: argparse.Namespace) -> dict[str, dict[str, int]]:
    """By sink and state how many letters there are; nothing without an archive."""
    from pathlib import Path

    from tui.cli.where import open_archive

    if not Path(archive_target(options)).is_file():
        return {}
    found: dict[str, dict[str, int]] = {}
    with open_archive(options, read_only=True) as archive:
        for (sink, state), number in archive.alerts.outbox.tally().items():
            found.setdefault(sink, {})[state] = number
    return found


def _table(documents: _Documents, kind: str) -> dict[str, Any]:
    found = dict(defaults()[kind])
    for each in documents:
        if each.get("kind") == kind:
            found.update({name: value for name, value in each.items() if name != "kind"})
    return found
