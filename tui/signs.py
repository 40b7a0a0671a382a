"""What every sign, letter and figure of each panel means; the help shows those of where one stands first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui.states import LOOKS, glyph_of

Meaning = tuple[str, str]
"""What stands on the screen, and what it means."""

_GRADE: Final = (
    "B2",
    "grade: how reliable the best outlet is, A to F; 1 told by two origins, 2 by a reporter, 4 a claim only, 5 disputed",
)
_STRENGTH: Final = (".91", "strength of the reporting, not a probability of truth")
_CHANGED: Final = ("*", "changed during the shift and nobody has looked since; m says that it was seen")
_TOLD: Final = ("7/3", "7 outlets ran it, 3 tell it independently of each other")
_RELIABILITY: Final = (
    "A to F",
    "how reliable the outlet is, as its feed was rated: A best, E worst, F not rated",
)

SIGNS: Final[Mapping[str, tuple[Meaning, ...]]] = {
    "board": (
        _CHANGED,
        ("sign and word", "the state of the capital; all of them are under States, below"),
        ("Taliban?", "holder: only that side's own claim says so; split: both are said to hold it"),
        _GRADE,
        _STRENGTH,
        ("for 3h", "since when the state stands"),
        _TOLD,
        ("[fighting]", "before the words: fighting is told of in a captured city since it fell"),
        ("[stale]", "nothing was told of it for long; the state is the last one known"),
        ("[review]", "set by hand, and the reports now say otherwise: look again"),
        ("[set by hand: …]", "an operator's word and not the reports'; o sets it, O lifts it"),
        ("[ben has it]", "somebody took it in hand with A"),
        ("reported 11 of 34", "somebody counts 11 captures; named 9: so many rows say so, the rest is still missing"),
        ("rows have moved", "the order is another by now and waits while somebody is in the list; r sorts"),
    ),
    "wire": (
        ("•", "nobody has read the story; no sign: somebody has"),
        ("f ! x", "in the first cell: flagged, escalated, dismissed"),
        ("+", "marked, for the next key to do something to all that are"),
        ("18:06", "when it was told; the day, when that was not today"),
        _RELIABILITY,
        ("! c w", "before the headline: the wire calls it urgent, corrected, withdrawn"),
        ("K", "behind the headline, a letter in colour: a watch term that begins with it was found, the gravest of several"),
        _TOLD,
        ("3 new, r", "so many stories came since somebody is in the list; r lets them in, and nothing moves before"),
        ("145 unread", "those that wait are among them; 4,980+: of the newest 5,000, older ones are not counted"),
    ),
    "story": (
        _RELIABILITY,
        ("2 outlets, 1 origins", "who ran it, and how many of them tell it on their own"),
        ("it moved …", "the capital whose state changed by this story"),
        ("bold in colour", "a place, in the text; underlined: words that a rule went by; else a watch term"),
        ("versions", "what each later text says otherwise than the one before"),
        ("copy", "the same article elsewhere, and how many words are others; own telling: written anew"),
    ),
    "evidence": (
        ("▸", "a sentence that counts for the state now; without it: older, weaker or the same origin again"),
        _RELIABILITY,
        ("against interest", "who speaks: one who loses by it; self serving: one who gains; reporter, official, witness, third party"),
        (".92", "weight of the sentence when it was told; beside a heading, the score of all that say so"),
        ("hedged negated", "how it is said: with doubt, or denied"),
        ("change of hands", "says that the city was taken, not only who is in it"),
        ("muted", "an operator said that it does not count; X mutes, and gives back"),
        ("underlined", "the words that the rule below went by"),
        ("rule D2", "in the history: which rule of the board changed the state"),
    ),
    "map": (
        ("colour of a province", "the state of its capital; cities have their sign as well"),
        ("Herat*", "changed during the shift and nobody has looked since"),
        ("Kabul, Charikar", "cities that share one cell; Kabul +2: and two more that find no room"),
        ("some borders approximate", "provinces newer than the borders at hand are drawn by their nearest capital"),
    ),
    "timeline": (
        ("a sign in a band", "where a state began; the band in its colour: as long as it stood"),
        ("bars", "stories that came in, cell by cell; below them how often each watch term was found"),
        ("max 4", "what the highest bar stands for"),
        _CHANGED,
    ),
    "shift": (
        ("held → captured", "what a capital was at the start of the shift, and is now"),
        ("New events", "stories that opened a thread, those first that most origins tell"),
        ("Open", "escalated or flagged, set by hand, to be reviewed"),
    ),
}  # fmt: skip
"""By panel; what is the same in several stands in each of them."""

TITLES: Final[Mapping[str, str]] = {
    "board": "On the board",
    "wire": "In the wire",
    "story": "In a story",
    "evidence": "In the evidence",
    "map": "On the map",
    "timeline": "On the timeline",
    "shift": "In what the shift brought",
}
"""The heading of each panel's signs."""


def states(*, ascii_only: bool) -> tuple[Meaning, ...]:
    """Each state with its sign and its letter."""
    return tuple(
        (f"{glyph_of(each.state, ascii_only=ascii_only)} {each.letter} {each.state}", each.meaning)
        for each in LOOKS
    )
