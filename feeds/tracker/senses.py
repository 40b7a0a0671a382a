"""Which sense of a trigger its neighbours give: "holds it under siege", "took it off the list", "lost in Geneva"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.arguments import Argument
from feeds.tracker.chunks import Chunk
from feeds.tracker.rules import Rule
from feeds.tracker.tokens import Sentence

_BACK_AND_FORTH = frozenset({"again", "twice", "times", "repeatedly", "between", "whether", "several"})
_POLLS: Final = frozenset("election elections vote poll polls match race referendum primary".split())
_NETS: Final = frozenset(
    "phone network networks internet power electricity water grid telephone mobile banking".split()
)
_OF_IT: Final = frozenset(
    "posts camp camps ring talks parade match march vote rally summit trial election elections referendum ceremony".split()
)
"""What makes the city before it the owner of something, where the thing itself is not seen as a noun."""
_LOST_SO: Final = frozenset("to on this last in late early yesterday again at since , so".split())
"""What goes on behind "lost" when what was lost stands before it."""
_RELIEVED: Final = frozenset(
    "rotation rotated rotates relieved relieves replaced replaces rest refit training".split()
)
_OWNED_UP: Final = frozenset("admits admitted admitting confirms confirmed acknowledges acknowledged".split())
"""What makes the "leaving" behind it the speaker's own: "army admits leaving El Fasher"."""
_OFF_THE: Final = ("off", "the")
_LISTS: Final = frozenset(
    {"agenda", "table", "list", "menu", "map", "maps", "schedule", "itinerary", "calendar", "air"}
)


def _is_of_it(behind: list[Argument], sentence: Sentence) -> bool:
    """Is what is taken the city's, and not the city?"""
    place = behind[0].chunk if behind else None
    if place is None or place.kind != "P" or place.partial:
        return False  # of its districts it is said that there is fighting
    return sentence.lows[place.j : place.j + 1] == ("'s",)


def _is_held_so(behind: list[Argument], sentence: Sentence) -> bool:
    """Is a city not held, but held under siege, at bay, hostage?"""
    place = behind[0].chunk if behind else None
    if place is None or place.kind not in {"P", "C", "PR"}:
        return False
    after = sentence.lows[place.j : place.j + 3]
    drawn = after[:1] == ("to",) and len(after) > 1 and after[1][0].isdigit()  # "Iraq hold Basra to 1-1"
    return drawn or after[:1] in _HELD_AS or after[:2] in _HELD_UNDER


_HELD_AS: Final = {(word,) for word in "hostage captive accountable responsible besieged encircled".split()}
_HELD_UNDER: Final = frozenset(
    {("under", what) for what in "siege blockade fire bombardment encirclement attack shelling".split()}
    | {("to", "ransom"), ("to", "account"), ("at", "bay"), ("in", "check"), ("at", "gunpoint")}
    | {("in", what) for what in "fear terror thrall suspense awe esteem".split()}
)


def is_other_sense(rule: Rule, trigger: Chunk, behind: list[Argument], sentence: Sentence) -> bool:
    """Do the neighbours give a trigger a sense that a rule does not mean?"""
    if (
        behind
        and behind[0].chunk.kind == "P"
        and not _OF_IT.isdisjoint(sentence.lows[behind[0].chunk.j :][:1])
    ):
        return True  # "troops abandon Herat posts", "the RSF seized El Fasher camp"
    if rule.trigger in {"take", "retake", "lose", "abandon", "hold"} and _is_of_it(behind, sentence):
        return any(one.label == HOLDS for one in rule.outcomes)  # "seized Nyala's prisoners"
    if rule.trigger in {"hold", "control"} and _is_held_so(behind, sentence):
        return True  # "holds El Obeid under siege", "to ransom"
    return _is_sense_of_rule(rule, trigger, behind, sentence) or _is_sense_of_leaving(
        rule, trigger, behind, sentence
    )


