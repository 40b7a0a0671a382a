"""From a sentence's chunks to what it claims: rules matched, moods applied, who-holds-what worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.theatres.model import Theatre
from feeds.tracker.arguments import Argument, arguments, fronted, relative_object, subject, where
from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.modality import Cue, Mood, is_ranked, mood
from feeds.tracker.rules import Outcome, Role, Rule, load_rules
from feeds.tracker.tokens import Sentence
from feeds.tracker.verbs import is_passive

_LOSSES = frozenset({"holdout", "take", "fall", "surrender", "lose", "abandon", "enter", "attack", "besiege", "approach", "control"})
_TURNED = frozenset({"take", "fall", "surrender", "lose", "abandon", "leave", "hold", "control", "hoist"})
_WISHED = frozenset({"take", "enter", "attack", "surrender", "approach", "besiege"})
_STICKY = {"besieged": THREAT, "encircled": THREAT, "surrounded": THREAT, "blockaded": THREAT, "contested": FIGHTING}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one trigger says of one place."""

    place: str
    label: str
    side: str
    change: bool
    weight: float
    rule: str
    agent: str
    trigger: Chunk
    mood: Mood


@dataclass(slots=True)
class Match:
    """A rule that fits a trigger, with what filled its roles."""

    rule: Rule
    places: Chunk
    left: Chunk | None
    filled: dict[str, Chunk]

    @property
    def agent(self) -> str:
        """The side that acts, or empty."""
        for chunk in (self.filled.get("by"), self.left if not self.rule.passive else None):
            if chunk is not None and chunk.side:
                return chunk.side
        return ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with all that is needed to judge it."""

    chunks: list[Chunk]
    cues: list[Cue]
    sentence: Sentence
    theatre: Theatre
    today: date
    lexicon: Lexicon

    def mood(self, trigger: Chunk) -> Mood:
        """How a trigger of this sentence is meant."""
        return mood(trigger, self.chunks, self.cues, self.sentence, self.today, self.lexicon)


def claims(scene: Scene) -> list[Claim]:
    """Every claim of one sentence, at most one a place, label and side."""
    found: dict[tuple[str, str, str], Claim] = {}
    for claim in _all(scene):
        key = (claim.place, claim.label, claim.side)
        if key not in found or found[key].weight < claim.weight:
            found[key] = claim
    return list(found.values())


def carried(scene: Scene) -> tuple[str, str] | None:
    """(label, side) that a sentence says of cities it does not name: "captured two more capitals on Friday"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    for at, chunk in enumerate(chunks):
        if chunk.kind != "V" or chunk.value not in {"take", "fall", "hold", "lose"}:
            continue
        verdict = scene.mood(chunk)
        if verdict.historic or verdict.negated or verdict.denied:
            continue
        left = subject(chunks, at, sentence)
        if chunk.infinitive and is_ranked(chunk, sentence, scene.lexicon):
            return (HOLDS, theatre.challenger)
        if verdict.possible:
            continue
        if left is not None and left.kind == "Q" and (chunk.value == "fall" or is_passive(chunks, at, sentence)):
            return (HOLDS, theatre.challenger)
        behind = arguments(chunks, at, sentence)
        if left is not None and left.kind == "S" and left.side and behind and behind[0].preposition == "" and behind[0].chunk.kind == "Q":
            return (HOLDS, theatre.opponent(left.side) if chunk.value == "lose" else left.side)
    return None


def listing(scene: Scene) -> Chunk | None:
    """The places of a sentence that only lists: "These are Taloqan and Qalat", "The others are …"."""
    chunks = scene.chunks
    for at, chunk in enumerate(chunks):
        if chunk.kind == "P":
            verb = next((one for one in chunks[at + 1 :] if one.kind in {"V", "SP"}), None)
            linked = at > 0 and (chunks[at - 1].kind in {"aux", ":"} or (chunks[at - 1].kind == "v" and scene.sentence.lows[chunks[at - 1].i].startswith("includ")))
            return chunk if linked and at > 1 and verb is None and not chunk.near and not chunk.modifier else None
        if chunk.kind in {"V", "SP", "S", "K", "N", "b"}:
            return None
    return None


