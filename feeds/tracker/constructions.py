"""What is said without a trigger verb: "under Taliban control", "Taliban at the gates of", an attack thrown back."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.theatres.model import Theatre
from feeds.tracker.arguments import arguments, subject
from feeds.tracker.chunks import MODALS, Chunk
from feeds.tracker.judging import judge
from feeds.tracker.matching import in_role, listed_places
from feeds.tracker.modality import Mood
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.tokens import Sentence

_BEFORE_ADJECTIVE = frozenset(
    {"", "in", "of", "the", "from", "to", "near", "inside", "into", "outside", "around", "across"}
)
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
_STICKY = {
    "besieged": THREAT,
    "encircled": THREAT,
    "surrounded": THREAT,
    "blockaded": THREAT,
    "contested": FIGHTING,
}


def repelled(scene: Scene, at: int) -> bool:
    """Is the attack that a trigger tells of thrown back later in the sentence?"""
    for later in range(at + 1, len(scene.chunks)):
        chunk = scene.chunks[later]
        if chunk.kind == "V" and "repel" in (chunk.value, *chunk.others):
            return chunk.passive and not chunk.negated and not chunk.modal
        if chunk.kind in {";", "b"}:
            return False
    return False


def repelling_side(scene: Scene, at: int) -> str:
    """The side that threw back "the attempt to storm Al Fasher"; empty when none did."""
    if not scene.chunks[at].infinitive:
        return ""
    for look in range(at - 1, max(-1, at - 10), -1):
        chunk = scene.chunks[look]
        if (
            chunk.kind == "V"
            and "repel" in (chunk.value, *chunk.others)
            and not chunk.passive
            and not chunk.negated
            and not chunk.modal
            and not chunk.infinitive
        ):
            left = subject(scene.chunks, look, scene.sentence)
            return left.side if left is not None and left.kind == "S" else ""
    return ""


def held_off_claims(match: Match, trigger: Chunk, scene: Scene, repeller: str) -> Iterator[Claim]:
    """ "An assault on Qalat was repelled": it was fought over, and is held by whom it was."""
    verdict = scene.mood(trigger)
    if verdict.historic:
        return
    verdict = Mood(hedged=verdict.hedged, cues=verdict.cues)
    for place in match.places.places:
        holder = repeller or (scene.theatre.opponent(match.agent) if match.agent else scene.theatre.defender)
        yield Claim(place, HOLDS, holder, False, 0.6, "held-off", match.agent, trigger, verdict)
        yield Claim(place, FIGHTING, "", False, 0.6, "held-off", match.agent, trigger, verdict)


def controlled_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Kabul remains under government control", "Taliban-held Sheberghan"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    trigger = chunks[at]
    place: Chunk | None
    change = False
    verb: Chunk | None = None
    verdict = Mood()
    if trigger.kind == "HELD":
        place = next((chunk for chunk in chunks[at + 1 : at + 3] if chunk.kind in {"P", "Q"}), None)
        place = in_role("P", place, chunks, sentence) if place is not None and place.kind == "Q" else place
        if place is not None and (place.kind != "P" or place.near):
            place = None
    else:
        place, verb = _controlled(chunks, at, sentence)
        if verb is not None:
            verdict = scene.mood(verb)
            change = verb.value in {"fall", "pass"} and sentence.lows[verb.j - 1] not in {
                "remain",
                "remains",
                "remained",
                "remaining",
                "stay",
                "stays",
                "stayed",
                "lie",
                "lies",
                "rest",
                "rests",
            }
    if place is None:
        return
    before = [chunk for chunk in chunks[:at] if chunk.kind == "aux" and at - chunks.index(chunk) <= 3]
    if verb is None and any(sentence.lows[chunk.i] in MODALS for chunk in before):
        verdict.possible = True  # "could be in the hands of the Taliban within months"
    if not verdict.cues and not verdict.negated and not verdict.possible:
        base = Chunk("H", trigger.i, trigger.j, "control", begin=trigger.i)
        verdict = scene.mood(base) if trigger.kind == "H" else verdict
        verdict.negated = verdict.negated or _no_longer(sentence, trigger)
        verdict.ended = verdict.ended or _no_longer(sentence, trigger)
    side = theatre.opponent(trigger.side) if trigger.value == "out" else trigger.side
    control = Chunk("H", trigger.i, trigger.j, "control", begin=trigger.i)
    rule = Rule("held-by", "control", False, False, "", (), (), "", "")
    for name in place.places:
        yield from judge(
            Outcome(HOLDS, "S", change or trigger.value == "out"),
            name,
            side,
            place.partial,
            Match(rule, place, None, {}),
            control,
            verdict,
            theatre,
        )


def claimed_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "The Taliban claimed Parun", "Parun was claimed by the insurgents": his word that it is his."""
    verb = scene.chunks[at]
    behind = arguments(scene.chunks, at, scene.sentence)
    left = subject(scene.chunks, at, scene.sentence)
    if verb.passive:
        place = in_role("P", left, scene.chunks, scene.sentence)
        agent = next((one.chunk for one in behind if one.preposition == "by" and one.chunk.kind == "S"), None)
    else:
        place = (
            in_role("P", behind[0].chunk, scene.chunks, scene.sentence)
            if behind and behind[0].preposition == ""
            else None
        )
        agent = left if left is not None and left.kind == "S" and left.side and not left.modifier else None
    if place is None or agent is None or not agent.side:
        return
    rule = Rule("claimed", "take", False, verb.passive, "", (), (), "", "")
    trigger = Chunk("V", verb.i, verb.j, "take", begin=verb.begin, negated=verb.negated, modal=verb.modal)
    for name in place.places:
        yield from judge(
            Outcome(HOLDS, "S", True),
            name,
            agent.side,
            place.partial,
            Match(rule, place, agent, {}),
            trigger,
            scene.mood(trigger),
            scene.theatre,
        )


