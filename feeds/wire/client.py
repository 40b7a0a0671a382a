"""The HTTP client that feeds are asked with: its bounds, its checked network, the proxies of the environment."""

from __future__ import annotations

import os
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Final

import httpx

from feeds.wire.addresses import CheckedNetwork
from feeds.wire.inflate import ENCODINGS

_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@cache
def called(what: str) -> str:
    """What servers are told who asks: this program, its version, and what part of it."""
    return f"warwatch/{version('warwatch')} ({what})"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one fetch may take."""

    seconds: float = 20.0
    """For the whole fetch: name, connection, redirects and the last byte."""
    bytes: int = 15_000_000
    """Of the body, once inflated."""
    redirects: int = 5
    allow_private: bool = False
    """True lets feeds on this machine and on private networks be asked."""
    user_agent: str = field(default_factory=lambda: called("feed reader"))


class WireClient(httpx.AsyncClient):
    """An httpx client that connects to checked addresses only; made by :func:`open_client`, one for all feeds."""


def open_client(limits: Limits) -> WireClient:
    """The client for :func:`feeds.wire.fetch.fetch`; use it as a context manager.

    Where the environment sets a proxy, that is asked instead of the net, and it is the proxy that resolves names.
    """
    direct = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=None, max_keepalive_connections=32))
    # httpx has no public door for httpcore's network backend; its version is held to 0.28 for this.
    direct._pool._network_backend = CheckedNetwork(allow_private=limits.allow_private)  # noqa: SLF001
    return WireClient(
        transport=direct,
        mounts=_proxies(direct),
        timeout=limits.seconds,
        follow_redirects=False,
        headers={"User-Agent": limits.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ENCODINGS},
    )


def _proxies(direct: httpx.AsyncHTTPTransport) -> dict[str, httpx.AsyncBaseTransport | None]:
    """Transports for the proxies that the environment names; httpx reads them only when it makes its own."""
    named = urllib.request.getproxies()
    mounts: dict[str, httpx.AsyncBaseTransport | None] = {}
    for scheme in ("http", "https"):
        proxy = named.get(scheme) or named.get("all") or ""
        if proxy.startswith(("http://", "https://")):
            mounts[f"{scheme}://"] = httpx.AsyncHTTPTransport(proxy=proxy)
    if not mounts:
        return {}
    exempt = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    for host in ("localhost", "127.0.0.1", "[::1]", *filter(None, map(str.strip, exempt.split(",")))):
        if host == "*":
            return {}
        mounts[f"all://*{host}" if host.startswith(".") else f"all://{host}"] = direct
    return mounts
