"""What templates may do to values: write times, wrap lines, make links. docs/report.md lists them for operators."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from markupsafe import Markup, escape
from wcwidth import wrap

from feeds.moments import day_and_time, hour_of, iso
from feeds.report.escaping import finalizer
from feeds.report.records import Word
from feeds.safetext import safe_url

NBSP: Final = "\u00a0"
"""A space at which no line ends; text files and Markdown get a plain one in the end."""
WIDTH: Final = 80
"""Columns of plain text."""


_SPACES: Final = re.compile("[ \n]+")


def moment(then: datetime | None) -> Markup:
    """``12 Aug 2021 18:42Z``, never broken over a line's end; nothing for None."""
    return _kept_together(day_and_time(then)) if then else Markup()


def hour(then: datetime | None) -> Markup:
    """``12 Aug 18:42Z``, never broken over a line's end; nothing for None."""
    return _kept_together(hour_of(then)) if then else Markup()


def _kept_together(words: str) -> Markup:
    return Markup(words.replace(" ", NBSP))  # noqa: S704 - digits and the names of months


def timestamp(then: datetime | None) -> str:
    """``2021-08-12T18:42:00Z``; nothing for None."""
    return iso(then) or ""


def strength(value: float) -> str:
    """The strength of the reporting: ``.96``, ``1.00``."""
    return f"{value:.2f}".removeprefix("0")


def href(url: str) -> Markup:
    """An http(s) address for an ``href`` in quotes; empty for any other scheme."""
    return escape(safe_url(url))


def source(word: Word) -> str:
    """Who says it: ``AFP (A), quoting a lawmaker``."""
    quoting = f", quoting {word.speaker}" if word.speaker else ""
    return f"{word.outlet} ({word.letter}){quoting}"


def sentence(clause: str) -> str:
    """A clause as a sentence: begun with a capital, ended with a full stop."""
    whole = clause[:1].upper() + clause[1:]
    return whole if whole.endswith((".", "!", "?", "…")) else f"{whole}."


def filters_of(form: str) -> dict[str, Callable[..., object]]:
    """The filters of a form's templates, by the name that they use."""
    escaped = finalizer(form)

    def wrapping(text: object, first: str = "", rest: str = "", width: int = WIDTH) -> Markup:
        """Text wrapped in terminal cells, its lines begun with these; a word wider than the line is not broken."""
        lines = wrap(
            _SPACES.sub(" ", escaped(text)).strip(" "),
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return Markup("\n".join(lines))  # noqa: S704 - escaped before it was wrapped

    def linked(text: object, url: str) -> Markup:
        """Text that leads to an http(s) address, as the form writes a link; the text alone where there is none."""
        shown, address = escaped(text), safe_url(url)
        if not address or form == "txt":
            return shown
        if form == "html":
            return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(address, shown)
        address = address.replace("(", "%28").replace(")", "%29")
        return Markup(f"[{shown}]({address})")  # noqa: S704 - both parts are escaped

    return {
        "moment": moment,
        "hour": hour,
        "timestamp": timestamp,
        "strength": strength,
        "href": href,
        "source": source,
        "sentence": sentence,
        "linked": linked,
        "wrap": wrapping,
    }
