"""Watch terms as a filter speaks of them: by a part of their text, and by the ids that the archive knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from feeds.errors import TermError
from feeds.watched import WatchTerm
from tui.reading import ArchiveReader
from tui.views.filtering import Filter


def ids_of(word: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of the terms whose text holds a word, in any case; the first call imports, so make it beside the screen."""
    return tuple(id_ for text in texts if word in text.casefold() and (id_ := _id_of(text)))


def ids_to_terms(terms: Iterable[WatchTerm]) -> dict[str, WatchTerm]:
    """The terms by their ids; of several that find the same, the first; without those that cannot be read."""
    found: dict[str, WatchTerm] = {}
    for term in terms:
        if id_ := _id_of(term.text):
            found.setdefault(id_, term)
    return found


def terms_by_place(
    archive: ArchiveReader, theatre: str, wanted: Filter, texts: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """For each place the terms found in what is told of it, among those that a filter asks for."""
    found: dict[str, tuple[str, ...]] = {}
    for text in asked_for(wanted, texts):
        for place in archive.watch.places(ids_of(text.casefold(), [text]), theatre):
            found[place] = (*found.get(place, ()), text)
    return found


def asked_for(wanted: Filter, texts: Sequence[str]) -> list[str]:
    """The terms that a filter asks for, itself or in a view."""
    words = _words(wanted)
    return [text for text in texts if any(word in text.casefold() for word in words)]


def _words(wanted: Filter) -> set[str]:
    own = {term.value for term in wanted.terms if term.kind == "term"}
    return own.union(*(_words(term.inside) for term in wanted.terms if term.inside))


@lru_cache(maxsize=4096)
def _id_of(text: str) -> str:
    """The id of a term; empty for one that cannot be read."""
    from feeds.watch.parsing import parse
    from feeds.watch.terms import term_id

    try:
        return term_id(parse(text))
    except TermError:
        return ""
