"""Which of the operators' actions are in force."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.evidence import Action


def in_force(journal: Iterable[Action]) -> list[Action]:
    """The actions that were not undone, oldest first; undos themselves are left out."""
    undone: set[int] = set()
    kept: list[Action] = []
    for action in sorted(journal, key=lambda action: action.seq, reverse=True):
        if action.seq in undone:
            continue
        if action.kind == "undo":
            undone.add(int(action.value))
        else:
            kept.append(action)
    return kept[::-1]
