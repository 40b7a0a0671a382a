"""The section of the theatres: which war is watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from feeds.desk import Desk
from feeds.errors import TheatreError
from feeds.theatres import load_theatre, theatre_ids
from tui.cells import line
from tui.setup.section import Entry
from tui.setup.steps import Again, Choice, Errand, Option, Said, Step, Stopped


class TheatresSection:
    """The theatres that come with warwatch, and the one watched."""

    title: ClassVar[str] = "Theatre"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (("", 2), ("id", 26), ("", 0))
    deeds: ClassVar[Mapping[str, str]] = {"open": "watch this one"}

    def __init__(self, desk: Desk, current: str, title: str, pinned: str = "") -> None:
        """``pinned`` says by what the theatre was named at the start, which a choice here cannot change."""
        self._desk, self._current, self._title, self._pinned = desk, current, title, pinned
        self._titles: dict[str, str] = {current: title}

    def count(self) -> str:
        return line(self._title)

    def about(self) -> str:
        return f"named by {self._pinned} at this start" if self._pinned else "the war whose capitals are kept"

    def nothing(self) -> Sequence[str]:
        return ()

    def entries(self) -> Sequence[Entry]:
        ids = theatre_ids()
        own = [] if self._current in ids else [self._current]
        return [
            Entry(
                each,
                (
                    ("*" if each == self._current else " ", "mark"),
                    (each, "" if each == self._current else "muted"),
                    (line(self._titles.get(each, "")), ""),
                ),
            )
            for each in (*own, *ids)
        ]

    def look(self) -> Errand | None:
        return Errand("reading the theatres …", self._read) if len(self._titles) < 2 else None

    def _read(self, stopped: Stopped) -> Step:
        for each in theatre_ids():
            if stopped():
                break
            try:
                self._titles.setdefault(each, load_theatre(each).title)
            except TheatreError as error:
                self._titles[each] = str(error)
        return Said("")

    def do(self, deed: str, key: str) -> Step:  # noqa: ARG002 - there is one deed
        if key == self._current or not key:
            return Said("This theatre is watched already.")
        if self._pinned:
            return Said(
                f"{self._pinned} names the theatre at this start; start warwatch without it to choose here."
            )
        feeds = len(load_theatre(key).subscriptions)
        options = [Option("leave", "Stay where you are")]
        if feeds:
            options.append(Option("both", "Watch it", f"and follow its {feeds} feeds too"))
        options.append(Option("only", "Watch it", "with the feeds that are followed now"))
        name = self._titles.get(key) or key
        about = (
            (("The screen closes and opens again on the other theatre; its collector starts anew.", ""),),
            (("The archive stays: what came in is read for one theatre at a time.", ""),),
        )
        return Choice(
            f"Watch {line(name)[:40]}?", tuple(options), lambda word: self._watch(key, word), about=about
        )

    def _watch(self, key: str, word: str) -> Step:
        if word == "leave":
            return Said("Nothing was changed.")
        if word == "both":
            known = {each.url for each in self._desk.subscriptions()}
            self._desk.subscribe(*(each for each in load_theatre(key).subscriptions if each.url not in known))
        self._desk.set_theatre(key)
        return Again(f"From now on: {line(self._titles.get(key) or key)}.")
