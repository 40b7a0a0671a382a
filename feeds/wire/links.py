"""The links in a piece of HTML, made safe."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import urljoin

from feeds.safetext import safe_url

MOST: Final = 30
"""Links kept of one story."""
_LONGEST: Final = 2000
_HREF: Final = re.compile(
    r"""<[aA]\s(?:[^<>]{0,500}?\s)?href\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))""",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9/?:@!$&()*+,;=#._~-]*)?")
"""What :func:`feeds.safetext.safe_url` leaves as it is, which most are."""


def links_of(*sources: str, base: str) -> tuple[str, ...]:
    """The http(s) addresses that pieces of HTML point to, in their order, each once; at most 30.

    Relative ones are taken from ``base``. HTML that was escaped twice is read as well.
    """
    found: dict[str, None] = {}
    for source in sources:
        text = html.unescape(source) if "&lt;" in source and "<" not in source else source
        for hit in _HREF.finditer(text):
            url = _safe(hit[hit.lastindex or 0].strip(), base)
            if url:
                found[url] = None
                if len(found) == MOST:
                    return tuple(found)
    return tuple(found)


def _safe(link: str, base: str) -> str:
    link = html.unescape(link) if "&" in link else link
    if link.startswith("#") or len(link) > _LONGEST:
        return ""
    return safe_link(link, base)


def safe_link(link: str, base: str) -> str:
    """The http(s) address that a link points to, taken from ``base`` where it is relative; empty when there is none."""
    if len(link) <= _LONGEST and _PLAIN.fullmatch(link):
        return link
    try:
        return safe_url(urljoin(base, link)) if link else ""
    except ValueError:  # a bracket that is no IPv6 address
        return ""
