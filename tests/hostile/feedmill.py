"""Hostile feeds by the thousand: sound ones mutated as by a broken server, and ones made to hurt a parser."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from typing import Final

from tests.wire.corpus import FeedMaker
from tests.wire.samples import EVERY_FORMAT

_NASTY: Final = (
    *("\x00", "\x1b]52;c;x\x07", "\x9b31m", "\u202e", "\ufeff", "\ud7ff", "\U000e0041", "&#0;", "&#xD800;"),
    *(
        "&#99999999999;",
        "&undefined;",
        "&amp;amp;amp;lt;script&amp;gt;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<",
        ">",
    ),
    *(
        "<item>",
        "</item>",
        "</channel>",
        "<entry/>",
        "<title>",
        "</title>",
        '<!ENTITY a "b">',
        "<?xml?>",
        "\u0301" * 40,
    ),
    *(
        "<script>",
        "<a href='javascript:x'>",
        "<p " + "x" * 500,
        "<link>http://[::1</link>",
        "<pubDate>99 Foo</pubDate>",
    ),
    *(
        "<guid>" + "g" * 3000 + "</guid>",
        "xml:base='//x'",
        'xmlns="x"',
        "<rdf:li/>",
        "\u2028",
        "é".encode().decode("latin-1"),
    ),
)
_BOMB: Final = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><rss><channel><item><title>&i;</title></item></channel></rss>"
)
_OUTSIDE: Final = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
_CHARSETS: Final = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
    "cp1251",
    "shift_jis",
    "gb18030",
    "punycode",
)


def _deep(chance: random.Random) -> str:
    depth = chance.randint(100, 3000)
    return f"<rss><channel><item><description>{'<b>' * depth}x{'</b>' * depth}</description></item></channel></rss>"


def _wide(chance: random.Random) -> str:
    name = chance.choice(("item", "title", "x:y", "entry"))
    return f"<rss><channel>{f'<{name}>' * chance.randint(10, 2000)}</channel></rss>"


def _attributes(chance: random.Random) -> str:
    said = " ".join(f'a{n}="{n}"' for n in range(chance.randint(10, 800)))
    return f"<rss><channel><item {said}><title {said}>x</title></item></channel></rss>"


def _unclosed(chance: random.Random) -> str:
    return f"<rss><channel><item><title>{chance.choice(('<', '<!--', '<![CDATA[', '&')) * chance.randint(1, 3000)}"


def _json(chance: random.Random) -> str:
    return chance.choice(
        (
            '{"version": "https://jsonfeed.org/version/1", "items": [1, null, {"id": {}}, {"title": ["x"]}, {"content_html": 7}]}',
            '{"items": ' + "[" * chance.randint(1, 4000),
            '{"items": [{"title": "\\ud800", "url": "http://[", "date_published": "9999-99-99"}]}',
            '{"items": {"a": 1}, "title": 3, "version": 5}',
        )
    )


def _same_ids(chance: random.Random) -> str:
    return f"<rss><channel>{'<item><guid>1</guid><title>t</title></item>' * chance.randint(2, 300)}</channel></rss>"


_MADE: Final[tuple[Callable[[random.Random], str], ...]] = (
    *(_deep, _wide, _attributes, _unclosed, _json, _same_ids),
    *(
        lambda _: _BOMB,
        lambda _: _OUTSIDE,
        lambda _: "",
        lambda _: " \n",
        lambda _: "<",
        lambda _: "\x00" * 99,
    ),
    lambda chance: "".join(map(chr, chance.choices(range(1, 0x2000), k=chance.randint(1, 400)))),
)


def hostile_feed(seed: int) -> bytes:
    """The body of one hostile feed; the same one for the same seed."""
    chance = random.Random(seed)
    if chance.random() < 0.15:
        text = chance.choice(_MADE)(chance)
    else:
        text = chance.choice((*EVERY_FORMAT.values(), *(FeedMaker(seed, odd=0.5).feed(3) for _ in range(4))))
        text = _mutated(text, chance)
    body = text.encode(chance.choice(_CHARSETS) if chance.random() < 0.2 else "utf-8", "replace")
    return _damaged(body, chance)


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(0, 6)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 1, 10, 200)))
        piece = chance.choice((chance.choice(_NASTY), text[chance.randrange(len(text) or 1) :][:60], ""))
        text = text[:start] + piece + text[end:]
    return text


def _damaged(body: bytes, chance: random.Random) -> bytes:
    said = chance.random()
    if said < 0.1:
        return body[: chance.randrange(len(body) + 1)]
    if said < 0.2:
        found = bytearray(body)
        for _ in range(min(len(found), chance.randint(1, 20))):
            found[chance.randrange(len(found))] = chance.randrange(256)
        return bytes(found)
    return gzip.compress(body)[: chance.randint(5, 500)] if said > 0.98 else body