def _is_sense_of_rule(rule: Rule, trigger: Chunk, behind: list[Argument], sentence: Sentence) -> bool:
    """Does what stands behind the trigger give another sense to what a rule makes of it?"""
    if rule.id in {"take-passive", "lose-passive"} and not _BACK_AND_FORTH.isdisjoint(
        sentence.lows[trigger.j : trigger.j + 4]
    ):
        return True  # "the port has been taken and lost twice"
    if rule.id == "lose-passive" and trigger.begin == trigger.i and _is_game(trigger, sentence):
        return True  # "Juba lost in Geneva and won in Nairobi"
    if rule.trigger == "sever" and any(one.preposition == "from" for one in behind):
        return True  # "cutting the road from El Obeid to Omdurman"
    if rule.id == "next" and sentence.lows[trigger.i] in {"is", "are"}:
        after = sentence.lows[trigger.j : trigger.j + 2]
        return ":" in after or '"' in after  # "Kurakhove is next: the Russians are in it"
    if rule.id == "besiege-passive" and sentence.lows[trigger.j : trigger.j + 1] == ("from",):
        return not _NETS.isdisjoint(sentence.lows[trigger.j : trigger.j + 6])  # "cut off from phone network"
    if rule.id == "enter-near" and _is_far(behind, sentence):
        return True  # "stormed an outpost in the bush some 35 km from Bulo Burde"
    if rule.trigger == "takeover" and not _POLLS.isdisjoint(sentence.lows):
        return True  # "claims victory in the Kabul vote"
    if rule.id == "takeover-in" and "both" in sentence.lows[: trigger.i]:
        return True  # "Lysychansk: Russia and Ukraine both claim control"
    if rule.trigger == "take" and ("by", "surprise") in pairwise(sentence.lows[trigger.j : trigger.j + 6]):
        return True  # "take Kabul by surprise"
    if rule.trigger == "take" and _OFF_THE in pairwise(sentence.lows[trigger.j : trigger.j + 6]):
        return not _LISTS.isdisjoint(sentence.lows[trigger.j : trigger.j + 9])  # "took Marib off the agenda"
    # "Nyala lost two teachers to RSF shells"
    return rule.id == "lost-to" and not _LOST_SO.intersection(sentence.lows[trigger.j : trigger.j + 1])


def _is_sense_of_leaving(rule: Rule, trigger: Chunk, behind: list[Argument], sentence: Sentence) -> bool:
    """Do they leave, surrender or change for another reason than that a city is given up?"""
    if rule.trigger in {"leave", "quit"} and not _RELIEVED.isdisjoint(sentence.lows):
        return True  # "a brigade leaves Lyman for a rest, another takes its place"
    if rule.id == "surrender" and any(one.preposition == "to" for one in behind):
        return True  # "surrendered to the snow"
    if rule.trigger == "takeover" or rule.id == "surrender":
        return has_object(behind)  # "took over the palace in Kabul", "Kyiv gives up territory"
    if sentence.lows[trigger.i : trigger.j + 1] == ("freed", "of"):
        return not any(one.chunk.kind in {"S", "E"} for one in behind)  # "the city was freed of polio"
    if rule.trigger == "redeploy" and trigger.form == "ing" and sentence.lows[trigger.i - 1] in {"a", "the"}:
        return True  # "what it called a regrouping of its troops"
    if rule.id == "changed-hands":
        again = "time" in sentence.lows[trigger.j : trigger.j + 6]  # "for the third time in a year"
        return again or not _BACK_AND_FORTH.isdisjoint(sentence.lows)
    if rule.trigger == "leave" and _moves_others(rule, behind):
        return True
    # "leaving Kharkiv without power", "left Jenin after a raid"
    if rule.id == "quit" and sentence.lows[trigger.i - 1] in _OWNED_UP:
        return False
    return rule.id == "quit" and (trigger.form == "ing" or "raid" in sentence.lows[trigger.j :])


def _is_game(trigger: Chunk, sentence: Sentence) -> bool:
    """Did a city not get lost, but lose: "lost in Geneva", "lost 2-1"?"""
    after = sentence.words[trigger.j : trigger.j + 2]
    return len(after) > 1 and (after[0][0].isdigit() or (after[0] == "in" and after[1][0].isupper()))


def _is_far(behind: list[Argument], sentence: Sentence) -> bool:
    """Does a number of kilometres stand before a place, more than one walks?"""
    for one in behind:
        if one.chunk.kind == "P" and one.chunk.near:
            ahead = sentence.lows[max(0, one.chunk.i - 4) : one.chunk.i]
            for word, unit in pairwise(ahead):
                if unit in _LENGTHS and word.isdecimal() and int(word) >= _FAR:
                    return True
    return False


_LENGTHS: Final = frozenset("km kilometres kilometers kilometre miles".split())
_FAR: Final = 25


def has_object(behind: list[Argument]) -> bool:
    """Does a trigger govern something directly?"""
    return bool(behind) and behind[0].preposition == ""


def _moves_others(rule: Rule, behind: list[Argument]) -> bool:
    """ "Evacuated staff from Kabul", "pulled prisoners out of": others left, not the one who acts."""
    from_place = any(role.preposition == "from" for role in rule.right)
    return from_place and has_object(behind) and behind[0].chunk.kind not in {"S", "MIL"}
