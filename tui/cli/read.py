"""``warwatch read``: the tracker on any text, a pasted article for instance, and the board that it makes."""

from __future__ import annotations

import argparse
from collections import defaultdict
from datetime import datetime
from typing import Final

from feeds.clock import system_clock
from feeds.evidence import FIGHTING, THREAT, Evidence
from feeds.report.sheet import Sheet
from feeds.story import RELIABILITY_LETTERS, Story
from feeds.theatres.model import Theatre
from tui.cli.documents import article, read_text
from tui.cli.moments import day_and_time, end_moment
from tui.cli.paper import say, say_json, wrapped
from tui.cli.sheet import as_sentences, counts_line, told
from tui.cli.where import theatre_of

EXAMPLE: Final = """\
warwatch read article.txt --date 2021-08-15 --outlet Reuters
pandoc -t plain article.docx | warwatch read -
warwatch read - --json < article.txt | jq '.capitals[] | select(.state != "unknown")'"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The text, and what is known of it."""
    parser.add_argument("file", metavar="FILE|-", help="a text file, or - for standard input")
    parser.add_argument("--title", default="", help="headline (default: the first line)")
    parser.add_argument(
        "--date",
        type=end_moment,
        metavar="TIME",
        help="when it was told: 2021-08-15 or '2021-08-15 09:00' (UTC); default: now",
    )
    parser.add_argument("--outlet", default="", help="who tells it")
    parser.add_argument(
        "--reliability",
        choices=tuple(RELIABILITY_LETTERS),
        default="A",
        help="how far it is trusted; A, the default, takes the text at its word",
    )
    parser.add_argument("--explain", action="store_true", help="say for each sentence how it was read")
    parser.add_argument("--json", action="store_true", help="the board as JSON, every capital")


def run(options: argparse.Namespace) -> int:
    """Read the text and print its board."""
    theatre = theatre_of(options)
    story = _story(options, read_text(options.file))
    from tui.cli.tracking import read_story

    found = read_story(theatre, story)
    if options.json:
        say_json(found.sheet.shape())
        return 0
    _print(theatre, story, found.sheet, found.evidence)
    if options.explain:
        from tui.cli.explaining import explanation

        say()
        say(explanation(theatre, story))
    return 0


def _story(options: argparse.Namespace, text: str) -> Story:
    if text[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        from feeds.wire.clean import html_to_text

        text = html_to_text(text)
    title, body = article(text, title=options.title)
    date: datetime | None = options.date
    return Story(
        id="text",
        title=title,
        body=body,
        outlet=options.outlet or "the text",
        reliability=options.reliability,
        published=date,
        received=date or system_clock(),
    )


def _print(theatre: Theatre, story: Story, sheet: Sheet, evidence: tuple[Evidence, ...]) -> None:
    if story.title:
        say(wrapped(story.title))
    say(wrapped(f"told by {story.outlet} ({story.reliability}), {day_and_time(story.told)}; {theatre.title}"))
    if theatre.eras and not story.published:
        first = theatre.eras[0].day
        say(
            wrapped(
                f"no date: sides are called what they were before {first:%-d %b %Y}; --date says otherwise"
            )
        )
    say()
    if not told(sheet):
        say(wrapped(f"Nothing said of who holds the {len(theatre.capitals)} capitals of this theatre."))
    else:
        say(as_sentences(sheet))
    say()
    say(wrapped(counts_line(sheet)))
    for line in _also(theatre, sheet, evidence):
        say(wrapped(line))


def _also(theatre: Theatre, sheet: Sheet, evidence: tuple[Evidence, ...]) -> list[str]:
    """What was read beside the states: fighting and threats that a row's state does not show, and towns."""
    shown = {FIGHTING: "contested", THREAT: "threatened"}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for piece in evidence:
        place = theatre.by_id.get(piece.place)
        if place is None or piece.label not in shown:
            continue
        standing = sheet.standings.get(piece.place)
        if (standing is None or standing.state != shown[piece.label]) and place.name not in found[
            piece.label
        ]:
            found[piece.label].append(place.name)
    words = ((FIGHTING, "fighting also told of"), (THREAT, "also told to be threatened"))
    return [f"{word}: {', '.join(found[label])}" for label, word in words if found[label]]
