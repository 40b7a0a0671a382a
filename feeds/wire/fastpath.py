"""The fast path: one pass of expat over a well-formed RSS, RDF or Atom feed of the usual kind.

It reads what it is sure to read as feedparser does, and steps aside for everything else: broken XML, ``xml:base``,
entity declarations, a second title, media or podcast elements that stand in for the text. A test holds that both give
the same stories; when in doubt, be unsure.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from feeds.wire.entries import RawEntry, RawFeed
from feeds.wire.feednames import (
    AUTHOR,
    CAPTION,
    CONTENT,
    CREATED,
    ENTRY,
    ID,
    IGNORE,
    LINK,
    PUBLISHED,
    SOURCE,
    SUMMARY,
    TITLE,
    UNSURE,
    UPDATED,
    kind_of,
)
from feeds.wire.ttl import asked_interval

_XML: Final = "http://www.w3.org/XML/1998/namespace "
_ATOM_ROOT: Final = "http://www.w3.org/2005/Atom feed"
_RDF_ROOT: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF"
_ABOUT: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
_SYNDICATION: Final = "http://purl.org/rss/1.0/modules/syndication/ "

# Links against a base and C1 characters are mended by feedparser in ways of its own.
_ODD: Final = re.compile("[\x80-\x9f]|[\\s:]base\\s*=\\s*[\"']")
_FOUR_SLASHES: Final = re.compile(r"\A\s*[A-Za-z][A-Za-z0-9+.-]*:///")
_REFERENCE: Final = re.compile(r"&([A-Za-z0-9_]+);")
_TAGS: Final = re.compile(r"<[^>]*>|&#?\w+;")
_WORD: Final = re.compile(r"\w\w")
_MARKUP: Final = ("xhtml", "application/xhtml+xml")
_WORDS: Final = ("text", "plain", "text/plain", "html", "text/html")
_PAGES: Final = ("text/html", "html", *_MARKUP)
_INSIDE: Final = {AUTHOR: "name", SOURCE: "title"}
"""The child whose text counts, in the fields that are people or feeds."""


class _NotSureError(Exception):
    """Feedparser is to read this feed."""


def read_fast(text: str) -> RawFeed | None:
    """The feed in a text of well-formed XML; None when feedparser is to read it."""
    if _ODD.search(text):
        return None
    try:
        return _Pass().read(text)
    except (_NotSureError, expat.ExpatError, ValueError):  # ValueError: a lone surrogate
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
        self._entry = _Fields()
        self._kinds: dict[str, str] = {}
        self._parser = expat.ParserCreate("utf-8", " ")

    def read(self, text: str) -> RawFeed:
        parser = self._parser
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _not_sure
        parser.EntityDeclHandler = _not_sure
        parser.Parse(text.encode("utf-8"), True)
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
            self._start_inside(name)
            return
        kind = self._kinds.get(name) or self._kinds.setdefault(name, kind_of(name))
        if self._entry_depth:
            if self._depth == self._entry_depth + 1:
                self._start_field(kind, attributes)
            elif kind == CAPTION:
                self._entry.captioned = True
            elif kind != IGNORE:
                raise _NotSureError
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
            raise _NotSureError
        self._head_depth = 2 if self._atom else 3
        language = attributes.get(_XML + "lang xml", "")
        self._head["lang"] = language.replace("_", "-")

    def _start_head(self, name: str) -> None:
        local = name.split(" ")[1] if " " in name else name
        if " " in name and not name.startswith((_SYNDICATION, _ATOM_ROOT[:-4], "http://purl.org/rss/1.0/ ")):
            return
        local = local.lower()
        if (
            local in ("title", "language", "ttl", "updateperiod", "updatefrequency")
            and local not in self._head
        ):
            self._collect("head " + local, markup=False)

    def _start_entry(self, attributes: dict[str, str]) -> None:
        self._entry = _Fields()
        self._entry_depth = self._depth
        for key, value in attributes.items():
            if key.startswith(_ABOUT):
                self._entry.texts.setdefault(ID, []).append(value)
            elif not key.startswith(_XML):
                raise _NotSureError

    def _start_field(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == IGNORE:
            return
        if kind == CAPTION:
            self._entry.captioned = True
            return
        if kind in (UNSURE, ENTRY):
            raise _NotSureError
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
                raise _NotSureError
        self._collect(kind, markup=markup)

    def _take_link(self, said: dict[str, str]) -> None:
        if "href" not in said or "url" in said or "uri" in said:
            raise _NotSureError
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

    def _start_inside(self, name: str) -> None:
        if self._markup:
            local = name.split(" ")[1] if " " in name else name
            if local.lower() in ("svg", "math"):
                raise _NotSureError
            self._pieces.append(f"<{local}>")
            return
        wanted = _INSIDE.get(self._field)
        if wanted is None or not self._atom:
            raise _NotSureError
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
            raise _NotSureError
        if field.startswith("head "):
            self._head[field[5:]] = text
        elif field != "passed by":
            self._entry.texts.setdefault(field, []).append(text)


class _Fields:
    """The texts of one entry, by the kind of element they came in, until it ends."""

    __slots__ = ("captioned", "id_is_link", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.id_is_link = False
        self.captioned = False

    def raw(self) -> RawEntry:
        identity = self._only(ID)
        links = self.texts.get(LINK, ())
        link = _mended(links[-1]) if links else identity if self.id_is_link else ""
        if links and not link:
            raise _NotSureError
        dates = (self._only(PUBLISHED), self._only(UPDATED), self._only(CREATED))
        if self.captioned and not self._has_words():
            raise _NotSureError  # the caption may have to stand in for the text
        if _FOUR_SLASHES.match(link) or _FOUR_SLASHES.match(identity):
            raise _NotSureError
        return RawEntry(
            id=identity,
            link=link,
            title=self._only(TITLE),
            summary=self._only(SUMMARY),
            contents=tuple(self.texts.get(CONTENT, ())),
            dates=tuple(filter(None, dates)),
            author=(self.texts.get(AUTHOR) or [""])[-1],
            source=self._only(SOURCE),
        )

    def _has_words(self) -> bool:
        texts = (*self.texts.get(SUMMARY, ()), *self.texts.get(CONTENT, ()))
        return any(_WORD.search(_TAGS.sub("", text[:4000])) for text in texts)

    def _only(self, kind: str) -> str:
        texts = self.texts.get(kind)
        if not texts:
            return ""
        if len(texts) > 1:
            raise _NotSureError
        return texts[0]


def _looks_garbled(text: str) -> bool:
    """Whether this may be UTF-8 that somebody read as Latin-1, which feedparser repairs."""
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _mended(link: str) -> str:
    """The link as feedparser mends it: an ampersand escaped twice is one."""
    return _REFERENCE.sub(r"&\g<1>", link.replace("&amp;", "&")) if "&" in link else link


def _not_sure(*_: object) -> None:
    raise _NotSureError
