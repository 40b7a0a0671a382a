"""Subscriptions in and out as OPML, with nested groups; attributes of our own keep what else the operator said of a feed."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.parsers import expat

from feeds.errors import InputError
from feeds.safetext import one_line, safe_url
from feeds.story import RELIABILITY_LETTERS, Subscription

_DEEPEST: Final = 32
_SHORTEST: Final = 60.0
_LONGEST: Final = 7 * 86400.0
_LONGEST_NAME: Final = 200
"""Characters kept of an outlet's name, a language, a user agent."""
"""Seconds between two fetches that a file may ask for."""
_PATH_SIGN: Final = "/"
_GROUP_SIGN: Final = "∕"
"""A slash inside a group's name: U+2215, so that it does not read as a deeper group."""
_BARE_AMPERSAND: Final = re.compile(rb"&(?!(?:#\d+|#x[0-9a-fA-F]+|\w+);)")


def read_opml(data: bytes) -> list[Subscription]:
    """The subscriptions in an OPML file, in its order, each address once; :class:`InputError` when it is none.

    Entity declarations are refused, so that no file is read and nothing grows.
    """
    reader = _Reader()
    try:
        reader.parse(_BARE_AMPERSAND.sub(b"&amp;", data))
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError(f"not an OPML file: {error}") from error
    if not reader.opml:
        raise InputError("not an OPML file: it has no <opml> element")
    return list(reader.found.values())


class _Reader:
    """Collects subscriptions from outlines while expat walks through them."""

    def __init__(self) -> None:
        self.opml = False
        self.found: dict[str, Subscription] = {}
        self._groups: list[str] = []
        """Group that each open outline stands for; empty for a feed."""

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = _refuse
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.lower()
        self.opml = self.opml or name == "opml"
        if name != "outline":
            return
        said = {key.lower(): value for key, value in attributes.items()}
        title = one_line(said.get("title") or said.get("text") or "")[:_LONGEST_NAME]
        url = safe_url(said.get("xmlurl", ""))
        if not url:
            self._groups.append(title.replace(_PATH_SIGN, _GROUP_SIGN) if "xmlurl" not in said else "")
            return
        group = _PATH_SIGN.join(filter(None, self._groups[:_DEEPEST]))
        self._groups.append("")
        letter = said.get("reliability", "F").strip().upper()
        self.found.setdefault(
            url,
            Subscription(
                url=url,
                outlet=(one_line(said.get("outlet", "")) or title or url)[:_LONGEST_NAME],
                reliability=letter if len(letter) == 1 and letter in RELIABILITY_LETTERS else "F",
                group=group,
                language=one_line(said.get("language", ""))[:_LONGEST_NAME],
                user_agent=one_line(said.get("useragent", ""))[:_LONGEST_NAME],
                patience="feed" if said.get("patience", "").strip().lower() == "feed" else "host",
                interval=_interval(said.get("interval", "")),
            ),
        )

    def _end(self, name: str) -> None:
        if name.lower() == "outline":
            self._groups.pop()


def _interval(words: str) -> float:
    """Seconds between two fetches; 0 where they are no number, or one that no server wants."""
    seconds = float(words) if re.fullmatch(r"\d{1,6}", words.strip()) else 0.0
    return seconds if _SHORTEST <= seconds <= _LONGEST else 0.0


def _refuse(*_: object) -> None:
    raise ValueError("it declares entities, which no OPML file needs")


def write_opml(subscriptions: list[Subscription], title: str) -> bytes:
    """An OPML 2.0 file of the subscriptions, nested by their groups, in UTF-8."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = one_line(title)
    body = SubElement(root, "body")
    folders: dict[tuple[str, ...], Element] = {(): body}
    for each in subscriptions:
        path = tuple(name for part in each.group.split(_PATH_SIGN)[:_DEEPEST] if (name := one_line(part)))
        attributes = {
            "type": "rss",
            "text": one_line(each.outlet) or each.url,
            "xmlUrl": each.url,
            "reliability": each.reliability,
        }
        own = {
            "language": one_line(each.language),
            "userAgent": one_line(each.user_agent),
            "patience": "" if each.patience == "host" else each.patience,
            "interval": f"{each.interval:g}" if each.interval else "",
        }
        attributes.update((name, value) for name, value in own.items() if value)
        SubElement(_folder(folders, path), "outline", attributes)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _folder(folders: dict[tuple[str, ...], Element], path: tuple[str, ...]) -> Element:
    if path not in folders:
        folders[path] = SubElement(_folder(folders, path[:-1]), "outline", {"text": path[-1]})
    return folders[path]
