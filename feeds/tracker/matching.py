"""Which rule fits a trigger, and what fills its roles."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from feeds.tracker.arguments import Argument, arguments, fronted, relative_object, where
from feeds.tracker.chunks import Chunk
from feeds.tracker.countries import acting_country
from feeds.tracker.modality import is_ranked
from feeds.tracker.roles import fill_role, in_role
from feeds.tracker.ruleless import without_rule
from feeds.tracker.rules import Rule
from feeds.tracker.scene import Match, Scene
from feeds.tracker.senses import has_object, is_other_sense
from feeds.tracker.subjects import subject
from feeds.tracker.tokens import Sentence

_CLAIMS: Final = ("claim", "declar", "proclaim")
_VOWS: Final = ("vow", "threat", "pledg", "swear", "swore")
_GOES_ON = frozenset(
    {"going", "continued", "continues", "continuing", "raging", "raged", "ongoing", "underway"}
)
_TURNED = frozenset({"but", "although", "though", "saying"})
_POSITIONS = frozenset({"positions", "lines", "ground"})
"""Where those go who leave a city for good: "left Lyman for better positions"."""
_DID = frozenset(
    "ordered orders carried completed staged conducted finished made performed complete completes".split()
)
"""Verbs that make a withdrawal theirs who act: "completed its withdrawal from"."""
_TIMES = frozenset(
    "day days week weeks month months hour hours night morning evening afternoon fortnight".split()
)
_RELATIVE_TIMES = frozenset("earlier ago before later previous next following same last that".split())
"""Words that make a day one of which something is told, and no measure of how long it took."""
_TRANSITIVE = frozenset(
    {"take", "retake", "hold", "enter", "besiege", "lose", "abandon", "attack", "patrol", "surrender"}
)


def find_match(rules: tuple[Rule, ...], scene: Scene, at: int) -> Match | None:
    """The first rule that fits the trigger ``at``; without one, what its neighbours say all the same."""
    if not rules:
        return None
    chunks, sentence = scene.chunks, scene.sentence
    trigger = chunks[at]
    behind = _behind(chunks, at, sentence)
    left = _left(scene, at, behind)
    for rule in rules:
        if is_other_sense(rule, trigger, behind, sentence):
            continue
        match = _match(rule, left, behind, chunks, sentence)
        if match is None or (rule.id == "quit" and match.places.partial):
            continue
        piecemeal = trigger.form in {"ing", "base", "s"} and trigger.value in {"take", "retake"}
        if piecemeal and _piecemeal(sentence):
            match.places = replace(match.places, partial=True)
        match.named = tuple(dict.fromkeys(chunk.side for chunk in chunks if chunk.side))
        if rule.id in {"teeter", "abandon-bare"} and not match.named:
            continue  # "Kabul on the brink as prices soar"
        return match
    return without_rule(left, behind, scene, at)


def _behind(chunks: list[Chunk], at: int, sentence: Sentence) -> list[Argument]:
    """What a trigger acts on, with the place that stands before it: "the city that they took", "in Herat fighting …"."""
    trigger = chunks[at]
    behind = [one for one in arguments(chunks, at, sentence) if not _is_when(one, sentence)]
    if trigger.kind == "V" and trigger.value in _TRANSITIVE and not has_object(behind):
        moved = relative_object(chunks, at, sentence)
        if moved is not None:
            return [Argument("", moved), *behind]
    if trigger.value in {"fight", "battle", "takeover", "holdout"} and not _is_placed(behind):
        place = where(chunks, at, sentence) or fronted(chunks, at, sentence)
        turned = not _TURNED.isdisjoint(sentence.lows[: trigger.begin])  # "…, saying fighting was going on"
        if place is None and turned and not _GOES_ON.isdisjoint(sentence.lows[trigger.j :]):
            place = _only_place(chunks)
        if place is None and trigger.value == "takeover" and _in_passing(chunks, at, sentence):
            place = _only_place(chunks)  # "Kunduz in flames as Taliban claim victory"
        if place is not None:
            return [*behind, Argument("in", place)]
    return behind


def _in_passing(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Does "as" with a side stand right before the trigger?"""
    return at > 1 and chunks[at - 1].kind == "S" and sentence.lows[chunks[at - 2].i] == "as"


def _vowed(trigger: Chunk, sentence: Sentence) -> bool:
    return any(low.startswith(_VOWS) for low in sentence.lows[max(0, trigger.begin - 3) : trigger.begin])


