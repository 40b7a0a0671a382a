"""What is said of holding without a trigger verb: "under Taliban control", "is with the government", "claimed by"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.arguments import arguments
from feeds.tracker.chunks import Chunk, position
from feeds.tracker.closed import MODALS
from feeds.tracker.cues import Mood
from feeds.tracker.judging import judge
from feeds.tracker.roles import in_role, listed_places
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.subjects import parenthesis, subject
from feeds.tracker.supposing import then_would
from feeds.tracker.tokens import Sentence

_TOWNS: Final = frozenset({"city", "town", "capital", "one", "hub", "port"})
_SUCH_TOWNS: Final = frozenset((word,) for word in ("hub", "town", "city", "port", "junction"))
_FALLS: Final = frozenset({"fall", "falls", "fell", "fallen"})
"""Of "falls back into regime hands", which is no retreat."""
_MEANT: Final = {("was", "to", "be"), ("were", "to", "be")}


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
        if place is None and at + 3 < len(chunks) and sentence.lows[chunks[at + 1].i] == "one":
            place = (
                chunks[at + 3] if chunks[at + 2].kind == "," else None
            )  # "the last army-held one, El Fasher"
        apposed = chunks[at - 2] if at > 1 and chunks[at - 1].kind == "," else None
        behind = sentence.lows[chunks[at + 1].i] if at + 1 < len(chunks) else ""
        if (
            place is None
            and apposed is not None
            and apposed.kind == "P"
            and (behind in _TOWNS or sentence.lows[chunks[at + 1].j : chunks[at + 1].j + 1] in _SUCH_TOWNS)
        ):
            place = apposed  # "Melitopol, the Russian-occupied city"
        if place is None and at:
            link = chunks[at - 1]
            stays = link.kind in {"aux", "v"} or link.value == "pass"
            place = chunks[at - 2] if stays and at > 1 else link  # "Melitopol remains Russian-held"
            verb = link if stays and link.kind == "V" else None
            verdict = scene.mood(link) if verb is not None else verdict
            verdict.negated = verdict.negated or (stays and link.negated)
        if place is not None and (place.kind != "P" or place.near or place.modifier):
            place = None
    else:
        place, verb = _controlled(chunks, at, sentence)
        if verb is not None:
            verdict = scene.mood(verb)
            change = (verb.value in {"fall", "pass"} or sentence.lows[verb.i] in _FALLS) and sentence.lows[
                verb.j - 1
            ] not in {
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
    if sentence.lows[trigger.i : trigger.j] == ("under", "control") and _is_where(place, chunks):
        return  # "cholera in Kadugli under control"
    before = [chunk for chunk in chunks[:at] if chunk.kind == "aux" and at - chunks.index(chunk) <= 3]
    if verb is None and any(sentence.lows[chunk.i] in MODALS for chunk in before):
        verdict.possible = True  # "could be in the hands of the Taliban within months"
    behind_it = sentence.lows[trigger.j : trigger.j + 2]
    if place is chunks[at - 1] and (not MODALS.isdisjoint(behind_it[:1]) or behind_it == ("is", "what")):
        verdict.possible = True  # "Kherson in Russian hands would be a fortress"
    if sentence.lows[0] == "with" and then_would(trigger, sentence):
        verdict.possible = True  # "with Kandahar in their hands, they would have an airport"
    if not verdict.cues and not verdict.negated and not verdict.possible:
        base = Chunk("H", trigger.i, trigger.j, "control", begin=trigger.i)
        verdict = scene.mood(base) if trigger.kind == "H" else verdict
        verdict.negated = verdict.negated or _no_longer(sentence, trigger)
        verdict.ended = verdict.ended or _no_longer(sentence, trigger)
    if sentence.lows[max(0, trigger.i - 3) : trigger.i] in _MEANT:
        verdict.unclear = True  # "was to be in Russian hands in three days"
    if verb is None and before and _is_past(before, chunks, sentence):
        verdict.historic = True
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


def _is_past(before: list[Chunk], chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "Lyman had been in Russian hands since May", which nobody is quoted for: until what is told came about."""
    told = any(chunk.kind == "SP" for chunk in chunks)
    return not told and {"had", "been"} <= {
        low for chunk in before for low in sentence.lows[chunk.i : chunk.j]
    }


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
        agent = (
            left if left is not None and left.kind in {"S", "K"} and left.side and not left.modifier else None
        )
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


def _is_where(place: Chunk, chunks: list[Chunk]) -> bool:
    """Is a place only where something is?"""
    look = position(place, chunks)
    return look > 0 and chunks[look - 1].kind in {"p", "near"}


