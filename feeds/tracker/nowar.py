"""Words of war where there is none: a photographer's Kherson, a town felled by an earthquake, another century's siege."""

from __future__ import annotations

import re
from typing import Final

from feeds.tracker.scene import Claim, Scene

UNSAID: Final = frozenset("fall fall-of fall-s gone lose-passive loss-of take-passive take-of-bare".split())
"""Rules that give a place to the challenger because nobody is named."""
_ARTS: Final = frozenset(
    "photographer photographers exhibition gallery painter novelist festival album camera lens photos watercolours watercolors".split()
)
_DISASTER: Final = re.compile(
    r"\b(?:earthquake|magnitude|aftershocks?|cyclone|hurricane|tsunami|volcano|eruption|landslides?)\b",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"\b1[5-9]\d\d\b|\b20[0-4]\d\b")
_THEN: Final = frozenset({"by", "then", "within", "soon", "that", "hours"})
"""How a sentence begins that goes on with the day of the one before."""


def is_of_no_war(claim: Claim, scene: Scene, before: str, story: str) -> bool:
    """Is a claim without anybody who takes the place of no war: of a picture, a disaster, another century?

    ``before`` is the last sentence before that names a place, ``story`` the whole text.
    """
    lows = scene.sentence.lows
    if claim.rule == "garrison" and _DISASTER.search(story):
        return True
    if not lows or any(chunk.kind == "S" for chunk in scene.chunks):
        return False
    if claim.rule in UNSAID and (not _ARTS.isdisjoint(lows) or _DISASTER.search(story)):
        return True
    if lows[0] not in _THEN or claim.rule not in UNSAID:
        return False
    ago = [int(year) for year in _YEARS.findall(before)]
    return bool(ago) and max(ago) < scene.today.year - 1
