"""Retry-After heeded: until when which host, or which feed alone, is not asked whatever anybody wants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from feeds.story import FeedState, Subscription


def host_of(url: str) -> str:
    """The host of an address, with its port where one is named."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


class Patience:
    """What servers asked for.

    A server means all its feeds, unless the subscription says that this feed is answered on its own.
    """

    def __init__(self) -> None:
        self._feeds: dict[str, datetime] = {}
        self._hosts: dict[str, datetime] = {}

    def note(self, subscription: Subscription, state: FeedState) -> None:
        """Takes in what is remembered of one feed."""
        if state.patience_until is not None:
            self.ask(subscription, state.asked, state.patience_until)

    def note_all(self, known: Iterable[tuple[Subscription, FeedState]]) -> None:
        """Takes in what is remembered of all feeds."""
        for subscription, state in known:
            self.note(subscription, state)

    def ask(self, subscription: Subscription, url: str, until: datetime) -> None:
        """A server asked to be left alone until then; nothing shortens what was asked for before."""
        kept, key = (
            (self._feeds, subscription.url)
            if subscription.patience == "feed"
            else (self._hosts, host_of(url))
        )
        kept[key] = max(until, kept.get(key, until))

    def allows(self, subscription: Subscription, url: str, now: datetime) -> bool:
        """Whether the address may be asked now."""
        until = self._feeds.get(subscription.url)
        if subscription.patience != "feed":
            host = self._hosts.get(host_of(url))
            until = max(filter(None, (until, host)), default=None)
        return until is None or until <= now
