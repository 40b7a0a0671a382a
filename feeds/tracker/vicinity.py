"""Inside, near or part of: an airport, the outskirts, three districts, and names that are somebody else's."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS, ORDINALS
from feeds.tracker.leftout import is_left_out
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.mentions import is_part, kind_at, low_at, touches
from feeds.tracker.subjects import DEFENCES
from feeds.tracker.tokens import Sentence

_DISTANCES = frozenset(
    {
        "away",
        "kilometres",
        "kilometers",
        "km",
        "miles",
        "car",
        "drive",
        "minutes",
        "hour",
        "hours",
        "metres",
        "meters",
    }
)


_PLACED = frozenset({"P", "CITY", "PART", "REG"})


def settle_cities(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "Kunduz city" is the city, whatever else is called Kunduz."""
    made: list[Chunk] = []
    for at, chunk in enumerate(chunks):
        before = made[-1] if made else None
        if chunk.kind == "PART" and low_at(sentence, chunks, at) in ORDINALS:
            chunk.kind = "x" if kind_at(chunks, at + 1) in {"CITY", "CITIES"} else "PART"  # "third capital"
        if (
            chunk.kind == "CITY"
            and before is not None
            and before.kind == "P"
            and low_at(sentence, chunks, at) in {"city", "town"}
            and low_at(sentence, chunks, at + 1) not in {"of", "hall"}
            and kind_at(chunks, at + 1) not in {"INN"}
        ):
            before.j, before.regions = chunk.j, ()
            continue
        if (
            chunk.kind == "CITY"
            and before is not None
            and before.kind == "P"
            and sentence.lows[chunk.i : chunk.j] == ("port",)
            and is_port_itself(chunks, at)
        ):
            before.modifier = True  # "Odesa port", "takes Odesa port strike to the UN"
        if (
            chunk.kind == "CITIES"
            and before is not None
            and before.kind == "P"
            and len(made) > 2
            and made[-2].kind in {",", "c"}
            and made[-3].kind == "P"
            and low_at(sentence, chunks, at) in {"cities", "towns"}
        ):
            before.j, before.regions = chunk.j, ()  # "Kunduz, Sari Pul cities"
            continue
        made.append(chunk)
    return made


def is_port_itself(chunks: list[Chunk], at: int) -> bool:
    """Does "port" stand for itself, and not before "city" or in "port of"?"""
    return kind_at(chunks, at + 1) not in {"CITY", "P"} and not (
        kind_at(chunks, at + 1) == "p" and chunks[at + 1].value == "of"
    )


def _whole(made: list[Chunk], sentence: Sentence) -> None:
    """Takes "all of", "the whole of" before a place away: that is the place."""
    if low_at(sentence, made, len(made) - 3) in {"almost", "nearly", "virtually"}:
        return  # "almost all of Daraa" is not all of it
    if (
        len(made) > 2
        and made[-1].kind == "d"
        and low_at(sentence, made, len(made) - 3) in {"all", "whole", "entirety", "rest"}
    ):
        del made[-3:-1]
    of = len(made) - 1 if made and made[-1].kind != "d" else len(made) - 2
    if of > 0 and low_at(sentence, made, of) == "of" and is_part(made[of - 1], sentence):
        start = made[of - 1].i
        if start and sentence.lows[start - 1] in {"every", "any"}:
            del made[of - 1 : of + 1]  # "every part of Qala-e-Naw"
    if (
        len(made) > 1
        and low_at(sentence, made, len(made) - 1) == "of"
        and low_at(sentence, made, len(made) - 2) in {"all", "whole", "entirety", "rest", *_LEFT_STANDING}
        and low_at(sentence, made, len(made) - 3) not in {"ancient", "roman"}
    ):
        del made[-2:]


