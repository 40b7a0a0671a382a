"""A watch term tried out, on paper: how often, when, by whom, and the newest stories with the words in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feeds.safetext import one_line
from tui.cli.moments import day_and_time, iso
from tui.cli.paper import plain_glyphs, terminal_width, wrapped

if TYPE_CHECKING:
    from feeds.story import Story
    from feeds.watch.matcher import Spans
    from feeds.watch.trial import Trial

_BARS: Final = " ▁▂▃▄▅▆▇█"
_PLAIN_BARS: Final = " .:-=+*#%"
_AROUND: Final = 60
"""Characters of a sentence shown on either side of the words found."""
_OUTLETS: Final = 5


def as_paper(trial: Trial, limit: int) -> str:
    """The trial for people."""
    since = f"since {day_and_time(trial.since)}"
    if not trial.hits:
        return f"{trial.term}\n0 of {trial.stories:,} stories {since}"
    lines = [
        trial.term,
        f"{len(trial.hits):,} of {trial.stories:,} stories {since}, outlets: {len(trial.outlets)}",
        *_by_day(trial),
        "most by: " + ", ".join(f"{one_line(name)} {count}" for name, count in trial.outlets[:_OUTLETS]),
    ]
    for story, spans in trial.hits[:limit]:
        lines += ["", f"{day_and_time(story.told)}  {one_line(story.outlet)}", *_quoted(story, spans)]
    if len(trial.hits) > limit:
        lines += ["", f"and {len(trial.hits) - limit:,} older ones (--limit shows more)"]
    return "\n".join(lines)


def trial_shape(trial: Trial, limit: int) -> dict[str, object]:
    """The trial as JSON tells it; offsets count characters of the story's clean text."""
    return {
        "term": trial.term,
        "id": trial.id,
        "since": iso(trial.since),
        "until": iso(trial.until),
        "stories": trial.stories,
        "hits": len(trial.hits),
        "outlets": dict(trial.outlets),
        "days": {f"{day:%Y-%m-%d}": count for day, count in trial.days.items()},
        "newest": [
            {
                "story": story.id,
                "title": story.title,
                "outlet": story.outlet,
                "url": story.url,
                "told": iso(story.told),
                "spans": [list(span) for span in spans],
                "words": [story.text[start:end] for start, end in spans],
            }
            for story, spans in trial.hits[:limit]
        ],
    }


def _by_day(trial: Trial) -> list[str]:
    """One bar a day, and the figures of the ends; nothing for a single day."""
    counts = list(trial.days.values())
    if len(counts) < 2 or len(counts) > terminal_width() - 20:
        return []
    bars, most = _PLAIN_BARS if plain_glyphs() else _BARS, max(counts)
    steps = len(bars) - 1
    line = "".join(bars[-(-count * steps // most)] for count in counts)
    return [f"by day:  {line}  at most {most} a day"]


def _quoted(story: Story, spans: Spans) -> list[str]:
    """The title, and what stands around the first words found where that is somewhere else."""
    in_title = [span for span in spans if span[1] <= len(story.title)]
    lines = [wrapped(_bracketed(story.title, in_title), indent="  ")]
    if not in_title:
        start, end = spans[0]
        before, behind = max(0, start - _AROUND), min(len(story.text), end + _AROUND)
        around = [(a - before, b - before) for a, b in spans if before <= a and b <= behind]
        excerpt = _bracketed(story.text[before:behind], around)
        lines.append(
            wrapped(f"{'…' * (before > 0)}{excerpt}{'…' * (behind < len(story.text))}", indent="    ")
        )
    return lines


def _bracketed(text: str, spans: list[tuple[int, int]]) -> str:
    at, parts = 0, []
    for start, end in spans:
        if start >= at:  # words that overlap are bracketed once
            parts += [text[at:start], "[", text[start:end], "]"]
            at = end
    return "".join((*parts, text[at:]))