def _all(scene: Scene) -> Iterator[Claim]:
    table = load_rules()
    chunks, sentence = scene.chunks, scene.sentence
    for at, chunk in enumerate(chunks):
        if chunk.kind in {"V", "N"}:
            noun = chunk.kind == "N"
            passive = not noun and is_passive(chunks, at, sentence)
            rules = tuple(rule for name in (chunk.value, *chunk.others) for rule in table.get((name, noun and name != "fight", passive), ()))
            match = _first(rules, scene, at)
            if match is not None:
                chunk.value = match.rule.trigger
                repeller = _repeller(scene, at)
                if chunk.value in {"attack", "enter", "take", "approach"} and (repeller or _repelled(scene, at)):
                    yield from _held_off(match, chunk, scene, repeller)
                else:
                    yield from _outcomes(match, chunk, scene.mood(chunk), scene.theatre)
        elif chunk.kind == "SP" and chunk.value == "claim":
            yield from _claimed(scene, at)
        elif chunk.kind in {"H", "HELD"}:
            yield from _control(scene, at)
        elif chunk.kind == "S":
            yield from _belongs(scene, at)
        elif chunk.kind == "P" and not chunk.modifier:
            yield from _verbless(scene, at)
            yield from _adjective(chunk, sentence)
        elif chunk.kind == "P":
            yield from _adjective(chunk, sentence)


def _first(rules: tuple[Rule, ...], scene: Scene, at: int) -> Match | None:
    """The first rule that fits the trigger ``at``."""
    if not rules:
        return None
    chunks, sentence = scene.chunks, scene.sentence
    behind = arguments(chunks, at, sentence)
    trigger = chunks[at]
    if trigger.kind == "N":
        left = _possessor(chunks, at)
    elif trigger.infinitive and is_ranked(trigger, sentence, scene.lexicon):
        left = _ranked(chunks, at)
    else:
        left = subject(chunks, at, sentence)
    if trigger.kind == "V" and not (behind and behind[0].preposition == ""):
        moved = relative_object(chunks, at, sentence)
        if moved is not None:
            behind = [Argument("", moved), *behind]
    if trigger.value in {"fight", "battle"} and not any(argument.chunk.kind == "P" for argument in behind):
        place = where(chunks, at, sentence) or fronted(chunks, at, sentence)
        if place is not None:
            behind = [*behind, Argument("in", place)]
    for rule in rules:
        match = _match(rule, left, behind, chunks, sentence)
        if match is not None:
            return match
    return _wished(rules, trigger, left, behind)


def _ranked(chunks: list[Chunk], at: int) -> Chunk | None:
    """The place that was "the sixth capital to fall": before it, or behind "was"."""
    for look in range(at - 1, -1, -1):
        if chunks[look].kind == "P" and not chunks[look].near and not chunks[look].modifier:
            return chunks[look]
        if chunks[look].kind in {"b", ";"}:
            break
    for look in range(at + 1, min(len(chunks), at + 8)):
        if chunks[look].kind == "P" and chunks[look - 1].kind == "aux":
            return chunks[look]
    return None


def _wished(rules: tuple[Rule, ...], trigger: Chunk, left: Chunk | None, behind: list[Argument]) -> Match | None:
    """"An offensive to seize Kandahar", "attempts to break into Faizabad": nobody named, nothing done yet."""
    if not trigger.infinitive or left is not None or trigger.value not in _WISHED:
        return None
    for argument in behind:
        if argument.preposition in ({"on", "towards"} if trigger.value == "approach" else {"", "into"}) and argument.chunk.kind == "P" and not argument.chunk.modifier and not argument.chunk.near:
            rule = Rule("wished", trigger.value, False, False, "", (), (Outcome(HOLDS, "challenger"),), "", "")
            return Match(rule, argument.chunk, None, {})
    return None


def _possessor(chunks: list[Chunk], at: int) -> Chunk | None:
    """What stands before a noun: "the Taliban's capture", "Taliban advance"."""
    look = at - 1
    while look >= 0 and chunks[look].kind in {"'s", "x", "num"} and at - look < 4:
        look -= 1
    return chunks[look] if look >= 0 and chunks[look].kind in {"S", "P"} else None