def _no_longer(sentence: Sentence, trigger: Chunk) -> bool:
    before = sentence.lows[max(0, trigger.i - 4) : trigger.i]
    return "longer" in before or "not" in before


def _controlled(chunks: list[Chunk], at: int, sentence: Sentence) -> tuple[Chunk | None, Chunk | None]:
    """The place under control and the verb that puts it there, if any."""
    verb = None
    look = at - 1
    while look >= 0:
        chunk = chunks[look]
        if chunk.kind == "V" and verb is None and chunk.value in {"pass", "fall", "hold"}:
            verb = chunk
            found = in_role("P", subject(chunks, look, sentence), chunks, sentence)
            return found, verb
        if chunk.kind == "aux" and at - look <= 2:
            return in_role("P", subject(chunks, look, sentence), chunks, sentence), verb
        if chunk.kind == "P" and not chunk.modifier and not chunk.near:
            before = chunks[look - 1] if look else None
            directly = at - look == 2 and chunks[at - 1].kind == ","
            if before is not None and before.kind == "p" and at - look > 1 and not directly:
                look -= 2
                continue
            return chunk, verb
        if chunk.kind == "Q":
            return listed_places(chunk, chunks, sentence), verb
        if chunk.kind == "b" and sentence.lows[chunk.i] == "as" and at - look < 6:
            look -= 1
            continue
        if chunk.kind in {"aux", ",", "x", "num", "PR", "c"} and at - look < 6:
            if (
                chunk.kind == "x"
                and look
                and chunks[look - 1].kind not in {"P", "aux", "x", "Q", "V", "v", "C", "b", "num", "c"}
            ):
                return None, verb
            look -= 1
            continue
        if chunk.kind == "v":
            found = in_role("P", subject(chunks, look, sentence), chunks, sentence)
            return found, verb
        return None, verb
    return None, verb


def verbless_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "The Taliban are at the gates of Kabul"; in a headline, "Taliban in Ghazni"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    place = chunks[at]
    look = at - 1
    if place.near and _within(sentence, place):
        yield from _neared(scene, at)
        return
    if look < 0 or chunks[look].kind not in {"p", "near"}:
        return
    preposition = sentence.lows[chunks[look].i]
    while look >= 0 and (
        chunks[look].kind in {"p", "near", "num", "aux"}
        or (chunks[look].kind == "x" and sentence.lows[chunks[look].j - 1] in _UNITS)
    ):
        look -= 1
    if look < 0 or chunks[look].kind != "S" or chunks[look].modifier or not chunks[look].side:
        return
    if any(chunk.kind in {"V", "v", "SP"} for chunk in chunks[:look]) and not place.near:
        return
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    linked = any(chunk.kind == "aux" for chunk in chunks[look + 1 : at]) or (
        sentence.title and not any(chunk.kind in {"V", "v", "SP"} for chunk in chunks)
    )
    label = ""
    if (
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
    ):
        label = FIGHTING  # "Taliban fighters were in parts of Gardez"
    elif (
        sentence.title
        and preposition in {"in", "inside"}
        and (behind is None or behind.kind in {".", ",", "b"})
        and not any(chunk.kind in {"V", "v", "SP", "N"} for chunk in chunks)
    ):
        label = FIGHTING
    if label:
        trigger = Chunk("V", place.i, place.j, "approach", begin=chunks[look].j)
        verdict = scene.mood(trigger)
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


def belonging_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Aybak is firmly with the government", "Maidan Shahr is now a Taliban town"."""
    chunks, sentence = scene.chunks, scene.sentence
    side = chunks[at]
    if at < 2 or not side.side:
        return
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    after = chunks[at + 2] if at + 2 < len(chunks) else None
    if (
        chunks[at - 1].kind == "p"
        and sentence.lows[chunks[at - 1].i] == "with"
        and at > 2
        and not side.modifier
    ):
        verb, place = chunks[at - 2], chunks[at - 3]
    elif (behind is not None and sentence.lows[behind.i] in {"city", "town", "capital"}) or (
        behind is not None
        and behind.kind == "'s"
        and (after is None or after.kind in {".", ",", ";", "b", "c"})
    ):
        verb, place = chunks[at - 1], chunks[at - 2]
    else:
        return
    if (
        verb.kind != "aux"
        or sentence.lows[verb.i] not in {"is", "are", "was", "were"}
        or place.kind != "P"
        or place.modifier
        or place.near
    ):
        return
    trigger = Chunk("H", side.i, side.j, "control", begin=verb.i)
    rule = Rule("with", "control", False, False, "", (), (), "", "")
    verdict = scene.mood(trigger)
    verdict.negated = verdict.negated or _no_longer(sentence, side)
    verdict.ended = verdict.ended or _no_longer(sentence, side)
    for name in place.places:
        yield from judge(
            Outcome(HOLDS, "S"),
            name,
            side.side,
            place.partial,
            Match(rule, place, None, {}),
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
            "outskirts",
            "edge",
            "doorstep",
            "entrance",
            "entrances",
            "suburbs",
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
        if sentence.lows[at] == "occupied" and at < place.i and before in _BEFORE_ADJECTIVE:
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
