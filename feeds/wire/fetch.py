"""One feed asked for once: conditional, bounded in time and in size, every redirect checked."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

import httpx

from feeds.clock import Clock
from feeds.errors import Refused, TooSlow, Unreachable
from feeds.story import FeedState
from feeds.wire.addresses import check_url
from feeds.wire.client import Limits, WireClient, open_client
from feeds.wire.inflate import Inflater

_PERMANENT: Final = (301, 308)
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_SHORT: Final = 65_536
_BRIEF: Final = 1.0
_LONGEST_WAIT: Final = 7 * 86400.0


class Manners:
    """How the hosts that a fetch leads to are treated; this one asks each at once, and forgets what it asked for."""

    def turn(self, url: str) -> contextlib.AbstractAsyncContextManager[None]:
        """Waits until the host of an address may be asked; no other asks it before the context ends."""
        del url
        return contextlib.nullcontext()

    def heed(self, url: str, seconds: float) -> None:
        """The host of an address asked to be left alone for so long; said before its turn ends."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the status, and all of the body when it is a fresh one."""

    status: int
    body: bytes = b""
    """Inflated; empty unless the status is 200 to 299."""
    etag: str = ""
    """Validator to send the next time; on 304 the old one where the server sent none."""
    last_modified: str = ""
    content_type: str = ""
    moved_to: str = ""
    """Where permanent redirects led; empty when there were none."""
    retry_after: float | None = None
    """Seconds that the server asks to be left alone (429, 503)."""
    fresh_for: float | None = None
    """Seconds that ``Cache-Control`` or ``Expires`` call the body fresh."""

    @property
    def ok(self) -> bool:
        """Whether the server answered usefully: a body, or that nothing changed."""
        return self.status == 304 or 200 <= self.status < 300

    @property
    def problem(self) -> str:
        """One line on why the answer is of no use; empty when it is."""
        if self.ok:
            return ""
        if self.status == 410:
            return "410: the feed is gone for good"
        wait = f", asks for {self.retry_after:.0f} s of patience" if self.retry_after else ""
        return f"{self.status} {httpx.codes.get_reason_phrase(self.status) or 'unknown status'}{wait}"


async def fetch(
    client: WireClient,
    state: FeedState,
    *,
    limits: Limits,
    clock: Clock,
    user_agent: str = "",
    manners: Manners | None = None,
) -> Answer:
    """Ask for a feed once, with the validators of its last answer, at the address it last moved to.

    ``user_agent`` stands for the usual one where it is given. Each hop of a redirect takes a turn of its own
    at its host and gives the one before back first, so that no two wait for each other; waiting is no fetching, and
    does not count as time spent. What ``manners`` raise is raised.

    Any HTTP status is an :class:`Answer`. Raises :class:`Refused`, :class:`TooLarge`, :class:`TooSlow` or
    :class:`Unreachable`.
    """
    try:
        return await _follow(client, state, limits, clock, _headers(state, user_agent), manners or Manners())
    except (TimeoutError, httpx.TimeoutException) as error:
        raise TooSlow(f"no complete answer within {limits.seconds:g} s") from error
    except httpx.InvalidURL as error:  # httpx looks at a redirect's target before we can
        raise Refused(f"redirected to what is no http(s) address: {error}") from error
    except httpx.HTTPError as error:
        raise Unreachable(_cause(error)) from error


async def _follow(
    client: WireClient,
    state: FeedState,
    limits: Limits,
    clock: Clock,
    headers: dict[str, str],
    manners: Manners,
) -> Answer:
    url = check_url(state.asked, allow_private=limits.allow_private)
    moved, permanent, left = "", True, limits.seconds
    for _ in range(limits.redirects + 1):
        async with manners.turn(url):
            began = time.monotonic()
            async with asyncio.timeout(left):
                found = await _ask(client, url, headers, state, limits, clock)
            left -= time.monotonic() - began
            if isinstance(found, Answer) and found.retry_after:
                manners.heed(url, found.retry_after)
        if isinstance(found, Answer):
            return replace(found, moved_to=moved if found.ok else "")
        status, target = found
        permanent = permanent and status in _PERMANENT
        url = _next_hop(url, target, limits)
        moved = url if permanent else moved
    raise Refused(f"more than {limits.redirects} redirects")


