"""Pronouns: whom "they", "them", "we" and "theirs" mean, and when "it" is the city."""

from __future__ import annotations

from itertools import pairwise

from feeds.tracker.actors import of_another
from feeds.tracker.chunks import Chunk
from feeds.tracker.focus import Focus
from feeds.tracker.subjects import antecedent
from feeds.tracker.tokens import Sentence


def resolve_pronoun(focus: Focus, chunk: Chunk, chunks: list[Chunk], at: int, sentence: Sentence) -> None:
    """Gives a pronoun its side or its place, or makes it a common word."""
    low = sentence.lows[chunk.i]
    said = at - 1
    if said > 0 and chunks[said].kind == "b" and sentence.lows[chunks[said].i] == "that":
        said -= 1
    if low in {"it", "they"} and said > 2 and chunks[said].kind == "SP" and chunks[said - 1].kind == "b":
        whom = antecedent(chunks, said - 2)  # "the MNDAA, which said it controlled the town"
        focus.side = whom.side if whom is not None and whom.side in focus.theatre.side_by_id else focus.side
    again = (
        at > 1
        and chunks[at - 2].kind == "c"
        and (chunks[at - 1].kind == "SP" or sentence.lows[chunks[at - 1].i] == "that")
    )  # "said that rebels had entered Hama and that it was redeploying"
    if low in {"it", "they"} and again:
        sayers = [
            chunks[look - 1].side for look, one in enumerate(chunks[: at - 1]) if look and one.kind == "SP"
        ]
        focus.side = next((side for side in reversed(sayers) if side in focus.theatre.side_by_id), focus.side)
    if low in {"it", "they"} and _said_by_seat(focus, chunks, said):
        chunk.kind, chunk.side = "S", focus.theatre.defender  # "Kyiv insists it still holds Siversk"
    elif of_another(chunks, at, sentence):
        chunk.kind = "x"  # "Washington said it would": none of the sides
    elif low == "we":
        side = focus.ours(chunks)
        if side in focus.theatre.side_by_id:
            chunk.kind, chunk.side = "S", side  # "we have taken Lyman", his spokesman said
    elif low == "them" and (several := _several(chunks[:at])) is not None:
        chunk.kind, chunk.places = "P", several.places
    elif low == "them" and focus.side and focus.side == focus.yielding:
        side = focus.before if focus.before != focus.yielding else ""
        chunk.kind, chunk.side = ("S", side) if side else ("x", "")
    elif low in {"they", "them", "who", "he"}:
        ahead = focus.first if low == "they" and at and chunks[at - 1].kind == "b" else ""
        dated = bool(ahead) and sentence.lows[chunks[at - 1].i] in {"after", "since", "before"}
        if (focus.side or ahead) and low != "he":
            # "took Sheberghan, a governor said, a day after they walked into Zaranj": who took it
            chunk.kind, chunk.side = "S", ahead if dated else focus.side or ahead
        elif focus.side:
            chunk.kind, chunk.side, chunk.value = "K", focus.side, "official"
    elif low == "it":
        following = chunks[at + 1] if at + 1 < len(chunks) else None
        passive_like = (
            following is not None
            and following.kind == "V"
            and (following.passive or following.value in {"fall", "surrender", "belong"})
        )
        before = chunks[at - 1] if at else None
        if before is not None and before.kind == "SP" and at > 1 and chunks[at - 2].kind == "S":
            passive_like = passive_like and following is not None and following.value != "surrender"
        if (
            before is not None
            and before.kind == "V"
            and not focus.thing
            and before.value
            in {"surrender", "hand", "take", "retake", "hold", "abandon", "enter", "besiege", "lose", "expel"}
            and not before.passive
            and (before.value != "expel" or sentence.lows[chunk.j : chunk.j + 1] == ("of",))
        ):
            passive_like = not focus.foreign
            day_after = before.form == "ing" and sentence.lows[before.i - 1] in {"after", "since"}
            only = len({place for one in chunks[:at] if one.kind == "P" for place in one.places}) == 1
            focus.plain = (
                focus.plain
                or (day_after and only)
                or before.form == "lit"
                or before.value not in {"take", "hold", "enter"}
            )
        if (
            before is not None
            and before.kind == "p"
            and at > 1
            and chunks[at - 2].kind in {"V", "N"}
            and focus.place
        ):
            passive_like = focus.plain = not focus.foreign  # "advancing on it"
        far = at > 1 and sentence.lows[chunks[at - 2].j - 1] in {
            "kilometres",
            "kilometers",
            "km",
            "miles",
        }
        if far and focus.place and not focus.foreign:
            chunk.kind, chunk.places, chunk.near = "P", (focus.place,), True
            return
        held = any(later.kind == "H" for later in chunks[at + 1 : at + 3])
        if ((passive_like and focus.plain) or held) and focus.place and not focus.foreign:
            chunk.kind, chunk.places = "P", (focus.place,)
        elif focus.side:
            chunk.kind, chunk.side = "S", focus.side


def _said_by_seat(focus: Focus, chunks: list[Chunk], said: int) -> bool:
    """Does the country's capital say so, which stands for those who govern there?"""
    if said != 1 or chunks[said].kind != "SP" or chunks[0].kind != "P" or not focus.national:
        return False
    return focus.national in chunks[0].places


def resolve_possessive(focus: Focus, chunk: Chunk, chunks: list[Chunk], sentence: Sentence) -> None:
    """ "The city is theirs", "the town is ours": whose that is."""
    speaker = focus.ours(chunks) or focus.seat_speaks(chunks)
    theirs = next(
        (
            one.side
            for one, behind in pairwise(chunks)
            if one.kind in {"S", "K"} and one.side and behind.kind == "SP" and behind.i < chunk.i
        ),
        focus.side,
    )
    side = theirs if sentence.lows[chunk.i] == "theirs" else speaker
    chunk.kind, chunk.side, chunk.value = ("S", side, "possessive") if side else ("x", "", "")


def _several(before: list[Chunk]) -> Chunk | None:
    """The cities that "them" means behind a verb of taking: "A and B have been quiet since the Taliban took them"."""
    if (
        not before
        or before[-1].kind != "V"
        or before[-1].value not in {"take", "retake", "hold", "lose", "enter", "surrender"}
    ):
        return None
    return next(
        (one for one in reversed(before) if one.kind == "P" and len(one.places) > 1 and not one.near), None
    )
