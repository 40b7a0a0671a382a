"""What somebody took back, did not say, or could not say: "withdraws a line that", "could not confirm that", "rumours that"."""

from __future__ import annotations

from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import NEGATIONS
from feeds.tracker.denial import ENDS
from feeds.tracker.tokens import Sentence

_TAKES_BACK: Final = frozenset(
    """withdraws withdrew withdrawing deletes deleted deleting retracts retracted retracting apologised apologized
    apologises apologizes suspended sacked fined""".split()
)
_PRINTED: Final = frozenset(
    """line alert post posts tweet story report item bulletin ticker headline broadcast message statement announcement
    announcing announced reporting reading saying""".split()
)
_ANNOUNCES: Final = frozenset({"announce", "report", "declare"})
_CONFIRMS: Final = frozenset({"confirm", "verify", "establish"})
_RUMOURS: Final = frozenset({"rumour", "rumours", "rumor", "rumors"})
_BACK_TO: Final = 6
"""Words between "not confirm" and what is not confirmed, at most."""


def is_unsaid(trigger: Chunk, sentence: Sentence) -> bool:
    """Does nobody stand by it any more, or yet?"""
    ahead = sentence.lows[: trigger.begin]
    if not ENDS.isdisjoint(ahead):
        return False
    return (
        _is_taken_back(ahead)
        or _is_not_announced(ahead)
        or (not _RUMOURS.isdisjoint(ahead[:1]) and "that" in ahead)
        or (trigger.modal and trigger.perfect and "how" in ahead[-_BACK_TO:])
    )


def _is_taken_back(ahead: tuple[str, ...]) -> bool:
    """ "Has deleted a post which said that the army …", "apologised after its ticker announced that …"."""
    at = next((at for at, low in enumerate(ahead) if low in _TAKES_BACK), None)
    if at is None:
        return False
    between = ahead[at + 1 :]
    return not _PRINTED.isdisjoint(between) and "that" in between and "and" not in between


def _is_not_announced(ahead: tuple[str, ...]) -> bool:
    """ "Did not announce the capture of", "could not confirm that it had fallen"."""
    for at, low in enumerate(ahead):
        if low in _ANNOUNCES:
            after = ahead[at + 1 :] in {(), ("the",), ("its",), ("that",)}
        elif low in _CONFIRMS:
            after = (
                ahead[at + 1 : at + 2] in {("that",), ("whether",), ("if",)} and len(ahead) - at <= _BACK_TO
            )
        else:
            continue
        if after and not NEGATIONS.isdisjoint(ahead[max(0, at - 3) : at]):
            return True
    return False