def _is_placed(behind: list[Argument]) -> bool:
    """Does a fight say where it is, and not only since when: "in charge since the city fell"?"""
    return any(one.chunk.kind == "P" and one.preposition not in {"since", "after"} for one in behind)


def _is_when(one: Argument, sentence: Sentence) -> bool:
    """ "Took it a day earlier", "had taken the previous day": no object, but a day."""
    chunk = one.chunk
    if one.preposition or chunk.kind not in {"x", "num"}:
        return False
    last = chunk.j
    while sentence.lows[last : last + 1] and sentence.lows[last] in _TIMES:
        last += 1
    if sentence.lows[last - 1] not in _TIMES:
        return False
    around = {*sentence.lows[max(0, chunk.i - 2) : last], *sentence.lows[last : last + 1]}
    return not _RELATIVE_TIMES.isdisjoint(around)


def _left(scene: Scene, at: int, behind: list[Argument]) -> Chunk | None:
    """Who acts, or what is acted on where that stands before the trigger."""
    chunks, sentence = scene.chunks, scene.sentence
    trigger = chunks[at]
    if trigger.kind == "N":
        left = _possessor(chunks, at, sentence)
        if left is None and trigger.value == "lose":
            left = _for_whom(chunks, at, sentence)
    elif trigger.infinitive and is_ranked(trigger, sentence, scene.lexicon):
        left = _ranked(chunks, at, sentence)
    else:
        left = subject(chunks, at, sentence)
    if trigger.value == "disarm" and left is not None:
        left = _inside(chunks, at, sentence) or left
    if trigger.value == "besiege" and trigger.passive and (left is None or left.kind in {"x", "S", "MIL"}):
        left = _inside(chunks, at, sentence) or _whose_place(left, chunks, sentence) or left
    if (
        left is not None
        and left.kind == "K"
        and left.side
        and trigger.infinitive
        and _vowed(trigger, sentence)
    ):
        return replace(left, kind="S")  # "an RSF commander vows to take Port Sudan"
    if left is not None and left.kind in {"x", "R", "P"}:
        left = acting_country(left, scene, trigger, behind) or left
    if left is not None and left.kind == "K" and left.side and sentence.lows[trigger.i].startswith(_CLAIMS):
        return replace(left, kind="S")  # "Prigozhin claimed full control of Bakhmut"
    return left