def _match(rule: Rule, left: Chunk | None, behind: list[Argument], chunks: list[Chunk], sentence: Sentence) -> Match | None:
    places: Chunk | None = None
    if rule.left:
        left = _as(rule.left, left, chunks, sentence)
        if left is None:
            return None
        if rule.left in {"P", "F"}:
            places = left
    filled: dict[str, Chunk] = {}
    for role in rule.right:
        if role.absent:
            if any(argument.preposition == role.preposition and argument.chunk.kind in {"S", "O", "x", "PR", "K", "N"} for argument in behind):
                return None
            continue
        chunk = _fill(role, behind, chunks, sentence)
        if chunk is None:
            if role.optional:
                continue
            return None
        filled[role.preposition] = chunk
        if role.kind in {"P", "F"}:
            places = _joined(chunk, behind) if role.preposition == "" else chunk
    return Match(rule, places, left, filled) if places is not None and places.places else None


def _joined(first: Chunk, behind: list[Argument]) -> Chunk:
    """A direct object and those joined to it further on: "took Feroz Koh in the centre and Pul-e-Alam"."""
    more = [one.chunk for one in behind if one.preposition == "" and one.chunk is not first and one.chunk.kind == "P" and not one.chunk.near and not one.chunk.modifier]
    if not more or first.kind != "P":
        return first
    places = tuple(dict.fromkeys(place for chunk in (first, *more) for place in chunk.places))
    return Chunk("P", first.i, first.j, places=places, partial=first.partial, plural=True)


