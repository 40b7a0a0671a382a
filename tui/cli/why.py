"""``warwatch why URL``: the whole life of a story, from the feed that brought it to the rule that fired, or did not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from feeds.errors import InputError
from feeds.report.shapes import evidence_shape
from feeds.safetext import one_line, safe_url
from tui.cli.moments import day_and_time, iso
from tui.cli.paper import count_of, say, say_json, table, wrapped
from tui.cli.shapes import fold_shape
from tui.cli.where import open_archive, theatre_of

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.evidence import Evidence
    from feeds.story import Drop, FeedState, Fold, Story
    from feeds.theatres.model import Theatre

EXAMPLE: Final = "warwatch why https://example.org/world/kunduz-falls\nwarwatch why URL --explain"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which story."""
    parser.add_argument("url", metavar="URL", help="address of the story (or of a feed, or a story's id)")
    parser.add_argument("--explain", action="store_true", help="show how each of its sentences was read")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print what became of it; 1 when the archive knows nothing of that address."""
    theatre = theatre_of(options)
    with open_archive(options, read_only=True) as archive:
        stories, drops, feed = _look_up(archive, options.url)
        if options.json:
            say_json(
                {
                    "url": options.url,
                    "stories": [_story_shape(archive, theatre, story) for story in stories],
                    "drops": [_drop_shape(drop) for drop in drops],
                }
            )
            return 0
        for number, story in enumerate(stories):
            if number:
                say()
            _tell(archive, theatre, story, explain=options.explain)
        if feed is not None:
            _tell_feed(feed)
    if drops:
        say()
        say("dropped:")
        say(table([(day_and_time(drop.at), drop.stage, drop.reason) for drop in drops]))
    return 0


def _look_up(archive: Archive, url: str) -> tuple[list[Story], list[Drop], FeedState | None]:
    forms = [form for form in dict.fromkeys((url.strip(), safe_url(url))) if form]
    stories = {story.id: story for form in forms for story in archive.story_by_url(form)}
    if not stories and (by_id := archive.story(url.strip())) is not None:
        stories[by_id.id] = by_id
    feeds = archive.feed_states()
    feed = next((feeds[form] for form in forms if form in feeds), None)
    drops = [drop for form in forms for drop in archive.drops(url=form)]
    if feed is not None:
        drops += archive.drops(feed=feed.url, limit=20)
    for story in stories.values():
        if story.url and story.url not in forms:
            drops += archive.drops(url=story.url)
    if not stories and not drops and feed is None:
        seen = sum(state.stories_seen for state in feeds.values())
        raise InputError(
            f"nothing is known of {url}: not among the stories of {archive.name} ({seen} entries of {len(feeds)} feeds"
            " seen), not in its ledger of drops, and no feed has that address; is the feed that carries it followed?"
        )
    return list(stories.values()), list(dict.fromkeys(drops)), feed


def _tell(archive: Archive, theatre: Theatre, story: Story, *, explain: bool) -> None:
    say(wrapped(story.title))
    flags = [word for word in (story.flag, *story.marks) if word]
    facts = [
        (
            "outlet",
            f"{story.outlet} ({story.reliability})" + (f", credits {story.wire}" if story.wire else ""),
        ),
        ("published", day_and_time(story.published) if story.published else "the feed does not say"),
        ("fetched", f"{day_and_time(story.received)} from {story.feed or 'an unnamed feed'}"),
        ("address", story.url or "none"),
        ("flags", ", ".join(flags) or "none"),
    ]
    versions = archive.versions(story.id)
    if len(versions) > 1:
        facts.append(("versions", ", ".join(day_and_time(version.received) for version in versions)))
    fold = archive.fold_of(story.id)
    if fold is not None:
        facts += _folding(archive, fold)
    say(table(facts))
    _tell_evidence(archive, theatre, story)
    if explain:
        from tui.cli.explaining import explanation

        say()
        say(explanation(theatre, story))


def _folding(archive: Archive, fold: Fold) -> list[tuple[str, str]]:
    first = archive.story(fold.copy_of) if fold.copy_of else None
    copy = "of no earlier article"
    if fold.copy_of:
        copy = f"of “{one_line(first.title)}” ({first.outlet})" if first else f"of {fold.copy_of}"
    thread = archive.thread(fold.thread)
    outlets = {story.outlet for story, _ in thread}
    origins = {each.origin for _, each in thread}
    opener = next((story for story, _ in thread if story.id == fold.thread), None)
    told = ", ".join(
        (
            count_of(len(thread), "story", "stories"),
            count_of(len(outlets), "outlet"),
            count_of(len(origins), "origin"),
        )
    )
    if opener is not None and opener.id != fold.story:
        told += f"; opened by “{one_line(opener.title)}” ({opener.outlet})"
    return [("a copy", copy), ("thread", told), ("origin", fold.origin)]


def _tell_evidence(archive: Archive, theatre: Theatre, story: Story) -> None:
    evidence = archive.evidence(theatre.id, story=story.id)
    say()
    if not evidence:
        say(_no_rule(theatre, story))
        return
    for piece in evidence:
        counts = " (counts now)" if _counts_now(archive, theatre, piece) else ""
        say(f"evidence {piece.seq}: {_claim(theatre, piece)}{counts}")
        say(wrapped(f"“{piece.sentence}”", indent="    "))
        said = f", said by {one_line(piece.speaker)}" if piece.speaker else ""
        say(
            f"    rule {piece.rule}, words {', '.join(piece.triggers) or 'none'}; {piece.voice}, {piece.modality},"
            f" weight {piece.weight:.2f}{said}"
        )


def _claim(theatre: Theatre, piece: Evidence) -> str:
    place = theatre.by_id.get(piece.place)
    name = place.name if place else piece.place
    if piece.label == "holds":
        return f"{theatre.side_name(piece.side)} {'took' if piece.change else 'holds'} {name}"
    return f"{'fighting for' if piece.label == 'fighting' else 'threat to'} {name}"


def _counts_now(archive: Archive, theatre: Theatre, piece: Evidence) -> bool:
    return any(piece.seq in standing.evidence for standing in archive.standings(theatre.id))


def _no_rule(theatre: Theatre, story: Story) -> str:
    from feeds.tracker import Reader

    if story.flag == "WITHDRAWN":
        return "not read for claims: withdrawn by its outlet"
    read = Reader(theatre).read(story)
    names = [theatre.by_id[place].name for place in read.about.places if place in theatre.by_id]
    return f"no rule fired: places named: {', '.join(names) or 'none of this theatre'}"


def _tell_feed(feed: FeedState) -> None:
    from feeds.clock import system_clock
    from feeds.health import health

    say(f"a feed: {one_line(feed.url)}")
    say(f"{health(feed, system_clock()).line}; {feed.stories_seen} entries seen")


def _story_shape(archive: Archive, theatre: Theatre, story: Story) -> dict[str, object]:
    fold = archive.fold_of(story.id)
    thread = archive.thread(fold.thread) if fold else []
    return {
        "id": story.id,
        "title": story.title,
        "url": story.url,
        "outlet": story.outlet,
        "reliability": story.reliability,
        "wire": story.wire,
        "flag": story.flag,
        "marks": list(story.marks),
        "feed": story.feed,
        "published": iso(story.published),
        "received": iso(story.received),
        "versions": len(archive.versions(story.id)),
        "fold": fold_shape(fold) if fold else None,
        "outlets": len({each.outlet for each, _ in thread}),
        "origins": len({each.origin for _, each in thread}),
        "evidence": [evidence_shape(piece) for piece in archive.evidence(theatre.id, story=story.id)],
    }


def _drop_shape(drop: Drop) -> dict[str, object]:
    return {
        "at": iso(drop.at),
        "feed": drop.feed,
        "url": drop.url,
        "stage": drop.stage,
        "reason": drop.reason,
    }
