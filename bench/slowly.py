"""A server of many feeds, each on a port of its own, that answers after a while: ``python -m bench.slowly FEEDS ITEMS SECONDS``.

Prints the ports, one a line, and serves until its input ends.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial

from bench.news import WORLD_DESK, as_feeds, news

_HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n"
)


async def _answer(
    body: bytes, seconds: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(seconds)
    writer.write(_HEAD.format(len(body)).encode() + body)
    await writer.drain()
    writer.close()


async def main(feeds: int, items: int, seconds: float) -> None:
    """Serve until told to end."""
    for body in as_feeds(news(feeds * items, WORLD_DESK), feeds):
        server = await asyncio.start_server(partial(_answer, body.encode(), seconds), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1])
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
