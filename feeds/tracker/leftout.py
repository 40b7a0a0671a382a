"""Places that "all" leaves out: "all but Bazarak", "every capital except two: Kabul and Khost"."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.tokens import Sentence


def is_left_out(place: Chunk, sentence: Sentence) -> bool:
    """Whether a place is what "all" leaves out: "all but Bazarak", "every capital except two: Kabul and Khost"."""
    if not {"which", "where"}.isdisjoint(sentence.lows[place.j : place.j + 3]):
        return False  # "apart from Kabul itself, which the government still controls"
    before = sentence.lows[max(0, place.i - 12) : place.i]
    back = len(before) - 1
    while back >= 0 and (before[back] in _LEFT_OUT or before[back] in NUMBERS or before[back].isdigit()):
        back -= 1
    if back < 0 or before[back] not in _BUT:
        return _is_one_of_the_rest(place, sentence)
    return before[back] not in _BUT_ALL or not _ALL.isdisjoint(before)


def _is_one_of_the_rest(place: Chunk, sentence: Sentence) -> bool:
    """ "All but two of the country's capitals, Kabul and Khost, …": what is left out is counted, then named."""
    before = sentence.lows[max(0, place.i - 12) : place.i]
    if before[-1:] not in {(",",), (":",), ("-",), ("(",), ("–",), ("—",)}:
        return False
    return any(
        before[at : at + 2] in {("all", "but"), ("all", "except")} and before[at + 2] in NUMBERS
        for at in range(len(before) - 2)
    ) and not any(low in {",", ";", "are", "is", "have", "has", "and"} for low in before[:-1])


_BUT = frozenset(
    {"but", "except", "bar", "barring", "excluding", "save", "exception", "apart", "aside", "other"}
)
_BUT_ALL = frozenset({"but", "bar", "save", "other"})
"""Those that leave out only what "all" is said of."""
_LEFT_OUT = frozenset(
    {*": - – — for from than of the a an , few handful capitals cities towns namely provincial".split()}
)
"""What may stand between these and what is left out."""
_ALL = frozenset({"all", "every", "everything", "everywhere", "whole", "entire"})
