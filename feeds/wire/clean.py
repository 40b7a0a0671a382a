"""From the HTML that feeds carry, often cut short or escaped twice, to clean text with its paragraphs kept."""

from __future__ import annotations

import html
import re
from typing import Final

from feeds.safetext import strip_hostile

# Every branch stops at the next "<", so that a page of broken tags costs linear time.
_TAG: Final = re.compile(
    r"<!--(?:[^<]|<(?!!--))*?-->|<!\[CDATA\[|\]\]>|<[!?][^<>]*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)"
    r"""(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)>"""
)
_CUT_TAG: Final = re.compile(r"""<[a-zA-Z]\w*\s+[\w:-]+\s*=\s*["'][^<>]*\Z""")
_MARKUP_LEFT: Final = re.compile(r"<[a-zA-Z/!?]|&#?\w|\]\]>")
_ESCAPED_AGAIN: Final = re.compile(r"&(?:(?:amp|#0*38|#[xX]0*26);)+(?=#?\w+;)")
_BLANK_LINE: Final = re.compile(r"\n\s*\n")

_PARAGRAPH: Final = "\n\n"
_BLOCKS: Final = frozenset(
    """address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody tfoot thead tr
    ul""".split()
)
_CELLS: Final = frozenset(("td", "th", "img"))
_UNSEEN: Final = frozenset("script style template iframe object svg math noscript head select".split())
"""Elements whose content is not for reading."""

_ROUNDS: Final = 6
_DISARMED: Final = str.maketrans({"<": "‹", "&": "＆"})


def html_to_text(source: str) -> str:
    """The clean text of a piece of HTML: paragraphs of one line each, a blank line between them.

    Entities are resolved and tags removed until neither is left, so that what was escaped twice is read as well;
    plain text comes back as it is. Applying it twice changes nothing more.
    """
    text = _paragraphs(source)
    for _ in range(_ROUNDS):
        if not _MARKUP_LEFT.search(text):
            return text
        before, text = text, _paragraphs(_unescape(_drop_tags(text)))
        if text == before:
            return text
    # Escaped more often than any honest feed does it: what is left is made harmless as it stands.
    return _paragraphs(text.translate(_DISARMED).replace("]]>", ""))


def html_to_line(source: str) -> str:
    """The clean text of a piece of HTML on one line, as for a title or a name."""
    return html_to_text(source).replace(_PARAGRAPH, " ")


def _paragraphs(text: str) -> str:
    text = strip_hostile(text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(paragraph.split()) for paragraph in _BLANK_LINE.split(text))
    return _PARAGRAPH.join(filter(None, lines))


def _drop_tags(text: str) -> str:
    """The text without tags, comments and unseen elements, with paragraph breaks where blocks were."""
    text = _CUT_TAG.sub("", text)
    if "<" not in text and "]]>" not in text:
        return text
    last_close: dict[str, int] = {}
    kept: list[str] = []
    at, unseen = 0, ""
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if unseen:
            if tag["close"] and name == unseen:
                unseen, at = "", tag.end()
            continue
        kept.append(text[at : tag.start()])
        at = tag.end()
        if name in _BLOCKS:
            kept.append(_PARAGRAPH)
        elif name in _CELLS:
            kept.append(" ")
        elif name in _UNSEEN and not tag["close"] and not tag[0].endswith("/>"):
            if name not in last_close:
                last_close[name] = text.lower().rfind(f"</{name}")
            # One that is never closed hides nothing.
            unseen = name if last_close[name] >= at else ""
    if not unseen:
        kept.append(text[at:])
    return "".join(kept)


def _unescape(text: str) -> str:
    return html.unescape(_ESCAPED_AGAIN.sub("&", text)) if "&" in text else text
