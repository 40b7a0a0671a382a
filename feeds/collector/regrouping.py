"""Operators' splits and merges carried out, and taken back when they are undone.

The journal says what is decided and what was done about it: each story that a decision moved has a line ``refold`` with
its fold after and before. So whoever starts next knows what is still to be done, and how to take it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from feeds.archive import Archive, Batch, in_force
from feeds.dedupe.regroup import Refold, merge, split, take_back
from feeds.evidence import Action
from feeds.story import Fold

_DECISIONS: Final = ("split", "merge")
_UNDONE: Final = "undo"
REFOLD: Final = "refold"
"""Kind of the lines that say what was done."""
_WHO: Final = "collector"
_NOBODY: Final = "-"


@dataclass(slots=True)
class _Done:
    """What the journal says was last done about one decision."""

    by: str
    """The decision's kind, or ``undo``."""
    refolds: list[Refold] = field(default_factory=list)


def pending(journal: Sequence[Action]) -> list[Action]:
    """The splits and merges to be carried out, oldest first, after those to be taken back, newest first."""
    done = _done(journal)
    wanted = {one.seq for one in in_force(journal)}
    decisions = [one for one in journal if one.kind in _DECISIONS]
    back = [one for one in decisions if one.seq not in wanted and _stands(done, one)]
    return [*reversed(back), *(one for one in decisions if one.seq in wanted and not _stands(done, one))]


def held(journal: Sequence[Action]) -> frozenset[str]:
    """The stories whose threads an operator has had a hand in: likeness alone moves nobody out of those."""
    found: set[str] = set()
    for one in _done(journal).values():
        if one.by != _UNDONE:
            for refold in one.refolds:
                found.update((refold.after.story, refold.before.thread, refold.after.thread))
    return frozenset(found)


def carry_out(archive: Archive, decision: Action, journal: Sequence[Action], now: datetime) -> Batch:
    """What carrying out a decision, or taking it back, changes in the archive as it is; empty when it changes nothing."""
    done = _done(journal).get(decision.seq)
    by = decision.kind
    if done is not None and done.by != _UNDONE:
        by, refolds = _UNDONE, take_back(done.refolds, archive.fold_of, archive.thread)
    elif decision.kind == "split":
        fold = archive.fold_of(decision.story)
        refolds = split(decision.story, archive.thread(fold.thread)) if fold else []
    else:
        into, its = archive.fold_of(decision.value), archive.fold_of(decision.story)
        refolds = merge(archive.thread(into.thread), archive.thread(its.thread)) if into and its else []
    return Batch(
        folds=[one.after for one in refolds],
        actions=[
            Action(REFOLD, _WHO, now, story, theatre, value=_written(one), reason=f"{by} {decision.seq}")
            for one in refolds
            for story in [one.after.story]
            for theatre in sorted(
                {decision.theatre, *(piece.theatre for piece in archive.evidence(story=story))}
            )
        ],
    )


def folds_told(archive: Archive, journal: Sequence[Action], after_seq: int) -> list[Fold]:
    """The folds, as they are now, of stories that lines of the journal behind a position say were moved."""
    stories = dict.fromkeys(line.story for line in journal if line.kind == REFOLD and line.seq > after_seq)
    return [fold for story in stories if (fold := archive.fold_of(story))]


def _done(journal: Iterable[Action]) -> dict[int, _Done]:
    """What was done about each decision, from the lines that say so."""
    found: dict[int, _Done] = {}
    for line in journal:
        by, _, number = line.reason.partition(" ")
        if line.kind != REFOLD or not number.isdecimal():
            continue
        done = found.get(int(number))
        if done is None or done.by != by:
            done = found[int(number)] = _Done(by)
        refold = _read(line)
        if refold is not None and refold not in done.refolds:
            done.refolds.append(refold)
    return found


def _stands(done: dict[int, _Done], decision: Action) -> bool:
    one = done.get(decision.seq)
    return one is not None and one.by != _UNDONE


def _written(refold: Refold) -> str:
    """A fold after and before, as a line of the journal has it; the first three words are what the board reads."""
    return " ".join(
        word or _NOBODY
        for fold in (refold.after, refold.before)
        for word in (fold.thread, fold.copy_of, fold.origin)
    )


def _read(line: Action) -> Refold | None:
    words = line.value.split()
    if len(words) != 6:
        return None
    after, before = (
        Fold(line.story, thread, None if copy_of == _NOBODY else copy_of, origin)
        for thread, copy_of, origin in (words[:3], words[3:])
    )
    return Refold(before, after)
