"""Who of a sentence acts or speaks: "Kyiv says", "the governor's hall", "under its control"."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.tokens import Sentence


def acts(chunks: list[Chunk], at: int) -> bool:
    """Is this a side, or an official who speaks or acts, and not the owner of something: "the governor's hall"?"""
    behind = chunks[at + 1] if at + 1 < len(chunks) else None
    if governed(chunks, at) and not (
        at == 1 and chunks[0].value == "for"
    ):  # "for the Houthis, it was a good week"
        return False
    if chunks[at].kind == "S":
        if behind is not None and behind.kind == "N" and at and chunks[at - 1].kind in {"V", "v"}:
            return False  # "the army repelled an RSF attack on the last town it holds"
        owned = next((one.kind for one in chunks[at + 2 :] if one.kind not in {"x", "num"}), "")
        return (
            behind is None or behind.kind != "'s" or owned != "F"
        )  # "seized the army's main base, giving them …"
    return chunks[at].kind == "K" and (behind is None or behind.kind not in {"'s", "x", "F", "K"})


def governed(chunks: list[Chunk], at: int) -> bool:
    """Does a preposition stand before it: "met no resistance from the army", "said on state television"?"""
    return at > 0 and chunks[at - 1].kind == "p" and chunks[at - 1].value not in {"by", "of"}


def of_another(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Does a pronoun right behind "X said" mean an X that is none of the sides?"""
    look = at - 1
    if look >= 0 and chunks[look].kind == "b":
        look -= 1
    if look >= 0 and chunks[look].kind == "SP" and sentence.lows[chunks[look].i - 1] in {"each", "both"}:
        return True  # "each said it held the city"
    if look < 1 or chunks[look].kind != "SP":
        return False
    if look > 2 and chunks[look - 2].kind == "p" and chunks[look - 3].kind in {"S", "K"}:
        return False  # "a rebel army in Myanmar said it"
    speaker = chunks[look - 1]
    return speaker.kind in {"FC", "O"} or (
        speaker.kind == "x" and sentence.words[speaker.i][0].isupper() and not speaker.side
    )


def headed_by(chunks: list[Chunk]) -> Chunk | None:
    """Who is named before a colon at the beginning, "M23 on X:", "RSF spokesman:"; None when nobody is."""
    first = chunks[0] if chunks else None
    if first is None or first.kind not in {"S", "K"} or not first.side:
        return None
    for chunk in chunks[1:6]:
        if chunk.kind == ":":
            return first
        if chunk.kind not in {"p", "x", "d"}:
            return None
    return None


def speaks(chunks: list[Chunk], at: int) -> bool:
    """Is it "Kyiv says", the first word of a sentence?"""
    return at == 0 and len(chunks) > 1 and chunks[1].kind == "SP"


def speaking(chunks: list[Chunk]) -> str:
    """The side of him who says what the sentence says, wherever he is named; empty when none is."""
    for at, chunk in enumerate(chunks):
        if chunk.kind == "SP":
            behind = at + 2 if at + 1 < len(chunks) and chunks[at + 1].kind == "R" else at + 1
            for look in (_sayer(chunks, at), behind):  # "says Nangarhar governor"
                if 0 <= look < len(chunks) and chunks[look].kind in {"K", "S"} and chunks[look].side:
                    side = chunks[look].side
                    if side not in {"own", "enemy"}:
                        return side
    said = [at for at, chunk in enumerate(chunks) if chunk.kind == "SP"]
    heard = chunks[: said[-1]] if said else chunks  # not "said in dismissing the latest Taliban statement"
    return next((one.side for one in heard if one.kind == "K" and one.side), "")


def _sayer(chunks: list[Chunk], said: int) -> int:
    """Where he stands who says it: right before, or before what he is of, "the governor of Takhar said"; -1 for nobody."""
    at = said - 1
    while at > 1 and chunks[at].kind in {"P", "R"} and chunks[at - 1].kind == "p":
        at -= 2
    head = at
    while head > 0 and chunks[head].kind in {"x", "num"}:
        head -= 1
    owned = head < at and chunks[head].kind == "S" and chunks[head].modifier
    return head if owned else at  # "Ukraine's 19th Corps said"


def whose(before: list[Chunk]) -> str:
    """Whose "its control" is: his who says or declares it, else the side named first."""
    for at in range(len(before) - 1, 0, -1):
        if before[at].kind == "SP" and before[at - 1].kind in {"S", "K"} and before[at - 1].side:
            return before[at - 1].side
    named = (
        one
        for at, one in enumerate(before)
        if one.kind in {"S", "K"} and [x.kind for x in before[at + 1 :]][:1] not in (["x"], ["F"])
    )  # not "First Military Region HQ and all of the town"
    return next((one.side for one in named if one.side), "")
