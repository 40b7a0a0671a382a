"""The fast path: one pass of expat over a well-formed RSS, RDF or Atom feed of the usual kind.

It reads what it is sure to read as feedparser does, and steps aside for everything else: broken XML, ``xml:base``,
entity declarations, a second title, media or podcast elements that stand in for the text. A test holds that both give
the same stories; when in doubt, be unsure.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from feeds.wire.entries import RawFeed
from feeds.wire.fastfields import Fields, NotSureError
from feeds.wire.feednames import (
    AUTHOR,
    CAPTION,
    CAPTION_TITLE,
    CONTENT,
    ENTRY,
    ID,
    IGNORE,
    LINK,
    SOURCE,
    SUMMARY,
    TITLE,
    UNSURE,
    kind_of,
)
from feeds.wire.ttl import asked_interval

_XML: Final = "http://www.w3.org/XML/1998/namespace "
_ATOM_ROOT: Final = "http://www.w3.org/2005/Atom feed"
_RDF_ROOT: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF"
_ABOUT: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
_SYNDICATION: Final = "http://purl.org/rss/1.0/modules/syndication/ "

# C1 characters, and links against a base, are mended by feedparser in ways of its own.
_C1: Final = re.compile(b"\xc2[\x80-\x9f]")  # in UTF-8
_BASE: Final = re.compile(r"""base\s*=\s*["']""")
_MARKUP: Final = ("xhtml", "application/xhtml+xml")
_WORDS: Final = ("text", "plain", "text/plain", "html", "text/html")
_PAGES: Final = ("text/html", "html", *_MARKUP)
_INSIDE: Final = {AUTHOR: "name", SOURCE: "title"}
"""The child whose text counts, in the fields that are people or feeds."""


def read_fast(text: str) -> RawFeed | None:
    """The feed in a text of well-formed XML; None when feedparser is to read it."""
    try:
        body = text.encode("utf-8")
        if _C1.search(body) or _BASE.search(text):
            return None
        return _Pass().read(body)
    except (NotSureError, expat.ExpatError, ValueError):  # ValueError: a lone surrogate
        return None


