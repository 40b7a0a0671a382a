"""Feeds made by chance, sound and odd, in every XML format: the corpus that both readers must agree on."""

from __future__ import annotations

import random
from xml.sax.saxutils import escape

_WORDS = (
    "Taliban fighters seized Ghazni on Thursday the governor said residents fled as shops closed Herat holds AT&T "
    "Kabul über café résumé قندهار 喀布尔 Кабул «guillemets» — dash <b>bold</b> &nbsp; 5 < 6 ÷ naïve\u00a0: end. 'quoted'"
).split(" ")
_SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "georss": "http://www.georss.org/georss",
    "own": "http://example.org/own",
}
_PICTURE = (
    '<media:content url="http://example.org/a.jpg"><media:credit>AP</media:credit>'
    "<media:title>Picture</media:title><media:description>A caption.</media:description></media:content>"
)


class FeedMaker:
    """Makes feeds from one seed; ``odd`` is the chance that an entry has something unusual."""

    def __init__(self, seed: int, *, odd: float = 0.1, words: int = 30) -> None:
        self._chance = random.Random(seed)
        self._odd = odd
        self._words = words

    def feed(self, entries: int) -> str:
        """A feed of one of the formats with that many entries."""
        make = self._chance.choice((self._rss, self._rss, self._rdf, self._atom))
        return make(entries)

    def _says(self, likelihood: float) -> bool:
        return self._chance.random() < likelihood

    def _prose(self, most: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=self._chance.randint(1, most)))

    def _html(self) -> str:
        paragraphs = [f"<p>{self._prose(self._words)}</p>" for _ in range(self._chance.randint(1, 4))]
        if self._says(0.4):
            paragraphs.append(f'<p>See <a class="x" href="{escape(self._link(1))}">here</a>.</p>')
        if self._says(0.3):
            paragraphs.insert(1, '<img src="/a.jpg" alt="a > b"/><script>x < y</script><br/>')
        return "\n".join(paragraphs)

    def _quoted(self, text: str) -> str:
        return f"<![CDATA[{text}]]>" if self._says(0.5) else escape(text)

    def _padded(self, text: str) -> str:
        return f"\n   {text}\n" if self._says(0.2) else text

    def _element(self, name: str, text: str, attributes: str = "") -> str:
        return f"<{name}{attributes}>{self._padded(self._quoted(text))}</{name}>"

    def _link(self, number: int) -> str:
        return self._chance.choice(
            (
                f"http://example.org/{number}",
                f"/story/{number}?a=1&b=2",
                f"https://example.org/ü/{number}#x",
                f"{number}.html",
            )
        )

    def _rfc(self) -> str:
        return f"Thu, {self._chance.randint(1, 28):02} Aug 2021 {self._chance.randint(0, 23):02}:30:00 +0430"

    def _iso(self) -> str:
        return f"2021-08-{self._chance.randint(1, 28):02}T{self._chance.randint(0, 23):02}:30:00Z"

    def _extras(self) -> list[str]:
        """Elements that many feeds carry and that change nothing."""
        return self._chance.sample(
            [
                "<category>War</category>",
                "<comments>http://example.org/c</comments>",
                "<slash:comments>4</slash:comments>",
                "<wfw:commentRss>http://example.org/c.xml</wfw:commentRss>",
                "<dc:subject>War</dc:subject>",
                "<georss:point>34 69</georss:point>",
                '<enclosure url="http://example.org/a.mp3" length="1" type="audio/mpeg"/>',
                '<media:thumbnail url="http://example.org/a.jpg"/>',
                _PICTURE,
                "<media:keywords>war, kabul</media:keywords>",
                "<own:thing>own<own:nested>deep</own:nested></own:thing>",
                '<own:thing a="b"/>',
                "<!-- a comment -->",
                "<?php a processing instruction ?>",
            ],
            self._chance.randint(0, 4),
        )

    def _oddities(self) -> list[str]:
        if not self._says(self._odd):
            return []
        return [
            self._chance.choice(
                (
                    "<title>A second title</title>",
                    "<media:title>Only a picture</media:title>",
                    '<media:description type="plain">Only a caption</media:description>',
                    "<media:group><media:title>In a group</media:title></media:group>",
                    "<description>A second text</description>",
                    "<dc:title>Dublin</dc:title>",
                    "<dc:description>Dublin text</dc:description>",
                    "<itunes:author>Podcaster</itunes:author>",
                    "<itunes:summary>Podcast text</itunes:summary>",
                    '<atom:link href="http://example.org/atom" rel="alternate"/>',
                    '<atom:link href="http://example.org/atom" rel="self"/>',
                    "<atom:updated>2021-08-12T10:00:00Z</atom:updated>",
                    "<dcterms:modified>2021-08-12T10:00:00Z</dcterms:modified>",
                    "<dcterms:created>2021-08-12T10:00:00Z</dcterms:created>",
                    '<link xml:base="http://other.example/">x</link>',
                    "<link/>",
                    "<guid>another</guid>",
                    "<id>another id</id>",
                    "<author><name>Nested</name></author>",
                    "<author>jane@example.org (Jane Doe)</author>",
                    "<summary>A summary in another format</summary>",
                    "<body>A body</body>",
                    "<date>2021-08-12</date>",
                    "<updated>2021-08-12</updated>",
                    "<image><title>Picture</title><url>http://example.org/i.png</url></image>",
                    "<description><p>markup that is not escaped</p></description>",
                    "<content>plain content</content>",
                    "<source><title>Other outlet</title></source>",
                    "<title></title>",
                    "<description></description>",
                    "<content:encoded></content:encoded>",
                    "<item><title>inside</title></item>",
                    "<fullitem>full</fullitem>",
                    "<dc:creator>Second Author, AFP</dc:creator>",
                    "<author>FÃ¼r garbled</author>",
                    "<pubDate>Mon, 02 Aug 2021 01:00:00 GMT</pubDate>",
                    "<contributor><name>Helper</name></contributor>",
                    "<language>fa</language>",
                    "<x:y xmlns:x='http://example.org/x'><x:title>t</x:title></x:y>",
                    "<m:title xmlns:m='http://search.yahoo.com/mrss/'>m</m:title>",
                )
            )
        ]

    def _some(self, pieces: list[tuple[float, str]]) -> list[str]:
        return [piece for likelihood, piece in pieces if self._says(likelihood)]

    def _shuffled(self, pieces: list[str]) -> str:
        pieces = [*pieces, *self._extras(), *self._oddities()]
        if self._says(0.4):
            self._chance.shuffle(pieces)
        return "\n".join(pieces)

    def _rss_pieces(self, number: int) -> list[str]:
        permalink = self._chance.choice(("", ' isPermaLink="false"', ' isPermaLink="true"'))
        return self._some(
            [
                (0.95, self._element("title", self._prose(12))),
                (0.95, f"<link>{escape(self._link(number))}</link>"),
                (
                    0.8,
                    f"<guid{permalink}>{self._chance.choice(('id', 'http://example.org/?p='))}{number}</guid>",
                ),
                (
                    0.9,
                    self._element(
                        "description", self._chance.choice((self._html, lambda: self._prose(40)))()
                    ),
                ),
                (0.4, self._element("content:encoded", self._html())),
                (0.8, f"<pubDate>{self._rfc()}</pubDate>"),
                (0.2, f"<dc:date>{self._iso()}</dc:date>"),
                (0.4, self._element("dc:creator", self._chance.choice(("Jane Doe", "Reuters", "By A, AFP")))),
                (0.1, '<source url="http://example.org/s.xml">Agence France-Presse</source>'),
            ]
        )

    def _declared(self) -> str:
        return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())

    def _rss(self, entries: int) -> str:
        items = "\n".join(
            f"<item>{self._shuffled(self._rss_pieces(number))}</item>" for number in range(entries)
        )
        head = (
            "<title>World</title><link>http://example.org</link><description>d</description><language>en-gb</language>"
            '<atom:link href="http://example.org/rss" rel="self"/><ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>'
            "<image><title>Picture</title><url>http://example.org/i.png</url><link>http://example.org</link></image>"
        )
        version = self._chance.choice(("2.0", "0.91", "0.92"))
        return f'<rss version="{version}" {self._declared()}><channel>{head}{items}</channel></rss>'

    def _rdf(self, entries: int) -> str:
        items = "\n".join(
            f'<item rdf:about="http://example.org/{n}">'
            + self._shuffled([piece for piece in self._rss_pieces(n) if not piece.startswith("<guid")])
            + "</item>"
            for n in range(entries)
        )
        return (
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            f'{self._declared()}><channel rdf:about="http://example.org/"><title>World</title><items><rdf:Seq>'
            f'<rdf:li rdf:resource="http://example.org/1"/></rdf:Seq></items></channel>{items}</rdf:RDF>'
        )

    def _atom_pieces(self, number: int) -> list[str]:
        kind = self._chance.choice(("", ' type="html"', ' type="text"'))
        inline = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(self._prose(20))} <em>x</em> <a href="/rel?a=1&amp;b=2">y</a></p><br/></div>'
        body = self._chance.choice(
            (
                self._element("content", self._html(), ' type="html"'),
                f'<content type="xhtml">{inline}</content>',
            )
        )
        return self._some(
            [
                (0.95, self._element("title", self._prose(12), kind)),
                (0.9, f'<link rel="alternate" type="text/html" href="{escape(self._link(number))}"/>'),
                (0.2, f'<link rel="enclosure" href="http://example.org/{number}.mp3"/>'),
                (0.2, f'<link rel="replies" type="text/html" href="http://example.org/{number}/replies"/>'),
                (0.95, f"<id>tag:example.org,2021:{number}</id>"),
                (0.6, self._element("summary", self._prose(40), kind)),
                (0.6, body),
                (0.8, f"<updated>{self._iso()}</updated>"),
                (0.6, f"<published>{self._iso()}</published>"),
                (
                    0.5,
                    "<author><name>Jane Doe</name><uri>http://example.org/j</uri><email>j@example.org</email></author>",
                ),
                (0.1, "<author><name>Second, Reuters</name></author>"),
                (
                    0.1,
                    "<source><id>s</id><title>Associated Press</title><updated>2020-01-01T00:00:00Z</updated></source>",
                ),
            ]
        )

    def _atom(self, entries: int) -> str:
        items = "\n".join(f"<entry>{self._shuffled(self._atom_pieces(n))}</entry>" for n in range(entries))
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" {self._declared()}><title type="text">World</title>'
            f'<id>urn:w</id><link rel="self" href="http://example.org/a"/><author><name>Desk</name></author>{items}</feed>'
        )
