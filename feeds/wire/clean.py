"""From the HTML that feeds carry, often cut short or escaped twice, to clean text with its paragraphs kept."""

from __future__ import annotations

import html
import re
from typing import Final

from feeds.safetext import strip_hostile

# Every branch stops at the next "<", so that a page of broken tags costs linear time.
_OPEN: Final = r"<!--(?:[^<]|<(?!!--))*?-->|<!\[CDATA\[|\]\]>|<[!?][^<>]*>"
_NAME: Final = "[a-zA-Z][a-zA-Z0-9:-]*"
_ATTRIBUTES: Final = r"""(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)>"""
_TAG: Final = re.compile(rf"{_OPEN}|<(?P<close>/?)(?P<name>{_NAME}){_ATTRIBUTES}")
_TAG_NAME: Final = re.compile(rf"{_OPEN}|</?({_NAME}){_ATTRIBUTES}")
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

_BREAKS: Final = dict.fromkeys(_BLOCKS, _PARAGRAPH) | dict.fromkeys(_CELLS, " ")
"""What stands in the text where a tag of that name stood."""

_ROUNDS: Final = 6
_DISARMED: Final = str.maketrans({"<": "‹", "&": "＆"})


def html_to_text(source: str) -> str:
    """The clean text of a piece of HTML: paragraphs of one line each, a blank line between them.

    Entities are resolved and tags removed until neither is left, so that what was escaped twice is read as well;
    plain text comes back as it is. Applying it twice changes nothing more.
    """
    # Where nothing looks like markup, taking out what is hostile may still bring some to light.
    text = source if _has_markup(source) else _paragraphs(source)
    for _ in range(_ROUNDS):
        if not _has_markup(text):
            return text
        before, text = text, _paragraphs(_unescape(_drop_tags(text)))
        if text == before:
            return text
    # Escaped more often than any honest feed does it: what is left is made harmless as it stands.
    return _paragraphs(text.translate(_DISARMED).replace("]]>", ""))


def html_to_line(source: str) -> str:
    """The clean text of a piece of HTML on one line, as for a title or a name."""
    return html_to_text(source).replace(_PARAGRAPH, " ") if source else ""


def _has_markup(text: str) -> bool:
    return ("<" in text or "&" in text or "]]>" in text) and _MARKUP_LEFT.search(text) is not None


def _paragraphs(text: str) -> str:
    text = strip_hostile(text).replace("\xa0", " ")
    if "\n" not in text:
        return _line(text)
    return _PARAGRAPH.join(filter(None, map(_line, _BLANK_LINE.split(text))))


def _line(text: str) -> str:
    """The text with single spaces only. Most has no others; to look is five times as quick as to split and join."""
    text = text.replace("\n", " ").strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _drop_tags(text: str) -> str:
    """The text without tags, comments and unseen elements, with paragraph breaks where blocks were."""
    text = _uncut(text)
    if "<" not in text and "]]>" not in text:
        return text
    # Texts and tags by turns, so that no tag costs a call.
    pieces: list[str | None] = _TAG_NAME.split(text)
    names = pieces[1::2]
    breaks = {name: name.lower() if name else "" for name in set(names)}
    if not _UNSEEN.isdisjoint(breaks.values()):
        return _drop_unseen(text)
    breaks = {name: _BREAKS.get(low, "") for name, low in breaks.items()}
    pieces[1::2] = [breaks[name] for name in names]
    return "".join(filter(None, pieces))


def _uncut(text: str) -> str:
    """The text without a tag at its end that was cut in the middle."""
    last = text.rfind("<")
    if last < 0 or not _CUT_TAG.match(text, last):
        return text
    return text[:last]


def _drop_unseen(text: str) -> str:
    """As :func:`_drop_tags`, for a text with elements whose content is not for reading."""
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
        kept.append(_BREAKS.get(name, ""))
        if name in _UNSEEN and not tag["close"] and not tag[0].endswith("/>"):
            if name not in last_close:
                last_close[name] = text.lower().rfind(f"</{name}")
            # One that is never closed hides nothing.
            unseen = name if last_close[name] >= at else ""
    if not unseen:
        kept.append(text[at:])
    return "".join(kept)


def _unescape(text: str) -> str:
    return html.unescape(_ESCAPED_AGAIN.sub("&", text)) if "&" in text else text
