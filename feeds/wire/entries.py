"""What the readers of the single formats find in a feed, and the stories made of it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from feeds.story import Drop, Story, Subscription
from feeds.wire.clean import html_to_line, html_to_text
from feeds.wire.dates import read_date
from feeds.wire.language import language_of
from feeds.wire.links import links_of, safe_link
from feeds.wire.wires import wire_credit, wire_flag

MAX_ENTRIES: Final = 5_000
"""Entries taken of one feed; the rest is named in the ledger."""
MAX_TEXT: Final = 200_000
"""Characters kept of one text; the cut is named in the ledger."""
MAX_TITLE: Final = 5_000
"""Characters kept of a title, which may be a whole post; the cut is named in the ledger."""
AHEAD: Final = timedelta(minutes=10)
"""How far a clock may be ahead before a story counts as dated in the future."""

_EMAIL: Final = re.compile(r"[^\s()<>,]+@[^\s()<>,]+")
_FIRST_SENTENCE: Final = re.compile(r"\A.{12,180}?[.!?…]['\"”’)]?(?=\s)", re.DOTALL)
_AGGREGATORS: Final = re.compile(
    r"\Ahttps?://(?:[^/]*\.)?(?:news\.google\.|news\.yahoo\.|(?:www\.)?bing\.com/news)"
)


@dataclass(slots=True)
class RawEntry:
    """One entry as its format says it: strings as found, HTML where there was HTML."""

    id: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    contents: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """Date strings, the one that tells the publication first."""
    author: str = ""
    source: str = ""
    """Name of the outlet that the feed says it has this from."""
    language: str = ""
    caption: str = ""
    """Text of a picture or film: the story's text where there is no other."""


@dataclass(slots=True)
class RawFeed:
    """A feed as its format says it."""

    title: str = ""
    language: str = ""
    ttl: float | None = None
    """Seconds between two fetches that the feed asks for."""
    entries: list[RawEntry] = field(default_factory=list)
    problem: str = ""
    """What was broken and was got over; empty when nothing was."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one body gave: its stories in the feed's order, and what was lost on the way."""

    stories: tuple[Story, ...]
    title: str
    """The feed's own title."""
    drops: tuple[Drop, ...]
    ttl: float | None
    """Seconds between two fetches that the feed asks for; None when it does not say."""


def make_stories(feed: RawFeed, subscription: Subscription, received: datetime) -> Parsed:
    """The stories of a feed, cleaned, each with its stable id; every loss is a line of the ledger."""
    maker = _Maker(subscription, received, feed)
    for entry in feed.entries[:MAX_ENTRIES]:
        maker.add(entry)
    if len(feed.entries) > MAX_ENTRIES:
        maker.drop(
            "", f"{len(feed.entries) - MAX_ENTRIES} entries after the first {MAX_ENTRIES} were left out"
        )
    if not feed.entries:
        maker.drop("", "a feed without any entry")
    if feed.problem:
        maker.drop("", f"{feed.problem}; kept {len(maker.stories)} stories")
    return Parsed(tuple(maker.stories), html_to_line(feed.title), tuple(maker.drops), feed.ttl)


