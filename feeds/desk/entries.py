"""Entries of the desk's file made records; DeskError in one line on the first thing wrong with one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from feeds.desk.records import VIEW_PANELS, SavedView
from feeds.errors import DeskError
from feeds.story import RELIABILITY_LETTERS, Subscription
from feeds.watched import COLOURS, SEVERITIES, WatchTerm

_NUMBERS: Final = ("interval",)
_FEED: Final = tuple(field.name for field in fields(Subscription) if field.name not in _NUMBERS)
_TERM: Final = tuple(field.name for field in fields(WatchTerm))
_VIEW: Final = tuple(field.name for field in fields(SavedView))


def subscription(where: str, entry: Mapping[str, Any]) -> Subscription:
    """A feed as the file has it; ``where`` names the entry in an error."""
    values: dict[str, Any] = _texts(where, entry, _FEED)
    if not values.get("url"):
        raise DeskError(f"{where} has no `url`; add it, or take the subscription out")
    if values.get("reliability", "F") not in tuple(RELIABILITY_LETTERS):
        raise DeskError(f"{where}: `reliability` must be a letter A to F; mend it there")
    for name in _NUMBERS:
        number = entry.get(name, 0)
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 1e9:
            raise DeskError(f"{where}: `{name}` must be a number of seconds; mend it there")
        values[name] = float(number)
    return Subscription(**{"outlet": "", **values})


def watch_term(where: str, entry: Mapping[str, Any]) -> WatchTerm:
    """A watch term as the file has it; how it reads is not looked at here."""
    values = _texts(where, entry, _TERM)
    if not values.get("text"):
        raise DeskError(f"{where} has no `text`; add it, or take the term out")
    term = WatchTerm(**values)
    if term.severity not in SEVERITIES:
        raise DeskError(f"{where}: `severity` must be one of {', '.join(SEVERITIES)}; mend it there")
    if term.colour and term.colour not in COLOURS:
        raise DeskError(f"{where}: `colour` must be one of {', '.join(COLOURS)}; mend it there")
    return term


def saved_view(where: str, entry: Mapping[str, Any]) -> SavedView:
    """A saved view as the file has it; how its filter reads is not looked at here."""
    values = _texts(where, entry, _VIEW)
    if not values.get("name"):
        raise DeskError(f"{where} has no `name`; add it, or take the view out")
    view = SavedView(**{"filter": "", **values})
    if view.panel not in VIEW_PANELS:
        raise DeskError(f"{where}: `panel` must be one of {', '.join(VIEW_PANELS)}; mend it there")
    return view


def keys(where: str, entry: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """A command and the keys that the operator gave it."""
    command, given = entry.get("command"), entry.get("keys")
    if not isinstance(command, str) or not command:
        raise DeskError(f"{where} has no `command`; add it, or take the keys out")
    if not isinstance(given, list) or not all(isinstance(key, str) and key for key in given):
        raise DeskError(f"{where}: `keys` must be a list of keys; mend it there")
    return command, tuple(given)


def _texts(where: str, entry: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What an entry has under these names; DeskError on the first that is no text."""
    values = {name: entry[name] for name in names if name in entry}
    for name, value in values.items():
        if not isinstance(value, str):
            raise DeskError(f"{where}: `{name}` must be text, it is {json.dumps(value)}; mend it there")
    return values
