"""Who may come into the served screen: over a real socket, with a viewer of a few lines behind it."""

from __future__ import annotations

import asyncio
import hmac
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from aiohttp.test_utils import TestServer

from feeds.errors import InputError
from tui.web import guard as guarding
from tui.web.guard import COOKIE, Guard, checked_token
from tui.web.server import ScreenServer

TOKEN = "correct-horse-battery"
ECHO = """
import os, sys
os.write(1, b"__GANGLION__\\n")
def say(kind, data): os.write(1, kind + len(data).to_bytes(4, "big") + data)
say(b"D", b"hello")
while head := sys.stdin.buffer.read(5):
    data = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if head[:1] == b"M" and b"quit" in data:
        break
    say(b"D", head[:1] + data)
"""
"""A viewer: says hello, and whatever it is told."""


@pytest.fixture(autouse=True)
def no_penalty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_PENALTY", 0.0)


@asynccontextmanager
async def served(
    token: str = "", *, most: int = 2, public: str = ""
) -> AsyncIterator[tuple[str, ClientSession]]:
    """Address of a server on loopback, and a browser without a page."""
    screen = ScreenServer(
        [sys.executable, "-c", ECHO], "127.0.0.1", 0, Guard(token, "127.0.0.1", public), most=most
    )
    server = TestServer(await screen._make_app())
    await server.start_server()
    try:
        async with ClientSession() as browser:
            yield str(server.make_url("")).rstrip("/"), browser
    finally:
        await server.close()


def asks(test: Callable[[], Awaitable[None]]) -> None:
    async def inner() -> None:
        await test()

    asyncio.run(inner())


async def status_of(browser: ClientSession, url: str, **headers: str) -> int:
    async with browser.get(url, headers=headers, allow_redirects=False) as answer:
        return answer.status


async def opens(browser: ClientSession, base: str, query: str = "", **headers: str) -> int:
    """Status of opening the screen: 101 when it opened."""
    try:
        async with browser.ws_connect(f"{base}/ws{query}", headers=headers) as socket:
            assert await socket.receive_bytes(timeout=10) == b"hello"
            return 101
    except WSServerHandshakeError as error:
        return error.status


def test_without_a_token_only_this_machine_by_its_own_name_comes_in() -> None:
    async def test() -> None:
        async with served() as (base, browser):
            port = base.rpartition(":")[2]
            assert await status_of(browser, f"{base}/") == 200
            assert await status_of(browser, f"{base}/", Host=f"localhost:{port}") == 200
            for name in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", "[", ""):
                assert await status_of(browser, f"{base}/", Host=name) in (400, 403), name

    asks(test)


def test_a_page_of_another_site_cannot_open_the_screen() -> None:
    async def test() -> None:
        async with served() as (base, browser):
            assert await opens(browser, base, Origin=base) == 101
            assert await opens(browser, base, Origin="https://evil.example") == 403
            assert await opens(browser, base, Origin="null") == 403
            assert await opens(browser, base, Origin="http://[") == 403
            assert await opens(browser, base) == 403

    asks(test)


def test_with_a_token_everything_is_behind_the_door() -> None:
    async def test() -> None:
        async with served(TOKEN) as (base, browser):
            for path in ("/", "/static/js/textual.js", "/own/screen.css", "/nothing", "/static/"):
                assert await status_of(browser, f"{base}{path}") == 401, path
            assert await opens(browser, base, Origin=base) == 401
            assert await status_of(browser, f"{base}/?token=wrong") == 401
            assert await status_of(browser, f"{base}/?token=") == 401
            assert await status_of(browser, f"{base}/", Authorization="Bearer wrong") == 401
            assert await status_of(browser, f"{base}/", Cookie=f"{COOKIE}={TOKEN}") == 401
            assert await status_of(browser, f"{base}/", Authorization=f"Bearer {TOKEN}") == 200

    asks(test)


def test_the_token_opens_the_door_once_and_a_cookie_that_is_not_the_token_keeps_it_open() -> None:
    async def test() -> None:
        async with served(TOKEN) as (base, browser):
            for visit in (
                browser.get(f"{base}/?token={TOKEN}", allow_redirects=False),
                browser.post(f"{base}/door", data={"token": TOKEN}, allow_redirects=False),
            ):
                async with visit as answer:
                    assert (answer.status, answer.headers["Location"]) == (303, "/")
                    cookie = answer.headers["Set-Cookie"]
                    assert "HttpOnly" in cookie
                    assert "SameSite=Lax" in cookie
                    assert TOKEN not in cookie
                    proof = answer.cookies[COOKIE].value
            kept = {"Cookie": f"{COOKIE}={proof}"}
            assert await status_of(browser, f"{base}/", **kept) == 200
            assert await opens(browser, base, Origin=base, **kept) == 101
            assert await opens(browser, base, Origin="https://evil.example", **kept) == 403

    asks(test)


def test_tokens_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []
    compare = hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)

    async def test() -> None:
        async with served(TOKEN) as (base, browser):
            await status_of(browser, f"{base}/?token=guess-1")
            await status_of(browser, f"{base}/", Authorization="Bearer guess-2")
            await status_of(browser, f"{base}/", Cookie=f"{COOKIE}=guess-3")

    asks(test)
    assert {b"guess-1", b"guess-2", b"guess-3"} <= set(compared)


