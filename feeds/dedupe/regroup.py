"""What an operator's split or merge makes of threads as they are archived: the folds that are others afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from feeds.dedupe.origins import origin_in, own_key
from feeds.story import Fold, Story

Told = Sequence[tuple[Story, Fold]]
"""A thread as it is archived, oldest story first."""


@dataclass(frozen=True, slots=True)
class Refold:
    """One story's fold before and after."""

    before: Fold
    after: Fold


def split(story_id: str, thread: Told) -> list[Refold]:
    """Puts a story, and the copies of it, into a thread of their own; nothing when nobody else is in the thread.

    The story is a telling of its own from then on: no copy of what stays, and nobody's take. When it had opened the
    thread, the thread keeps those that stay, under the name of the oldest of them.
    """
    own = [one for one in thread if story_id in (one[0].id, one[1].copy_of)]
    rest = [one for one in thread if one not in own]
    if not own or not rest:
        return []
    story, fold = next(one for one in own if one[0].id == story_id)
    shared = {one.origin for _, one in rest}
    origin = own_key(story.id, wire=story.wire, outlet=story.outlet) if fold.origin in shared else fold.origin
    after = [Fold(one.id, story_id, None if one.id == story_id else story_id, origin) for one, _ in own]
    found = [Refold(fold, new) for (_, fold), new in zip(own, after, strict=True)]
    if rest[0][1].thread == story_id:
        stays = rest[0][0].id
        found += [Refold(fold, replace(fold, thread=stays)) for _, fold in rest]
    return [one for one in found if one.before != one.after]


def merge(one: Told, other: Told) -> list[Refold]:
    """Makes one thread of two, named after the older one; tellings that are one speaker's at one time become one origin."""
    older, newer = sorted((one, other), key=lambda told: (told[0][0].received, told[0][0].told))
    name = older[0][1].thread
    if newer[0][1].thread == name:
        return []
    known = [(fold.origin, story.told) for story, fold in older]
    found: list[Refold] = []
    renamed: dict[str, str] = {}
    for story, fold in newer:
        if fold.origin not in renamed:
            same = origin_in(known, wire=story.wire, outlet=story.outlet, told=story.told)
            renamed[fold.origin] = same or fold.origin
        found.append(Refold(fold, replace(fold, thread=name, origin=renamed[fold.origin])))
    return found


def take_back(
    done: Iterable[Refold], fold_of: Callable[[str], Fold | None], thread_of: Callable[[str], Told]
) -> list[Refold]:
    """Puts stories back where they were before a split or merge, those that were not moved again since.

    What joined them meanwhile stays where it is, unless the story that its thread is named after goes.
    """
    back: dict[str, Refold] = {}
    for one in done:
        now = fold_of(one.after.story)
        if now is not None and now.thread == one.after.thread:
            back[now.story] = Refold(now, one.before)
    # A thread is where the story is that it is named after: that may have been moved meanwhile.
    for moved, one in back.items():
        opener = fold_of(one.after.thread) if one.after.thread not in back else None
        if opener is not None and opener.thread != one.after.thread:
            back[moved] = replace(one, after=replace(one.after, thread=opener.thread))
    for name in {one.before.thread for one in back.values()}:
        if name in back and back[name].after.thread != name:
            followers = [(told.id, fold) for told, fold in thread_of(name) if told.id not in back]
            for follower, fold in followers:
                back[follower] = Refold(fold, replace(fold, thread=back[name].after.thread))
    return [one for one in back.values() if one.before != one.after]
