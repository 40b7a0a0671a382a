"""What is kept on a disk beside the archive was worked out by this very code, from these very words; or it is of no use."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from feeds.dedupe.candidates import keys_of
from feeds.dedupe.roughly import rough_bits
from feeds.dedupe.telling import address_key, telling_of
from feeds.dedupe.vectors import WordWeights
from feeds.story import About, Story

_SAMPLE: Final = Story(
    "",
    "UPDATE 2-Rebels' leaders won't say who seized 1.3 million U.S. rifles in the second city",
    "KABUL (Reuters) - The sixth city has fallen, officials weren't saying on Sunday, with 71 people killed; 首都",
    "The same in other words: a governor denies that Russia's sanctions hit 25 banks, and a court rejects it.",
)
_WORDS: Final = ("vocabulary.toml", "usual.toml")


@cache
def mark_of_code() -> str:
    """A name for all that the record of a story depends on beside the story: a sample's record, and the words known."""
    digest = sha256()
    for name in _WORDS:
        digest.update(files("feeds.dedupe").joinpath(name).read_bytes())
    telling, weights = telling_of(_SAMPLE, About()), WordWeights()
    words = weights.weigh(telling.title.stems, telling.lead.stems)
    made = (
        [telling.headline, telling.title, telling.leads, list(telling.copy_keys), telling.wording],
        list(telling.lasting_keys),
        [sorted(map(str, one)) if isinstance(one, frozenset) else one for one in telling.facts],
        [sorted(telling.figures), telling.flagged, rough_bits(telling), address_key("news.example/1")],
        [list(words.vector.items()), keys_of(words, weights)],
    )
    digest.update(repr(made).encode())
    return digest.hexdigest()