def test_pages_ask_nothing_of_other_hosts_and_cannot_be_framed() -> None:
    async def test() -> None:
        async with served() as (base, browser), browser.get(f"{base}/") as answer:
            page = await answer.text()
            assert "https://" not in page
            assert f'data-session-websocket-url="{base.replace("http", "ws")}/ws"' in page
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"

    asks(test)


def test_behind_a_proxy_the_page_speaks_to_the_public_address() -> None:
    async def test() -> None:
        public = "https://watch.example"
        async with served(TOKEN, public=public) as (base, browser):
            bearer = {"Authorization": f"Bearer {TOKEN}"}
            async with browser.get(f"{base}/", headers=bearer) as answer:
                assert 'data-session-websocket-url="wss://watch.example/ws"' in await answer.text()
            assert await opens(browser, base, Origin=public, **bearer) == 101
            async with browser.get(f"{base}/?token={TOKEN}", allow_redirects=False) as answer:
                assert "Secure" in answer.headers["Set-Cookie"]

    asks(test)


def test_no_more_screens_than_were_allowed() -> None:
    async def test() -> None:
        async with served(most=1) as (base, browser):
            async with browser.ws_connect(f"{base}/ws", headers={"Origin": base}) as first:
                assert await first.receive_bytes(timeout=10) == b"hello"
                assert await opens(browser, base, Origin=base) == 503
            for _ in range(100):
                if await opens(browser, base, Origin=base) == 101:
                    return
                await asyncio.sleep(0.05)
            raise AssertionError("the place of a closed screen is never free again")

    asks(test)


def test_what_is_no_message_is_passed_over_and_a_monstrous_size_never_reaches_the_viewer() -> None:
    async def test() -> None:
        async with served() as (base, browser):
            for query in ("?width=100000&height=24", "?width=80&height=0"):
                assert await opens(browser, base, query, Origin=base) == 400
            async with browser.ws_connect(f"{base}/ws", headers={"Origin": base}) as socket:
                assert await socket.receive_bytes(timeout=10) == b"hello"
                for junk in ("[", "{}", "[]", '["stdin"]', '["stdin", 3]', '["resize", {"width": 1e9}]'):
                    await socket.send_str(junk)
                await socket.send_str('["resize", {"width": 1000000000, "height": 50}]')
                await socket.send_bytes(b"\xff\x00")
                await socket.send_str('["resize", {"width": 100, "height": 50}]')
                await socket.send_str('["stdin", "j"]')
                said = [await socket.receive_bytes(timeout=10) for _ in range(2)]
                assert said[0].startswith(b'M{"type": "resize", "width": 100, "height": 50')
                assert said[1] == b"Dj"

    asks(test)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "watch.example"])
def test_a_server_that_others_reach_needs_a_token_that_cannot_be_guessed(host: str) -> None:
    for token in ("", "short"):
        with pytest.raises(InputError):
            checked_token(host, token)
    assert checked_token(host, TOKEN) == TOKEN


def test_on_this_machine_a_token_may_be_missing_or_short_but_not_nonsense() -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        assert checked_token(host, "") == ""
        assert checked_token(host, "short") == "short"
    with pytest.raises(InputError, match="ASCII"):
        checked_token("127.0.0.1", "ключ")
