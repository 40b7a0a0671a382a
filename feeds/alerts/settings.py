"""What an operator set up about alerts: documents of the desk, each read over the defaults.

An entry says what it is in ``kind``: ``noise`` and ``screen`` (one each, only what differs from the defaults), ``rule``
(any number; where there is none, the default rules count) and ``sink`` (a way out, none by default).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from feeds.alerts.entries import Entry
from feeds.alerts.noise import Noise, Quiet
from feeds.alerts.rules import Rule, read_rule
from feeds.alerts.ways import Way, read_way
from feeds.errors import DeskError, InputError
from feeds.watched import SEVERITIES

NOISE: Final = "noise"
SCREEN: Final = "screen"
RULE: Final = "rule"
SINK: Final = "sink"
NOTIFY: Final = ("", "osc9", "osc777")
"""Ways a terminal is told to show a notification of its own; empty for none."""

Document = Mapping[str, object]
"""One entry, as the desk keeps it."""


class AlertDesk(Protocol):
    """A desk, as far as alerts go."""

    def alerts(self) -> Sequence[Document]:
        """What was set up, in its order."""

    def set_alerts(self, documents: Iterable[Document]) -> None:
        """Put these in the place of all that was set up."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How an open viewer draws attention."""

    toast: bool = True
    bell: bool = True
    notify: str = ""
    """One of :data:`NOTIFY`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it, as it is in force."""

    noise: Noise
    screen: Screen
    rules: tuple[Rule, ...]
    ways: tuple[Way, ...]

    def way(self, name: str) -> Way | None:
        """The way out of that name; None when there is none."""
        return next((way for way in self.ways if way.name == name), None)


@cache
def defaults() -> dict[str, Any]:
    """The table that comes with warwatch: ``noise``, ``screen`` and the list ``rule``."""
    return tomllib.loads(Path(__file__).with_name("defaults.toml").read_text(encoding="utf-8"))


def read_settings(documents: Sequence[Document], where: str = "alerts") -> Settings:
    """What documents of a desk come to; DeskError in one line on the first thing wrong with them."""
    try:
        rules = [dict(each) for each in documents if each.get("kind") == RULE]
        return Settings(
            read_noise(documents, where),
            read_screen(documents, where),
            tuple(
                read_rule(f"{where}: rule {number}", each)
                for number, each in enumerate(rules or defaults()[RULE], start=1)
            ),
            _ways(documents, where),
        )
    except InputError as error:
        raise DeskError(f"{error}; mend it there, or with `warwatch alerts`") from error


def read_screen(documents: Sequence[Document], where: str = "alerts") -> Screen:
    """How the viewer draws attention; InputError when its document is broken."""
    entry = _over_defaults(documents, SCREEN, where)
    return Screen(entry.yes("toast"), entry.yes("bell"), entry.one_of("notify", NOTIFY))


def read_noise(documents: Sequence[Document], where: str = "alerts") -> Noise:
    """The anti-noise figures; InputError when their document is broken."""
    entry = _over_defaults(documents, NOISE, where)
    hours = entry.hours("quiet")
    zone = entry.zone("zone")
    return Noise(
        subject=entry.span("subject", ""),
        all=entry.span("all", ""),
        grace=entry.span("grace", ""),
        flapping=entry.number("flapping", 2, 1000, 0),
        flapping_within=entry.span("flapping_within", ""),
        flapping_pause=entry.span("flapping_pause", ""),
        old=entry.span("old", ""),
        old_pause=entry.span("old_pause", ""),
        most=entry.number("most", 1, 100, 0),
        quiet=Quiet(*hours, zone) if hours else None,
        through=entry.one_of("through", SEVERITIES),
    )


def edit(desk: AlertDesk, change: Callable[[list[dict[str, Any]]], None], where: str = "alerts") -> Settings:
    """Change the documents and put them on the desk, if they can still be read; what is in force then.

    The documents that ``change`` gets hold the rules in full, the default ones where the desk has none of its own.
    """
    documents: list[dict[str, Any]] = [dict(each) for each in desk.alerts()]
    if not any(each.get("kind") == RULE for each in documents):
        documents += [{"kind": RULE, **each} for each in defaults()[RULE]]
    change(documents)
    settings = read_settings(documents, where)
    if [each for each in documents if each.get("kind") == RULE] == [
        {"kind": RULE, **each} for each in defaults()[RULE]
    ]:
        documents = [each for each in documents if each.get("kind") != RULE]
    desk.set_alerts(documents)
    return settings


def _over_defaults(documents: Sequence[Document], kind: str, where: str) -> Entry:
    table: dict[str, object] = dict(defaults()[kind])
    for each in documents:
        if each.get("kind") == kind:
            table.update((name, value) for name, value in each.items() if name != "kind")
    return Entry(f"{where}: {kind}", table, tuple(defaults()[kind]))


def _ways(documents: Sequence[Document], where: str) -> tuple[Way, ...]:
    found: list[Way] = []
    for number, each in enumerate((each for each in documents if each.get("kind") == SINK), start=1):
        way = read_way(f"{where}: sink {number}", dict(each))
        if any(way.name == other.name for other in found):
            raise InputError(f"{where}: sink {number}: there is another of the name {way.name!r}")
        found.append(way)
    return tuple(found)