def _inside(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """The place of "the garrison in Babanusa has been under siege"."""
    place = chunks[at - 1] if at > 1 else None
    if place is None or place.kind != "P" or place.near or place.modifier or chunks[at - 2].kind != "p":
        return None
    return place if sentence.lows[chunks[at - 2].i] in {"in", "at", "inside"} else None


def _only_place(chunks: list[Chunk]) -> Chunk | None:
    """The one place that a sentence names: "confirmed that Ghazni had fallen but said fighting was going on"."""
    named = [chunk for chunk in chunks if chunk.kind == "P"]
    if len(named) != 1 or named[0].near or named[0].modifier or len(named[0].places) != 1:
        return None
    return named[0]


def _whose_place(left: Chunk | None, chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    """The place of "Encircled since May, the garrison of Babanusa expects …"."""
    at = next((look for look, chunk in enumerate(chunks) if chunk is left), None)
    if at is None or at + 2 >= len(chunks) or sentence.lows[chunks[at + 1].i] not in {"of", "in"}:
        return None
    place = chunks[at + 2]
    return place if place.kind == "P" and not place.near and not place.modifier else None


def _piecemeal(sentence: Sentence) -> bool:
    """ "Street by street", "block by block": a city not yet taken."""
    lows = sentence.lows
    return any(
        low == "by" and 0 < at < len(lows) - 1 and lows[at - 1] == lows[at + 1] for at, low in enumerate(lows)
    )


def _ranked(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """The place that was "the sixth capital to fall": before it, or behind "was"."""
    for look in range(at - 1, -1, -1):
        if (
            chunks[look].kind == "P"
            and not chunks[look].modifier
            and (not chunks[look].near or "making" in sentence.lows)
            and not (look and sentence.lows[chunks[look - 1].i] in {"between", "from", "to", "and"})
        ):
            return replace(chunks[look], near=False)
        if chunks[look].kind == ";" or (
            chunks[look].kind == "b"
            and sentence.lows[chunks[look].i] not in {"that", "which", "who", "where"}
        ):
            break
    for look in range(at + 1, min(len(chunks), at + 8)):
        if chunks[look].kind == "P" and chunks[look - 1].kind == "aux":
            return chunks[look]
    return None


def _for_whom(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """The side of "what the loss of Izium means for Russia"."""
    for look in range(at + 1, len(chunks) - 1):
        if chunks[look].kind == "p" and sentence.lows[chunks[look].i] == "for":
            return chunks[look + 1] if chunks[look + 1].kind == "S" and chunks[look + 1].side else None
    return None


def _possessor(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """What stands before a noun: "the Taliban's capture", "Taliban advance"."""
    look = at - 1
    while (
        look >= 0
        and (chunks[look].kind in {"'s", "x", "num"} or sentence.lows[chunks[look].i] == "out")
        and at - look < 4
    ):
        look -= 1
    if (
        look >= 0
        and chunks[look].kind == "v"
        and not chunks[look].passive
        and (
            chunks[at].value in {"attack", "approach"}
            or (
                chunks[at].value == "leave"
                and sentence.lows[chunks[look].i] in _DID
                and sentence.lows[chunks[at].i] != "evacuation"
            )
        )
    ):
        found = subject(chunks, look, sentence)  # "continued ground attacks near"
        official = found is not None and found.kind == "K" and found.side and chunks[at].value == "leave"
        return replace(found, kind="S") if found is not None and official else found
    if (
        look >= 0
        and chunks[look].kind == "SP"
        and chunks[at].value == "leave"
        and chunks[look].value in {"confirm", "say"}
    ):
        found = subject(chunks, look, sentence)  # "Ukraine confirms withdrawal from Lysychansk"
        if found is not None and found.kind == "K" and found.side:
            return replace(found, kind="S")  # "Sudan's army chief confirms withdrawal"
        return found if found is not None and found.kind == "S" else None
    if look >= 0 and chunks[look].kind == "SP" and chunks[at].value == "hold":
        found = subject(chunks, look, sentence)  # "Russia's Shoigu reports full control of Lysychansk"
        spoken = found is not None and found.kind in {"S", "K"} and found.side
        return replace(found, kind="S") if found is not None and spoken else None
    if look >= 0 and chunks[look].kind in {"S", "P"}:
        return chunks[look]
    if sentence.lows[chunks[at].i - 1] in {"its", "their"}:  # "an inquiry into its loss of Wad Madani"
        return next(
            (one for one in reversed(chunks[:at]) if one.kind == "S" and one.side and not one.modifier), None
        )
    return None


def _match(
    rule: Rule, left: Chunk | None, behind: list[Argument], chunks: list[Chunk], sentence: Sentence
) -> Match | None:
    places: Chunk | None = None
    if rule.left:
        left = in_role(rule.left, left, chunks, sentence)
        if left is None:
            return None
        if rule.left in {"P", "F"}:
            places = left
    filled: dict[str, Chunk] = {}
    for role in rule.right:
        if role.absent:
            if any(
                argument.preposition == role.preposition
                and argument.chunk.kind in {"S", "O", "x", "PR", "K", "N", "P", "R", "REG", "FC"}
                and _POSITIONS.isdisjoint(sentence.lows[argument.chunk.i : argument.chunk.j + 2])
                for argument in behind
            ):
                return None
            continue
        chunk = fill_role(role, behind, chunks, sentence)
        if chunk is None:
            if role.optional:
                continue
            return None
        filled[role.preposition] = chunk
        if role.kind in {"P", "F"}:
            places = _joined(chunk, behind, role.preposition) if role.preposition in {"", "of"} else chunk
    return Match(rule, places, left, filled) if places is not None and places.places else None


def _joined(first: Chunk, behind: list[Argument], preposition: str = "") -> Chunk:
    """A direct object and those joined to it further on: "took Feroz Koh in the centre and Pul-e-Alam"."""
    more = [
        one.chunk
        for one in behind
        if one.preposition == preposition
        and one.chunk is not first
        and one.chunk.kind == "P"
        and not one.chunk.near
        and not one.chunk.modifier
    ]
    if not more or first.kind != "P":
        return first
    places = tuple(dict.fromkeys(place for chunk in (first, *more) for place in chunk.places))
    return Chunk("P", first.i, first.j, places=places, partial=first.partial)
