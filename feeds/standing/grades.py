"""The Admiralty code of a standing: letter for the best source, digit for the information, never one number."""

from __future__ import annotations

from feeds.standing.scores import Score

_SECOND = frozenset({"reporter", "against-interest"})


def grade(score: Score, state: str) -> str:
    """Two characters, ``A1`` to ``F6`` (NATO AJP-2.1: reliability of source, credibility of information).

    1 two origins and a voice that does not gain, 2 a reporter or an admission, 3 an official, witness or third
    party, 4 a claim only, 5 disputed, 6 nothing.
    """
    if not score.witnesses:
        return "F6"
    letter = min(witness.evidence.reliability for witness in score.witnesses)
    if state == "disputed":
        return f"{letter}5"
    voices = {witness.evidence.voice for witness in score.witnesses}
    if len(score.witnesses) >= 2 and score.disinterested:
        return f"{letter}1"
    if voices & _SECOND:
        return f"{letter}2"
    return f"{letter}{3 if score.disinterested else 4}"
