"""The one-line filter: words that a row must hold, ``!`` for those it must not, ``place:`` for one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """What a row must match to be shown."""

    text: str = ""
    place: str = ""
    """Id of a place, as ``place:mazar-i-sharif``."""
    inverted: bool = False

    @property
    def empty(self) -> bool:
        """True when every row matches."""
        return not self.text and not self.place

    def matches(self, text: str) -> bool:
        """Whether a row with this text is shown: each word must be in it, whatever the case."""
        folded = text.casefold()
        wanted = f"{self.text} {self.place.replace('-', ' ')}".casefold().split()
        return all(word in folded for word in wanted) != self.inverted if wanted else True


def parse_filter(line: str) -> Filter:
    """The filter that a line typed by the operator means; never an error."""
    line = line.strip()
    inverted = line.startswith("!")
    words, place = [], ""
    for word in line.removeprefix("!").split():
        if word.startswith("place:"):
            place = word.removeprefix("place:").lower()
        else:
            words.append(word)
    return Filter(" ".join(words), place, inverted and bool(words or place))
