"""Who may come in: the token, and, where there is none, only pages of this machine asking for themselves.

A server on loopback is reached by every page that the operator's browser shows. So the Host must be a name of this
machine (a foreign name may be pointed at 127.0.0.1), and a websocket must come from a page that we served.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from feeds.errors import InputError

SHORTEST: Final = 16
"""Characters of a token, at least, where others than this machine can try."""
COOKIE: Final = "warwatch"
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_PENALTY: Final = 1.0
"""Seconds that a wrong token waits for its answer."""
_PURPOSE: Final = b"a session of warwatch"
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=select_autoescape(["html.j2"])
)
"""The pages that the server makes itself."""
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback(host: str) -> bool:
    """Whether a server bound there is reached from this machine only."""
    return host.strip("[]").lower() in _LOOPBACK


def checked_token(host: str, token: str) -> str:
    """The token; InputError when a server that others can reach has none, or one that can be guessed."""
    if not is_loopback(host):
        if not token:
            raise InputError(
                f"--host {host} lets others in: name a token with --token or WARWATCH_TOKEN, or stay on 127.0.0.1"
            )
        if len(token) < SHORTEST:
            raise InputError(f"that token can be guessed: take {SHORTEST} characters or more")
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise InputError("a token is of ASCII letters, digits and signs, without spaces")
    return token


class Guard:
    """Checks every request before anything else sees it."""

    def __init__(self, token: str, host: str, public: str = "") -> None:
        """``public`` is the address by which browsers come through a proxy; empty when they come directly."""
        self._token = token.encode()
        self._proof = hmac.new(self._token, _PURPOSE, sha256).hexdigest()
        """What the browser keeps instead of the token."""
        self._public = urlsplit(public)
        self._names = {*_LOOPBACK, host.strip("[]").lower(), (self._public.hostname or "").lower()} - {""}

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let the request through, show the door, or refuse it."""
        response = await self._answer(request, handler)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._token and self._named(request) not in self._names:
            return web.Response(status=403, text="Ask for this page by the name of this machine.\n")
        if request.path == "/ws" and not self._is_own_page(request):
            return web.Response(status=403, text="Only a page of this server may open the screen.\n")
        if not self._token:
            return await handler(request)
        if request.path == "/door" and request.method == "POST":
            return await self._door((await request.post()).get("token"), request)
        if request.path == "/" and "token" in request.query:
            return await self._door(request.query["token"], request)
        if self._has_token(request):
            return await handler(request)
        page = TEMPLATES.get_template("door.html.j2").render(wrong=False)
        return web.Response(status=401, text=page, content_type="text/html")

    def address(self, request: web.Request) -> str:
        """Scheme and host by which the browser came, ``https://watch.example:8443``."""
        if self._public.netloc:
            return f"{self._public.scheme}://{self._public.netloc}"
        return f"{request.scheme}://{request.host}"

    def _has_token(self, request: web.Request) -> bool:
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(given.strip()):
            return True
        kept = request.cookies.get(COOKIE, "")
        return hmac.compare_digest(kept.encode("utf-8", "replace"), self._proof.encode())

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token)

    async def _door(self, given: object, request: web.Request) -> web.StreamResponse:
        """Take the token once, leave its proof in a cookie, and go on to the page without it in the address."""
        if not isinstance(given, str) or not self._is_token(given):
            await asyncio.sleep(_PENALTY)
            page = TEMPLATES.get_template("door.html.j2").render(wrong=True)
            return web.Response(status=401, text=page, content_type="text/html")
        response = web.Response(status=303, headers={"Location": "/"})
        secure = self.address(request).startswith("https")
        response.set_cookie(COOKIE, self._proof, httponly=True, samesite="Lax", secure=secure, path="/")
        return response

    def _is_own_page(self, request: web.Request) -> bool:
        origin = _parsed(request.headers.get("Origin", "")).netloc.lower()
        return bool(origin) and origin in {request.host.lower(), self._public.netloc.lower()}

    @staticmethod
    def _named(request: web.Request) -> str:
        return (_parsed(f"//{request.host}").hostname or "").lower()


def _parsed(address: str) -> SplitResult:
    """An address that somebody sends; an empty one where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
