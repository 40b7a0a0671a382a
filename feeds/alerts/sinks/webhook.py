"""A POST of JSON in the form of ntfy, with the whole alert beside it for other receivers."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from feeds.alerts.letters import Letter, Undelivered, secret
from feeds.alerts.ways import Webhook
from feeds.clock import system_clock
from feeds.errors import FetchError
from feeds.wire.addresses import check_url
from feeds.wire.client import Limits, called, open_client

_PRIORITIES: Final = {"low": 2, "medium": 3, "high": 5}
_TAGS: Final = {"low": "information_source", "medium": "warning", "high": "rotating_light"}
_MOST_BYTES: Final = 3800
"""Of a message: ntfy makes a file of one that is longer than 4,096."""
_LONGEST_WAIT: Final = 86400.0


def body(way: Webhook, letter: Letter) -> dict[str, object]:
    """The object that is sent."""
    found: dict[str, object] = {
        "title": letter.title,
        "message": shortened(letter.text, _MOST_BYTES),
        "priority": _PRIORITIES.get(letter.severity, 3),
        "tags": [_TAGS.get(letter.severity, "warning")],
        "key": letter.key,
        "warwatch": dict(letter.shape),
    }
    if way.topic:
        found["topic"] = way.topic
    if letter.link:
        found["click"] = letter.link
    return found


async def post(way: Webhook, letter: Letter) -> None:
    """Send it; a status from 200 to 299 is a receipt, all else is not. No redirect is followed."""
    headers = {"Content-Type": "application/json", "Accept": "*/*", "Idempotency-Key": letter.key}
    if way.token:
        headers["Authorization"] = f"Bearer {secret(way.token)}"
    limits = Limits(allow_private=way.allow_private, user_agent=called("alerts"))
    try:
        check_url(way.url, allow_private=way.allow_private)
        async with (
            open_client(limits) as client,
            client.stream("POST", way.url, content=json.dumps(body(way, letter)), headers=headers) as answer,
        ):
            status, wait = answer.status_code, _wait(answer.headers.get("Retry-After", ""))
    except FetchError as error:
        raise Undelivered(
            str(error).replace("(--allow-private)", "for this sink (`warwatch alerts add … --allow-private`)")
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Undelivered(f"{type(error).__name__}: no answer from {_host(way.url)}") from None
    if 300 <= status < 400:
        raise Undelivered(f"{_host(way.url)} answered {status}: name the address that it redirects to")
    if not 200 <= status < 300:
        raise Undelivered(f"{_host(way.url)} answered {status}", wait)


def shortened(text: str, most: int) -> str:
    """The beginning of a text, at most so many bytes of UTF-8."""
    whole = text.encode()
    return text if len(whole) <= most else whole[: most - 3].decode(errors="ignore").rstrip() + "…"


def _host(url: str) -> str:
    return httpx.URL(url).host  # a path or a query may hold a token


def _wait(value: str) -> float:
    """Seconds that a server asks to be left alone."""
    try:
        seconds = (
            float(value)
            if value.strip().isdecimal()
            else (parsedate_to_datetime(value) - system_clock()).total_seconds()
        )
    except (TypeError, ValueError):
        return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT)
