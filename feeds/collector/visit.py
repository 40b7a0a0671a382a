"""One visit to one feed: fetched, and parsed when there is something new to parse."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from hashlib import sha256

from feeds.clock import Clock
from feeds.errors import FetchError, ParseError
from feeds.story import FeedState, Subscription
from feeds.wire.client import Limits, WireClient
from feeds.wire.fetch import fetch
from feeds.wire.parse import Parsed, parse
from feeds.wire.schedule import Outcome


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking one feed."""

    subscription: Subscription
    state: FeedState
    """As it was before."""
    outcome: Outcome
    parsed: Parsed | None = None
    """None when nothing new came, or nothing that can be used."""
    body_hash: str = ""


async def visit(
    client: WireClient, subscription: Subscription, state: FeedState, *, limits: Limits, clock: Clock
) -> Visit:
    """Asks a feed once. Whatever goes wrong with the feed is in the outcome; nothing is raised for it."""
    try:
        answer = await fetch(client, state, limits=limits, clock=clock, user_agent=subscription.user_agent)
    except FetchError as error:
        return Visit(subscription, state, error)
    if not answer.ok or answer.status == 304:
        return Visit(subscription, state, answer)
    digest = sha256(answer.body).hexdigest()
    if digest == state.body_hash:
        return Visit(subscription, state, answer, body_hash=digest)
    try:
        parsed = await asyncio.to_thread(
            parse, answer.body, subscription, content_type=answer.content_type, received=clock()
        )
    except ParseError as error:
        return Visit(subscription, state, error)
    return Visit(subscription, state, answer, parsed, digest)
