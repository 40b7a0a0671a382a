"""Which addresses may be asked: http(s) on the public net, and nothing inside this machine's own, unless allowed.

A name is resolved once, its answers are checked, and the connection goes to a checked answer: a name server that says
something else the second time gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore

from feeds.errors import Refused
from feeds.safetext import safe_url

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_PATIENCE: Final = 4.0
"""Seconds for one address of a host that has further ones."""


def check_url(url: str, *, allow_private: bool = False) -> str:
    """The address, made safe; :class:`Refused` with the reason when it may not be asked.

    Looks at the words only: what a name resolves to is checked when it is connected to.
    """
    safe = safe_url(url)
    if not safe:
        raise Refused(f"not an http(s) address: {url[:200]!r}")
    host = urlsplit(safe).hostname or ""
    if allow_private:
        return safe
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        raise Refused(
            f"{host} is on this machine's own network; allow private addresses (--allow-private) to ask it"
        )
    literal = _literal(host)
    if literal is not None:
        check_ip(literal, host)
    return safe


def check_ip(address: str | _Ip, host: str) -> None:
    """Nothing, or :class:`Refused` when the address is private, loopback, link-local, multicast or reserved."""
    ip = ipaddress.ip_address(address) if isinstance(address, str) else address
    shown = f"{host} ({ip})" if host != str(ip) else host
    for each in _meanings(ip):
        if each.is_multicast or each.is_unspecified or not each.is_global:
            raise Refused(
                f"{shown} is no public address; allow private addresses (--allow-private) to ask it"
            )


def _meanings(ip: _Ip) -> tuple[_Ip, ...]:
    """The address, and the ones that reach it through a translation between IPv4 and IPv6."""
    if not isinstance(ip, ipaddress.IPv6Address):
        return (ip,)
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    inner: list[_Ip] = [each for each in (ip.sixtofour, *(ip.teredo or ())) if each]
    if ip in _NAT64:
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    return (ip, *inner)


def _literal(host: str) -> _Ip | None:
    """The address that a host spells out, in any of the ways that resolvers accept (``127.1``, ``0x7f000001``)."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return None


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connections to checked addresses only; what httpx's transport connects through."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await resolve(host, port)
        if not self._allow_private:
            for address in addresses:
                check_ip(address, host)
        for address in addresses[:-1]:
            try:
                return await self._plain.connect_tcp(
                    address, port, min(timeout or _PATIENCE, _PATIENCE), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._plain.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise httpcore.ConnectError(f"no feed is behind a socket file: {path}, {timeout}, {socket_options}")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def resolve(host: str, port: int) -> list[str]:
    """The addresses behind a host's name, in the order to try them."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} is not known ({error})") from error
    addresses = [str(address[0]) for *_, address in found]
    if not addresses:
        raise httpcore.ConnectError(f"the name {host} has no address")
    return list(dict.fromkeys(addresses))
