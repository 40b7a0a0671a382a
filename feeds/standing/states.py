"""Which state a place is in: rules D1 to D8, the first that fires, with what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.standing.scores import FIGURES, NOTHING, Label, Score

_STATES: Final = FIGURES["states"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state, who holds the place in it, the rule that fired and the label whose score is its strength."""

    state: str
    holder: str
    rule: str
    label: Label


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores of one place, as the rules ask for them."""

    scores: dict[Label, Score]
    owner: str
    """Side that held the place at the theatre's start."""

    @property
    def gainer(self) -> Label:
        """The best witnessed holder other than the owner; a label without side when there is none."""
        others = [
            (score.value, label)
            for label, score in self.scores.items()
            if label[0] == HOLDS and label[1] != self.owner
        ]
        return max(others)[1] if others else (HOLDS, "")

    def of(self, label: Label) -> Score:
        """The score of a label; nothing when nobody spoke of it."""
        return self.scores.get(label, NOTHING)


def decide(weighed: Weighed, before: str) -> Verdict | None:
    """The state that the scores call for, or None when it stays as it was (D2 to D8; D1 is the board's)."""
    gainer = weighed.gainer
    owner = (HOLDS, weighed.owner)
    a = weighed.of(gainer).value
    g = weighed.of(owner).value
    captured = before == "captured"
    if a >= _STATES["captured"] and g < a / 2 and weighed.of(gainer).disinterested:
        return Verdict("captured", gainer[1], "D2", gainer)
    if _is_disputed(a, g, captured=captured):
        return Verdict("disputed", "", "D3", gainer if a >= g else owner)
    if a >= _STATES["claimed"] and not captured and g < a:
        return Verdict("claimed", gainer[1], "D4", gainer)
    lost = before in {"captured", "disputed", "claimed"}
    admitted = weighed.of(owner).disinterested and weighed.of(owner).change
    if lost and g > a + _STATES["retaken-margin"] and (admitted or not captured):
        return Verdict("retaken" if captured else "held", weighed.owner, "D5", owner)
    if captured:
        return None
    f = weighed.of((FIGHTING, "")).value
    if f >= _STATES["contested"] or (before == "contested" and f >= _STATES["contested-until"]):
        return Verdict("contested", weighed.owner, "D6", (FIGHTING, ""))
    t = weighed.of((THREAT, "")).value
    if before in {"claimed", "disputed", "retaken"} and g < _STATES["held"]:
        return None
    if t >= _STATES["threatened"] or (before == "threatened" and t >= _STATES["threatened-until"]):
        return Verdict("threatened", weighed.owner, "D7", (THREAT, ""))
    if g >= _STATES["held"] and before != "retaken":
        return Verdict("held", weighed.owner, "D8", owner)
    return None


def _is_disputed(a: float, g: float, *, captured: bool) -> bool:
    if a < _STATES["disputed-against"]:
        return False
    if captured:
        return g >= _STATES["disputed-once-captured"] and g >= _STATES["disputed-share"] * a
    return g >= _STATES["disputed-for"]
