"""The section of the watch terms: what each would have found is shown before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from feeds.clock import Clock, system_clock
from feeds.desk import Desk
from feeds.errors import InputError
from feeds.watched import COLOURS, SEVERITIES, WatchTerm
from tui.cells import Run, line
from tui.setup import child
from tui.setup.section import Entry
from tui.setup.steps import Choice, Errand, Field, Form, Option, Said, Step, Stopped, Values, WrongField

_SHOWN = 4
"""Newest finds of a trial that are shown."""
_DAYS = 7
"""How far back a trial goes."""
_BY_SEVERITY = "by severity"
_BARS = " ▁▂▃▄▅▆▇█"


class TermsSection:
    """Watch terms in the order of the desk."""

    title: ClassVar[str] = "Watch terms"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (
        ("", 8),
        ("colour", 8),
        ("day", 5),
        ("week", 6),
        ("term", 0),
    )
    deeds: ClassVar[Mapping[str, str]] = {"open": "edit", "add": "add", "remove": "remove", "try": "try"}

    def __init__(
        self, desk: Desk, words: Sequence[str], clock: Clock = system_clock, wall: Clock = system_clock
    ) -> None:
        """``words`` lead a child process to the same archive, desk and theatre; it goes by the ``wall``, we by ``clock``."""
        self._desk, self._words, self._clock, self._wall = desk, tuple(words), clock, wall
        self._counts: dict[str, dict[str, object]] = {}
        """What the archive knows of each term, by its text."""

    def count(self) -> str:
        return str(len(self._desk.watch_terms()))

    def about(self) -> str:
        broken = [text for text, found in self._counts.items() if found.get("error")]
        return f"{line(broken[0])} cannot be read" if broken else "found in every story as it comes in"

    def nothing(self) -> Sequence[str]:
        return (
            "Nothing is watched for.",
            "a adds a term: words are a phrase; AND, OR, NOT and ( ) join phrases;",
            "~word finds its spellings, word* and *word parts of words.",
        )

    def entries(self) -> Sequence[Entry]:
        return [self._entry(term) for term in self._desk.watch_terms()]

    def _entry(self, term: WatchTerm) -> Entry:
        found = self._counts.get(term.text, {})
        counted = (str(child.number(found, "day")), str(child.number(found, "week"))) if found else ("", "")
        note = child.text(found, "error") or ("SPIKE" if found.get("spike") else "")
        return Entry(
            term.text,
            (
                (term.severity, "mark" if term.severity == "high" else "muted"),
                (term.colour, "muted"),
                (counted[0], ""),
                (counted[1], ""),
                (f"{line(term.text)}  {note}".rstrip(), "bad" if child.text(found, "error") else ""),
            ),
        )

    def look(self) -> Errand | None:
        if not self._desk.watch_terms():
            return None
        return Errand("counting what was found …", self._count)

    def _count(self, stopped: Stopped) -> Step:
        found = child.records(child.ask(["watch", "list", "--json", *self._words], stopped))
        self._counts = {child.text(each, "term"): each for each in found}
        return Said("")

    def do(self, deed: str, key: str) -> Step:
        if deed == "add":
            return self._form("A new watch term", WatchTerm(""), was="")
        term = next((each for each in self._desk.watch_terms() if each.text == key), None)
        if term is None:
            return Said("There is no watch term here yet; a adds one.")
        if deed == "open":
            return self._form("A watch term", term, was=term.text)
        if deed == "try":
            return Errand(
                "trying it on the last seven days …", lambda stopped: self._shown(term.text, stopped)
            )
        return self._removal(term)

    def _removal(self, term: WatchTerm) -> Step:
        def done(key: str) -> Step:
            if key == "keep":
                return Said("Nothing was changed.")
            self._desk.unwatch(term.text)
            return Said(f"No longer watching for {line(term.text)}.")

        options = (Option("keep", "Keep it"), Option("remove", "Remove it", "what it found stays"))
        return Choice(f"Remove {line(term.text)[:40]}?", options, done)

    def _form(self, title: str, term: WatchTerm, *, was: str) -> Form:
        fields = (
            Field("text", "term", term.text, 'herat AND NOT drill; "power sharing"; ~Zelenskyy; bomb*'),
            Field("severity", "severity", term.severity, "how much it matters", SEVERITIES),
            Field("colour", "colour", term.colour or _BY_SEVERITY, "shown in it", (_BY_SEVERITY, *COLOURS)),
        )
        return Form(
            title,
            fields,
            lambda values: self._tried(values, was),
            about=("What it would have found in the last seven days is shown before it is kept.",),
            check=lambda values: Errand("trying it …", lambda stopped: self._shown(_text(values), stopped)),
        )

    def _tried(self, values: Values, was: str) -> Step:
        """The trial first; it is kept when the person says so."""
        text = _text(values)
        colour = "" if values["colour"] == _BY_SEVERITY else values["colour"]

        def keep(canonical: str) -> Step:
            term = WatchTerm(canonical, values["severity"], colour)
            if was:
                self._desk.rewatch(was, term)
            else:
                self._desk.watch(term)
            return Errand(
                f"looking through the archive for {line(term.text)} …",
                lambda stopped: self._looked_back(term, stopped),
                lasting=True,
            )

        def job(stopped: Stopped) -> Step:
            trial = self._trial(text, stopped)
            canonical = child.text(trial, "term") or text
            form = self._form("A watch term", WatchTerm(text, values["severity"], colour), was=was)
            options = (Option("keep", "Keep it"), Option("change", "Change it"), Option("leave", "Leave it"))

            def chosen(key: str) -> Step:
                if key == "keep":
                    return keep(canonical)
                return form if key == "change" else Said("Nothing was changed.")

            return Choice(f"{line(canonical)[:50]}: keep it?", options, chosen, about=_paper(trial))

        return Errand("trying it on the last seven days …", job)

    def _looked_back(self, term: WatchTerm, stopped: Stopped) -> Step:
        """Beside the screen: have the archive looked through at once; the collector would when news comes in next."""
        colour = ["--colour", term.colour] if term.colour else []
        words = [
            "watch",
            "add",
            "--json",
            "--severity",
            term.severity,
            *colour,
            *self._words,
            "--",
            term.text,
        ]
        found = child.number(child.ask(words, stopped, patience=600.0), "hits")
        self._counts.pop(term.text, None)
        return Said(f"Watching for {line(term.text)}: found {found:,} times in the archive so far.")

    def _shown(self, text: str, stopped: Stopped) -> Step:
        trial = self._trial(text, stopped)
        return Choice(f"{line(text)[:50]}, tried", (Option("", "Good"),), about=_paper(trial))

    def _trial(self, text: str, stopped: Stopped) -> object:
        behind = max(0, (self._wall() - self._clock()).days)  # a replay's last days lie years back
        words = ["watch", "try", "--json", "--limit", str(_SHOWN), "--days", str(_DAYS + behind)]
        words += [*self._words, "--", text]
        return child.ask(words, stopped)


def _text(values: Values) -> str:
    if not values["text"]:
        raise WrongField("text", "a term is needed: a word or a phrase")
    return values["text"]


def _paper(trial: object) -> tuple[tuple[Run, ...], ...]:
    """A trial in a few lines: how often, day by day, and the newest finds."""
    if not isinstance(trial, dict):
        raise InputError("the trial gave no answer")
    hits, stories = child.number(trial, "hits"), child.number(trial, "stories")
    lines: list[tuple[Run, ...]] = [
        ((f"{hits:,} of {stories:,} stories of the last seven days", "bold"),),
    ]
    days = trial.get("days")
    counts = [child.number(days, day) for day in days] if isinstance(days, dict) else []
    while counts and not counts[-1]:  # a replay has not come to these days yet
        counts.pop()
    counts = counts[-_DAYS - 1 :]
    if len(counts) > 1 and (most := max(counts)):
        bar = "".join(_BARS[-(-count * (len(_BARS) - 1) // most)] for count in counts)
        lines.append(((f"by day {bar}  at most {most} a day", "$w-muted"),))
    for each in child.records(trial.get("newest"))[:_SHOWN]:
        told = child.text(each, "told")[5:16].replace("T", " ")
        words = f"{told}  {child.text(each, 'outlet')}: "
        lines.append(((words, "$w-muted"), (child.text(each, "title"), "")))
    return tuple(lines)
