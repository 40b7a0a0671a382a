"""The Admiralty code of a standing: letter for the best source, digit for the information, never one number."""

from __future__ import annotations

from typing import Final

from feeds.standing.scores import Testimony

_SECOND: Final = frozenset({"reporter", "against-interest"})


def grade(testimony: Testimony | None, state: str) -> str:
    """Two characters, ``A1`` to ``F6`` (NATO AJP-2.1: reliability of source, credibility of information).

    1 two origins and a voice that does not gain, 2 a reporter or an admission, 3 an official, witness or third
    party, 4 a claim only, 5 disputed, 6 nothing.
    """
    if testimony is None or not testimony.witnesses:
        return "F6"
    letter = min(witness.evidence.reliability for witness in testimony.witnesses)
    if state == "disputed":
        return f"{letter}5"
    voices = {witness.evidence.voice for witness in testimony.witnesses}
    if voices == {"self-serving"}:
        return f"{letter}4"
    if testimony.tellers >= 2:
        return f"{letter}1"
    return f"{letter}{2 if voices & _SECOND else 3}"
