"""Whether a text can concern a theatre at all, and whether a name borne by several places means this one."""

from __future__ import annotations

import re
from collections.abc import Collection

from ahocorasick_rs import AhoCorasick

from feeds.theatres.model import Theatre
from feeds.tracker.tokens import fold, words_of


class Mentions:
    """The theatre's names in one automaton: a single pass tells most of the world's news apart."""

    def __init__(self, theatre: Theatre) -> None:
        self._theatre = theatre
        self._ties: dict[tuple[str, ...], re.Pattern[str]] = {}
        words = {"capital"}
        for place in theatre.places:
            for name in (place.name, place.region, *place.aliases, *place.region_aliases):
                # one word of each name is enough for a first look, and spellings differ in blanks and hyphens
                words.add(max(words_of(name), key=len, default=name.lower()))
        self._automaton = AhoCorasick(sorted(words))

    def may_concern(self, text: str) -> bool:
        """False when no name of the theatre can be in the text; True says nothing."""
        low = text.lower() if text.isascii() else fold(text)
        return bool(self._automaton.find_matches_as_indexes(low))

    def untied(self, places: Collection[str], text: str) -> set[str]:
        """Those of the places that another place or a person is also called, in a text that names no tie to them."""
        named = [self._theatre.by_id[name] for name in places if name in self._theatre.by_id]
        if any(not place.tied for place in named):
            return set()  # in the company of others of the theatre it is meant
        found = set()
        for name in places:
            place = self._theatre.by_id.get(name)
            if place is None or not place.tied:
                continue
            ties = place.ties or self._theatre.country_words
            if ties and not self._pattern(ties).search(text):
                found.add(name)
        return found

    def _pattern(self, ties: tuple[str, ...]) -> re.Pattern[str]:
        if ties not in self._ties:
            self._ties[ties] = re.compile(r"\b(?:" + "|".join(map(re.escape, ties)) + r")", re.IGNORECASE)
        return self._ties[ties]
