"""The HTTP client that feeds are asked with: its bounds, its checked network, the proxies of the environment."""

from __future__ import annotations

import os
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Final
from zlib import crc32

import httpx

from feeds.wire.addresses import CheckedNetwork
from feeds.wire.inflate import ENCODINGS

_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_POOLS: Final = 16
_KEPT: Final = 4
"""Connections in one pool of which some are kept for the next feed of their host; httpcore counts those at work too."""


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


class _Pools(httpx.AsyncBaseTransport):
    """Several pools of connections, each for its share of the hosts.

    With each request httpcore goes through the connections of a pool, for each of them through all of them, and asks the system
    whether they were hung up: with feeds of fifty hosts in one pool that is half of what a request costs.
    """

    def __init__(self, limits: Limits) -> None:
        verify = httpx.create_ssl_context()
        kept = httpx.Limits(max_connections=None, max_keepalive_connections=_KEPT)
        self._pools = [httpx.AsyncHTTPTransport(verify=verify, limits=kept) for _ in range(_POOLS)]
        for pool in self._pools:
            # httpx has no public door for httpcore's network backend; its version is held to 0.28 for this.
            pool._pool._network_backend = CheckedNetwork(allow_private=limits.allow_private)  # noqa: SLF001

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        pool = self._pools[crc32(request.url.netloc) % _POOLS]
        return await pool.handle_async_request(request)

    async def aclose(self) -> None:
        for pool in self._pools:
            await pool.aclose()


class WireClient(httpx.AsyncClient):
    """An httpx client that connects to checked addresses only; made by :func:`open_client`, one for all feeds."""


def open_client(limits: Limits) -> WireClient:
    """The client for :func:`feeds.wire.fetch.fetch`; use it as a context manager.

    Where the environment sets a proxy, that is asked instead of the net, and it is the proxy that resolves names.
    """
    direct = _Pools(limits)
    return WireClient(
        transport=direct,
        mounts=_proxies(direct),
        timeout=limits.seconds,
        follow_redirects=False,
        headers={"User-Agent": limits.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ENCODINGS},
    )


def _proxies(direct: httpx.AsyncBaseTransport) -> dict[str, httpx.AsyncBaseTransport | None]:
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
