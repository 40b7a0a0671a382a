"""What each element inside an entry means, by its namespace and name, and where feedparser knows better."""

from __future__ import annotations

from typing import Final

ENTRY: Final = "entry"
TITLE: Final = "title"
LINK: Final = "link"
ID: Final = "id"
SUMMARY: Final = "summary"
CONTENT: Final = "content"
PUBLISHED: Final = "published"
UPDATED: Final = "updated"
CREATED: Final = "created"
AUTHOR: Final = "author"
SOURCE: Final = "source"
CAPTION: Final = "caption"
CAPTION_TITLE: Final = "caption title"
"""Text and title of a picture or film: a story's text only where there is no other."""
IGNORE: Final = "ignore"
"""Of no use, and without effect on what feedparser makes of the rest."""
UNSURE: Final = "unsure"
"""Feedparser does something with it that is not repeated here."""

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ATOM_ONLY: Final = ("content", "summary")
_PLAIN: Final = (
    "",
    _ATOM,
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
)
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_MEDIA: Final = ("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss")
_ITUNES: Final = ("http://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.itunes.com/DTDs/PodCast-1.0.dtd")
_MEANT_PREFIXES: Final = frozenset(
    ("dc", "dcterms", "content", "media", "itunes", "xhtml", "cc", "psc", "feedburner")
)
"""Prefixes that feedparser takes at their word even when the namespace is another one."""
_MARKUP: Final = (
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1998/Math/MathML",
)

_PLAIN_KINDS: Final = {
    "item": ENTRY,
    "entry": ENTRY,
    "title": TITLE,
    "link": LINK,
    "guid": ID,
    "id": ID,
    "description": SUMMARY,
    "summary": SUMMARY,
    "content": CONTENT,
    "pubdate": PUBLISHED,
    "published": PUBLISHED,
    "updated": UPDATED,
    "author": AUTHOR,
    "source": SOURCE,
    "category": IGNORE,
    "comments": IGNORE,
    "enclosure": IGNORE,
    "rights": IGNORE,
    "copyright": IGNORE,
    "keywords": IGNORE,
}
_FEEDPARSER_READS: Final = frozenset(
    """rss channel feed image textinput managingeditor contributor name width height url homepage uri email subtitle
    tagline language webmaster issued modified lastbuilddate created expirationdate cloud abstract info
    feedburner_browserfriendly generator body xhtml_body content_encoded fullitem newlocation tags date items
    entries dc_date""".split()
)
_DC_KINDS: Final = {"creator": AUTHOR, "author": AUTHOR, "date": UPDATED}
_DC_UNSURE: Final = ("title", "description", "language", "contributor")
_TERMS_KINDS: Final = {"issued": PUBLISHED, "modified": UPDATED, "created": CREATED, "valid": IGNORE}
_ITUNES_UNSURE: Final = ("author", "summary", "name", "email", "owner", "image", "title", "subtitle")


def kind_of(name: str) -> str:
    """The kind of an element, given as ``namespace local prefix`` (the prefix where there is one), or ``local``."""
    namespace, local, prefix = _parts(name)
    if namespace in _PLAIN:
        if local in _ATOM_ONLY and namespace != _ATOM:
            return UNSURE
        return _PLAIN_KINDS.get(local) or (UNSURE if local in _FEEDPARSER_READS else IGNORE)
    if namespace == _DC:
        return _DC_KINDS.get(local) or (UNSURE if local in _DC_UNSURE else IGNORE)
    if namespace == _TERMS:
        return _TERMS_KINDS.get(local, IGNORE)
    if namespace == _CONTENT:
        return CONTENT if local == "encoded" else UNSURE
    if namespace in _MEDIA:
        if local in ("title", "description"):
            captions = {"title": CAPTION_TITLE, "description": CAPTION}
            return captions[local] if prefix == "media" else UNSURE
        return IGNORE
    if namespace in _ITUNES:
        return UNSURE if local in _ITUNES_UNSURE else IGNORE
    if namespace in _MARKUP or prefix in _MEANT_PREFIXES:
        return UNSURE
    return IGNORE


def _parts(name: str) -> tuple[str, str, str]:
    pieces = name.split(" ")
    if len(pieces) == 1:
        return "", name.lower(), ""
    prefix = pieces[2].lower() if len(pieces) > 2 else ""
    return pieces[0], pieces[1].lower(), prefix
