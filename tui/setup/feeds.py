"""The section of the feeds: how each does, and what is known of the outlet behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from feeds.desk import Desk
from feeds.errors import ArchiveError, InputError
from feeds.health import Health, health
from feeds.safetext import one_line, safe_url
from feeds.story import RELIABILITY_LETTERS, FeedState, Subscription
from tui.cells import line
from tui.setup import child
from tui.setup.section import Entry
from tui.setup.steps import Choice, Errand, Field, Form, Option, Said, Step, Stopped, Values, WrongField
from tui.views.lengths import length_of, said_length

_STYLES: Mapping[str, str] = {"fine": "good", "quiet": "", "new": "muted", "failing": "contested"}
"""How a word of health is painted; what is not here is an alarm."""


_REPLAYED = "A recording plays: these feeds are not asked."


class FeedsSection:
    """Feeds in the order of the desk."""

    title: ClassVar[str] = "Feeds"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (
        ("", 2),
        ("outlet", 20),
        ("health", 9),
        ("when last asked", 0),
    )
    deeds: ClassVar[Mapping[str, str]] = {
        "open": "edit",
        "add": "add",
        "remove": "remove",
        "try": "check",
        "reload": "ask now",
        "reload-all": "ask all",
        "import": "import",
        "export": "export",
        "private": "private",
    }

    def __init__(
        self,
        desk: Desk,
        states: Callable[[], Mapping[str, FeedState]],
        clock: Callable[[], datetime],
        reload: Callable[[str], str],
        defaults: Sequence[Subscription] = (),
        *,
        replayed: bool = False,
    ) -> None:
        """``reload`` writes to the journal that a feed (all for an empty address) is to be asked now.

        ``replayed``: a recording plays, and nobody asks the feeds of the desk.
        """
        self._desk, self._states, self._clock, self._reload = desk, states, clock, reload
        self._defaults = defaults
        """Feeds of the theatre's pack."""
        self._replayed = replayed
        self._known: Mapping[str, FeedState] | None = None
        """What the archive said of the feeds, read beside the screen; None before it was."""
        self._shown: Sequence[tuple[Subscription, Health]] = ()

    def count(self) -> str:
        return str(len(self._desk.subscriptions()))

    def about(self) -> str:
        if self._replayed:
            return _REPLAYED
        found = [how for _, how in self._shown]
        alarms = sum(how.alarm for how in found)
        private = "; private addresses allowed" if self._desk.allow_private() else ""
        if self._known is None:
            return f"{len(found)} feeds{private}"
        if not alarms:
            return f"{len(found)} feeds, none needs a look{private}"
        return f"{len(found)} feeds, {alarms} need{'s' * (alarms == 1)} a look{private}"

    def nothing(self) -> Sequence[str]:
        return ("No feed is followed.", "a adds one by its address, or by that of a page that names it.") + (
            ("It offers those of the theatre too.",) if self._defaults else ()
        )

    def entries(self) -> Sequence[Entry]:
        self._shown = self._healths()
        return [self._entry(each, how) for each, how in self._shown]

    def _entry(self, feed: Subscription, how: Health) -> Entry:
        word = (how.word.upper() if how.alarm else how.word, _STYLES.get(how.word, "bad"))
        said = f"{line(how.line)}  {line(feed.url)}"
        if self._replayed:
            word, said = ("-", "muted"), f"not asked, a recording plays  {line(feed.url)}"
        elif self._known is None:
            word, said = ("-", "muted"), line(feed.url)
        outlet = (line(feed.outlet) or feed.url, "")
        return Entry(feed.url, ((feed.reliability, "muted"), outlet, word, (said, "muted")))

    def look(self) -> Errand | None:
        return None if self._replayed else Errand("", lambda _: self._found_out())

    def _found_out(self) -> Step:
        """Beside the screen: what the archive says of the feeds."""
        try:
            self._known = self._states()
        except ArchiveError:
            self._known = {}
        return Said("")

    def do(self, deed: str, key: str) -> Step:
        if deed == "open" and key:
            return self._form("A feed", self._feed(key), was=key)
        if deed == "remove" and key:
            return self._removal(self._feed(key))
        if deed == "try" and key:
            return Errand(f"asking {line(key)} …", lambda stopped: self._checked(key, stopped))
        if deed in ("reload", "reload-all") and self._replayed:
            return Said(_REPLAYED)
        if deed == "reload" and key:
            return Errand("writing …", lambda _: Said(self._reload(key)), lasting=True)
        if deed == "reload-all":
            return Errand("writing …", lambda _: Said(self._reload("")), lasting=True)
        if deed == "private":
            return self._private()
        if deed in ("import", "export"):
            return self._file(deed)
        return self._address() if deed == "add" else Said("There is no feed here yet; a adds one.")

    # What is followed.

    def _healths(self) -> list[tuple[Subscription, Health]]:
        states, now = self._known or {}, self._clock()
        return [
            (each, health((states.get(each.url) or FeedState(each.url)).paced(each.interval), now))
            for each in self._desk.subscriptions()
        ]

    def _feed(self, url: str) -> Subscription:
        found = next((each for each in self._desk.subscriptions() if each.url == url), None)
        if found is None:
            raise InputError("this feed is no longer on the desk")
        return found

    def _removal(self, feed: Subscription) -> Step:
        def done(key: str) -> Step:
            if key == "keep":
                return Said("Nothing was changed.")
            self._desk.unsubscribe(feed.url)
            return Said(f"No longer following {line(feed.outlet)}. Its stories stay in the archive.")

        options = (
            Option("keep", "Keep it"),
            Option("remove", "Remove it", "its stories stay in the archive"),
        )
        return Choice(f"Remove {line(feed.outlet)}?", options, done)

    def _private(self) -> Step:
        allowed = not self._desk.allow_private()
        self._desk.set_allow_private(allowed)
        word = "allowed" if allowed else "refused"
        return Said(f"Feeds at private addresses are {word}, from the collector's next start.")

    # Adding and editing.

    def _address(self) -> Step:
        def done(values: Values) -> Step:
            word = values["address"]
            if not word:
                raise WrongField("address", "an address is needed, such as https://example.org/feed.xml")
            if word == "defaults" and self._defaults:
                self._desk.subscribe(*self._defaults)
                return Said(f"Following the {len(self._defaults)} feeds of the theatre.")
            url = safe_url(word if "://" in word else f"https://{word}")
            if not url:
                raise WrongField("address", "no http or https address; one begins with https://")
            return Errand(f"asking {line(url)} …", lambda stopped: self._found(url, stopped))

        hint = "of a feed, or of a page that names its feeds"
        if self._defaults:
            hint += f"; 'defaults' follows the {len(self._defaults)} of the theatre"
        return Form("Add a feed", (Field("address", "address", "", hint),), done)

    def _found(self, url: str, stopped: Stopped) -> Step:
        """Beside the screen: what is at an address; a feed's form, or a choice of feeds, or why not."""
        words = ["feeds", "find", url, "--json", *(["--allow-private"] * self._desk.allow_private())]
        answer = child.ask(words, stopped)
        kind, links = child.text(answer, "kind"), answer.get("feeds") if isinstance(answer, dict) else None
        if kind == "feed":
            return self._new(child.text(answer, "url") or url, child.text(answer, "title"), _told(answer))
        found = child.records(links)
        if kind == "page" and found:
            options = tuple(
                Option(
                    child.text(each, "url"), child.text(each, "title") or "a feed", child.text(each, "url")
                )
                for each in found
            )
            titles = {each.key: each.title for each in options}
            return Choice(
                "This page names feeds; which one?", options, lambda key: self._new(key, titles[key], "")
            )
        why = child.text(answer, "error") or "there is no feed, and no page that names one"
        return self._new(url, "", f"Nothing to read there now: {why}")

    def _new(self, url: str, title: str, told: str) -> Step:
        known = next((each for each in self._desk.subscriptions() if each.url == url), None)
        if known is not None:
            return self._form("This feed is followed already", known, was=url)
        host = (urlsplit(url).hostname or url).removeprefix("www.")
        return self._form("A new feed", Subscription(url, title or host), was="", about=told)

    def _form(self, title: str, feed: Subscription, *, was: str, about: str = "") -> Form:
        letters = tuple(RELIABILITY_LETTERS)
        groups = sorted({each.group for each in self._desk.subscriptions() if each.group})
        fields = (
            Field("url", "address", feed.url, "http or https"),
            Field("outlet", "outlet", feed.outlet, "the name shown beside its stories"),
            Field("reliability", "reliability", feed.reliability, "A best … E worst, F unknown", letters),
            Field(
                "group", "group", feed.group, f"a folder; parts joined by /  {', '.join(groups)[:60]}".strip()
            ),
            Field("language", "language", feed.language, "en, ps, uk … or empty"),
            Field("interval", "interval", said_length(feed.interval), "5m, 1h, 1d; empty: its own rhythm"),
            Field("user_agent", "user agent", feed.user_agent, "what its server is told; empty: the usual"),
            Field(
                "patience",
                "patience",
                feed.patience or "host",
                "a server that asks for patience means: all feeds of its host, or this feed",
                ("host", "feed"),
            ),
        )
        return Form(
            title,
            fields,
            lambda values: self._save(values, was),
            about=(about,) if about else (),
            check=lambda values: Errand(
                "asking it …", lambda stopped: self._checked(_url(values["url"]), stopped)
            ),
        )

    def _save(self, values: Values, was: str) -> Step:
        url = _url(values["url"])
        try:
            interval = length_of(values["interval"])
        except ValueError as error:
            raise WrongField("interval", str(error)) from error
        before = self._feed(was) if was else Subscription(url, "")
        feed = replace(
            before,
            url=url,
            outlet=values["outlet"] or (urlsplit(url).hostname or url),
            reliability=values["reliability"],
            group="/".join(part for each in values["group"].split("/") if (part := each.strip())),
            language=values["language"],
            user_agent=values["user_agent"],
            patience=values["patience"],
            interval=interval,
        )
        self._desk.resubscribe(was or url, feed)
        return Said(
            f"{'Following' if not was else 'Described anew:'} {line(feed.outlet)} ({feed.reliability})."
        )

    def _checked(self, url: str, stopped: Stopped) -> Step:
        words = ["feeds", "check", url, "--json", "--desk", str(self._desk.path)]
        words += ["--allow-private"] * self._desk.allow_private()
        answer = child.records(child.ask(words, stopped))
        if not answer:
            raise InputError("the check gave no answer")
        return Said(_told(answer[0]) or f"It does not answer: {child.text(answer[0], 'reason')}")

    # Lists of feeds.

    def _file(self, deed: str) -> Step:
        if deed == "export" and not self._desk.subscriptions():
            return Said("There is no feed to export.")
        usual = str(Path.home() / "feeds.opml")

        def done(values: Values) -> Step:
            if not values["file"]:
                raise WrongField("file", "the name of a file is needed")
            path = str(Path(values["file"]).expanduser().absolute())
            return Errand(f"{deed}ing …", lambda stopped: self._carried(deed, path, stopped), lasting=True)

        title = "Import feeds from an OPML file" if deed == "import" else "Export the feeds to an OPML file"
        return Form(title, (Field("file", "file", usual, "its path; ~ is your home"),), done)

    def _carried(self, deed: str, path: str, stopped: Stopped) -> Step:
        rest = [path] if deed == "import" else ["-o", path]
        answer = child.ask(["feeds", deed, *rest, "--json", "--desk", str(self._desk.path)], stopped)
        if deed == "export":
            return Said(f"{child.number(answer, 'feeds')} feeds written to {one_line(path)}.")
        new, anew = child.number(answer, "added"), child.number(answer, "described_anew")
        return Said(f"{new} feeds added, {anew} described anew.")


def _url(word: str) -> str:
    url = safe_url(word)
    if not url:
        raise WrongField("url", "no http or https address; one begins with https://")
    return url


def _told(answer: object) -> str:
    """What a check found, in one line; empty when it found no feed."""
    if not isinstance(answer, dict) or not answer.get("ok", True):
        return ""
    count, reason = child.number(answer, "stories"), child.text(answer, "reason")
    newest = child.text(answer, "newest")
    said = f"It answers: {count} stories in {child.number(answer, 'ms'):,} ms"
    return f"{said}{f', newest {newest[:16]}' if newest else ''}{f'. {reason}' if reason else '.'}"
