"""The tellings that are most like one, and how alike they are: what threads of general news are made of."""

from __future__ import annotations

from typing import Final

KEPT: Final = 8
"""Tellings remembered for each: the likest."""
UNIT: Final = 10_000
"""Likeness is counted in parts of so many: sums of whole numbers do not depend on their order."""
SPARSE: Final = UNIT // 20
"""Crowding that is assumed where there is less."""


class Kin:
    """How alike the likest others are, by their id."""

    __slots__ = ("_least", "alike")

    def __init__(self) -> None:
        """Starts with none."""
        self.alike: dict[str, int] = {}
        self._least = 0
        """That of the least alike when there is no room left."""

    @property
    def crowding(self) -> float:
        """Mean likeness of the eight likest: high for a story that stands among many that are alike."""
        return max(SPARSE, sum(self.alike.values()) / KEPT)

    def add(self, story: str, alike: int) -> None:
        """Remembers one more; where there is no room, the least alike is forgotten for it."""
        kept = self.alike
        if len(kept) >= KEPT:
            if alike <= self._least:
                return
            del kept[min(kept, key=kept.__getitem__)]
        kept[story] = alike
        if len(kept) >= KEPT:
            self._least = min(kept.values())
