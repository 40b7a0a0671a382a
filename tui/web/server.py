"""textual-serve, kept behind the guard: a page with a terminal in it, and one viewer a tab."""

from __future__ import annotations

import asyncio
import logging
import shlex
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aiohttp import WSMessage, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from feeds.errors import InputError
from tui.web.guard import TEMPLATES, Guard

OWN: Final = Path(__file__).with_name("own")
SMALLEST: Final = 8
LARGEST: Final = 40
MOST_CELLS: Final = 1000
"""Cells that a screen is wide or high at most."""
USUAL: Final = 16
"""Height of a letter in pixels, unless ``?fontsize=`` asks for another."""


class ScreenServer(Server):
    """Serves one command's screen to browsers, each tab a process of its own, so many at most."""

    def __init__(self, command: Sequence[str], host: str, port: int, guard: Guard, *, most: int) -> None:
        # Without exec a shell would stand between us and the viewer, and outlive a signal.
        super().__init__(f"exec {shlex.join(command)}", host=host, port=port, title="warwatch")
        self._guard, self._most = guard, most
        self._open = 0

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard.middleware], client_max_size=4096)
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws", self.handle_websocket),
                web.static("/static", self.statics_path),
                web.static("/own", OWN),
            ]
        )
        return app

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page with the terminal; nothing in it comes from another host."""
        address = self._guard.address(request)
        socket = f"{address.replace('http', 'ws', 1)}/ws"
        page = TEMPLATES.get_template("screen.html.j2").render(
            title=self.title, socket=socket, size=_letters(request.query.get("fontsize", ""))
        )
        return web.Response(text=page, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.StreamResponse:  # type: ignore[override]
        """One viewer for one tab, as long as the tab is open."""
        if not _fits(*(_cells(request.query.get(name, ""), 80) for name in ("width", "height"))):
            return web.Response(status=400, text="That is no size of a screen.\n")
        if self._open >= self._most:
            return web.Response(status=503, text=f"{self._most} screens are open already.\n")
        self._open += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._open -= 1

    async def run(self) -> None:
        """Serve until a signal says that it is enough; InputError when the port is not to be had."""
        logging.getLogger("textual-serve").setLevel(logging.CRITICAL)
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=3.0)
        await runner.setup()
        site = web.TCPSite(runner, self.host, self.port)
        try:
            await site.start()
            self.port = _port_of(runner)
            self.started()
            await _told_to_end()
        except OSError as error:
            raise InputError(
                f"{self.host} port {self.port} is not to be had ({error.strerror or error}); take another --port"
            ) from error
        finally:
            await runner.cleanup()

    def started(self) -> None:
        """The server answers from now on, at :attr:`port`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        print(f"warwatch is at http://{host}:{self.port}/ until Ctrl-C", flush=True)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """What the browser sends: keys, its size, whether it is looked at. What is none of these is passed over."""
        async for message in websocket:
            kind, data = _envelope(message)
            if kind == "stdin" and isinstance(data, str):
                await app_service.send_bytes(data.encode("utf-8", "replace"))
            elif kind == "resize" and isinstance(data, dict):
                width, height = data.get("width"), data.get("height")
                if isinstance(width, int) and isinstance(height, int) and _fits(width, height):
                    await app_service.set_terminal_size(width, height)
            elif kind == "ping":
                await websocket.send_json(["pong", data])
            elif kind == "blur":
                await app_service.blur()
            elif kind == "focus":
                await app_service.focus()


def _envelope(message: WSMessage) -> tuple[object, object]:
    """Kind and content of a message; (None, None) for one that is none of ours."""
    if message.type is not WSMsgType.TEXT:
        return None, None
    try:
        found = message.json()
    except ValueError:
        return None, None
    if not isinstance(found, list) or not found:
        return None, None
    return found[0], found[1] if len(found) > 1 else None


def _fits(width: int, height: int) -> bool:
    return 0 < width <= MOST_CELLS and 0 < height <= MOST_CELLS


def _cells(word: str, otherwise: int) -> int:
    """The number that a word is; too many for one of many digits."""
    if not (word.isascii() and word.isdecimal()):
        return otherwise
    return int(word) if len(word) < 6 else MOST_CELLS + 1


def _letters(word: str) -> int:
    """Height of a letter in pixels, within reason."""
    return min(LARGEST, max(SMALLEST, _cells(word, USUAL)))


def _port_of(runner: web.AppRunner) -> int:
    """The port that is really bound, which the system chose for port 0."""
    address = runner.addresses[0]
    return int(address[1])


async def _told_to_end() -> None:
    """Wait for SIGINT, SIGTERM or SIGHUP."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