def installed_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "The Kremlin-installed mayor of Enerhodar": his side holds it. Of a region's capital only a mayor is the city's."""
    chunks, lows, place = scene.chunks, scene.sentence.lows, scene.chunks[at]
    if at < 2 or chunks[at - 1].kind != "p" or lows[chunks[at - 1].i] not in {"of", "in"}:
        return
    if place.near or place.modifier or len(place.places) != 1:
        return
    ahead = lows[max(0, place.i - 7) : place.i]
    by = next((look for look, low in enumerate(ahead) if low in _INSTALLED and look > 1), None)
    if by is None or ahead[by - 1] != "-":
        return
    roles = _MAYORS if scene.names_capital(place.places) else _MAYORS | _OFFICES
    if roles.isdisjoint(ahead[by + 1 :]):
        return
    named = max(0, place.i - 7) + by - 2
    side = scene.side_named(named, "ADJ", "SIDE") or scene.side_named(max(0, named - 1), "ADJ", "SIDE")
    if not side:
        return
    trigger = Chunk("H", named, named + 3, "control", begin=named)
    rule = Rule("installed", "control", False, False, "", (), (), "", "")
    for name in place.places:
        yield from judge(
            Outcome(HOLDS, "S", weight=0.7),
            name,
            side,
            False,
            Match(rule, place, None, {}),
            trigger,
            scene.mood(trigger),
            scene.theatre,
        )


_INSTALLED: Final = frozenset({"installed", "appointed", "imposed", "backed", "named"})
_MAYORS: Final = frozenset({"mayor", "mayors"})
_OFFICES: Final = frozenset(
    "head chief administration administrator authorities officials official governor council".split()
)


def under_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Life in Kunduz under the Taliban", "Goma under M23: a year on": who rules there."""
    chunks, lows, place = scene.chunks, scene.sentence.lows, scene.chunks[at]
    behind = chunks[at + 1 : at + 4]
    if len(behind) < 2 or behind[0].kind != "p" or lows[behind[0].i] != "under" or behind[1].kind != "S":
        return
    side, after = behind[1], behind[2].kind if len(behind) > 2 else "."
    if not side.side or side.modifier or place.near or place.modifier or after not in _STOP_BEHIND:
        return
    trigger = Chunk("H", behind[0].i, side.j, "control", begin=behind[0].i)
    rule = Rule("under", "control", False, False, "", (), (), "", "")
    for name in place.places:
        yield from judge(
            Outcome(HOLDS, "S", weight=0.7),
            name,
            side.side,
            place.partial,
            Match(rule, place, None, {}),
            trigger,
            scene.mood(trigger),
            scene.theatre,
        )


_STOP_BEHIND: Final = frozenset({".", ",", ":", ";", "—", "–", "?", "b", "c"})


def _no_longer(sentence: Sentence, trigger: Chunk) -> bool:
    before = sentence.lows[max(0, trigger.i - 4) : trigger.i]
    return "longer" in before or "not" in before


def _controlled(chunks: list[Chunk], at: int, sentence: Sentence) -> tuple[Chunk | None, Chunk | None]:
    """The place under control and the verb that puts it there, if any."""
    verb = None
    look = at - 1
    opens = parenthesis(chunks, look) if look > 0 and chunks[look].kind == "," else None
    if opens is not None and chunks[opens].kind == "P" and not chunks[opens].near:
        look = opens  # "Kandahar, birthplace of the Taliban, in militants' hands"
    while look >= 0:
        chunk = chunks[look]
        if (
            chunk.kind == "V"
            and verb is None
            and (
                chunk.value in {"pass", "fall", "hold"}
                or (chunk.value == "leave" and chunks[at].value == "out")
                or (chunk.value == "leave" and sentence.lows[chunk.i] in _FALLS)
            )
        ):
            verb = chunk
            found = in_role("P", subject(chunks, look, sentence), chunks, sentence)
            return found, verb
        if sentence.lows[chunk.i] == "back" or (
            chunk.kind == "p" and sentence.lows[chunk.i] in {"out", "up"} and look == at - 1
        ):
            look -= 1
            continue  # "slipped out of the government's grasp"
        if (
            chunk.kind == "aux"
            and sentence.lows[chunk.i] == "be"
            and look > 1
            and sentence.lows[chunks[look - 1].i] == "to"
            and chunks[look - 2].kind == "v"
            and sentence.lows[chunks[look - 2].i].startswith("continu")
        ):
            return in_role("P", subject(chunks, look - 2, sentence), chunks, sentence), verb
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
        not (
            (verb.kind == "aux" and sentence.lows[verb.i] in {"is", "are", "was", "were"})
            or sentence.lows[verb.j - 1].startswith(("remain", "stay"))
        )
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
