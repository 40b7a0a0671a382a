"""The ways out that an operator set up: a webhook, a command, e-mail; what they need, and never a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from feeds.alerts.entries import Entry
from feeds.safetext import safe_url
from feeds.watched import SEVERITIES

WEBHOOK: Final = "webhook"
COMMAND: Final = "command"
EMAIL: Final = "email"
PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
"""How a mail server is spoken to (encrypted after a greeting, encrypted from the start, in the clear), and its usual port."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_HOST: Final = re.compile(r"[A-Za-z0-9.:-]{1,253}")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_TOPIC: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a password or token is read when it is needed; the desk never holds it."""

    variable: str = ""
    """Name of an environment variable."""
    file: str = ""
    """Path of a file whose first line it is."""

    def __bool__(self) -> bool:
        return bool(self.variable or self.file)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A POST of JSON, in the form that ntfy takes and other receivers can read."""

    name: str
    url: str
    topic: str = ""
    """Topic for ntfy, whose address is then its root; empty for other receivers."""
    token: Secret = Secret()
    """Sent as a bearer token."""
    allow_private: bool = False
    """True lets it go to this machine and to private networks."""
    severity: str = "low"
    """Least severity that is sent here."""
    by: str = WEBHOOK


@dataclass(frozen=True, slots=True)
class Command:
    """A program started with fixed words, the alert as text on its standard input."""

    name: str
    words: tuple[str, ...]
    seconds: int = 30
    """Given to it before it is ended."""
    severity: str = "low"
    by: str = COMMAND


@dataclass(frozen=True, slots=True)
class Email:
    """A letter by SMTP."""

    name: str
    to: tuple[str, ...]
    sender: str
    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: Secret = Secret()
    severity: str = "low"
    by: str = EMAIL


Way: TypeAlias = Webhook | Command | Email

_ALWAYS: Final = ("kind", "by", "name", "severity")
_FIELDS: Final = {
    WEBHOOK: (*_ALWAYS, "url", "topic", "token_variable", "token_file", "allow_private"),
    COMMAND: (*_ALWAYS, "words", "seconds"),
    EMAIL: (
        *_ALWAYS,
        *("to", "sender", "host", "port", "security", "user", "password_variable", "password_file"),
    ),
}


def read_way(where: str, found: dict[str, object]) -> Way:
    """A way out from its entry; InputError in one line when it is none."""
    by = found.get("by")
    if not isinstance(by, str) or by not in _FIELDS:
        raise Entry(where, {}, ()).wrong("by", f"must be one of {', '.join(_FIELDS)}")
    entry = Entry(where, found, _FIELDS[by])
    name, severity = entry.needed("name"), entry.one_of("severity", SEVERITIES, "low")
    if not _NAME.fullmatch(name):
        raise entry.wrong("name", "must be up to 40 letters, digits, dots and dashes")
    if by == WEBHOOK:
        return _webhook(entry, name, severity)
    if by == COMMAND:
        words = entry.texts("words")
        if not words or not words[0]:
            raise entry.wrong("words", "must begin with a program")
        return Command(name, words, entry.number("seconds", 1, 60, 30), severity)
    return _email(entry, name, severity)


def _webhook(entry: Entry, name: str, severity: str) -> Webhook:
    url, topic = entry.needed("url"), entry.text("topic")
    if not safe_url(url) or "@" in url.split("//", 1)[-1].split("/", 1)[0]:
        raise entry.wrong("url", "must be an http(s) address without user and password; give a token instead")
    if not _TOPIC.fullmatch(topic):
        raise entry.wrong("topic", "must be up to 64 letters, digits, dashes and underscores")
    token = Secret(entry.text("token_variable"), entry.text("token_file"))
    return Webhook(name, safe_url(url), topic, token, entry.yes("allow_private"), severity)


def _email(entry: Entry, name: str, severity: str) -> Email:
    to, sender, host = entry.texts("to"), entry.needed("sender"), entry.needed("host")
    if not to:
        raise entry.wrong("to", "is missing")
    for each in (*to, sender):
        if not _ADDRESS.fullmatch(each):
            raise entry.wrong("sender" if each == sender else "to", f"{each!r} is no e-mail address")
    if not _HOST.fullmatch(host):
        raise entry.wrong("host", f"{host!r} is no name of a server")
    security = entry.one_of("security", PORTS, "starttls")
    user, password = entry.text("user"), Secret(entry.text("password_variable"), entry.text("password_file"))
    if bool(user) != bool(password):
        raise entry.wrong("user", "and a password go together: name its variable or its file")
    if user and security == "none":
        raise entry.wrong("security", "must be starttls or tls where a password is sent")
    port = entry.number("port", 1, 65535, PORTS[security])
    return Email(name, to, sender, host, port, security, user, password, severity)
