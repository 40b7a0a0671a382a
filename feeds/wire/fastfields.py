"""The fields of one entry as the fast path gathers them, and the entry that they make."""

from __future__ import annotations

import re
from typing import Final

from feeds.wire.entries import RawEntry
from feeds.wire.feednames import (
    AUTHOR,
    CAPTION,
    CAPTION_TITLE,
    CONTENT,
    CREATED,
    ID,
    LINK,
    PUBLISHED,
    SOURCE,
    SUMMARY,
    TITLE,
    UPDATED,
)

_FOUR_SLASHES: Final = re.compile(r"\A\s*[A-Za-z][A-Za-z0-9+.-]*:///")
_REFERENCE: Final = re.compile(r"&([A-Za-z0-9_]+);")


class NotSureError(Exception):
    """Feedparser is to read this feed."""


class Fields:
    """The texts of one entry, by the kind of element they came in, until it ends."""

    __slots__ = ("_captions", "id_is_link", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.id_is_link = False
        self._captions: dict[str, tuple[int, str]] = {}

    def take_caption(self, kind: str, text: str, depth: int) -> None:
        """Keep the last of the captions that lie least deep."""
        if not text:
            raise NotSureError
        if depth <= self._captions.get(kind, (depth, ""))[0]:
            self._captions[kind] = (depth, text)

    def raw(self) -> RawEntry:
        """The entry; :class:`NotSureError` where its fields leave a choice."""
        identity = self._only(ID)
        links = self.texts.get(LINK, ())
        link = _mended(links[-1]) if links else identity if self.id_is_link else ""
        if links and not link:
            raise NotSureError
        dates = (self._only(PUBLISHED), self._only(UPDATED), self._only(CREATED))
        if _FOUR_SLASHES.match(link) or _FOUR_SLASHES.match(identity):
            raise NotSureError
        return RawEntry(
            id=identity,
            link=link,
            title=self._only(TITLE),
            summary=self._only(SUMMARY),
            contents=tuple(self.texts.get(CONTENT, ())),
            dates=tuple(filter(None, dates)),
            author=(self.texts.get(AUTHOR) or [""])[-1],
            source=self._only(SOURCE),
            caption=self._captions.get(CAPTION, (0, ""))[1] or self._captions.get(CAPTION_TITLE, (0, ""))[1],
        )

    def _only(self, kind: str) -> str:
        texts = self.texts.get(kind)
        if not texts:
            return ""
        if len(texts) > 1:
            raise NotSureError
        return texts[0]


def _mended(link: str) -> str:
    """The link as feedparser mends it: an ampersand escaped twice is one."""
    return _REFERENCE.sub(r"&\g<1>", link.replace("&amp;", "&")) if "&" in link else link
