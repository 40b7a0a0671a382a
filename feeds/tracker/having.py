"""What a plain "to have" or "to be" says: "the Taliban had Kunduz by noon", "Bakhmut is ours", "Kherson is free"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.actors import headed_by
from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import MODALS, NEGATIONS
from feeds.tracker.judging import judge
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.subjects import parenthesis
from feeds.tracker.voices import speaker_of

_HAVE: Final = frozenset({"has", "have", "had", "'ve"})
_PAST: Final = frozenset({"once", "until", "when", "before", "since", "last", "if"})
"""Beside one of these "had" tells of a time that is over."""
_IS: Final = frozenset({"is", "are", "was", "were", "'s", "remains", "now"})
_ENDS: Final = frozenset({".", ",", ";", ":", '"', "!", "—", "–", "-", "c", "b", "SP", "("})
"""What may follow "had Kunduz": with a verb or "in their sights" behind it, it is not had."""


def had_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "By noon the Taliban had the city": who has a place holds it."""
    chunks, sentence = scene.chunks, scene.sentence
    place = chunks[at]
    if at < 2 or place.near or place.modifier:
        return
    verb, side = chunks[at - 1], chunks[at - 2]
    if verb.kind != "aux" or sentence.lows[verb.i] not in _HAVE:
        return
    if side.kind != "S" or not side.side or side.modifier:
        return
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    if behind is not None and behind.kind not in _ENDS and sentence.lows[behind.i] != "by":
        return  # but "had the city by nightfall"
    if side.side != scene.theatre.challenger and scene.names_seat(place.places):
        return  # "as many as the peshmerga have, Baghdad says": a government
    if sentence.lows[verb.i] == "had" and not _PAST.isdisjoint(sentence.lows):
        return
    if sentence.lows[verb.i] == "had" and side.side in map(scene.first_holder, place.places):
        return  # "the government had Kandahar": until it was taken
    trigger = Chunk("V", verb.i, verb.j, "hold", begin=verb.i)
    yield from _held(scene, Outcome(HOLDS, "S", weight=0.8), place, side.side, trigger, "had")


def free_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Kherson is free", "declared Khartoum free of the RSF": he holds it who says so, or whom that leaves."""
    chunks, sentence = scene.chunks, scene.sentence
    place = chunks[at]
    look = at + 1
    linked = False
    while (
        look < len(chunks)
        and look - at < 4
        and (chunks[look].kind in {"aux", '"'} or sentence.lows[chunks[look].i] == "now")
    ):
        linked = linked or sentence.lows[chunks[look].i] in _IS
        if sentence.lows[chunks[look].i] in NEGATIONS:
            return
        look += 1
    if place.near or place.modifier or look >= len(chunks) or sentence.lows[chunks[look].j - 1] != "free":
        return
    free = chunks[look]
    if free.negated or free.modal or free.infinitive:
        return
    linked = linked or free.begin < free.i
    declared = at > 0 and chunks[at - 1].kind == "SP"
    after = sentence.lows[free.j : free.j + 1]
    if not (linked or declared) or after in {("to",), ("for",), ("-",), ("from",)}:
        return
    trigger = Chunk("V", free.i, free.j, "retake", begin=chunks[at + 1].i)
    side = _freer(scene, free, trigger)
    if side:
        yield from _held(scene, Outcome(HOLDS, "S", change=True, weight=0.8), place, side, trigger, "free")


def _freer(scene: Scene, free: Chunk, trigger: Chunk) -> str:
    behind = scene.sentence.lows[free.j : free.j + 1]
    if behind == ("of",):
        loser = next((chunk.side for chunk in scene.chunks if chunk.kind == "S" and chunk.i > free.i), "")
        named = {chunk.side for chunk in scene.chunks if chunk.kind == "S" and chunk.side} - {loser, "own"}
        if len(named) == 1:
            return named.pop()  # "US-backed forces declare Raqqa free of Islamic State"
        return scene.theatre.opponent(loser) if loser in scene.theatre.side_by_id else ""
    if "we" in scene.sentence.lows[: free.i]:
        return ""  # "we declare the city free", read out by a man in fatigues
    speaker = speaker_of(trigger, scene.chunks, scene.sentence, scene.theatre)
    return speaker.side


def possessed_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Bakhmut is ours", "the city was theirs": whose it is, by the speaker's word."""
    side = scene.chunks[at]
    if side.value != "possessive" or not side.side:
        return
    place, links = _predicated(scene, at)
    if place is None or any(link.kind == "v" for link in links):
        return
    verb = links[-1]
    if not MODALS.isdisjoint(scene.sentence.lows[verb.i : side.i]):
        return  # "will be ours, by negotiations or by arms"
    trigger = Chunk("V", side.i, side.j, "hold", begin=verb.i, negated=_denied(scene, verb, side))
    yield from _held(scene, Outcome(HOLDS, "S", weight=0.8), place, side.side, trigger, "possessed")


