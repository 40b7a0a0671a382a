"""The table of rules, compiled: which words, standing how, say what of a place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from feeds.errors import TheatreError
from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.tracker.lexicon import DATA

_TRIGGER: Final = re.compile(r"(~?)([a-z][a-z-]*)(!?)")
_ROLES: Final = frozenset({"S", "P", "K", "F", "W", "E", "M", "x"})
_WHO: Final = frozenset(
    {
        "S",
        "to",
        "by",
        "by-other",
        "from-other",
        "of-other",
        "object",
        "object-other",
        "other",
        "challenger",
        "defender",
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """One place in a rule: a preposition (empty: directly) and the kind of chunk it must govern."""

    preposition: str
    kind: str
    optional: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says of its place."""

    label: str
    who: str = ""
    change: bool = False
    weight: float = 1.0
    expected: bool = False
    """Only said when it is wished, planned or feared, not when it happens."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of ``rules.toml``."""

    id: str
    trigger: str
    noun: bool
    passive: bool
    left: str
    """Kind of the subject (verbs) or of what stands before (nouns); empty: whatever."""
    right: tuple[Role, ...]
    outcomes: tuple[Outcome, ...]
    says: str
    gives: str


Key = tuple[str, bool, bool]


@cache
def load_rules(path: Path = DATA / "rules.toml") -> dict[Key, tuple[Rule, ...]]:
    """Rules by (trigger class, is a noun, is passive), in the order of the file."""
    table: dict[Key, list[Rule]] = {}
    for rule in read_rules(path):
        table.setdefault((rule.trigger, rule.noun, rule.passive), []).append(rule)
    return {key: tuple(rules) for key, rules in table.items()}


def read_rules(path: Path = DATA / "rules.toml") -> list[Rule]:
    """Every rule of a file; TheatreError names the file, the line and what is wrong."""
    text = path.read_text("utf-8")
    try:
        lines = tomllib.loads(text)["rules"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise TheatreError(f"{path}: {error}") from None
    rules = []
    for line in lines:
        try:
            rules.append(_rule(line))
        except (KeyError, ValueError) as error:
            raise TheatreError(
                f"{path}, line {_line_of(text, line)}: rule {line.get('id', '?')!r}: {error}"
            ) from None
    return rules


def _line_of(text: str, line: dict[str, str]) -> int:
    needle = f'id = "{line.get("id", "")}"'
    return text[: text.find(needle)].count("\n") + 1


def _rule(line: dict[str, str]) -> Rule:
    words = line["when"].split()
    at = next(
        (
            at
            for at, word in enumerate(words)
            if word not in _ROLES and ":" not in word and not word.startswith("!") and not word.endswith("?")
        ),
        None,
    )
    if at is None or at > 1:
        raise ValueError(f"no trigger in {line['when']!r}")
    found = _TRIGGER.fullmatch(words[at])
    if found is None:
        raise ValueError(f"{words[at]!r} is no trigger")
    return Rule(
        id=line["id"],
        trigger=found[2],
        noun=bool(found[1]),
        passive=bool(found[3]),
        left=words[0] if at == 1 else "",
        right=tuple(_role(word) for word in words[at + 1 :]),
        outcomes=tuple(_outcome(part.split()) for part in line["then"].split(";")),
        says=line["says"],
        gives=line["gives"],
    )


def _role(word: str) -> Role:
    if word.startswith("!"):
        return Role(word[1:], "", absent=True)
    optional = word.endswith("?")
    preposition, _, kind = word.rstrip("?").rpartition(":")
    if kind not in _ROLES:
        raise ValueError(f"{word!r} is neither S, P, K, F, W, E, M nor x")
    return Role(preposition, kind, optional)


def _outcome(words: list[str]) -> Outcome:
    label, *rest = words
    if label not in {HOLDS, FIGHTING, THREAT}:
        raise ValueError(f"{label!r} is neither holds, fighting nor threat")
    who, change, weight, expected = "", False, 1.0, False
    for word in rest:
        if word == "expected":
            expected = True
            continue
        if word == "change":
            change = True
        elif word in _WHO:
            who = word
        else:
            weight = float(word)
    if label == HOLDS and not who:
        raise ValueError("holds needs to say who")
    return Outcome(label, who, change, weight, expected)
