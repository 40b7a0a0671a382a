"""The fields of alerts' rules, sinks and figures, as lines of a form and as documents of the desk."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from feeds.watched import SEVERITIES
from tui.setup.steps import Field, Values, WrongField

TEXT: Final = "text"
LIST: Final = "list"
WORDS: Final = "words"
NUMBER: Final = "number"
YES: Final = "yes"
_YES_OR_NO: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a document."""

    name: str
    title: str
    hint: str = ""
    kind: str = TEXT
    """``text``, ``list`` (parted by commas), ``words`` (as a shell parts them), ``number`` or ``yes``."""
    choices: tuple[str, ...] = ()


_NAME: Final = Part("name", "name", "what to call it: letters, digits, dots and dashes")
_GRAVE: Final = Part("severity", "severity", "how grave an alert by it is", choices=SEVERITIES)
_FROM_ON: Final = Part("severity", "from severity", "from which on alerts go there", choices=SEVERITIES)
_LEAST: Final = Part("at_least", "terms of", "least severity of the watch term", choices=SEVERITIES)

PARTS: Final[Mapping[str, tuple[Part, ...]]] = {
    "change": (
        _NAME,
        Part("to", "to states", "captured, retaken …, parted by commas; empty: any", LIST),
        Part("from", "from states", "empty: any", LIST),
        Part("places", "capitals", "ids such as herat; empty: all", LIST),
        Part("grade", "least grade", "C3, C or 3; empty: any"),
        Part("origins", "origins", "independent tellings at least", NUMBER),
        Part("by_hand", "set by hand", "also what operators set themselves", YES),
        _GRAVE,
    ),
    "term": (_NAME, _LEAST, _GRAVE),
    "spike": (_NAME, _LEAST, _GRAVE),
    "feed": (_NAME, _GRAVE),
    "collector": (_NAME, _GRAVE),
    "withdrawal": (_NAME, _GRAVE),
    "webhook": (
        _NAME,
        Part("url", "address", "http(s); of ntfy its root"),
        Part("topic", "topic", "for ntfy; empty for others"),
        Part("token_variable", "token in", "name of an environment variable; the desk holds no secret"),
        Part("token_file", "token file", "or a file whose first line it is"),
        Part("allow_private", "private", "may go to this machine and to private networks", YES),
        _FROM_ON,
    ),
    "command": (
        _NAME,
        Part("words", "command", "a program and its words; the alert is on its standard input", WORDS),
        Part("seconds", "seconds", "given to it before it is ended", NUMBER),
        _FROM_ON,
    ),
    "email": (
        _NAME,
        Part("to", "to", "addresses, parted by commas", LIST),
        Part("sender", "from", "an e-mail address"),
        Part("host", "server", "of outgoing mail"),
        Part("security", "security", "", choices=("starttls", "tls", "none")),
        Part("user", "user", "empty for none"),
        Part("password_variable", "password in", "name of an environment variable; the desk holds no secret"),
        Part("password_file", "password file", "or a file whose first line it is"),
        _FROM_ON,
    ),
    "noise": (
        Part("quiet", "quiet hours", "in which nothing is sent: 22:00-06:00; empty: none"),
        Part("zone", "time zone", "whose clocks these are: Europe/Kyiv"),
        Part(
            "through", "but", "severity that is sent in quiet hours all the same", choices=("", *SEVERITIES)
        ),
        Part("subject", "one subject", "between two alerts that name one capital, term or feed: 30m"),
        Part("all", "any two", "between two alerts whatever they name: 60s"),
        Part("flapping", "flaps from", "moves of one subject, from which on it flaps", NUMBER),
        Part("flapping_within", "within", "in this time: 6h"),
        Part("flapping_pause", "then every", "between two alerts that name one that flaps: 2h"),
        Part("old", "history from", "what was told longer ago is counted, not named: 6h"),
        Part("old_pause", "history every", "between two alerts that say only how much history came in: 1d"),
        Part("most", "most at once", "events named in one alert", NUMBER),
        Part("grace", "after a start", "nothing is sent for so long: 10s"),
    ),
    "screen": (
        Part("toast", "message", "over the screen", YES),
        Part("bell", "bell", "of the terminal", YES),
        Part("notify", "notification", "of the terminal itself", choices=("", "osc9", "osc777")),
    ),
}
"""By what a rule is on, what a sink sends by, or the kind of a document of which there is one."""


def fields_of(what: str, document: Mapping[str, object]) -> tuple[Field, ...]:
    """The lines of a form for a document."""
    return tuple(
        Field(
            part.name,
            part.title,
            _shown(part, document.get(part.name)),
            part.hint,
            _YES_OR_NO if part.kind == YES else tuple(each or "none" for each in part.choices),
        )
        for part in PARTS[what]
    )


def document_of(what: str, values: Values) -> dict[str, Any]:
    """The fields of a document as a form has them; those that say nothing are left out."""
    found: dict[str, Any] = {}
    for part in PARTS[what]:
        value = _read(part, values[part.name])
        if value not in ("", [], None):
            found[part.name] = value
    return found


def _shown(part: Part, value: object) -> str:
    if part.kind == YES:
        return "yes" if value is True else "no"
    if part.choices:
        return str(value or part.choices[0] or "none")
    if isinstance(value, list | tuple):
        words = [str(each) for each in value]
        return shlex.join(words) if part.kind == WORDS else ", ".join(words)
    return "" if value is None or (part.kind == NUMBER and not value) else str(value)


def _read(part: Part, typed: str) -> object:
    if part.kind == YES:
        return typed == "yes"
    if part.kind == LIST:
        return [word for each in typed.split(",") if (word := each.strip())]
    if part.kind == WORDS:
        try:
            return shlex.split(typed)
        except ValueError as error:
            raise WrongField(part.name, f"the words of the command: {error}") from error
    if part.kind == NUMBER:
        if typed and not typed.isdecimal():
            raise WrongField(part.name, f"{part.title} is a whole number")
        return int(typed) if typed else None
    return "" if part.choices and typed == "none" else typed
