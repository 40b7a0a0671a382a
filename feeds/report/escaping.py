"""Text of feeds made harmless for each form: no markup of its own, no control characters, no link but http(s)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markupsafe import Markup, escape

from feeds.safetext import one_line

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_BEGINS_BLOCK: Final = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$)))?(?(1)([.)])|([#+=>-]))")
"""A heading, a list, a quotation or a rule at the beginning of a line."""


def html(value: object) -> Markup:
    """A value as text of an HTML page."""
    return escape(one_line(str(value)))


def markdown(value: object) -> Markup:
    """A value as text of a Markdown document: what would be markup is escaped with a backslash."""
    text = _ENTITY.sub(r"\\&", _MARKDOWN.sub(r"\\\1", one_line(str(value))))
    text = _BEGINS_BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", text)
    return Markup(text)  # noqa: S704 - escaped for this form just now


def plain(value: object) -> Markup:
    """A value as plain text on one line."""
    return Markup(one_line(str(value)))  # noqa: S704 - a text file has no markup


ESCAPES: Final[dict[str, Callable[[object], Markup]]] = {"html": html, "md": markdown, "txt": plain}
"""The escape of each form."""


def finalizer(form: str) -> Callable[[object], Markup]:
    """What every value of a template goes through; what was escaped already is left alone."""
    make = ESCAPES[form]

    def finalize(value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        return make("" if value is None else value)

    return finalize
