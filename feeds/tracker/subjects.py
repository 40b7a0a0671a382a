"""Who acts: the subject of a verb, across clauses, lists, relative clauses and participles."""

from __future__ import annotations

from dataclasses import replace

from feeds.tracker.chunks import Chunk
from feeds.tracker.tokens import Sentence

PHRASES = frozenset(
    {
        "P",
        "C",
        "Q",
        "S",
        "K",
        "F",
        "R",
        "O",
        "x",
        "N",
        "PR",
        "FC",
        "CROWD",
        "REG",
        "num",
        "PART",
        "OUT",
        "MIL",
    }
)
VERBS = frozenset({"V", "SP", "v"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
PREDICATES = frozenset({"capital", "city", "town", "centre", "center", "seat", "stronghold"})
_BECOMES = frozenset({"become", "becomes", "became"})
_LED = frozenset({"led", "backed", "commanded", "dominated", "headed", "spearheaded"})
_BODIES = frozenset(
    "alliance coalition force forces group groups offensive campaign operation assault fighters column columns".split()
)
DEFENCES = frozenset({"defences", "defenses", "defence", "defense", "defenders", "resistance", "garrison"})
_LOYAL = frozenset({"loyal", "allied", "aligned", "sworn"})
_STAYS = frozenset({"stays", "stayed", "staying", "remains", "remained", "remaining"})
_POSTED = frozenset({"stationed", "based", "deployed", "posted", "garrisoned"})
_ADJUNCTS = frozenset(
    {
        "after",
        "before",
        "by",
        "since",
        "while",
        "when",
        "from",
        "of",
        "upon",
        "without",
        "in",
        "on",
        "despite",
    }
)


def subject(chunks: list[Chunk], at: int, sentence: Sentence, depth: int = 0) -> Chunk | None:
    """What acts, or is acted on by a passive, at the verb ``at``; None when that is not plain."""
    if depth > 4:
        return None
    verb = chunks[at]
    if at == 0 and verb.form in {"pp", "part"}:  # "Surrounded since June, Taloqan …"
        commas = [look for look in range(at + 1, min(len(chunks) - 1, at + 14)) if chunks[look].kind == ","]
        return next((chunks[look + 1] for look in commas if chunks[look + 1].kind in {"P", "S"}), None)
    if verb.infinitive:
        return _governing(chunks, at, sentence, depth)
    if verb.form == "ing" and verb.begin == verb.i and _is_adjunct(chunks, at, sentence):
        return _participle(chunks, at, sentence, depth)
    reduced = _reduced(chunks, at)
    if reduced is not None:
        return reduced
    position = at - 1
    while position >= 0:
        found = _look(chunks, at, position, sentence, depth)
        if not isinstance(found, int):
            return found
        position = found
    return None


def _look(chunks: list[Chunk], at: int, position: int, sentence: Sentence, depth: int) -> Chunk | int | None:
    """The subject of the verb ``at`` by the chunk at a position before it: found, none, or where to look next."""
    chunk = chunks[position]
    kind = chunk.kind
    if kind in PHRASES:
        return _phrase(chunks, at, position, sentence, depth)
    if kind in {",", "—", "–"}:
        return _past_comma(chunks, at, position, sentence, depth)
    if kind == "c":
        if sentence.lows[chunk.i] == "then" and position and chunks[position - 1].kind in PHRASES:
            return position - 1  # "the militants then pushed on"
        return _coordinate(chunks, position, sentence, depth)
    if kind == "b":
        low = sentence.lows[chunk.i]
        if low not in _RELATIVE:
            return None
        if low == "that" and is_name_of(chunks, position - 1, sentence):
            return None  # "busts from Palmyra that were seized"
        opens = _past_not(chunks, position, sentence)  # "it was they, not the army, who were in command of"
        return antecedent(chunks, opens, person=low in {"who", "whom"})
    if kind in VERBS:
        return _past_verb(chunks, at, position, sentence, depth)
    return position - 1


def is_name_of(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Is a city only named as whence or where something is, which "that" goes on with, and not the city?"""
    if at < 1 or chunks[at].kind != "P" or chunks[at - 1].kind != "p":
        return False
    name = sentence.words[chunks[at].i : chunks[at].j]
    return (
        len(name) > 0
        and name[0][:1].isupper()
        and sentence.lows[chunks[at].i - 1] not in {"of", "town", "city"}
    )


def _past_not(chunks: list[Chunk], at: int, sentence: Sentence) -> int:
    """Where to look for what a relative pronoun stands for, over a ", not the army,"."""
    between = at > 2 and chunks[at - 1].kind == "," and chunks[at - 3].kind == ","
    if between and "not" in sentence.lows[chunks[at - 3].j : chunks[at - 2].i]:
        return at - 4
    return at - 1


def _past_comma(
    chunks: list[Chunk], at: int, position: int, sentence: Sentence, depth: int
) -> Chunk | int | None:
    """Over a comma: who acts before it in a headline, a name between two, or where a parenthesis begins."""
    if sentence.title and position == at - 1 and chunks[at].form in {"base", "s"}:
        first = next((look for look in range(position) if chunks[look].kind in VERBS), None)
        verb = chunks[first] if first is not None else None
        if first is not None and verb is not None and not (verb.passive or verb.modal):
            found = subject(chunks, first, sentence, depth + 1)
            if found is not None and found.kind == "S" and verb.kind in {"V", "v"}:
                return found  # "M23 rebels enter Goma, claim control of city"
    if position > 1:
        named = chunks[position - 1]
        if named.kind == "P" and chunks[position - 2].kind == "," and not named.near:
            return named
    jump = parenthesis(chunks, position)
    return jump if jump is not None else position - 1


def _past_verb(
    chunks: list[Chunk], at: int, position: int, sentence: Sentence, depth: int
) -> Chunk | int | None:
    """Another verb before: who says so, whom it tells of, or whether it only qualifies a noun."""
    verb, chunk = chunks[at], chunks[position]
    low = sentence.lows[chunk.i]
    if chunk.kind == "SP" and position == at - 1 and (_is_perfect(verb) or verb.form == "lit"):
        return subject(
            chunks, position, sentence, depth + 1
        )  # "RSF says has liberated", "says in control of"
    if verb.form == "lit" and position == at - 1 and low in _STAYS:
        return position - 1  # "the army stayed in charge"
    if chunk.form == "ing" or chunk.infinitive:
        return subject(chunks, position, sentence, depth + 1)
    relative = chunks[position - 1] if position else None
    if relative is not None and relative.kind == "b" and sentence.lows[relative.i] in {"who", "which"}:
        return antecedent(chunks, position - 2, person=sentence.lows[relative.i] == "who")
    if position and chunk.begin == chunk.i and low in _POSTED:
        return position - 1  # "the units stationed there have redeployed"
    behind = chunks[position + 1] if position + 1 < len(chunks) else None
    if chunk.form not in {"pp", "part"} or chunk.begin != chunk.i:
        return None
    if behind is None or sentence.lows[behind.i] != "by":
        return None
    if (
        position
        and sentence.lows[chunk.j - 1] in _LED
        and sentence.lows[chunks[position - 1].j - 1] in _BODIES
        and position + 2 < len(chunks)
        and chunks[position + 2].kind == "S"
    ):
        return chunks[position + 2]  # "an alliance led by Kurdish fighters took"
    return position - 1  # "rebels led by X have taken"


def _phrase(
    chunks: list[Chunk], at: int, position: int, sentence: Sentence, depth: int
) -> Chunk | int | None:
    """A noun before the verb: it acts, unless a preposition, an owner or a clause around it says who does."""
    chunk = chunks[position]
    head = position
    while head > 0 and (
        (chunks[head - 1].kind in {"x", "num"} and chunk.kind in {"x", "R", "F", "MIL"})
        or (chunks[head - 1].kind == "O" and chunk.kind == "x")
    ):
        head -= 1
    before = chunks[head - 1] if head else None
    second = chunks[head - 2] if head > 1 else None
    if before is not None and before.kind == "p" and sentence.lows[chunk.i - 1] in {"how", "why"}:
        return chunk  # "soldiers on how Qala-e-Naw was handed over"
    if before is not None and before.kind in {"p", "near"}:
        if sentence.lows[before.i] == "to" and sentence.lows[before.i - 1] in _LOYAL and chunk.kind == "S":
            return chunk  # "forces loyal to the STC withdrew"
        absolute = sentence.lows[before.i] == "with" and position == at - 1 and chunk.kind == "P"
        if absolute and chunks[at].form in {"pp", "part", "lit"} and chunks[at].begin == chunks[at].i:
            behind = chunks[at + 1] if at + 1 < len(chunks) else None
            goes_on = behind is not None and behind.kind not in {",", ".", ";", ":", "c"}
            if behind is not None and goes_on and behind.value not in {"by", "to", "from"}:
                return None  # "with Kabul lost in thought"
            return chunk  # "with Herat lost, …"
        if (
            sentence.lows[before.i] == "of"
            and chunk.kind in {"S", "O"}
            and second is not None
            and second.kind in {"x", "CROWD", "num", "MIL"}
        ):
            return chunk
        return head - 2
    if before is not None and before.kind == "'s":
        # "Herat's defences gave way"
        falls = chunks[at].value in {"fall", "surrender"} and sentence.lows[chunk.j - 1] in DEFENCES
        return second if second is not None and second.kind == "P" and falls else chunk
    if before is not None and before.kind in {"V", "v"} and head > 2 and chunks[head - 2].kind == "b":
        word = sentence.lows[chunks[head - 2].i]
        if word in {"who", "which"}:  # "residents who had fled Bakhmut went to Dnipro"
            return antecedent(chunks, head - 3, person=word == "who")
    if before is not None and before.kind in {"V", "v"} and before.form == "ing" and head > 1:
        left_so = chunk.kind == "P" and position == at - 1 and chunks[at].form in {"pp", "part"}
        if left_so and sentence.lows[before.i] == "leaving":
            return chunk  # "Jalalabad falls, leaving Kabul isolated"
        return subject(chunks, head - 1, sentence, depth + 1)
    if before is not None and second is not None:
        if before.kind == "c" and second.kind == "S" and chunk.kind in {"x", "MIL", "O"}:
            return second  # "the army and allied fighters": the side named acts
        if before.kind == "," and second.kind == "K" and chunk.kind == "x":
            return second  # "Nangaa, head of the alliance, announced"
    if chunk.kind == "x" and sentence.lows[chunk.j - 1] in PREDICATES:
        return predicate(chunks, head - 1, sentence, depth) or chunk
    if chunk.kind == "S":
        return _leading(chunks, position)
    return _with_others(chunks, position) if chunk.kind == "P" else chunk


def _is_perfect(verb: Chunk) -> bool:
    return verb.perfect and verb.begin < verb.i


def predicate(chunks: list[Chunk], at: int, sentence: Sentence, depth: int) -> Chunk | None:
    """ "Ghazni is the tenth capital taken by …": what the capital is said to be."""
    while at > 0 and chunks[at].kind in {"x", "num"}:
        at -= 1
    if (
        at > 0
        and chunks[at].kind == "b"
        and sentence.lows[chunks[at].i] == "as"
        and chunks[at - 1].kind == "P"
    ):
        return chunks[at - 1]  # "leaving Kabul as the only city still held by"
    if at > 0 and chunks[at].kind == "," and chunks[at - 1].kind == "P" and not chunks[at - 1].near:
        return chunks[at - 1]  # "Raqqa, a mainly Arab city still controlled by"
    linked = chunks[at].kind == "aux" and sentence.lows[chunks[at].i] in {"is", "are", "was", "were"}
    linked = linked or (chunks[at].kind == "v" and sentence.lows[chunks[at].i] in _BECOMES)
    if at > 0 and linked:
        found = subject(chunks, at, sentence, depth + 1)
        return found if found is not None and found.kind == "P" else None
    return None


def _with_others(chunks: list[Chunk], at: int) -> Chunk:
    """The place and those joined to it across "in the south": "Gardez in the southeast and Nili"."""
    place = chunks[at]
    look = at - 1
    if look < 2 or chunks[look].kind != "c" or chunks[look].value != "and":
        return place
    look -= 1
    while look > 0 and chunks[look].kind in {"x", "R", "p", "near", "num", ",", "FC"}:
        look -= 1
    first = chunks[look]
    if (
        first.kind != "P"
        or first.near
        or first.modifier
        or (look and chunks[look - 1].kind in {"p", "near", "V", "v"})
    ):
        return place
    return Chunk(
        "P",
        first.i,
        place.j,
        places=tuple(dict.fromkeys((*first.places, *place.places))),
        partial=place.partial,
    )


def _leading(chunks: list[Chunk], at: int) -> Chunk:
    """Of "the Ethiopian army, the Amhara special force and the militia" the one that is named first, if the last is weak."""
    found = chunks[at]
    look = at - 1
    if not found.weak or look < 1 or chunks[look].kind != "c":
        return found
    while look > 0 and chunks[look].kind in {"c", ",", "S", "O", "x", "MIL", "R"}:
        if chunks[look].kind == "S" and not chunks[look].weak and not chunks[look].modifier:
            found = chunks[look]
        look -= 1
    return found


def _reduced(chunks: list[Chunk], at: int) -> Chunk | None:
    """The place of "in Kadugli and Dilling, both encircled by the RSF"."""
    verb = chunks[at]
    if (
        verb.form not in {"pp", "part"}
        or verb.passive
        or verb.perfect
        or verb.modal
        or at < 2
        or at + 1 >= len(chunks)
    ):
        return None
    if chunks[at + 1].kind != "p" or chunks[at - 1].kind != "," or chunks[at - 2].kind != "P":
        return None
    return chunks[at - 2] if chunks[at + 1].value == "by" or chunks[at + 1].value == "" else None


def _is_adjunct(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    if at == 0:
        return True
    before = chunks[at - 1]
    return before.kind in {",", "c"} or sentence.lows[before.i] in _ADJUNCTS or before.kind in VERBS


def _participle(chunks: list[Chunk], at: int, sentence: Sentence, depth: int) -> Chunk | None:
    """The subject of "capturing" in "after capturing X, the Taliban…" and "…, capturing X"."""
    for look in range(at - 1, -1, -1):
        if chunks[look].kind in VERBS and not (chunks[look].kind == "V" and chunks[look].passive):
            found = subject(chunks, look, sentence, depth + 1)
            if found is not None and (
                found.kind in {"S", "PR", "O"}
                or (found.kind == "K" and chunks[at].kind == "SP")  # "put out a message admitting that"
                or (found.kind == "P" and chunks[at].value in {"fall", "surrender"})
            ):
                return found
            break
    if chunks[at].value in {"fall", "surrender"} and at and sentence.lows[chunks[at - 1].i] in {"of", "from"}:
        return next((chunk for chunk in reversed(chunks[:at]) if chunk.kind == "P" and not chunk.near), None)
    for look in range(at - 1, -1, -1):
        if chunks[look].kind in {"S", "O"} and not (look and chunks[look - 1].kind in VERBS):
            return chunks[look]
    for look in range(at + 1, len(chunks) - 1):
        if chunks[look].kind in {"S", "PR", "O", "x"} and chunks[look - 1].kind == ",":
            return chunks[look]
    return None


def _governing(chunks: list[Chunk], at: int, sentence: Sentence, depth: int) -> Chunk | None:
    """The subject of an infinitive: that of the verb it hangs on, or the side whose offensive it is."""
    if at > 1 and chunks[at - 1].kind == "P" and sentence.lows[chunks[at - 2].i] == "for":
        return chunks[at - 1]  # "arranged for the city to be handed over"
    for look in range(at - 1, -1, -1):
        chunk = chunks[look]
        if chunk.kind in {"b"} and sentence.lows[chunk.i] not in _RELATIVE:
            break
        if chunk.kind == "aux":
            return subject(chunks, look, sentence, depth + 1)  # "the aim is to encircle"
        if chunk.kind in VERBS:
            found = subject(chunks, look, sentence, depth + 1)
            if found is not None:
                return found
        if chunk.kind == "S" and not chunk.modifier:
            return chunk
    return None


def parenthesis(chunks: list[Chunk], comma: int) -> int | None:
    """Position before the comma that opens the parenthesis which this one closes."""
    for look in range(comma - 1, max(-1, comma - 26), -1):
        if chunks[look].kind == chunks[comma].kind and look > 0:
            return look - 1 if chunks[look - 1].kind in PHRASES else None
    return None


def _coordinate(chunks: list[Chunk], conjunction: int, sentence: Sentence, depth: int) -> Chunk | None:
    """The subject that a second verb shares: "killed 12 soldiers and captured Kunduz"."""
    for look in range(conjunction - 1, -1, -1):
        if sentence.lows[chunks[look].i] == "back":
            continue  # "had pushed the rebels back from Sake and was in control": no verb there
        if chunks[look].kind in VERBS:
            return subject(chunks, look, sentence, depth + 1)
        if chunks[look].kind == "b" and sentence.lows[chunks[look].i] not in _RELATIVE:
            return None
    return None


def antecedent(chunks: list[Chunk], at: int, *, person: bool = False) -> Chunk | None:
    """What a relative pronoun stands for: the nearest phrase before it, a person where it is "who"."""
    comma = at >= 0 and chunks[at].kind == ","
    while at >= 0 and (
        chunks[at].kind in {",", "p", "near"} or (person and chunks[at].kind in {"P", "R", "F", "FC", "num"})
    ):
        at -= 1
    while (
        not person
        and at > 1
        and (
            chunks[at].kind in {"x", "R", "FC", "num"}
            or (comma and chunks[at].kind == "F" and not chunks[at].places)
        )
        and chunks[at - 1].kind in {"p", "near"}
    ):
        at -= 2  # "Zaranj, on the border with Iran, which"
        while at >= 0 and (
            chunks[at].kind in {","} or (chunks[at].kind == "x" and chunks[at - 1].kind == "p")
        ):
            at -= 1 if chunks[at].kind == "," else 2
    if at >= 0 and chunks[at].kind in PHRASES:
        found = chunks[at]
        if found.kind == "F" and found.adverb == "in" and not person and chunks[at + 1].kind == ",":
            return replace(found, kind="P")  # "a cemetery in Izium, which was recaptured"
        return (
            replace(found, near=False) if found.kind == "P" else found
        )  # "… of Lyman, which": the place itself
    return None
