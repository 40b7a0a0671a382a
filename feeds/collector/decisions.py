"""The operators' decisions as the board takes them: one after the other, undone ones turned into their contrary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from feeds.evidence import Action

_CONTRARY: Final = {"override": "lift", "mute": "unmute", "unmute": "mute"}
_KINDS: Final = frozenset({*_CONTRARY, "lift", "retract", "refold"})
"""Kinds of action that move a board."""
DONE: Final = frozenset({"retract", "refold"})
"""Those of them that whoever wrote them has heeded."""


def effective(journal: Iterable[Action]) -> list[Action]:
    """The journal, in its order, with what a board can apply: an undone override is lifted, a lifting undone is the
    override again, an undo undone does it again.
    """
    by_seq: dict[int, Action] = {}
    overrides: dict[tuple[str, str], Action] = {}
    found: list[Action] = []
    for action in sorted(journal, key=lambda action: action.seq):
        step = _undoing(action, by_seq, overrides) if action.kind == "undo" else action
        by_seq[action.seq] = step or action
        if step is None or step.kind not in _KINDS:
            continue
        if step.kind == "override":
            overrides[step.theatre, step.place] = step
        found.append(step)
    return found


def _undoing(
    undo: Action, by_seq: dict[int, Action], overrides: dict[tuple[str, str], Action]
) -> Action | None:
    """The action that takes another back; None when it moves no board."""
    target = by_seq.get(int(undo.value)) if undo.value.isdecimal() else None
    if target is None:
        return None
    if target.kind == "lift":
        before = overrides.get((target.theatre, target.place))
        return replace(before, at=undo.at, seq=undo.seq, who=undo.who) if before else None
    if target.kind in _CONTRARY:
        return replace(target, kind=_CONTRARY[target.kind], at=undo.at, seq=undo.seq, who=undo.who)
    return None