def named_after_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Mykolaiv remains Ukrainian", "Kherson is Ukrainian again": whose it is, where that could be another's."""
    chunks, lows = scene.chunks, scene.sentence.lows
    word = chunks[at]
    behind = chunks[at + 1].kind if at + 1 < len(chunks) else "."
    place, links = _predicated(scene, at) if behind in _ENDS else (None, [])
    if place is None:
        return
    between = lows[links[-1].i : word.i]
    again = "again" in lows[word.j : word.j + 1] or "again" in between
    stays = "still" in between or any(link.kind == "v" or lows[link.i].startswith("remain") for link in links)
    if not (stays or again or "now" in between or "now" in lows[word.j : word.j + 1]):
        return  # "Mariupol is Ukrainian" is what they shout who have lost it
    side = scene.side_named(word.i, "ADJ")
    if side:
        trigger = Chunk("V", word.i, word.j, "hold", begin=links[-1].i)
        trigger.negated = _denied(scene, links[-1], word) or any(link.negated for link in links)
        trigger.modal = next((link.modal for link in links if link.modal), trigger.modal)
        yield from _held(
            scene, Outcome(HOLDS, "S", change=again, weight=0.8), place, side, trigger, "named-after"
        )


def _predicated(scene: Scene, at: int) -> tuple[Chunk | None, list[Chunk]]:
    """The place of which ``at`` says what it is, and the verbs between, the last one first: "Lyman is and remains ours".

    Over an aside too: "Sake, on the road to Goma, has been theirs". No place where something else stands there.
    """
    chunks, lows = scene.chunks, scene.sentence.lows
    links: list[Chunk] = []
    look = at - 1
    while look > 0:
        chunk = chunks[look]
        if chunk.kind == "aux" or (
            chunk.kind in {"V", "v"} and lows[chunk.i].startswith(("remain", "standing"))
        ):
            links.append(chunk)
        elif chunk.kind != '"' and not (links and chunk.kind == "c" and chunk.value == "and"):
            break
        look -= 1
    if links and look > 0 and chunks[look].kind == ",":
        look = parenthesis(chunks, look) or look
    place = chunks[look]
    if not links and scene.sentence.title and "still" in lows[place.j : chunks[at].i]:
        links = [Chunk("aux", place.j, place.j + 1, "is")]  # "Avdiivka still ours, says Kyiv"
    governed = look > 0 and chunks[look - 1].kind in {"p", "near"}  # "the signs in Mariupol are now Russian"
    if not links or place.kind != "P" or place.modifier or place.near or governed:
        return None, links
    return place, links


def _denied(scene: Scene, verb: Chunk, word: Chunk) -> bool:
    """ "Is no longer ours", "is not theirs"."""
    return not {"longer", "not", "n't", "never"}.isdisjoint(scene.sentence.lows[verb.i : word.i])


def secure_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Army: El Obeid secure", "Lysychansk is under control, Kadyrov says": his who says so."""
    lows, place = scene.sentence.lows, scene.chunks[at]
    if place.near or place.modifier or place.partial or len(place.places) != 1:
        return
    behind = [low for low in lows[place.j : place.j + 6] if low not in _STANDS]
    safe = behind[:1] == ["secure"] or behind[:2] == ["under", "control"]
    if not safe or (behind[2:3] == ["of"]) or NEGATIONS.intersection(lows[place.j : place.j + 4]):
        return
    if at > 0 and scene.chunks[at - 1].kind in {"p", "near"}:
        return  # "the situation in Kabul is under control"
    trigger = Chunk("V", place.j, place.j + 1, "hold", begin=place.j)
    head = headed_by(scene.chunks)
    side = speaker_of(trigger, scene.chunks, scene.sentence, scene.theatre).side
    side = side or (head.side if head is not None else "")
    if side in scene.theatre.side_by_id:
        yield from _held(scene, Outcome(HOLDS, "S", weight=0.7), place, side, trigger, "secure")


_STANDS: Final = frozenset(
    "is are was remains remained now fully firmly completely still stays stands".split()
)


def absent_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "There are no Russians in Kherson", "there is not a single enemy soldier left in Sumy": the others hold it."""
    chunks, lows = scene.chunks, scene.sentence.lows
    place = chunks[at]
    look = at - 1
    if look < 1 or chunks[look].kind != "p" or lows[chunks[look].i] not in {"in", "inside"}:
        return
    look -= 1
    while look > 0 and (
        chunks[look].kind == "x" or lows[chunks[look].i] in {"left", "remaining", "anywhere"}
    ):
        look -= 1
    side = chunks[look]
    ahead = lows[max(0, side.i - 5) : side.i]
    none = "no" in ahead or ("single" in ahead and "not" in ahead)
    if (
        side.kind != "S"
        or not side.side
        or not none
        or "there" not in lows[:2]
        or place.near
        or place.modifier
    ):
        return
    trigger = Chunk("V", side.i, side.j, "hold", begin=side.i)
    holder = scene.theatre.opponent(side.side)
    yield from _held(scene, Outcome(HOLDS, "S", weight=0.7), place, holder, trigger, "absent")


def _held(
    scene: Scene, outcome: Outcome, place: Chunk, side: str, trigger: Chunk, name: str
) -> Iterator[Claim]:
    rule = Rule(name, trigger.value, False, False, "", (), (), "", "")
    match = Match(rule, place, None, {})
    verdict = scene.mood(trigger)
    for one in place.places:
        yield from judge(outcome, one, side, place.partial, match, trigger, verdict, scene.theatre)