async def _ask(
    client: WireClient, url: str, headers: dict[str, str], state: FeedState, limits: Limits, clock: Clock
) -> Answer | tuple[int, str]:
    """What one address answers: the status and the target where that is a redirect."""
    response = await client.send(client.build_request("GET", url, headers=headers), stream=True)
    try:
        target = response.headers.get("location", "")
        if response.status_code not in _REDIRECTS or not target:
            return await _read(response, state, limits, clock)
        await _drain(response)
        return response.status_code, target
    finally:
        await response.aclose()


def _next_hop(url: str, target: str, limits: Limits) -> str:
    try:
        return check_url(urljoin(url, target), allow_private=limits.allow_private)
    except ValueError as error:
        raise Refused(f"a redirect to no address: {target[:200]!r}") from error
    except Refused as error:
        raise Refused(f"redirected to where one must not go: {error}") from error


def _headers(state: FeedState, user_agent: str) -> dict[str, str]:
    """What a feed's own request says: its validators, and who asks where that is not the usual."""
    headers: dict[str, str] = {}
    if user_agent and user_agent.isascii() and user_agent.isprintable():
        headers["User-Agent"] = user_agent
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


async def _read(response: httpx.Response, state: FeedState, limits: Limits, clock: Clock) -> Answer:
    headers = response.headers
    status = response.status_code
    if status == 304 and not (state.etag or state.last_modified):
        raise Unreachable("304 though nothing was known of the feed yet")
    if 200 <= status < 300:
        body = await _body(response, limits)
    else:
        body = b""
        await _drain(response)
    kept = state if status == 304 else FeedState("")
    now = clock()
    return Answer(
        status=status,
        body=body,
        etag=_header(headers, "etag") or kept.etag,
        last_modified=_header(headers, "last-modified") or kept.last_modified,
        content_type=_header(headers, "content-type"),
        retry_after=_wait(_header(headers, "retry-after"), now) if status >= 400 else None,
        fresh_for=_freshness(headers, now),
    )


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    inflater = Inflater(response.headers.get("content-encoding", ""), limits.bytes)
    async for piece in response.aiter_raw():
        inflater.feed(piece)
    return inflater.body()


async def _drain(response: httpx.Response) -> None:
    """Read to the end what is of no use, when it is short: a connection closed in the middle cannot be used again."""
    size = 0
    with contextlib.suppress(TimeoutError, httpx.HTTPError):  # then it is closed, and that is all
        async with asyncio.timeout(_BRIEF):
            async for piece in response.aiter_raw():
                size += len(piece)
                if size > _SHORT:
                    return


def _header(headers: httpx.Headers, name: str) -> str:
    """A header that may be sent back as it came: printable ASCII, of a sane length."""
    value = headers.get(name, "").strip()
    return value if value.isascii() and value.isprintable() and len(value) <= 1000 else ""


def _wait(said: str, now: datetime) -> float | None:
    """Seconds that ``Retry-After`` asks for, said as seconds or as a date; a week at most."""
    if not said:
        return None
    if said.isdigit():
        return min(float(said), _LONGEST_WAIT)
    try:
        then = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), _LONGEST_WAIT)


def _freshness(headers: httpx.Headers, now: datetime) -> float | None:
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name in ("no-cache", "no-store"):
            return None
        if name == "max-age" and value.strip('"').isdigit():
            return min(float(value.strip('"')), _LONGEST_WAIT)
    expires = _header(headers, "expires")
    return _wait(expires, now) if expires and not expires.isdigit() else None


def _cause(error: Exception) -> str:
    """One line on what went wrong below HTTP, in the words of the deepest cause that has any."""
    said, step = str(error), error.__cause__ or error.__context__
    while step is not None and not said:
        said, step = str(step), step.__cause__ or step.__context__
    return " ".join(said.split())[:200] or type(error).__name__


__all__ = ["Answer", "Limits", "Manners", "WireClient", "fetch", "open_client"]
