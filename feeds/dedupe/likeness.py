"""How alike two tellings are, from the words, the figures and the leads that they share."""

from __future__ import annotations

from typing import Final, NamedTuple

from feeds.dedupe.telling import Telling
from feeds.dedupe.weights import LEAD, Weighed

# Fitted by logistic regression on one half of the labelled events, and rounded.
_COSINE: Final = 4.4
_SHARED: Final = 4.4
_SAME_FIGURE: Final = 2.2
_OTHER_FIGURES: Final = 1.2
_ABROAD: Final = 1.8
"""Two headlines that name countries, and none in common, seldom tell of one event; sometimes each tells its own side."""
_REJECTED: Final = 0.8
_WITH_LEADS: Final = 0.2
"""Two leads share more words by chance than two titles."""
_SHARED_UNIT: Final = 20.0
"""Nearly three words never seen before; in a fuller window they weigh more, and chance brings as much more together."""
_DAY: Final = 86_400.0
_PER_DAY: Final = 0.25


class Traits(NamedTuple):
    """What speaks for two tellings being of one event."""

    cosine: float
    """Of the weighted words, 0 to 1; the mean of what titles with leads, and titles with the other's lead, give."""
    shared: float
    """Sum of the weights of the words that both have: much in common is more than a large part of little."""
    same_figure: bool
    """Both name a figure that few stories share by chance."""
    other_figures: bool
    """Both name such figures, and none of them is the same."""


def traits(words: Weighed, one: Telling, other: Telling) -> Traits:
    """Compares a story, weighed today, with one told before."""
    title, lead, terms, picks = words.title, words.lead, other.terms, other.picks
    both = [title[word] for word in terms if word in title]
    shared = sum(both)
    in_titles = sum([weight * weight for weight in both])
    in_leads = mine_in_lead = theirs_in_lead = 0.0
    if lead:
        mine = [lead[word] for word in terms if word in lead]
        mine_in_lead = sum([weight * weight for weight in mine]) / LEAD
        shared += sum(mine) * (1 + 1 / LEAD) / 2
    if picks:
        theirs = [title[word] for word in picks if word in title]
        theirs_in_lead = sum([weight * weight for weight in theirs]) * LEAD
        shared += sum(theirs) * (1 + LEAD) / 2
        if lead:
            common = [lead[word] for word in picks if word in lead]
            in_leads = sum([weight * weight for weight in common])
            shared += sum(common)
    if not shared:
        return Traits(0.0, 0.0, False, False)
    whole = (in_titles + mine_in_lead + theirs_in_lead + in_leads) / (words.length * other.length)
    across = (
        (in_titles + mine_in_lead) / (words.length * other.title_length)
        + (in_titles + theirs_in_lead) / (words.title_length * other.length)
    ) / 2
    same = other_figures = False
    if one.figures and other.figures:
        same = not one.figures.isdisjoint(other.figures)
        other_figures = not same
    return Traits((whole + across) / 2, shared / (_SHARED_UNIT * words.rare), same, other_figures)


def alike(words: Weighed, one: Telling, other: Telling) -> float:
    """How alike the two are, about 4 where it is as likely as not that they tell of one event."""
    cosine, shared, same_figure, other_figures = traits(words, one, other)
    found = _COSINE * cosine + _SHARED * shared
    if same_figure:
        found += _SAME_FIGURE
    if other_figures:
        found -= _OTHER_FIGURES
    if words.lead and other.picks:
        found -= _WITH_LEADS
    if one.facts.rejects != other.facts.rejects:
        found -= _REJECTED
    if one.abroad(other):
        found -= _ABROAD
    if one.told != other.told:
        found -= _PER_DAY * abs((one.told - other.told).total_seconds()) / _DAY
    return found
