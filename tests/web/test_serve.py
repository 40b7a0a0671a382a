"""``warwatch serve`` as a process: who is let in, what its viewers inherit, how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from tests.cli.conftest import Warwatch, one_clear_line
from tests.end_to_end.machine import Machine
from tests.web.conftest import MOMENT
from tests.web.serving import Served, serving, wait_until

TOKEN = "d41d8cd98f00b204-correct-horse"
NOW = ("--as-of", MOMENT, "--port", 0)


async def first_bytes(url: str, token: str = "") -> bytes:
    """What the screen paints first for a browser that comes with the token."""
    headers = {"Origin": url.rstrip("/")} | ({"Authorization": f"Bearer {token}"} if token else {})
    async with ClientSession() as browser, browser.ws_connect(f"{url}ws", headers=headers) as screen:
        painted = b""
        while b"Kandahar" not in painted:
            painted += await screen.receive_bytes(timeout=20)
        return painted


def viewers(served: Served) -> list[int]:
    """Pids of the viewers that a server started."""
    folder = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
    return [int(pid) for pid in folder.read_text().split()]


def told_to(pid: int) -> list[bytes]:
    """Environment and words of a process."""
    return [Path(f"/proc/{pid}/{name}").read_bytes() for name in ("environ", "cmdline")]


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_a_browser_gets_the_board_and_the_viewer_goes_with_the_tab(machine: Machine) -> None:
    with serving(machine, *NOW) as served:
        assert served.url.startswith("http://127.0.0.1:")
        assert b"claimed" in asyncio.run(first_bytes(served.url))
        wait_until(lambda: not viewers(served), "the viewer's end")
        assert served.end() == 0
    assert served.err == ""


def test_the_token_is_in_no_output_and_in_no_viewers_words_or_environment(machine: Machine) -> None:
    machine.environment["WARWATCH_TOKEN"] = TOKEN

    async def look(served: Served) -> list[bytes]:
        headers = {"Origin": served.url.rstrip("/"), "Authorization": f"Bearer {TOKEN}"}
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:  # of an address, not a name
            async with browser.get(f"{served.url}?token=not-the-token-{TOKEN[:8]}") as answer:
                assert answer.status == 401
            async with browser.get(f"{served.url}?token={TOKEN}") as answer:
                assert answer.status == 200
                assert "token" not in str(answer.url)
            async with browser.ws_connect(f"{served.url}ws", headers=headers) as screen:
                await screen.receive_bytes(timeout=20)
                return [told for pid in viewers(served) for told in told_to(pid)]

    with serving(machine, *NOW) as served:
        told = asyncio.run(look(served))
        assert len(told) == 2
        assert all(TOKEN.encode() not in each for each in told)
        assert served.end(signal.SIGINT) == 0
    assert TOKEN not in served.said + served.err


def test_a_wider_bind_without_a_token_is_refused(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("serve", "--host", "0.0.0.0"), "--token", "127.0.0.1")
    one_clear_line(warwatch("serve", "--host", "0.0.0.0", "--token", "short"), "16 characters")


def test_wrong_words_are_told_in_a_line(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("serve", "--port", "99999"), "port", status=2)
    one_clear_line(warwatch("serve", "--sessions", "0"), "1 to 1000", status=2)
    one_clear_line(warwatch("serve", "--url", "javascript:alert(1)"), "https://")


def test_a_port_that_is_taken_is_told_in_a_line(machine: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = machine.run("serve", "--no-poll", "--port", taken.getsockname()[1], status=1)
    assert said.err.count("\n") == 1
    assert "take another --port" in said.err


def test_a_server_that_is_killed_leaves_no_viewer_behind(machine: Machine) -> None:
    async def kill(served: Served) -> int:
        headers = {"Origin": served.url.rstrip("/")}
        async with (
            ClientSession() as browser,
            browser.ws_connect(f"{served.url}ws", headers=headers) as screen,
        ):
            await screen.receive_bytes(timeout=20)
            (viewer,) = viewers(served)
            os.kill(served.process.pid, signal.SIGKILL)
            return viewer

    with serving(machine, *NOW) as served:
        viewer = asyncio.run(kill(served))
        served.process.communicate(timeout=20)
        wait_until(lambda: not alive(viewer), "the viewer's end")


async def flag(url: str, wanted: bytes) -> None:
    """Flag the first story of the wire from a browser, and wait for the words that answer."""
    headers = {"Origin": url.rstrip("/")}
    async with (
        asyncio.timeout(30),
        ClientSession() as browser,
        browser.ws_connect(f"{url}ws", headers=headers) as screen,
    ):
        painted = b""
        while b"Kandahar" not in painted:
            painted += await screen.receive_bytes()
        for key in "2f":
            await screen.send_json(["stdin", key])
        while wanted not in painted:
            painted += await screen.receive_bytes()


@pytest.mark.parametrize(
    ("words", "answer", "written"),
    [((), b"this viewer only reads", False), (("--write",), b"1 story flagged", True)],
)
def test_only_who_was_told_otherwise_may_write(
    machine: Machine, words: tuple[str, ...], answer: bytes, written: bool
) -> None:
    with serving(machine, "--port", 0, "--no-poll", *words) as served:
        asyncio.run(flag(served.url, answer))
        with machine.archive() as archive:
            assert ("flag" in {action.kind for action in archive.actions()}) is written
