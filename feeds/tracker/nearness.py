"""What is said by where somebody is: "at the gates of Kabul", "within 70 km of", "besieged Kandahar"."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import MODALS
from feeds.tracker.counts import NUMBERS
from feeds.tracker.cues import Mood
from feeds.tracker.judging import judge
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.tokens import Sentence

_UNITS = frozenset(
    {
        "kilometres",
        "kilometers",
        "km",
        "miles",
        "mile",
        "minutes",
        "few",
        "couple",
        "about",
        "away",
        "just",
        "drive",
    }
)
_MEASURES = frozenset({*NUMBERS, "less", "than", "only", "barely", "reported", "stand", "stands", "stood"})
"""What may stand between somebody and how far he is: "are reported eight miles from", "stand less than five kilometres from"."""
_BRIEF = 5
"""Words of "…; Jalalabad next", all told, at most."""
_GIVES = frozenset({"give", "gives", "gave", "given", "giving"})
_PUTS = frozenset("leave leaves left leaving put puts putting bring brings brought bringing with".split())
"""Words behind which somebody is somewhere: "leaves the Taliban on the doorstep of the capital"."""
_BEFORE_ADJECTIVE = frozenset(
    {
        "",
        *"""in of the from to near inside into outside around across at and between with for by rocks rock hits hit strikes
        strike shakes bombs shells targets visits tours""".split(),
    }
)
_FREED = frozenset({"liberated", "recaptured", "retaken"})
_STICKY = {
    "besieged": THREAT,
    "encircled": THREAT,
    "surrounded": THREAT,
    "blockaded": THREAT,
    "contested": FIGHTING,
}


def verbless_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "The Taliban are at the gates of Kabul"; in a headline, "Taliban in Ghazni"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    place = chunks[at]
    look = at - 1
    if (
        sentence.lows[place.j : place.j + 1] == ("until",)
        and at
        and sentence.lows[chunks[look].j - 1] in _GIVES
    ):
        trigger = Chunk("V", chunks[look].i, chunks[look].j, "approach")
        for name in () if place.near else place.places:
            yield Claim(name, THREAT, "", False, 0.7, "ultimatum", "", trigger, Mood())
        return
    asked = sentence.words[place.j + 1 : place.j + 2] == ("?",)
    ends = len(sentence.lows) == place.j + 1 and (sentence.title or place.j + 1 < _BRIEF)
    if sentence.lows[place.j : place.j + 1] == ("next",) and (asked or ends):
        trigger = Chunk("V", place.j, place.j + 1, "approach")
        for name in () if place.near else place.places:
            yield Claim(name, THREAT, "", False, 0.4, "next", "", trigger, Mood(possible=True))
        return
    if place.near and _within(sentence, place):
        yield from _neared(scene, at)
        return
    if look < 0 or chunks[look].kind not in {"p", "near"}:
        return
    preposition = sentence.lows[chunks[look].i]
    while look >= 0 and (
        chunks[look].kind in {"p", "near", "num", "aux"}
        or sentence.lows[chunks[look].i] == "back"
        or (
            chunks[look].kind in {"x", "v"}
            and sentence.lows[chunks[look].j - 1] in _UNITS | _MEASURES | scene.lexicon.partial_adjectives
        )
    ):
        look -= 1
    if look < 0 or chunks[look].kind != "S" or chunks[look].modifier or not chunks[look].side:
        return
    if sentence.lows[chunks[look].i] == "it" or sentence.lows[chunks[look].i - 1] == "no":
        return  # "it is over in the city", "there are no Russians in Kherson"
    if sentence.lows[chunks[look].i] == "they" and place.partial and place.value == "part":
        return  # "they were in the streets behind us": of which city?
    if look and preposition == "in" and sentence.lows[chunks[look - 1].i].startswith("expect"):
        yield from _awaited(scene, place, chunks[look])
        return
    said = look > 0 and chunks[look - 1].kind == "SP" and sentence.lows[chunks[look].i] in {"they", "it"}
    if any(chunk.kind in {"V", "v", "SP"} for chunk in chunks[: look - said]) and not place.near:
        return
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    opening = (
        look == 0 or chunks[look - 1].kind in {"b", ":"} or all(one.kind == "x" for one in chunks[:look])
    )
    linked = (
        any(
            chunk.kind == "aux" or sentence.lows[chunk.i].startswith(("stand", "stood"))
            for chunk in chunks[look + 1 : at]
        )
        or (look > 0 and sentence.lows[chunks[look - 1].j - 1] in _PUTS)
        or (sentence.title and opening)
        or (sentence.title and not any(chunk.kind in {"V", "v", "SP"} for chunk in chunks))
    )
    label = ""
    if "have" in sentence.lows[chunks[look].j : place.i]:
        return  # "we have one account to settle in Karbala"
    back = "back" in sentence.lows[chunks[look].j : place.i]
    if sentence.title and (opening or said) and back and preposition in {"in", "inside"} and not place.near:
        label = FIGHTING
    elif (
        linked
        and place.near
        and (behind is None or behind.kind not in {"V", "v"})
        and _is_close(sentence, place)
    ):
        label = THREAT
    elif (
        linked
        and preposition in {"in", "inside"}
        and any(chunk.kind == "aux" for chunk in chunks[look + 1 : at])
        and not place.near
        and "still" not in sentence.lows[chunks[look].j : place.i]
        and "had" not in sentence.lows[chunks[look].j : place.i]  # "had been in Lyman since May"
    ):
        label = FIGHTING  # "Taliban fighters were in parts of Gardez"
    elif (
        sentence.title
        and preposition in {"in", "inside"}
        and (behind is None or behind.kind in {".", ",", "b"})
        and "had" not in sentence.lows[chunks[look].j : place.i]
        and not any(chunk.kind in {"V", "v", "SP", "N"} for chunk in chunks)
    ):
        label = FIGHTING
    if label == FIGHTING and not MODALS.isdisjoint(sentence.lows[chunks[look].j : place.i]):
        yield from _awaited(scene, place, chunks[look])  # "we will be in El Obeid by the feast"
    elif label:
        trigger = Chunk("V", place.i, place.j, "approach", begin=chunks[look].j)
        verdict = scene.mood(trigger)
        agent = chunks[look].side
        if label == FIGHTING and (
            back or sentence.lows[chunks[look].i : chunks[look].j + 1] == ("we", "are")
        ):  # "we are in Bukavu"
            walked = Rule("back-in", "enter", False, False, "", (), (), "", "")
            for name in place.places:
                yield Claim(name, HOLDS, agent, True, 0.6, walked.id, agent, trigger, verdict)
            return
        rule = Rule(
            "near" if label == THREAT else "in-headline", "approach", False, False, "", (), (), "", ""
        )
        for name in place.places:
            yield from judge(
                Outcome(label, "", False, 0.5 if label == FIGHTING else 0.8),
                name,
                chunks[look].side,
                False,
                Match(rule, place, chunks[look], {}),
                trigger,
                verdict,
                theatre,
            )


def _awaited(scene: Scene, place: Chunk, side: Chunk) -> Iterator[Claim]:
    """ "Residents expect the Taliban in Kabul within days"."""
    trigger = Chunk("V", place.i, place.j, "approach")
    for name in () if place.near or place.modifier else place.places:
        if side.side != scene.first_holder(name):
            yield Claim(name, THREAT, "", False, 0.6, "awaited", side.side, trigger, Mood(possible=True))


def imperilled_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Kabul could come under Taliban siege", "Pokrovsk is close to encirclement"."""
    chunks, lows = scene.chunks, scene.sentence.lows
    if at < 2:
        return
    look = at - 1
    while look > 0 and chunks[look].kind in {"S", "x"} and lows[chunks[look].i] not in _BRINKS:
        look -= 1
    words = lows[chunks[look].i : chunks[look].j]
    if chunks[look].kind not in {"p", "near", "x"} or words[-1] not in {"under", "to", "of", "near"}:
        return
    if words[-1] in {"to", "of"} and not _BRINKS.intersection(lows[chunks[look].i - 2 : chunks[look].j]):
        return
    while look > 0 and chunks[look].kind in {"p", "near", "x", "aux", "v", "V", "num"}:
        if chunks[look].kind == "V" and chunks[look].value != "pass":
            return
        look -= 1
    place = chunks[look]
    if place.kind != "P" or place.modifier or place.near:
        return
    trigger = chunks[at]
    rule = Rule("imperilled", "besiege", False, False, "", (), (), "", "")
    for name in place.places:
        yield from judge(
            Outcome(THREAT, "", False, 0.7),
            name,
            "",
            False,
            Match(rule, place, None, {}),
            trigger,
            scene.mood(trigger),
            scene.theatre,
        )