def _fill(role: Role, behind: list[Argument], chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    for argument in behind:
        preposition = argument.preposition
        if role.preposition == "near":
            if argument.chunk.near and argument.chunk.kind == "P":
                return argument.chunk
            continue
        if preposition != role.preposition:
            if not (role.preposition == "to" and preposition == "to"):
                if role.preposition == "" and preposition == "" :
                    pass
                else:
                    continue
        if argument.chunk.near and role.kind == "P":
            continue
        found = _as(role.kind, argument.chunk, chunks, sentence)
        if found is not None:
            return found
        if role.preposition == "":
            return None
    return None


def _as(kind: str, chunk: Chunk | None, chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    """The chunk, if it can play this role."""
    if chunk is None:
        return None
    if kind == "S":
        return chunk if chunk.kind == "S" and chunk.side and not chunk.modifier else None
    if kind == "P":
        if chunk.kind == "Q":
            return _listed(chunk, chunks, sentence)
        return chunk if chunk.kind == "P" and not chunk.modifier and not chunk.near else None
    if kind == "F":
        return chunk if chunk.kind == "F" and chunk.value == "INN" and chunk.places else None
    if kind == "K":
        return chunk if chunk.kind == "K" and chunk.side and chunk.value == "official" else None
    return chunk if chunk.kind in {"x", "PR", "O"} else None


def _listed(cities: Chunk, chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    """The places that "two more capitals" stands for: "…, including A and B", "A and B are the last cities"."""
    at = next(index for index, chunk in enumerate(chunks) if chunk is cities)
    look = at + 1
    while look < len(chunks) and chunks[look].kind in {",", ":", "(", "—", "–", "-", "aux", "b", "p", "x", "num"} and look - at < 5:
        if chunks[look].kind == "p" and sentence.lows[chunks[look].i] not in {"like"}:
            break
        if chunks[look].kind == "b" and sentence.lows[chunks[look].i] != "as":
            break
        look += 1
    if look < len(chunks) and look > at + 1 and chunks[look].kind == "P" and not chunks[look].near:
        return chunks[look]
    if look == at + 1 and look < len(chunks) and chunks[look].kind == "P" and _includes(sentence, cities, chunks[look]):
        return chunks[look]
    for later in range(at + 1, len(chunks)):
        if chunks[later].kind == "P" and not chunks[later].near and not chunks[later].modifier:
            before = sentence.lows[max(0, chunks[later].i - 3) : chunks[later].i]
            if "including" in before or ("among" in before and "them" in before):
                return chunks[later]
    look = at - 1
    while look >= 0 and chunks[look].kind in {"aux", "c", ",", "x", "num"} and at - look < 5:
        look -= 1
    if 0 <= look < at - 0 and chunks[look].kind == "P" and not chunks[look].near and not chunks[look].modifier:
        return chunks[look]
    return None


def _includes(sentence: Sentence, cities: Chunk, place: Chunk) -> bool:
    return any(low in {"including", "like", "such", "namely"} for low in sentence.lows[cities.j : place.i + 1])


def _outcomes(match: Match, trigger: Chunk, verdict: Mood, theatre: Theatre) -> Iterator[Claim]:
    for outcome in match.rule.outcomes:
        for place in match.places.places:
            side = _who(outcome, match, theatre)
            yield from _judge(outcome, place, side, match.places.partial, match, trigger, verdict, theatre)


def _who(outcome: Outcome, match: Match, theatre: Theatre) -> str:
    left = match.left.side if match.left is not None else ""
    by = match.filled["by"].side if "by" in match.filled else ""
    owner = left or (match.filled["of"].side if "of" in match.filled else "")
    if outcome.who == "S":
        return left
    if outcome.who == "to":
        return match.filled["to"].side
    if outcome.who == "by":
        return by
    if outcome.who == "from-other":
        return theatre.opponent(match.filled["from"].side)
    if outcome.who == "by-other":
        return theatre.opponent(by)
    if outcome.who == "other":
        return theatre.opponent(owner)
    if outcome.who in {"challenger", "defender"}:
        return getattr(theatre, outcome.who)  # type: ignore[no-any-return]
    return left or by


def _judge(outcome: Outcome, place: str, side: str, partial: bool, match: Match, trigger: Chunk, verdict: Mood, theatre: Theatre) -> Iterator[Claim]:
    """What remains of an outcome under negation, doubt, wish and history."""

    def claim(label: str, who: str, change: bool, weight: float) -> Claim:
        return Claim(place, label, who, change, weight, match.rule.id, match.agent, trigger, verdict)

    if verdict.historic or verdict.unclear:
        return
    turned = verdict.negated != verdict.denied
    if turned:
        if outcome.label == HOLDS and trigger.value in _TURNED and not (verdict.possible and trigger.modal):
            yield claim(HOLDS, theatre.opponent(side), verdict.ended, outcome.weight)
            if verdict.possible and trigger.value in _LOSSES:
                yield claim(THREAT, side, False, outcome.weight)
        return
    if verdict.possible:
        if trigger.value in {"expel", "repel"}:
            yield claim(FIGHTING, "", False, outcome.weight)
        elif trigger.value in {"fight"}:
            yield claim(FIGHTING if outcome.label == FIGHTING else THREAT, "", False, outcome.weight * 0.5)
        elif trigger.value in _LOSSES or outcome.label == THREAT:
            yield claim(THREAT, match.agent or side, False, outcome.weight)
        return
    if outcome.label == HOLDS and partial:
        yield claim(FIGHTING, side, False, outcome.weight)
        return
    yield claim(outcome.label, side, outcome.change and outcome.label == HOLDS, outcome.weight)


def _repelled(scene: Scene, at: int) -> bool:
    """Is the attack that a trigger tells of thrown back later in the sentence?"""
    for later in range(at + 1, len(scene.chunks)):
        chunk = scene.chunks[later]
        if chunk.kind == "V" and "repel" in (chunk.value, *chunk.others):
            return chunk.passive and not chunk.negated and not chunk.modal
        if chunk.kind in {";", "b"}:
            return False
    return False


def _repeller(scene: Scene, at: int) -> str:
    """The side that threw back "the attempt to storm Al Fasher"; empty when none did."""
    if not scene.chunks[at].infinitive:
        return ""
    for look in range(at - 1, max(-1, at - 6), -1):
        chunk = scene.chunks[look]
        if chunk.kind == "V" and "repel" in (chunk.value, *chunk.others) and not chunk.passive and not chunk.negated and not chunk.modal and not chunk.infinitive:
            left = subject(scene.chunks, look, scene.sentence)
            return left.side if left is not None and left.kind == "S" else ""
    return ""


def _held_off(match: Match, trigger: Chunk, scene: Scene, repeller: str) -> Iterator[Claim]:
    """"An assault on Qalat was repelled": it was fought over, and is held by whom it was."""
    verdict = scene.mood(trigger)
    if verdict.historic:
        return
    verdict = Mood(hedged=verdict.hedged, cues=verdict.cues)
    for place in match.places.places:
        holder = repeller or (scene.theatre.opponent(match.agent) if match.agent else scene.theatre.defender)
        yield Claim(place, HOLDS, holder, False, 0.6, "held-off", match.agent, trigger, verdict)
        yield Claim(place, FIGHTING, "", False, 0.6, "held-off", match.agent, trigger, verdict)


def _control(scene: Scene, at: int) -> Iterator[Claim]:
    """"Kabul remains under government control", "Taliban-held Sheberghan"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    trigger = chunks[at]
    place: Chunk | None
    change = False
    verdict = Mood()
    if trigger.kind == "HELD":
        place = next((chunk for chunk in chunks[at + 1 : at + 3] if chunk.kind in {"P", "Q"}), None)
        place = _as("P", place, chunks, sentence) if place is not None and place.kind == "Q" else place
        if place is not None and (place.kind != "P" or place.near):
            place = None
    else:
        place, verb = _controlled(chunks, at, sentence)
        if verb is not None:
            verdict = scene.mood(verb)
            change = verb.value in {"fall", "pass"} and sentence.lows[verb.j - 1] not in {"remain", "remains", "remained", "remaining", "stay", "stays", "stayed", "lie", "lies", "rest", "rests"}
    if place is None:
        return
    if not verdict.cues and not verdict.negated:
        base = Chunk("H", trigger.i, trigger.j, "control", begin=trigger.i)
        verdict = scene.mood(base) if trigger.kind == "H" else verdict
        verdict.negated = verdict.negated or _no_longer(sentence, trigger)
        verdict.ended = verdict.ended or _no_longer(sentence, trigger)
    side = theatre.opponent(trigger.side) if trigger.value == "out" else trigger.side
    control = Chunk("H", trigger.i, trigger.j, "control", begin=trigger.i)
    rule = Rule("held-by", "control", False, False, "", (), (), "", "")
    for name in place.places:
        yield from _judge(Outcome(HOLDS, "S", change or trigger.value == "out"), name, side, place.partial, Match(rule, place, None, {}), control, verdict, theatre)


def _claimed(scene: Scene, at: int) -> Iterator[Claim]:
    """"The Taliban claimed Parun", "Parun was claimed by the insurgents": his word that it is his."""
    verb = scene.chunks[at]
    behind = arguments(scene.chunks, at, scene.sentence)
    left = subject(scene.chunks, at, scene.sentence)
    if verb.passive:
        place = _as("P", left, scene.chunks, scene.sentence)
        agent = next((one.chunk for one in behind if one.preposition == "by" and one.chunk.kind == "S"), None)
    else:
        place = _as("P", behind[0].chunk, scene.chunks, scene.sentence) if behind and behind[0].preposition == "" else None
        agent = left if left is not None and left.kind == "S" and left.side and not left.modifier else None
    if place is None or agent is None or not agent.side:
        return
    rule = Rule("claimed", "take", False, verb.passive, "", (), (), "", "")
    trigger = Chunk("V", verb.i, verb.j, "take", begin=verb.begin, negated=verb.negated, modal=verb.modal)
    for name in place.places:
        yield from _judge(Outcome(HOLDS, "S", True), name, agent.side, place.partial, Match(rule, place, agent, {}), trigger, scene.mood(trigger), scene.theatre)


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
            found = _as("P", subject(chunks, look, sentence), chunks, sentence)
            return found, verb
        if chunk.kind == "P" and not chunk.modifier and not chunk.near:
            before = chunks[look - 1] if look else None
            if before is not None and before.kind == "p" and at - look > 1:
                look -= 2
                continue
            return chunk, verb
        if chunk.kind == "Q":
            return _listed(chunk, chunks, sentence), verb
        if chunk.kind in {"aux", ",", "x", "num", "PR"} and at - look < 6:
            if chunk.kind == "x" and look and chunks[look - 1].kind not in {"P", "aux", "x", "Q", "V", "v", "C"}:
                return None, verb
            look -= 1
            continue
        if chunk.kind == "v":
            found = _as("P", subject(chunks, look, sentence), chunks, sentence)
            return found, verb
        return None, verb
    return None, verb


def _verbless(scene: Scene, at: int) -> Iterator[Claim]:
    """"The Taliban are at the gates of Kabul"; in a headline, "Taliban in Ghazni"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    place = chunks[at]
    look = at - 1
    if look < 0 or chunks[look].kind not in {"p", "near"}:
        return
    preposition = sentence.lows[chunks[look].i]
    while look >= 0 and chunks[look].kind in {"p", "near", "num", "aux"}:
        look -= 1
    if look < 0 or chunks[look].kind != "S" or chunks[look].modifier or not chunks[look].side:
        return
    if any(chunk.kind in {"V", "v", "SP"} for chunk in chunks[:look]) and not place.near:
        return
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    label = ""
    if place.near and (behind is None or behind.kind not in {"V", "v"}) and _is_close(sentence, place):
        label = THREAT
    elif sentence.title and preposition in {"in", "inside"} and (behind is None or behind.kind in {".", ",", "b"}) and not any(chunk.kind in {"V", "v", "SP", "N"} for chunk in chunks):
        label = FIGHTING
    if label:
        trigger = Chunk("V", place.i, place.j, "approach", begin=chunks[look].j)
        verdict = scene.mood(trigger)
        rule = Rule("near" if label == THREAT else "in-headline", "approach", False, False, "", (), (), "", "")
        for name in place.places:
            yield from _judge(Outcome(label, "", False, 0.5 if label == FIGHTING else 0.8), name, chunks[look].side, False, Match(rule, place, chunks[look], {}), trigger, verdict, theatre)


def _belongs(scene: Scene, at: int) -> Iterator[Claim]:
    """"Aybak is firmly with the government", "Maidan Shahr is now a Taliban town"."""
    chunks, sentence = scene.chunks, scene.sentence
    side = chunks[at]
    if at < 2 or not side.side:
        return
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    after = chunks[at + 2] if at + 2 < len(chunks) else None
    if chunks[at - 1].kind == "p" and sentence.lows[chunks[at - 1].i] == "with" and at > 2 and not side.modifier:
        verb, place = chunks[at - 2], chunks[at - 3]
    elif behind is not None and sentence.lows[behind.i] in {"city", "town", "capital"}:
        verb, place = chunks[at - 1], chunks[at - 2]
    elif behind is not None and behind.kind == "'s" and (after is None or after.kind in {".", ",", ";", "b", "c"}):
        verb, place = chunks[at - 1], chunks[at - 2]
    else:
        return
    if verb.kind != "aux" or sentence.lows[verb.i] not in {"is", "are", "was", "were"} or place.kind != "P" or place.modifier or place.near:
        return
    trigger = Chunk("H", side.i, side.j, "control", begin=verb.i)
    rule = Rule("with", "control", False, False, "", (), (), "", "")
    verdict = scene.mood(trigger)
    verdict.negated = verdict.negated or _no_longer(sentence, side)
    verdict.ended = verdict.ended or _no_longer(sentence, side)
    for name in place.places:
        yield from _judge(Outcome(HOLDS, "S"), name, side.side, place.partial, Match(rule, place, None, {}), trigger, verdict, scene.theatre)


def _is_close(sentence: Sentence, place: Chunk) -> bool:
    before = sentence.lows[max(0, place.i - 6) : place.j]
    return any(low in {"gates", "outskirts", "edge", "doorstep", "entrance", "entrances", "suburbs", "outside", "near", "approaches", "kilometres", "kilometers", "km", "miles", "minutes"} for low in before)


def _adjective(place: Chunk, sentence: Sentence) -> Iterator[Claim]:
    """"Besieged Kandahar": what an adjective says of a place."""
    if len(place.places) != 1:
        return
    for at in range(max(0, place.i - 1), place.j):
        label = _STICKY.get(sentence.lows[at])
        if label and (at + 1 >= len(sentence.lows) or sentence.lows[at + 1] not in {"by"}) and (at == 0 or sentence.lows[at - 1] not in {"is", "was", "were", "are", "been", "have", "has", "had"}):
            trigger = Chunk("V", at, at + 1, "besiege", begin=at)
            yield Claim(place.places[0], label, "", False, 0.7, "adjective", "", trigger, Mood())
            return
