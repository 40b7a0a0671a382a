"""Parsing off the event loop: small sound feeds in a thread, all that takes long in a process of its own.

The threads share one interpreter with the event loop: what takes longer than a few milliseconds there is felt by every
other feed. A process can also be ended, which is the only way out of a parser that does not come to an end.
"""

from __future__ import annotations

import asyncio
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from typing import Final, Self

from feeds.collector.apart import Apart
from feeds.collector.readers import Readers
from feeds.errors import ParseError
from feeds.story import Subscription
from feeds.wire.parse import Parsed, parse

SMALL: Final = 50_000
"""Bytes that the fast path reads and cleans in a few milliseconds."""
PATIENCE: Final = 20.0
"""Seconds for one feed; the slowest that comes to an end needs three."""
IDLE: Final = 60.0
"""Seconds after which a process with nothing to do is ended, for its memory's sake."""


class Parsers:
    """Parses bodies, one large or odd one at a time; use it as an asynchronous context manager."""

    def __init__(
        self,
        readers: Readers | None = None,
        *,
        small: int = SMALL,
        patience: float = PATIENCE,
        idle: float = IDLE,
    ) -> None:
        """``readers`` parse what is small, in a thread or ahead with much else."""
        self._readers = readers or Readers(cores=1)
        self._small, self._patience = small, patience
        self._apart = Apart(idle)
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._apart.end()

    async def parse(
        self, body: bytes, subscription: Subscription, *, content_type: str, received: datetime
    ) -> Parsed:
        """As :func:`feeds.wire.parse.parse`; ParseError also when it takes too long, or takes its process along."""
        if len(body) <= self._small:
            sure = await self._readers.parse(body, subscription, content_type=content_type, received=received)
            if sure is not None:
                return sure
        async with self._turn:
            return await self._parse(body, subscription, content_type, received)

    async def _parse(
        self, body: bytes, subscription: Subscription, content_type: str, received: datetime
    ) -> Parsed:
        try:
            async with asyncio.timeout(self._patience):
                return await self._apart.do(_parse, body, subscription, content_type, received)
        except TimeoutError as error:
            self._apart.end()
            raise ParseError(f"the feed takes longer than {self._patience:g} s to parse") from error
        except BrokenProcessPool as error:
            self._apart.end()
            raise ParseError(
                "the feed ended the process that parsed it, for want of memory perhaps"
            ) from error


def _parse(body: bytes, subscription: Subscription, content_type: str, received: datetime) -> Parsed:
    return parse(body, subscription, content_type=content_type, received=received)
