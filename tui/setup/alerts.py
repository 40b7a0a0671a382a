"""The section of the alerts: what is said, where it goes, and how often anything may be said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

from feeds.desk import Desk
from feeds.errors import DeskError, InputError
from tui.cells import line
from tui.setup import child
from tui.setup.alertforms import PARTS, document_of, fields_of
from tui.setup.section import Entry
from tui.setup.steps import Choice, Errand, Form, Option, Said, Step, Stopped, Values, WrongField

_KINDS: Final = {
    "change": ("rule", "a standing that moved"),
    "term": ("rule", "stories that a watch term found"),
    "spike": ("rule", "watch terms found unusually often"),
    "feed": ("rule", "feeds silent, dead or gone"),
    "collector": ("rule", "a collector that was dead for a while"),
    "withdrawal": ("rule", "stories behind an alert that were taken back"),
    "webhook": ("sink", "JSON by POST, in the form that ntfy takes"),
    "command": ("sink", "a program of yours, with the alert on its standard input"),
    "email": ("sink", "a letter by SMTP"),
}
"""What can be added: whether it is a rule or a sink, and what it is."""
_ONES: Final = {"noise": "how often anything is said", "screen": "what an open screen does"}
"""Documents of which there is one."""


class AlertsSection:
    """Rules, sinks and figures, each one entry."""

    title: ClassVar[str] = "Alerts"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (("", 7), ("name", 16), ("severity", 8), ("what", 0))
    deeds: ClassVar[Mapping[str, str]] = {"open": "edit", "add": "add", "remove": "remove", "try": "test"}

    def __init__(self, desk: Desk, words: Sequence[str]) -> None:
        """``words`` lead a child process to the same archive, desk and theatre."""
        self._desk, self._words = desk, tuple(words)

    def count(self) -> str:
        sinks = sum(each.get("kind") == "sink" for each in self._desk.alerts())
        return f"{sinks} sink{'s' * (sinks != 1)}"

    def about(self) -> str:
        return "what is said, where it goes, how often; t sends a test to a sink"

    def nothing(self) -> Sequence[str]:
        return ()

    def entries(self) -> Sequence[Entry]:
        rows = [self._entry(key, each) for key, each in self._documents().items()]
        return rows + [
            Entry(name, (("figures", "muted"), (name, ""), ("", ""), (words, "muted")))
            for name, words in _ONES.items()
        ]

    def _entry(self, key: str, document: Mapping[str, Any]) -> Entry:
        told = _KINDS[_what(document)][1]
        said = {name: value for name, value in document_shown(document).items() if value}
        words = "; ".join(f"{name} {value}" for name, value in said.items())
        severity = str(document.get("severity", ""))
        return Entry(
            key,
            (
                (str(document["kind"]), "muted"),
                (line(str(document.get("name", ""))), ""),
                (line(severity), "mark" if severity == "high" else "muted"),
                (line(f"{told}: {words}" if words else told), "muted"),
            ),
        )

    def look(self) -> Errand | None:
        return None

    def do(self, deed: str, key: str) -> Step:
        if deed == "add":
            options = tuple(Option(what, f"{kind} {what}", words) for what, (kind, words) in _KINDS.items())
            return Choice("Add a rule or a sink", options, self._new)
        if key in _ONES:
            return (
                self._figures(key)
                if deed == "open"
                else Said("There is always one of these; Enter edits it.")
            )
        document = self._documents().get(key)
        if document is None:
            raise InputError("this is no longer on the desk")
        if deed == "open":
            return self._form(f"A {document['kind']}", _what(document), document)
        return self._test(document) if deed == "try" else self._removal(document)

    def _documents(self) -> dict[str, Mapping[str, Any]]:
        """Rules (the default ones where the desk has none) and sinks, by kind and name."""
        from feeds.alerts.settings import defaults

        found: list[Mapping[str, Any]] = list(self._desk.alerts())
        if not any(each.get("kind") == "rule" for each in found):
            found = [{"kind": "rule", **each} for each in defaults()["rule"]] + found
        return {
            f"{each['kind']} {each.get('name')}": each
            for each in sorted(found, key=lambda each: each.get("kind") != "rule")
            if each.get("kind") in ("rule", "sink")
        }

    def _new(self, what: str) -> Step:
        kind = _KINDS[what][0]
        names = {str(each.get("name")) for each in self._documents().values() if each["kind"] == kind}
        name = next(each for number in range(1, 999) if (each := f"{what}-{number}") not in names)
        severity = "medium" if kind == "rule" else "low"
        start = {"kind": kind, "name": name, "severity": severity, "at_least": "low", "seconds": 30}
        return self._form(f"A new {kind}: {what}", what, start, new=True)

    def _form(self, title: str, what: str, before: Mapping[str, Any], *, new: bool = False) -> Form:
        def done(values: Values) -> Step:
            kind = str(before["kind"])
            by = {"on": what} if kind == "rule" else {"by": what}
            document = {"kind": kind, **by, **document_of(what, values)}
            was = "" if new else str(before.get("name"))
            self._change(lambda documents: _put(documents, document, was))
            return Said(f"Kept: {line(values['name'])}. The collector heeds it from now on.")

        return Form(title, fields_of(what, before), done, about=(_KINDS[what][1].capitalize() + ".",))

    def _figures(self, kind: str) -> Form:
        from feeds.alerts.settings import defaults

        usual = dict(defaults()[kind])
        own = next((dict(each) for each in self._desk.alerts() if each.get("kind") == kind), {})

        def done(values: Values) -> Step:
            # A line left empty says what is usual.
            typed = document_of(kind, values).items()
            changed = {name: value for name, value in typed if value != usual.get(name)}

            def put(documents: list[dict[str, Any]]) -> None:
                documents[:] = [each for each in documents if each.get("kind") != kind]
                if changed:
                    documents.append({"kind": kind, **changed})

            self._change(put)
            return Said(f"Kept: {_ONES[kind]}.")

        return Form(_ONES[kind].capitalize(), fields_of(kind, usual | own), done)

    def _change(self, change: Callable[[list[dict[str, Any]]], None]) -> None:
        """Change the documents; a word about the field that is wrong goes to its line."""
        from feeds.alerts.settings import edit

        try:
            edit(self._desk, change, "alerts")
        except (InputError, DeskError) as error:
            raise _in_its_line(str(error)) from error

    def _test(self, document: Mapping[str, Any]) -> Step:
        if document["kind"] != "sink":
            return Said("A rule is not sent anywhere; t on a sink sends it a test.")
        name = str(document["name"])

        def job(stopped: Stopped) -> Step:
            answer = child.ask(["alerts", "test", name, "--json", *self._words], stopped)
            sinks = child.records(answer.get("sinks")) if isinstance(answer, dict) else []
            if not sinks:
                raise InputError("the test gave no answer")
            arrived = sinks[0].get("delivered") is True
            return Said(f"{line(name)}: {'delivered' if arrived else child.text(sinks[0], 'error')}")

        return Errand(f"sending a test to {line(name)} …", job)

    def _removal(self, document: Mapping[str, Any]) -> Step:
        kind, name = str(document["kind"]), str(document.get("name"))

        def done(key: str) -> Step:
            if key == "keep":
                return Said("Nothing was changed.")

            def take_out(documents: list[dict[str, Any]]) -> None:
                documents[:] = [
                    each for each in documents if (each.get("kind"), each.get("name")) != (kind, name)
                ]

            self._change(take_out)
            return Said(f"{line(name)} is taken away.")

        options = (Option("keep", "Keep it"), Option("remove", "Remove it"))
        return Choice(f"Remove the {kind} {line(name)[:40]}?", options, done)


def document_shown(document: Mapping[str, Any]) -> dict[str, str]:
    """What a rule or a sink says beside its name and severity, by the titles of its fields."""
    fields = fields_of(_what(document), document)
    return {
        each.title: each.value
        for each in fields
        if each.name not in ("name", "severity") and each.value not in ("no", "")
    }


def _what(document: Mapping[str, Any]) -> str:
    """What a rule is on, or a sink sends by; one that this warwatch does not know is shown as a feed's rule."""
    what = str(document.get("on") or document.get("by") or "")
    return what if what in PARTS else "feed"


def _put(documents: list[dict[str, Any]], document: dict[str, Any], was: str) -> None:
    """Put a document in the place of the one that had its name before, or at the end."""
    names = [(each.get("kind"), each.get("name")) for each in documents]
    kind, name = document["kind"], document.get("name")
    if name != was and (kind, name) in names:
        raise WrongField("name", f"another {kind} is called {name}")
    if was and (kind, was) in names:
        documents[names.index((kind, was))] = document
    else:
        documents.append(document)


def _in_its_line(said: str) -> InputError:
    """The complaint about a document, for the line of the form that it is about."""
    said = said.partition("; mend it there")[0]
    found = re.search(r"`(\w+)`", said)
    name = found[1] if found else ""
    return WrongField(name, said.rpartition(": ")[2] if name else said)
