"""Who acts: sides, their spokesmen and officials, other parties, and "under X's control", built from atoms."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence

_CONTROLS = frozenset({"control", "occupation", "hold", "hands", "hand", "rule"})
_NOUNS = frozenset({"MIL", "WEAK"})
_PEOPLE = frozenset({"SIDE", "ADJ", "OTHER", "WEAK", "OFF", "WIT", "THIRD", "MEDIA", "SPK", "MIL"})
_SPEAKERS = frozenset({"SPK", "OFF"})
_INTO = frozenset({"under", "in", "into", "to", "within", "of", "from", "outside", "beyond", "at"})
_ANYBODYS = frozenset(
    {("army",), ("military",), ("troops",), ("soldiers",), ("armed", "forces"), ("forces",)}
)
"""Nouns of one side that an adjective of another makes the other's."""
_OWN = frozenset({"its", "his", "their", "our"})
_LOYAL = frozenset({"loyal", "allied", "aligned", "opposed", "linked", "affiliated"})
_HOLDING = frozenset({"held", "controlled", "occupied", "run", "ruled", "administered", "dominated"})


def merge_sides(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The chunks with every side, speaker, other party and state of control as one chunk."""
    merged: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind not in _PEOPLE:
            at += 1
        elif chunk.kind in {"SIDE", "ADJ"}:
            chunk, at = _side(chunks, at, sentence, lexicon)
        elif chunk.kind == "OTHER":
            chunk, at = _other(chunks, at, sentence)
        elif chunk.kind == "WEAK":
            chunk, at = _weak(chunks, at, merged, sentence)
        elif chunk.kind == "OFF":
            chunk, at = _official(chunks, at, chunk.side, sentence)
        elif chunk.kind in {"WIT", "THIRD", "MEDIA", "SPK"}:
            at += 1
            chunk.kind, chunk.value = (
                "K",
                {"WIT": "witness", "THIRD": "third", "MEDIA": "media", "SPK": "official"}[chunk.kind],
            )
            while chunk.value == "third" and at < len(chunks) and chunks[at].kind == "SPK":
                chunk.j, at = chunks[at].j, at + 1  # "Pentagon spokesman John Kirby"
            at = _absorb_name(chunks, at, chunk, sentence)
        elif (
            chunk.kind == "MIL" and merged and merged[-1].kind == "d" and sentence.lows[merged[-1].i] in _OWN
        ):
            at += 1
            chunk = Chunk("S", chunk.i, chunk.j, side="own", weak=True)
        else:
            at += 1
        merged.append(chunk)
    if True in [chunk.weak for chunk in merged]:
        merged = _of_whom(merged, sentence)
    if (
        "under" not in sentence.lows
        and _CONTROLS.isdisjoint(sentence.lows)
        and "CTRL" not in [chunk.kind for chunk in merged]
    ):
        return merged
    return _control(merged, sentence, lexicon)


def _of_whom(chunks: list[Chunk], sentence: Sentence) -> list[Chunk]:
    """ "Fighters of the Fano militia" are Fano's, whoever "fighters" usually are."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        look = at + 1
        if (
            chunk.kind == "S"
            and chunk.weak
            and look < len(chunks)
            and sentence.lows[chunks[look].i] in {"of", "from"}
        ):
            look += 1
            while look < len(chunks) and chunks[look].kind == "d":
                look += 1
            if look < len(chunks) and chunks[look].kind == "S" and not chunks[look].weak:
                chunk.side, chunk.j, chunk.weak = chunks[look].side, chunks[look].j, False
                at = look
        made.append(chunk)
        at += 1
    return made


def _side(chunks: list[Chunk], at: int, sentence: Sentence, lexicon: Lexicon) -> tuple[Chunk, int]:
    first = chunks[at]
    side = first.side
    after = at + 1
    # "Taliban-held Kunduz"
    if (
        after + 1 < len(chunks)
        and chunks[after].kind == "-"
        and sentence.lows[chunks[after + 1].i] in _HOLDING
    ):
        return Chunk("HELD", first.i, chunks[after + 1].j, side=side), after + 2
    look = after
    possessive = look < len(chunks) and chunks[look].kind == "'s"
    if possessive:
        look += 1
    while look < len(chunks) and (
        chunks[look].kind in {"ADJ"}
        or (chunks[look].kind in {"w", "x", "num"} and sentence.lows[chunks[look].i] in lexicon.adjectives)
        or (chunks[look].kind in {"SIDE"} and chunks[look].value == "adj" and chunks[look].side == side)
        or (
            chunks[look].kind in {"x"}
            and sentence.lows[chunks[look].i]
            in {
                "national",
                "security",
                "special",
                "armed",
                "ground",
                "elite",
                "local",
                "senior",
                "top",
                "military",
                "political",
                "chief",
                "provincial",
                "separatist",
                "airborne",
                "regular",
                "islamist",
                "defence",
                "defense",
                "interior",
                "field",
                "deputy",
                "media",
                "press",
            }
        )
    ):
        look += 1
    if (
        first.kind == "ADJ"
        and look < len(chunks)
        and chunks[look].kind == "SIDE"
        and chunks[look].side != side
    ):
        if sentence.lows[chunks[look].i : chunks[look].j] in _ANYBODYS:
            return Chunk("S", first.i, chunks[look].j, side=side), look + 1  # "a rebel army"
        return _side(chunks, look, sentence, lexicon)  # "Syrian rebels" are the rebels
    if first.kind == "SIDE" and look == after and look < len(chunks) and chunks[look].kind == "SIDE":
        own_name = _proper(sentence, chunks[look]) and sentence.words[first.j - 1].islower()
        return Chunk(
            "S", first.i, chunks[look].j, side=chunks[look].side if own_name else side
        ), look + 1  # "Islamic State jihadists" are its own; "the Amhara militia Fano" is Fano
    found = _side_noun(chunks, look)
    if (
        not found
        and first.kind == "ADJ"
        and look < len(chunks)
        and chunks[look].kind == "x"
        and not _proper(sentence, chunks[look])
    ):
        found = _side_noun(chunks, look + 1)  # "Russian infiltration groups"
    if found:
        kind, end = found
        chunk = Chunk(kind, first.i, chunks[end - 1].j, side=side, value="official" if kind == "K" else "")
        if kind == "K":
            end = _absorb_name(chunks, end, chunk, sentence)
        return chunk, end
    if first.kind == "ADJ" and look > after and chunks[look - 1].kind == "SIDE":
        return Chunk("S", first.i, chunks[look - 1].j, side=side), look  # "the Karenni resistance"
    if first.kind == "ADJ" and sentence.lows[first.j - 1] == "'s":
        return Chunk("S", first.i, first.j, side=side), after  # "Moscow's assertion"
    if first.kind == "ADJ":
        if _before_control(chunks, at + 1, sentence, lexicon):
            return Chunk("S", first.i, first.j, side=side), after
        return Chunk("x", first.i, first.j, value=sentence.lows[first.i], side=side), after
    chunk = Chunk("S", first.i, first.j, side=side)
    follower = chunks[after] if after < len(chunks) else None
    if follower is not None and follower.kind in {"x", "OUT", "CROWD"} and not _proper(sentence, follower):
        chunk.modifier = True
    return chunk, after


def _side_noun(chunks: list[Chunk], look: int) -> tuple[str, int] | None:
    """(kind, end) when a noun of soldiers or speakers stands here."""
    if look >= len(chunks):
        return None
    kind = chunks[look].kind
    if kind in _NOUNS:
        end = look + 1
        while end < len(chunks) and chunks[end].kind in _NOUNS:
            end += 1
        if end < len(chunks) and chunks[end].kind in _SPEAKERS:
            return "K", end + 1
        return "S", end
    if kind in _SPEAKERS:
        return "K", look + 1
    if (
        kind == "SIDE"
        and chunks[look].j - chunks[look].i == 1
        and look
        and chunks[look - 1].kind in {"SIDE", "ADJ"}
        and chunks[look].side == chunks[look - 1].side
    ):
        return "S", look + 1
    return None


def _before_control(chunks: list[Chunk], at: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    while at < len(chunks) and (chunks[at].kind == "'s" or sentence.lows[chunks[at].i] in lexicon.firm):
        at += 1
    if at < len(chunks) and (
        chunks[at].kind in {"CTRL", "N"}
        or sentence.lows[chunks[at].i] in {"occupation", "rule", "hands", "control"}
    ):
        return True
    return (
        at < len(chunks)
        and chunks[at].kind == "V"
        and chunks[at].value in {"hold"}
        and sentence.lows[chunks[at].i] == "control"
    )


def _other(chunks: list[Chunk], at: int, sentence: Sentence) -> tuple[Chunk, int]:
    look = at + 1
    if look < len(chunks) and chunks[look].kind == "-":  # "US-backed forces" are not US forces
        end = min(look + 2, len(chunks))
        return Chunk("w", chunks[at].i, chunks[end - 1].j), end
    while look < len(chunks) and (
        chunks[look].kind == "OTHER"
        or (
            chunks[look].kind == "x"
            and chunks[look].j < len(sentence.lows)
            and look + 1 < len(chunks)
            and chunks[look + 1].kind in _NOUNS
        )
    ):
        look += 1
    if look < len(chunks) and chunks[look].kind in _NOUNS:
        return Chunk("O", chunks[at].i, chunks[look].j), look + 1
    if look < len(chunks) and chunks[look].kind in _SPEAKERS:
        return Chunk("K", chunks[at].i, chunks[look].j, "third"), look + 1
    return Chunk("O", chunks[at].i, chunks[at].j), at + 1


def _weak(chunks: list[Chunk], at: int, merged: list[Chunk], sentence: Sentence) -> tuple[Chunk, int]:
    chunk = chunks[at]
    end = at + 1
    while end < len(chunks) and chunks[end].kind in _NOUNS:
        end += 1
    before = merged[-1] if merged else None
    foreign = (
        before is not None
        and before.kind == "x"
        and before.i > 0
        and sentence.words[before.i][0].isupper()
        and not before.side
    )
    if before is not None and before.kind == "P":
        before.modifier = True
    loyal = _loyal_to(chunks, end, sentence)
    if loyal is not None:
        side, end = loyal
        return Chunk("S" if side else "O", chunk.i, chunks[end - 1].j, side=side), end
    if end < len(chunks) and chunks[end].kind in _SPEAKERS:
        made = Chunk("K", chunk.i, chunks[end].j, "official", side=chunk.side)
        return made, _absorb_name(chunks, end + 1, made, sentence)
    return Chunk(
        "O" if foreign else "S", chunk.i, chunks[end - 1].j, side="" if foreign else chunk.side, weak=True
    ), end


def _loyal_to(chunks: list[Chunk], at: int, sentence: Sentence) -> tuple[str, int] | None:
    """(side, end) of "loyal to Ahmad Massoud", "opposed to the government" behind a word for fighters."""
    if at >= len(chunks) or sentence.lows[chunks[at].i] not in _LOYAL:
        return None
    look = at + 1
    while look < len(chunks) and (
        chunks[look].kind in {"p", "d"} or sentence.lows[chunks[look].i] in {"to", "with", "the"}
    ):
        look += 1
    side = chunks[look].side if look < len(chunks) and sentence.lows[chunks[at].i] != "opposed" else ""
    return side, min(look + 1, len(chunks))


def _official(chunks: list[Chunk], at: int, side: str, sentence: Sentence) -> tuple[Chunk, int]:
    chunk = Chunk("K", chunks[at].i, chunks[at].j, "official", side=side)
    end = at + 1
    while end < len(chunks) and chunks[end].kind in _SPEAKERS:
        chunk.j = chunks[end].j
        end += 1
    return chunk, _absorb_name(chunks, end, chunk, sentence)


def _absorb_name(chunks: list[Chunk], at: int, chunk: Chunk, sentence: Sentence) -> int:
    """Takes the capitalised words behind a title into it: "spokesman Zabihullah Mujahid"."""
    while at < len(chunks) and chunks[at].kind in {"x", "OFF", "num"} and _proper(sentence, chunks[at]):
        chunk.j = chunks[at].j
        at += 1
    return at


def _proper(sentence: Sentence, chunk: Chunk) -> bool:
    return sentence.words[chunk.i][0].isupper()


def _control(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """Turns "under full Taliban control" and "in the hands of the Taliban" into one ``H``."""
    merged: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if sentence.lows[chunk.i] in _INTO and chunk.kind in {"p", "b", "near"}:
            found = _held_by(chunks, at + 1, sentence, lexicon) or _simply_under(chunks, at, merged, sentence)
            if found:
                end, side = found
                low = sentence.lows[chunk.i]
                out = low in {"of", "from", "outside", "beyond"}
                if not (low == "of" and not (merged and sentence.lows[merged[-1].j - 1] == "out")):
                    merged.append(
                        Chunk("H", chunk.i, chunks[end - 1].j, side=side, value="out" if out else low)
                    )
                    at = end
                    continue
        merged.append(chunk)
        at += 1
    return merged


def _simply_under(
    chunks: list[Chunk], at: int, merged: list[Chunk], sentence: Sentence
) -> tuple[int, str] | None:
    """(end, side) of "Kherson remains under the occupiers"."""
    before = merged[-1] if merged else None
    if sentence.lows[chunks[at].i] != "under" or before is None:
        return None
    back = before.kind == "P" and sentence.lows[chunks[at].i - 1] == "back"  # "Mekelle back under TPLF"
    if (
        before.kind != "aux"
        and not back
        and not sentence.lows[before.i].startswith(("remain", "stay", "live"))
    ):
        return None
    look = at + 1
    while look < len(chunks) and chunks[look].kind == "d":
        look += 1
    if look >= len(chunks) or chunks[look].kind != "S" or not chunks[look].side or chunks[look].modifier:
        return None
    behind = chunks[look + 1].kind if look + 1 < len(chunks) else "."
    return (look + 1, chunks[look].side) if behind in {".", ",", ";", "c", "b", "p", '"'} else None


def _held_by(chunks: list[Chunk], at: int, sentence: Sentence, lexicon: Lexicon) -> tuple[int, str] | None:
    look = at
    side = ""
    steps = 0
    while look < len(chunks) and steps < 7:
        chunk = chunks[look]
        low = sentence.lows[chunk.i]
        if chunk.kind == "S" and not side:
            side = chunk.side
        elif chunk.kind == "CTRL" or (
            chunk.kind in {"N", "V", "x"} and sentence.lows[chunk.j - 1] in _CONTROLS
        ):
            if side:
                return look + 1, side
            named = _of_side(chunks, look + 1, sentence)
            bare = (
                sentence.lows[chunks[at - 1].i] == "under"
                and sentence.lows[chunks[look + 1].i : chunks[look + 1].j] != ("of",)
                if look + 1 < len(chunks)
                else False
            )
            return named or ((look + 1, "own") if bare else None)
        elif low in {"its", "their", "his", "our", "my"} and not side:
            side = "own"
        elif low in lexicon.firm or chunk.kind in {"'s", "d", "w"} or low in {"'", "and", "government"}:
            pass
        else:
            return None
        look += 1
        steps += 1
    return None


def _of_side(chunks: list[Chunk], at: int, sentence: Sentence) -> tuple[int, str] | None:
    if at < len(chunks) and sentence.lows[chunks[at].i] in {"of", "by"}:
        at += 1
        while at < len(chunks) and (
            chunks[at].kind in {"d", "w", "-", "c"}
            or (chunks[at].kind == "x" and not sentence.words[chunks[at].i][0].isupper())
            or (chunks[at].kind == "O" and [one.kind for one in chunks[at + 1 : at + 2]] == ["c"])
        ):
            at += 1  # "under the control of French and Malian troops"
        if at < len(chunks) and chunks[at].kind == "S":
            return at + 1, chunks[at].side
    return None
