"""The same two stories in every format that feeds come in."""

from __future__ import annotations

from datetime import UTC, datetime

from feeds.story import Subscription

RECEIVED = datetime(2021, 8, 12, 12, 0, tzinfo=UTC)
SUBSCRIPTION = Subscription("http://feeds.example.org/news/world.xml", "Example", "B")

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>World</title><link>http://example.org/</link><description>All of it</description><ttl>15</ttl>
<item><title>Governor of Ghazni confirms loss &amp; leaves</title><link>http://example.org/ghazni</link>
<guid isPermaLink="false">g-1</guid><description>The city is lost.</description>
<content:encoded><![CDATA[<p>KABUL (AP) - The city is lost, the governor said.</p><p>He left.</p>]]></content:encoded>
<dc:creator>Jane Doe</dc:creator><pubDate>Thu, 12 Aug 2021 10:00:00 +0430</pubDate>
<media:thumbnail url="http://example.org/a.jpg"/></item>
<item><title>Herat holds</title><link>/herat?a=1&amp;b=2</link><guid>http://example.org/?p=2</guid>
<description>&lt;p&gt;Quiet in Herat.&lt;/p&gt;</description><pubDate>Thu, 12 Aug 2021 06:00:00 GMT</pubDate></item>
</channel></rss>"""

RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="http://example.org/"><title>World</title><link>http://example.org/</link>
<description>All of it</description></channel>
<item rdf:about="g-1"><title>Governor of Ghazni confirms loss &amp; leaves</title>
<link>http://example.org/ghazni</link><description>The city is lost.</description>
<content:encoded><![CDATA[<p>KABUL (AP) - The city is lost, the governor said.</p><p>He left.</p>]]></content:encoded>
<dc:creator>Jane Doe</dc:creator><dc:date>2021-08-12T10:00:00+04:30</dc:date></item>
<item rdf:about="http://example.org/?p=2"><title>Herat holds</title><link>/herat?a=1&amp;b=2</link>
<description>&lt;p&gt;Quiet in Herat.&lt;/p&gt;</description><dc:date>2021-08-12T06:00:00Z</dc:date></item>
</rdf:RDF>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>World</title><id>urn:w</id><updated>2021-08-12T11:00:00Z</updated>
<link rel="self" href="http://feeds.example.org/news/world.xml"/>
<entry><title>Governor of Ghazni confirms loss &amp; leaves</title><id>g-1</id>
<link rel="enclosure" href="http://example.org/a.mp3"/><link rel="alternate" href="http://example.org/ghazni"/>
<summary>The city is lost.</summary><author><name>Jane Doe</name></author>
<content type="html">&lt;p&gt;KABUL (AP) - The city is lost, the governor said.&lt;/p&gt;&lt;p&gt;He left.&lt;/p&gt;</content>
<published>2021-08-12T05:30:00Z</published><updated>2021-08-12T09:00:00Z</updated></entry>
<entry><title type="html">Herat holds</title><id>http://example.org/?p=2</id><link href="/herat?a=1&amp;b=2"/>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Quiet in <b>Herat</b>.</p></div></summary>
<updated>2021-08-12T06:00:00Z</updated></entry>
</feed>"""

JSON = r"""{"version": "https://jsonfeed.org/version/1.1", "title": "World", "items": [
{"id": "g-1", "url": "http://example.org/ghazni", "title": "Governor of Ghazni confirms loss & leaves",
 "summary": "The city is lost.", "authors": [{"name": "Jane Doe"}], "date_published": "2021-08-12T10:00:00+04:30",
 "content_html": "<p>KABUL (AP) - The city is lost, the governor said.</p><p>He left.</p>"},
{"id": "http://example.org/?p=2", "url": "/herat?a=1&b=2", "title": "Herat holds", "summary": "Quiet in Herat.",
 "date_published": "2021-08-12T06:00:00Z"}]}"""

EVERY_FORMAT = {"rss": RSS, "rdf": RDF, "atom": ATOM, "json": JSON}
