"""Sinks and rules in words, and words as values of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from feeds.alerts.ways import Command, Email, Way, Webhook
from feeds.errors import InputError
from feeds.logs import redacted

_TRUE: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def led_to(way: Way) -> str:
    """Where a sink leads, without what may be a secret."""
    if isinstance(way, Webhook):
        parts = urlsplit(way.url)
        tail = "/…" if parts.path.strip("/") or parts.query else "/"
        return f"{parts.scheme}://{parts.netloc}{tail}" + (f" {way.topic}" if way.topic else "")
    if isinstance(way, Command):
        return redacted(" ".join(way.words))
    return f"{', '.join(way.to)} by {way.host}:{way.port} ({way.security})"


def way_shape(way: Way) -> dict[str, object]:
    """A sink as JSON tells it."""
    shape: dict[str, object] = {"name": way.name, "by": way.by, "severity": way.severity, "to": led_to(way)}
    if isinstance(way, Webhook):
        shape |= {"topic": way.topic, "allow_private": way.allow_private, "token": bool(way.token)}
    if isinstance(way, Email):
        shape |= {"user": way.user, "password": bool(way.password)}
    return shape


def asked(rule: Mapping[str, Any]) -> str:
    """What a rule asks, in a few words."""
    shown = []
    for name, value in rule.items():
        if name not in ("kind", "on", "name", "severity"):
            shown.append(f"{name.replace('_', ' ')} {worded(value)}")
    return ", ".join(shown) or "always"


def worded(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, list):
        return "/".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "none"


def valued(word: str, like: object) -> object:
    """A word as a value of the type of another; InputError when it is none."""
    if isinstance(like, bool):
        if word.lower() not in _TRUE:
            raise InputError(f"{word!r} must be yes or no")
        return _TRUE[word.lower()]
    if isinstance(like, int):
        if not word.isdecimal() or len(word) > 6:
            raise InputError(f"{word!r} must be a whole number")
        return int(word)
    return "" if word.lower() == "none" else word
