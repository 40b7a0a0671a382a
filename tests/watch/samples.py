"""Terms and stories for the tests of watching."""

from __future__ import annotations

from datetime import timedelta

from feeds.archive import Archive, Batch
from feeds.story import Story
from feeds.watch.parsing import parse
from feeds.watch.terms import Expression, term_id
from feeds.watch.watcher import Watcher
from tests.archive.samples import a_story, after, alone


def term(text: str) -> dict[str, Expression]:
    """A term by its id, as the rooms take it."""
    expression = parse(text)
    return {term_id(expression): expression}


def id_of(text: str) -> str:
    return term_id(parse(text))


def told(title: str, *, minutes: float = 0, outlet: str = "Reuters", id_: str = "") -> Story:
    """A story told some minutes after Thursday morning."""
    return a_story(id_ or f"{title}-{minutes}", title, received=after(minutes=minutes), outlet=outlet)


def ingest(archive: Archive, watcher: Watcher | None, *stories: Story) -> None:
    """Write stories as the collector does."""
    hits = []
    if watcher is not None:
        watcher.look()
        hits = watcher.hits(stories)
    archive.write(Batch(stories=list(stories), folds=[alone(story) for story in stories], hits=hits))


def fill(archive: Archive, count: int, title: str = "Rain in Lisbon") -> None:
    """So many stories, a minute apart; every tenth is about Herat."""
    stories = [told("Herat holds" if n % 10 == 0 else title, minutes=n, id_=f"s{n}") for n in range(count)]
    for start in range(0, count, 500):
        ingest(archive, None, *stories[start : start + 500])


def hit_stories(archive: Archive, text: str) -> list[str]:
    """Ids of the stories that a term hit, oldest told first."""
    return [hit.story for hit in reversed(archive.watch.hits(id_of(text)))]


HOUR = timedelta(hours=1)