class _Pass:
    """One pass over one feed; what expat calls is in :meth:`_start` and :meth:`_end`."""

    def __init__(self) -> None:
        self.feed = RawFeed()
        self._head: dict[str, str] = {}
        """Texts of the channel's own elements, by name."""
        self._head_depth = 0
        self._depth = 0
        self._atom = False
        self._entry_depth = 0
        self._field = ""
        self._field_depth = 0
        self._markup = False
        self._pieces: list[str] = []
        self._inner: list[str] | None = None
        self._entry = Fields()
        self._kinds: dict[str, str] = {}
        self._parser = expat.ParserCreate("utf-8", " ")

    def read(self, body: bytes) -> RawFeed:
        parser = self._parser
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _not_sure
        parser.EntityDeclHandler = _not_sure
        parser.Parse(body, True)
        if not self.feed.entries:
            raise NotSureError  # an empty feed, or one whose names are in a namespace that is not known here
        head = self._head
        self.feed.title = head.get("title", "")
        self.feed.language = head.get("language", "") or head.get("lang", "")
        self.feed.ttl = asked_interval(
            head.get("ttl", ""), head.get("updateperiod", ""), head.get("updatefrequency", "")
        )
        return self.feed

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._field:
            self._start_inside(name, attributes)
            return
        kind = self._kinds.get(name) or self._kinds.setdefault(name, kind_of(name))
        if self._entry_depth:
            if self._depth == self._entry_depth + 1:
                self._start_field(kind, attributes)
            elif kind in (CAPTION, CAPTION_TITLE):
                self._collect(kind, markup=False)
            elif kind != IGNORE:
                raise NotSureError
        elif kind == ENTRY and self._depth > 1:
            self._start_entry(attributes)
        elif self._depth == 1:
            self._start_root(name, attributes)
        elif self._depth == self._head_depth:
            self._start_head(name)

    def _start_root(self, name: str, attributes: dict[str, str]) -> None:
        root = name.rpartition(" ")[0] if name.count(" ") == 2 else name
        self._atom = root == _ATOM_ROOT
        if not (self._atom or root in (_RDF_ROOT, "rss")):
            raise NotSureError
        self._head_depth = 2 if self._atom else 3
        language = attributes.get(_XML + "lang xml", "")
        self._head["lang"] = language.replace("_", "-")

    def _start_head(self, name: str) -> None:
        local = name.split(" ")[1] if " " in name else name
        if " " in name and not name.startswith((_SYNDICATION, _ATOM_ROOT[:-4], "http://purl.org/rss/1.0/ ")):
            return
        local = local.lower()
        if local in ("title", "language", "ttl", "updateperiod", "updatefrequency"):
            if local in self._head:
                raise NotSureError  # said twice: feedparser takes the last, of some the first
            self._collect("head " + local, markup=False)

    def _start_entry(self, attributes: dict[str, str]) -> None:
        self._entry = Fields()
        self._entry_depth = self._depth
        for key, value in attributes.items():
            if key.startswith(_ABOUT):
                self._entry.texts.setdefault(ID, []).append(value)
            elif not key.startswith(_XML):
                raise NotSureError

    def _start_field(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == IGNORE:
            return
        if kind in (UNSURE, ENTRY):
            raise NotSureError
        said = {key.lower(): value for key, value in attributes.items() if not key.startswith(_XML)}
        markup = False
        if kind == LINK:
            if said:
                self._take_link(said)
                return
        elif kind == ID:
            self._entry.id_is_link = said.get("ispermalink", "true") == "true"
        elif kind in (TITLE, SUMMARY, CONTENT) and said:
            content_type = said.pop("type", "").lower()
            markup = content_type in _MARKUP
            if said or not self._atom or not (markup or content_type in _WORDS):
                raise NotSureError
        self._collect(kind, markup=markup)

    def _take_link(self, said: dict[str, str]) -> None:
        if "href" not in said or "url" in said or "uri" in said:
            raise NotSureError
        page = said.get("type", "text/html").lower() in _PAGES
        if said.get("rel", "alternate").lower() == "alternate" and page:
            self._entry.texts.setdefault(LINK, []).append(said["href"])
        self._collect("passed by", markup=False)

    def _collect(self, field: str, *, markup: bool) -> None:
        self._field, self._field_depth, self._markup = field, self._depth, markup
        self._pieces, self._inner = [], None
        self._parser.CharacterDataHandler = self._escaped if markup else self._pieces.append

    def _escaped(self, data: str) -> None:
        self._pieces.append(escape(data))

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if self._markup:
            local = name.split(" ")[1] if " " in name else name
            if local.lower() in ("svg", "math"):
                raise NotSureError
            href = attributes.get("href", "") if local == "a" else ""
            self._pieces.append(f"<a href={quoteattr(href)}>" if href else f"<{local}>")
            return
        wanted = _INSIDE.get(self._field)
        if wanted is None or not self._atom:
            raise NotSureError
        self._parser.CharacterDataHandler = None
        if self._depth == self._field_depth + 1 and name.split(" ")[:2] == [_ATOM_ROOT[:-5], wanted]:
            self._inner = []
            self._parser.CharacterDataHandler = self._inner.append

    def _end(self, name: str) -> None:
        depth = self._depth
        self._depth -= 1
        if self._field:
            if depth == self._field_depth:
                self._end_field()
            elif self._markup:
                self._pieces.append(f"</{name.split(' ')[1] if ' ' in name else name}>")
            elif self._inner is not None:
                self._parser.CharacterDataHandler = None
        elif depth == self._entry_depth:
            self._entry_depth = 0
            self.feed.entries.append(self._entry.raw())

    def _end_field(self) -> None:
        self._parser.CharacterDataHandler = None
        field, self._field = self._field, ""
        text = "".join(self._pieces if self._inner is None else self._inner).strip()
        if not text.isascii() and _looks_garbled(text):
            raise NotSureError
        if field.startswith("head "):
            self._head[field[5:]] = text
        elif field in (CAPTION, CAPTION_TITLE):
            self._entry.take_caption(field, text, self._field_depth)
        elif field != "passed by":
            self._entry.texts.setdefault(field, []).append(text)


def _looks_garbled(text: str) -> bool:
    """Whether this may be UTF-8 that somebody read as Latin-1, which feedparser repairs."""
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _not_sure(*_: object) -> None:
    raise NotSureError