_BRINKS = frozenset({"close", "near", "verge", "brink", "edge", "nearing"})


def _within(sentence: Sentence, place: Chunk) -> bool:
    """Is it "within 70 km of Kabul"?"""
    before = sentence.lows[max(0, place.i - 6) : place.i]
    return "within" in before and any(low in _UNITS for low in before)


def _neared(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Bringing them to within 70 km of Kabul": whoever moves, the city is nearer to the fight."""
    chunks, place = scene.chunks, scene.chunks[at]
    side = next(
        (chunk for chunk in reversed(chunks[:at]) if chunk.kind == "S" and chunk.side and not chunk.modifier),
        None,
    )
    if side is None:
        return
    trigger = Chunk("V", place.i, place.j, "approach")
    verdict = scene.mood(trigger)
    rule = Rule("within", "approach", False, False, "", (), (), "", "")
    for name in place.places:
        yield from judge(
            Outcome(THREAT, "", False, 0.7),
            name,
            side.side,
            False,
            Match(rule, place, side, {}),
            trigger,
            verdict,
            scene.theatre,
        )


def _is_close(sentence: Sentence, place: Chunk) -> bool:
    before = sentence.lows[max(0, place.i - 6) : place.j]
    return any(
        low
        in {
            "gates",
            "walls",
            "outskirts",
            "edge",
            "doorstep",
            "entrance",
            "entrances",
            "suburbs",
            "sides",
            "outside",
            "near",
            "approaches",
            "kilometres",
            "kilometers",
            "km",
            "miles",
            "minutes",
        }
        for low in before
    )


def adjective_claims(place: Chunk, sentence: Sentence, theatre: Theatre) -> Iterator[Claim]:
    """ "Besieged Kandahar": what an adjective says of a place."""
    if len(place.places) != 1:
        return
    for at in range(max(0, place.i - 1), place.j):
        label = _STICKY.get(sentence.lows[at])
        before = sentence.lows[at - 1] if at else ""
        held = sentence.lows[at] == "occupied" or (
            sentence.lows[at] == "captured" and before == "temporarily"
        )
        freed = sentence.lows[at] in _FREED and (before in _BEFORE_ADJECTIVE or before in {"newly", "just"})
        if freed and at < place.j - 1 and (at or sentence.lows[at] == "liberated"):
            trigger = Chunk("V", at, at + 1, "retake", begin=at)
            yield Claim(place.places[0], HOLDS, theatre.defender, True, 0.7, "adjective", "", trigger, Mood())
            return
        if held and at < place.j - 1 and (before in _BEFORE_ADJECTIVE or before == "temporarily"):
            trigger = Chunk("V", at, at + 1, "hold", begin=at)
            yield Claim(
                place.places[0], HOLDS, theatre.challenger, False, 0.7, "adjective", "", trigger, Mood()
            )
            return
        if (
            label
            and (at + 1 >= len(sentence.lows) or sentence.lows[at + 1] not in {"by"})
            and (
                at == 0
                or sentence.lows[at - 1] not in {"is", "was", "were", "are", "been", "have", "has", "had"}
            )
        ):
            trigger = Chunk("V", at, at + 1, "besiege", begin=at)
            yield Claim(place.places[0], label, "", False, 0.7, "adjective", "", trigger, Mood())
            return