class _Maker:
    """Makes the stories of one feed and keeps account of what is lost."""

    def __init__(self, subscription: Subscription, received: datetime, feed: RawFeed) -> None:
        self.subscription = subscription
        self.received = received
        self.language = subscription.language or html_to_line(feed.language)[:35]
        self.stories: list[Story] = []
        self.drops: list[Drop] = []
        self._seen: set[str] = set()
        self._ids = Counter(entry.id for entry in feed.entries if entry.id)
        self._aggregator = _AGGREGATORS.match(subscription.url) is not None

    def drop(self, url: str, reason: str) -> None:
        self.drops.append(Drop(self.received, self.subscription.url, url, "parse", reason))

    def add(self, entry: RawEntry) -> None:
        url = self._url(entry)
        title, summary, body = self._texts(entry, url)
        if not title and not summary and not body:
            self.drop(url, "an entry with neither title nor text")
            return
        marks: tuple[str, ...] = ()
        if not title:
            title, summary, body = _titled(summary, body)
            marks = ("untitled",)
        identity = self._identity(entry, url, title)
        if identity in self._seen:
            self.drop(url, f"an entry that the feed carries twice: {title[:80]}")
            return
        self._seen.add(identity)
        published = next(filter(None, map(read_date, entry.dates)), None)
        if published is None:
            marks = ("undated", *marks)
        elif published > self.received + AHEAD:
            marks = ("future", *marks)
        source = html_to_line(entry.source)
        text = body or summary
        self.stories.append(
            Story(
                id=identity,
                title=title,
                summary=summary,
                body=body,
                url=url,
                feed=self.subscription.url,
                outlet=source if self._aggregator and source else self.subscription.outlet,
                reliability=self.subscription.reliability,
                wire=wire_credit(title=title, text=text, source=source, author=_person(entry.author)),
                flag=wire_flag(title, text),
                language=self._language(entry, title, text),
                published=published,
                received=self.received,
                marks=marks,
                links=links_of(entry.summary, *entry.contents, base=self.subscription.url),
            )
        )

    def _language(self, entry: RawEntry, title: str, text: str) -> str:
        """What the words are in counts before what is said of them: many a feed says ``en-us`` whatever it writes."""
        told = self.language or html_to_line(entry.language)[:35]
        found = language_of(f"{title}\n{text[:400]}")
        return found if found and found != told.lower().partition("-")[0] else told

    def _url(self, entry: RawEntry) -> str:
        for link in (entry.link, entry.id if entry.id.startswith(("http://", "https://")) else ""):
            if url := safe_link(link.strip(), self.subscription.url):
                return url
        return ""

    def _texts(self, entry: RawEntry, url: str) -> tuple[str, str, str]:
        """Title, summary and body: the longest text is the body when there are two, or when it came as content."""
        title = self._cut(html_to_line(entry.title), url, MAX_TITLE)
        texts = list(
            dict.fromkeys(self._cut(html_to_text(raw), url) for raw in (entry.summary, *entry.contents))
        )
        texts = sorted(filter(None, texts), key=len)
        if not texts:
            return title, self._cut(html_to_text(entry.caption), url), ""
        if len(texts) > 1:
            return title, texts[0], texts[-1]
        return (title, "", texts[0]) if entry.contents else (title, texts[0], "")

    def _cut(self, text: str, url: str, most: int = MAX_TEXT) -> str:
        if len(text) <= most:
            return text
        self.drop(
            url, f"a {'text' if most == MAX_TEXT else 'title'} of {len(text)} characters was cut at {most}"
        )
        return text[:most].rstrip()

    def _identity(self, entry: RawEntry, url: str, title: str) -> str:
        """16 hexadecimal digits; an id that several entries share counts only together with their link."""
        if entry.id and self._ids[entry.id] == 1:
            key = f"id\0{entry.id}"
        elif entry.id:
            key = f"id\0{entry.id}\0{url or title}"
        else:
            key = f"link\0{url}" if url else f"title\0{title}"
        said = f"{self.subscription.url}\0{key}".encode("utf-8", "replace")
        return hashlib.sha256(said).hexdigest()[:16]


def _titled(summary: str, body: str) -> tuple[str, str, str]:
    """A title made of the text's first sentence, and the text without it, so that nothing is said twice."""
    text = body or summary
    found = _FIRST_SENTENCE.match(text)
    if found and "\n" not in found[0]:
        rest = text[found.end() :].lstrip()
        return (found[0], summary, rest) if body else (found[0], rest, "")
    first, _, rest = text.partition("\n\n")
    if len(first) <= 200:
        return (first, summary, rest) if body else (first, rest, "")
    return first[:117].rstrip() + "…", summary, body


def _person(author: str) -> str:
    """The name in an author's field, without addresses: ``jane@x.org (Jane Doe)`` is Jane Doe."""
    name = _EMAIL.sub("", html_to_line(author)).replace("()", "").replace("<>", "").strip()
    return name[1:-1].strip() if name.startswith("(") and name.endswith(")") else name
