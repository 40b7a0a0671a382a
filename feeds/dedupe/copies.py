"""Finds the article that a story is a copy of: same address, same text, or the same agency text run by another outlet.

What is found does not depend on what else was seen, so the same stories in another order make the same groups.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from operator import attrgetter
from typing import Final

from feeds.dedupe.postings import Postings
from feeds.dedupe.stems import A_FIGURE, CODES, IN_MANY, NEGATIONS
from feeds.dedupe.telling import Telling
from feeds.dedupe.words import Words, masked

_POSTINGS: Final = 8
_MANY: Final = 4
"""From so many stories on a key is a turn of phrase, and a second one has to be shared as well."""
_SHORTEST_LEAD: Final = 10
_SHORTEST_SAME_LEAD: Final = 6
"""A shorter lead proves nothing; one shorter than the next figure must be in the other word for word."""
_SHORTEST_CUT_LEAD: Final = 5
"""So many words in the same order at the beginning are no chance."""
_SHORTEST_TITLE: Final = 5
_SHORTEST_CUT_TITLE: Final = 4
_SHORTEST_SAME_TITLE: Final = 3
_SHORTEST_FLAGGED: Final = 2
_SAME_LEAD: Final = 0.70
"""Share of all lead words that two leads must have in common; copies with an edited clause stay above it."""
_FEWEST_OF_TITLE: Final = 0.4
"""Words of a title that a copy has too; figures may all be others."""
_CUT_LEAD: Final = 0.88
"""Share of the shorter lead found in the longer one, when one was cut."""
_SAME_TITLE: Final = 0.80
_SHORTEST_WRITTEN: Final = 4
"""Words as written, small ones too, that a headline has to have to be known again by them alone."""
_CUT_TITLE: Final = 0.5
_CUT_FRONT: Final = 0.7
"""Share of a headline's words that is left when its end, or what stands before it, is cut off."""
REACH: Final = timedelta(days=3)
"""An edited copy of an article runs within this time; the same address or wording may come back any time in the window."""
REACH_OF_TITLES: Final = timedelta(hours=20)
"""Headlines alone repeat from day to day (weather, markets), so they are copies only within the day."""
_TOLL: Final = frozenset(
    CODES[word]
    for word in (
        "killed injured missing people arrested evacuated homeless drowned bodies dead wounded hurt victims casualties survivors"
        " infected cases sickened displaced stranded trapped rescued aboard toll lives deaths fatalities hostages detained arrests"
        " homes houses buildings acres hectares migrants refugees passengers inmates pupils soldiers"
    ).split()
)
"""Words beside which a figure is a toll, which grows while the story stays the same."""
FIRST: Final = attrgetter("received", "told", "id")
"""Which of some tellings was known first."""


class CopyIndex:
    """Tellings by address, by text and by the rarest word pairs of headline and lead."""

    def __init__(self) -> None:
        """Starts empty."""
        self._by_url: dict[str, Telling] = {}
        self._by_key = Postings(_POSTINGS)

    def at_address(self, telling: Telling) -> list[Telling]:
        """The telling of the same article at the same address, if there is one."""
        same = self._by_url.get(telling.url) if telling.url else None
        return [same] if same is not None and same_address(telling, same) else []

    def alike(self, telling: Telling) -> list[Telling]:
        """The tellings of the same article by their words, the first one known first."""
        near = self._near(telling)
        if not near:
            return []
        bounds = Bounds(telling)
        return sorted(
            [other for other in near if bounds.may_hold(other) and is_copy(telling, other)], key=FIRST
        )

    def _near(self, telling: Telling) -> list[Telling]:
        """The tellings that share a key, or two keys where many stories have them."""
        once: set[Telling] = set()
        near: dict[Telling, None] = {}
        for key in telling.copy_keys:
            under = self._by_key.under(key)
            if len(under) < _MANY:
                near.update(dict.fromkeys(under))
            else:
                near.update(dict.fromkeys(once.intersection(under)))
                once.update(under)
        return list(near)

    def add(self, telling: Telling) -> None:
        """Makes a telling known."""
        if telling.url:
            self._by_url.setdefault(telling.url, telling)
        self._by_key.add(telling.copy_keys, telling)

    def forget(self, telling: Telling) -> None:
        """Takes a telling out again."""
        if telling.url and self._by_url.get(telling.url) is telling:
            del self._by_url[telling.url]
        self._by_key.remove(telling.copy_keys, telling)


class Bounds:
    """What another telling must have in common with one at least to be a copy: quick to tell, and never too strict."""

    def __init__(self, one: Telling) -> None:
        self._title = frozenset(one.title.stems)
        self._leads = [
            (len(lead.stems), words := frozenset(lead.stems), len(lead.stems) - len(words))
            for lead in one.leads
        ]

    def may_hold(self, other: Telling) -> bool:
        """False when the words in common, repeats not counted apart, are too few for a copy."""
        for theirs in other.leads:
            their_length = len(theirs.stems)
            for length, words, repeats in self._leads:
                shared = len(words.intersection(theirs.stems)) + repeats
                if shared >= _SAME_LEAD * (length + their_length - shared) or shared >= _CUT_LEAD * min(
                    length, their_length
                ):
                    return True
        stems = other.title.stems
        return len(self._title.intersection(stems)) >= _FEWEST_OF_TITLE * len(stems)


