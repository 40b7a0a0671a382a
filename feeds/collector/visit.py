"""One visit to one feed: fetched, and parsed when there is something new to parse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from feeds.clock import Clock
from feeds.collector.parsing import Parsers
from feeds.errors import FetchError, ParseError
from feeds.story import FeedState, Subscription
from feeds.wire.client import Limits, WireClient
from feeds.wire.fetch import Manners, fetch
from feeds.wire.parse import Parsed
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
    """SHA-256 of the body; ``!`` before it when it could not be read."""


async def visit(
    client: WireClient,
    subscription: Subscription,
    state: FeedState,
    *,
    limits: Limits,
    clock: Clock,
    parsers: Parsers,
    manners: Manners,
    received: datetime | None = None,
) -> Visit:
    """Asks a feed once. Whatever goes wrong with the feed is in the outcome; only what ``manners`` raise is raised.

    Its stories are received at a given moment, by default when the answer is there: what is taken in together came together.
    """
    try:
        answer = await fetch(
            client, state, limits=limits, clock=clock, user_agent=subscription.user_agent, manners=manners
        )
    except FetchError as error:
        return Visit(subscription, state, error)
    if not answer.ok or answer.status == 304:
        return Visit(subscription, state, answer)
    digest = sha256(answer.body).hexdigest()
    if digest == state.body_hash:
        return Visit(subscription, state, answer, body_hash=digest)
    broken = f"!{digest}"
    if broken == state.body_hash:
        return Visit(subscription, state, ParseError(_reason(state)), body_hash=broken)
    try:
        parsed = await parsers.parse(
            answer.body, subscription, content_type=answer.content_type, received=received or clock()
        )
    except ParseError as error:
        return Visit(subscription, state, error, body_hash=broken)
    return Visit(subscription, state, answer, parsed, digest)


def _reason(state: FeedState) -> str:
    """Why a body that came before could not be read, which trying again would only say again."""
    return (
        state.error if state.error.startswith(("not a feed", "the feed")) else "not a feed: as it was before"
    )