def settle_vicinity(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "On the outskirts of Jalalabad" is not in it; "parts of Herat" is not Herat."""
    made: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind not in _PLACED and sentence.lows[chunk.j - 1] not in lexicon.inside:
            made.append(chunk)
            continue
        if (
            is_part(chunk, sentence)
            and len(made) > 1
            and made[-1].kind == "'s"
            and made[-2].kind in {"P", "CITY"}
        ):
            made.pop()
            made[-1].partial, made[-1].j = True, chunk.j
            continue
        if (
            sentence.lows[chunk.j - 1] in lexicon.inside
            and len(made) > 2
            and made[-1].kind == "x"
            and made[-2].kind == "'s"
            and made[-3].kind in {"P", "CITY"}
        ):
            del made[-2:]
            made[-1].partial, made[-1].j = True, chunk.j  # "Herat's southern neighbourhoods"
            continue
        if (
            chunk.kind == "PART"
            and made
            and made[-1].kind == "P"
            and sentence.lows[chunk.j - 1] in lexicon.inside
        ):
            made[-1].partial, made[-1].j = True, chunk.j  # "Kunduz streets"
            continue
        if chunk.kind in {"P", "CITY"}:
            _whole(made, sentence)
            back = len(made) - 1
            while back >= 0 and (
                made[back].kind == "d"
                or (
                    low_at(sentence, made, back) in lexicon.adjectives
                    and made[back].kind in {"x", "w", "num"}
                    and low_at(sentence, made, back) not in lexicon.partial_adjectives
                    and low_at(sentence, made, back) != "of"
                )
            ):
                back -= 1
            low = low_at(sentence, made, back)
            if (
                back >= 0
                and made[back].kind == "near"
                and made[back].j - made[back].i < 3
                and low_at(sentence, made, back) in lexicon.partial_adjectives
                and (
                    kind_at(made, back - 1) == "d"
                    or (
                        kind_at(made, back - 1) == "c"
                        and low_at(sentence, made, back - 2) in lexicon.partial_adjectives
                        and kind_at(made, back - 3) == "d"
                    )
                )
            ):
                chunk.partial = True  # "in the south of Manbij", "the south and east of the city"
                made[back].kind, made[back].value = "p", "in"
            elif back >= 0 and made[back].kind == "near":
                chunk.near = True
                made[back].kind = "p"
            elif low in {"from", "of"} and low_at(sentence, made, back - 1) in _DISTANCES:
                chunk.near = True
            elif low in {"of", "in", "inside", "across"} and _part_before(made, back, sentence):
                chunk.partial = True
                back -= 1
                while (
                    back > 0
                    and made[back - 1].kind in {"x", "w", "num", "d", "PART"}
                    and (
                        low_at(sentence, made, back - 1) in lexicon.adjectives
                        or made[back - 1].kind in {"num", "PART"}
                        or low_at(sentence, made, back - 1) in {"several", "some", "the", "more"}
                    )
                ):
                    back -= 1
                if (
                    back > 1
                    and low_at(sentence, made, back - 1) == "of"
                    and kind_at(made, back - 2) in {"num", "x", "w", "PART"}
                ):
                    back -= 2  # "nine of the ten police districts of"
                article = next((one for one in made[back:] if one.kind == "d"), None)
                chunk.i = chunk.i if chunk.kind == "CITY" else made[back].i
                del made[back:]
                if chunk.kind == "CITY" and article is not None:
                    made.append(article)  # "districts of the city" still means the city
            elif low in {"central", "downtown", "inner", "half"} or (
                low in lexicon.partial_adjectives
                and made[back].kind in {"x", "w", "PART"}
                and chunk.kind == "P"
                and back == len(made) - 1
                and not chunk.regions
                and kind_at(made, back - 1) not in {"d", "-"}
            ):
                chunk.partial = True
                if (
                    low_at(sentence, made, back - 1) == "of"
                    and back > 1
                    and _part_before(made, back - 1, sentence)
                ):
                    chunk.i = made[back - 2].i
                    del made[back - 2 :]  # "most of eastern Bakhmut"
        made.append(chunk)
    return made


def _part_before(made: list[Chunk], back: int, sentence: Sentence) -> bool:
    look = back - 1
    if look >= 0 and sentence.lows[made[look].j - 1] in {"%", "percent", "cent"}:
        return True
    if look >= 0 and is_part(made[look], sentence):
        return not (look and low_at(sentence, made, look - 1) in {"every", "all", "any"})
    return (
        kind_at(made, look) == "w" and low_at(sentence, made, look) in {"most", "much", "some"}
    ) or low_at(sentence, made, look - 1) in {"almost", "nearly", "virtually"}


def settle_names(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "Farah Stockman", "Kunduz residents", "Kabul-based", "Nuruddin Farah": a place's name inside another's."""
    shouting = sentence.text.isupper()
    titled = sentence.title and _title_case(sentence)
    excepted = -2
    for at, chunk in enumerate(chunks):
        if (
            chunk.kind == "P"
            and chunk.value == "of"
            and not (shouting or titled)
            and _has_surname(chunks, at, sentence)
        ):
            chunk.modifier = True  # "the settlement of Lyman Pershyi"
        if chunk.kind != "P" or chunk.value == "of":
            continue
        behind = kind_at(chunks, at + 1)
        if behind == "'s" and _owns(chunk, chunks, at + 2, sentence, lexicon):
            continue
        if is_left_out(chunk, sentence) or (
            at > 1 and at - 2 == excepted and chunks[at - 1].kind in {",", "c"}
        ):
            chunk.modifier, excepted = True, at  # "all capitals but Bazarak are in Taliban hands"
            continue
        if behind == "SP" and kind_at(chunks, at - 1) in {",", "-", "–", "—", '"'}:
            chunk.modifier = True  # "…, Kyiv admits": a government
            continue
        if (
            (
                behind == "x"
                and low_at(sentence, chunks, at + 1) not in lexicon.function
                and low_at(sentence, chunks, at + 1) not in _CALM
                and low_at(sentence, chunks, at + 2) != "by"  # but "fought for Herat street by street"
                and not _is_ranked_city(chunks, at + 1, sentence)
                and not (
                    low_at(sentence, chunks, at + 1) in NUMBERS
                    and low_at(sentence, chunks, at + 2) in lexicon.time
                )
            )
            or (behind == "SP" and low_at(sentence, chunks, at + 1) in _QUARRELS)
            or behind in {"OUT", "INN", "CROWD", "SPK", "K", "O", "MIL", "F", "CITIES", "SIDE", "CTRL"}
            or (
                behind == "-"
                and at + 2 < len(chunks)
                and chunks[at + 2].i == chunks[at + 1].j
                and touches(sentence, chunks[at + 1])
            )
        ):
            chunk.modifier = True
        before = chunks[at - 1] if at else None
        if before is None or shouting:
            continue
        if (
            before.kind == "x"
            and before.i > 0
            and sentence.words[before.i][0].isupper()
            and not titled
            and not before.side
            and before.value not in lexicon.adjectives
            and before.value not in lexicon.foreign_adjectives
        ):
            chunk.modifier = True
        if (
            before.kind == "-"
            and touches(sentence, before)
            and at > 1
            and chunks[at - 2].kind in {"x", "P", "w"}
        ):
            chunk.modifier = True
    return chunks


def _has_surname(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Does a name go on behind a town's: "the village of Lyman Pershyi"?"""
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    if behind is None or behind.kind != "x" or behind.i != chunks[at].j:
        return False
    return sentence.words[behind.i][:1].isupper()


def _is_quarter(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Is what a city owns a name with nothing behind it, as its quarters are called?"""
    end = at
    while kind_at(chunks, end) == "x" and sentence.words[chunks[end].i][:1].isupper():
        end += 1
    return end > at and not _title_case(sentence) and kind_at(chunks, end) in {"", ".", ",", "p", "b"}


_CALM = frozenset({"secure", "calm", "quiet", "safe"})
"""What a city is, and nothing that it owns: "Army: El Obeid secure"."""
_QUARRELS = frozenset({"dispute", "claim", "report"})
"""Nouns that look like verbs of saying: "takes Port Sudan dispute to court"."""


def _is_ranked_city(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """ "Sharana, Asadabad latest capitals to surrender"."""
    low = low_at(sentence, chunks, at)
    return (low in _LATEST or low in ORDINALS) and kind_at(chunks, at + 1) in {"CITY", "CITIES", "Q"}


def _owns(place: Chunk, chunks: list[Chunk], at: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a place owns what is spoken of, and is not meant itself: "Kandahar's outskirts", "Herat's Injil district"."""
    low = low_at(sentence, chunks, at)
    if low in lexicon.edges or low == "suburbs":
        place.near = place.modifier = True
        return True
    if kind_at(chunks, at) not in {"x", "REG", "num"} or low in lexicon.function or low in DEFENCES:
        return False
    if _is_quarter(chunks, at, sentence):
        place.partial = True  # "clashes in Aleppo's Sheikh Maqsoud"
        return True
    quarters = any(sentence.lows[one.j - 1] == "districts" for one in chunks[at + 1 : at + 2])
    sides = quarters and (low in lexicon.partial_adjectives or low in NUMBERS or low.isdigit())
    place.partial, place.modifier = sides, not sides
    return True


_LEFT_STANDING = ("ruins", "rubble", "shell", "remains")
"""What a city that was fought over may be called."""
_LATEST = frozenset({"latest", "last", "next"})


def _title_case(sentence: Sentence) -> bool:
    letters = [word for word in sentence.words if word[0].isalpha() and len(word) > 3]
    return bool(letters) and sum(word[0].isupper() for word in letters) >= 0.8 * len(letters)
