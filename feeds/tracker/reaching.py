"""Words of a theatre that never come to bear: in a text something else is always read where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feeds.theatres.lint import Finding
from feeds.theatres.load import load_theatre, theatre_folder
from feeds.theatres.model import Side, Theatre
from feeds.theatres.pack import Pack
from feeds.tracker.chunks import Chunk, atoms
from feeds.tracker.lexicon import Lexicon, build
from feeds.tracker.places import merge_places
from feeds.tracker.sides import merge_sides
from feeds.tracker.tokens import sentence, words_of

_FRAMES: Final = {
    "nouns": "On Monday {} said so.",
    "adjectives": "On Monday {} forces said so.",
    "weak": "On Monday {} said so.",
    "officials": "On Monday {} said so.",
}
"""A sentence for each list of a side's words, with the word where it is used."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """One word that means nothing, and why."""

    side: str
    """Id of the side; of the place where ``key`` is ``spellings``."""
    key: str
    """Key of the pack under which it stands."""
    word: str
    instead: str
    """What is read in its place."""


def reach_findings(name: str) -> list[Finding]:
    """The words of a theatre's folder, or of the theatre shipped under this id, that never come to bear, with their lines."""
    folder = theatre_folder(name)
    theatre = load_theatre(name)
    head, places = Pack(folder / "theatre.toml"), Pack(folder / "places.toml")
    found: list[Finding] = []
    for one in dict.fromkeys(unreached(theatre)):
        pack = places if one.key == "spellings" else head
        if pack is places:
            if not any(f'"{one.word}"' in text for text in places.lines):
                continue  # a spelling that was made by rule
            line = places.line("spellings", places.table(one.side), one.word)
        else:
            table = next(table for table in head.tables("side") if table.get("id") == one.side)
            line = head.line(one.key, table, f'"{one.word}"')
        what = f"{one.word!r} among the {one.key} of {one.side!r} is never read so: it means {one.instead}"
        found.append(Finding(pack.path, line, what, "warning"))
    return found


def unreached(theatre: Theatre) -> Iterator[Unreached]:
    """The words and spellings of a theatre that no text reaches, on the first day and after each change."""
    yield from _unreached(theatre)
    for era in theatre.eras:
        yield from _unreached(theatre.on(era.day))


def _unreached(theatre: Theatre) -> Iterator[Unreached]:
    lexicon = build(theatre)
    for side in theatre.sides:
        for key, words in _lists(side):
            for word in words:
                if instead := _instead(side.id, key, word, theatre, lexicon):
                    yield Unreached(side.id, key, word, instead)
        yield from _called(side, theatre)
    for place in theatre.places:
        for name in (place.name, *place.aliases):
            entries = lexicon.words.longest(tuple(words_of(name)), 0)[1] if words_of(name) else ()
            first = next((entry.value for entry in entries if entry.tag == "P"), "")
            if first != place.id:
                yield Unreached(place.id, "spellings", name, f"the place {first}" if first else "nothing")


def _lists(side: Side) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "nouns", side.nouns
    yield "adjectives", side.adjectives
    yield "weak", side.weak_nouns
    yield "officials", side.officials


def _called(side: Side, theatre: Theatre) -> Iterator[Unreached]:
    others = {
        word.lower()
        for other in theatre.sides
        if other.id != side.id
        for word in (*other.nouns, *other.weak_nouns)
    }
    for word in side.called:
        if word.lower() not in others:
            yield Unreached(side.id, "called", word, "no other side's word, so put it among the nouns")


def _instead(side: str, key: str, word: str, theatre: Theatre, lexicon: Lexicon) -> str:
    """What is read where a word stands in its frame; empty when it means its side."""
    text = _FRAMES[key].format(word)
    parsed = sentence(text, 0, len(text), 1)
    chunks = merge_places(merge_sides(atoms(parsed, lexicon), parsed, lexicon), parsed, lexicon)
    size = len(words_of(word))
    if not size:
        return "nothing"
    found = [chunk for chunk in chunks if chunk.j > 2 and chunk.i < 2 + size]
    if any(_means(chunk, side) for chunk in found):
        return ""
    if any(chunk.side and chunk.side in theatre.side_by_id for chunk in found):
        return "another side: " + next(chunk.side for chunk in found if chunk.side)
    place = next((one for chunk in found for one in (*chunk.places, *chunk.regions)), "")
    return f"the place {place}" if place else "no side"


def _means(chunk: Chunk, side: str) -> bool:
    return chunk.side == side