def same_address(one: Telling, other: Telling) -> bool:
    """True when two tellings at one address are one article, and not two pages that it showed."""
    return one.url == other.url and not one.subject.conflicts(other.subject) and _related(one, other)


def is_copy(one: Telling, other: Telling) -> bool:
    """True when the two are one article, edited by hands at a desk and not told anew."""
    apart = abs(one.told - other.told)
    if one.subject.conflicts(other.subject):
        return False
    if apart > REACH:
        return _word_for_word(one, other)
    if any(_same_lead(mine, theirs) for mine in one.leads for theirs in other.leads):
        return True  # whatever the headlines say
    if min(len(one.lead.stems), len(other.lead.stems)) >= _SHORTEST_LEAD:
        same = len(one.title.stems) > _SHORTEST_TITLE and one.title.stems == other.title.stems
        return same and apart <= REACH_OF_TITLES and one.agrees(other) and not one.abroad(other)
    return (
        apart <= REACH_OF_TITLES and one.agrees(other) and not one.abroad(other) and _same_title(one, other)
    )


def _word_for_word(one: Telling, other: Telling) -> bool:
    """True when headline and lead are the same to the last figure, and long enough for that to be no chance."""
    return (
        one.wording == other.wording
        and one.headline == other.headline
        and one.lead.stems == other.lead.stems
        and len(one.lead.stems) >= _SHORTEST_LEAD
        and len(one.title.stems) > _SHORTEST_TITLE
    )


def _same_lead(one: Words, other: Words) -> bool:
    short, long = sorted((one.stems, other.stems), key=len)
    if len(short) >= _SHORTEST_CUT_LEAD and long[: len(short) - 1] == short[:-1]:
        return not _turned(one.stems, other.stems)  # cut in the middle of a word, maybe
    if len(short) < _SHORTEST_SAME_LEAD:
        return False
    shared, shorter, union = _overlap(Counter(one.stems), Counter(other.stems))
    if shorter < _SHORTEST_LEAD:
        return shared == shorter and shared >= _SAME_LEAD * union and not _turned(one.stems, other.stems)
    if shared < _SAME_LEAD * union and shared < _CUT_LEAD * shorter:
        return False
    return not _other_names(one, other) and not _turned(one.stems, other.stems)


def _same_title(one: Telling, other: Telling) -> bool:
    first, second = sorted((one.title.stems, other.title.stems), key=len)
    if _one_in_other(one, other):
        return True
    flagged = one.flagged or other.flagged
    if first == second:
        return len(first) >= (_SHORTEST_FLAGGED if flagged else _SHORTEST_SAME_TITLE)
    if len(first) < _SHORTEST_CUT_TITLE or _other_names(one.title, other.title):
        return False
    if not flagged and _other_figures(first, second) and _TOLL.isdisjoint(first):
        return False
    shared, shorter, union = _overlap(Counter(masked(first)), Counter(masked(second)))
    if shared == shorter and len(first) >= 0.6 * len(second) and second[: len(first) - 1] == first[:-1]:
        return True
    return shared >= _SAME_TITLE * union and (len(first) > _SHORTEST_TITLE or shared == union)


def _one_in_other(one: Telling, other: Telling) -> bool:
    """True when one headline is the other with its end cut off, or with some words before it, as it is written."""
    short, long = sorted((one.headline, other.headline), key=len)
    words = short.count(" ") + 1
    if (
        words < _SHORTEST_WRITTEN
        or short not in long
        or NEGATIONS.intersection(one.title.stems) != (NEGATIONS.intersection(other.title.stems))
    ):
        return False
    share = words / (long.count(" ") + 1)
    return share >= (_CUT_TITLE if long.startswith(short) else _CUT_FRONT)


def _other_figures(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True when each has a figure that the other does not have; a cut title only lacks some."""
    mine = {word for word in one if word & A_FIGURE}
    theirs = {word for word in other if word & A_FIGURE}
    return bool(mine - theirs) and bool(theirs - mine)


def _overlap(one: Counter[int], other: Counter[int]) -> tuple[int, int, int]:
    """Words shared, words of the shorter text, words of both together, repeated words counted."""
    shared = sum(min(n, other[word]) for word, n in one.items() if word in other)
    first, second = one.total(), other.total()
    return shared, min(first, second), first + second - shared


def _other_names(one: Words, other: Words) -> bool:
    """True when each text has a name that the other does not mention: two templates filled in, not a copy."""
    return _names(one, other) and _names(other, one)


def _names(one: Words, other: Words) -> bool:
    return any(not name & IN_MANY and name not in other.stems for name in one.names)


def _turned(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True when one says that it is not so, in the part that both have."""
    both = min(len(one), len(other))
    return bool((set(one[:both]) ^ set(other[:both])) & NEGATIONS)


def _related(one: Telling, other: Telling) -> bool:
    """False when one address carries two texts that have not one word in common (a page that changes, a live blog)."""
    mine = set(one.title.stems) | set(one.lead.stems)
    theirs = set(other.title.stems) | set(other.lead.stems)
    return not mine or not theirs or not mine.isdisjoint(theirs)
