"""Stories to measure with: as many as wanted, the same ones every time, worded like a wire and no two alike."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Final

from feeds.story import Story

BEGIN: Final = datetime(2021, 8, 6, tzinfo=UTC)
_SPAN: Final = timedelta(days=9)
WAR_DESK: Final = 0.4
"""Share of stories about the war on a desk that follows it closely."""
WORLD_DESK: Final = 0.1
"""The same on a desk of world news."""
OUTLETS: Final = tuple(
    (f"{name} {kind}", letter)
    for name, letter in zip(("Northern", "Harbour", "Union", "Meridian", "Capital", "Valley", "Plain", "Coast"), "ABBBCCDF", strict=True)
    for kind in ("Post", "Radio", "Wire")
)  # fmt: skip
"""Name and reliability letter of those who tell."""
_CITIES: Final = (
    "Zaranj", "Sheberghan", "Kunduz", "Sar-e Pol", "Taloqan", "Aybak", "Farah", "Pul-e-Khumri", "Faizabad", "Ghazni", "Herat",
    "Qala-e-Naw", "Kandahar", "Lashkar Gah", "Qalat", "Tarinkot", "Feroz Koh", "Pul-e-Alam", "Asadabad", "Gardez", "Mazar-i-Sharif",
    "Maymana", "Mihtarlam", "Jalalabad", "Maidan Shar", "Bamiyan", "Khost", "Kabul",
)  # fmt: skip
_CLAIMS: Final = (
    "Taliban capture {city} after {n} days of fighting, officials say",
    "Fighting rages inside {city} as Taliban attack from {way}",
    "Taliban say they have taken {city}; government denies it",
    "Governor of {city} flees as {city} falls to the Taliban",
    "Afghan forces repel attack on {city}, {n} fighters killed",
    "Residents of {city} report gunmen at the {way} gate",
    "{city}: provincial council member confirms city is lost",
    "Taliban fighters close in on {city} from the {way}",
    "Shops shut and {n} families leave {city}, aid group says",
)


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_WAYS: Final = ("north", "south", "east", "west")
_FIRST: Final = _words(
    "Parliament Striking Coastal Rising Central Flooded Young Rural Former Leading Divided Private Local Early Second Major Small Quiet Joint Final"
)
_WHO: Final = _words(
    "nurses farmers lawyers teachers drivers banks miners sailors judges pilots growers students painters engineers bakers brokers dockers rangers surgeons printers"
)
_DO: Final = _words(
    "reject welcome delay question approve fear study repeat suspend expect weigh settle resume debate predict avoid"
)
_WHAT: Final = _words(
    "tariff harvest bridge merger census ferry timber copper railway vaccine subsidy pension reservoir festival election satellite fishery airport museum treaty budget cement canal"
)
SYLLABLES: Final = _words(
    "ba cor den fil gar hom jul kel lor mun nav os pir quen ras sol tev ul vor wen yar zim"
)


def news(count: int, war: float = WAR_DESK) -> list[Story]:
    """So many stories over nine days of August 2021, such a share of them about the war, oldest first."""
    chance = random.Random(count)
    return [_story(number, chance, BEGIN + _SPAN * (number / count), war) for number in range(count)]


def _story(number: int, chance: random.Random, told: datetime, war: float) -> Story:
    outlet, letter = chance.choice(OUTLETS)
    title, summary = _of_the_war(chance) if chance.random() < war else _of_the_world(chance)
    return Story(
        id=f"{number:016x}",
        title=title,
        summary=summary,
        url=f"https://news.example/{number}",
        feed=f"https://{outlet.lower().replace(' ', '-')}.example/feed.xml",
        outlet=outlet,
        reliability=letter,
        published=told,
        received=told + timedelta(minutes=3),
    )


def _of_the_war(chance: random.Random) -> tuple[str, str]:
    words = {"city": chance.choice(_CITIES), "n": chance.randint(2, 90), "way": chance.choice(_WAYS)}
    title = chance.choice(_CLAIMS).format(**words)
    other = chance.choice(_CLAIMS).format(**{**words, "city": chance.choice(_CITIES)})
    return title, f"{other}. {_sentence(chance)} {_sentence(chance)}"


def _of_the_world(chance: random.Random) -> tuple[str, str]:
    return _sentence(chance)[:-1], f"{_sentence(chance)} {_sentence(chance)} {_sentence(chance)}"


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    return (
        f"{pick(_FIRST)} {pick(_WHO)} in {_name(chance)} {pick(_DO)} {_name(chance)} {pick(_WHAT)}"
        f" as {_name(chance)} {pick(_WHO)} {pick(_DO)} {chance.randint(3, 999)} {pick(_WHAT)} plans."
    )


def _name(chance: random.Random) -> str:
    """A name nobody has: news differs by its rare words."""
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()


def as_json_lines(stories: Sequence[Story]) -> str:
    """The stories as ``warwatch evidence`` reads them."""
    lines = (
        {
            "id": story.id,
            "title": story.title,
            "summary": story.summary,
            "url": story.url,
            "outlet": story.outlet,
            "published": f"{story.published:%Y-%m-%dT%H:%M:%SZ}",
        }
        for story in stories
    )
    return "".join(json.dumps(line) + "\n" for line in lines)


def as_feeds(stories: Sequence[Story], feeds: int) -> Iterator[str]:
    """The stories dealt out to so many RSS feeds, newest first in each."""
    for number in range(feeds):
        items = "".join(
            f"<item><title>{escape(story.title)}</title><guid isPermaLink='false'>{story.id}</guid><link>{story.url}</link>"
            f"<description>{escape(story.summary)}</description>"
            f"<pubDate>{format_datetime(story.published)}</pubDate></item>\n"
            for story in stories[number::feeds][::-1]
            if story.published
        )
        yield (
            f"<?xml version='1.0' encoding='utf-8'?>\n<rss version='2.0'><channel><title>Feed {number}</title>"
            f"<link>https://news.example/</link><description>News</description>\n{items}</channel></rss>\n"
        )
