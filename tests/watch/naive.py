"""Watch terms evaluated the slow and obvious way: word lists of the text, tried at every place."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import strategies as st

from feeds.watch.terms import Expression, Phrase, all_of, any_of, holds, none_of

WORDS = (
    "kabul",
    "herat",
    "airport",
    "bomb",
    "bomber",
    "fell",
    "Lashkar Gah",
    "U.S. troops",
    "Sana'a",
    "AND",
    "not",
    "é",
)


def _words(text: str) -> list[str]:
    """Words and the single characters between them, spaces and hyphens alike."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+|.", bare.replace("-", " "), re.DOTALL)


def found(phrase: Phrase, text: str) -> bool:
    """Whether a phrase without variants stands in a text."""
    wanted, there = _words(phrase.text), _words(text)
    while wanted and not wanted[-1].isalnum():
        wanted.pop()
    for at in range(len(there) - len(wanted) + 1):
        here = there[at : at + len(wanted)]
        if len(wanted) == 1 and phrase.open_start and phrase.open_end:
            if wanted[0] in here[0]:
                return True
            continue
        first = here[0].endswith(wanted[0]) if phrase.open_start else here[0] == wanted[0]
        last = here[-1].startswith(wanted[-1]) if phrase.open_end else here[-1] == wanted[-1]
        if len(wanted) == 1:
            if (
                (first if phrase.open_start else last)
                if phrase.open_start or phrase.open_end
                else first and last
            ):
                return True
        elif first and last and here[1:-1] == wanted[1:-1]:
            return True
    return False


def true_of(expression: Expression, text: str) -> bool:
    return holds(expression, lambda phrase: found(phrase, text))


def plain_phrases() -> st.SearchStrategy[Expression]:
    return st.builds(Phrase, st.sampled_from(WORDS), open_start=st.booleans(), open_end=st.booleans())


def expressions() -> st.SearchStrategy[Expression]:
    """Any expression, joined as the reader joins them."""
    return st.recursive(
        plain_phrases(),
        lambda parts: st.one_of(
            st.lists(parts, min_size=2, max_size=3).map(all_of),
            st.lists(parts, min_size=2, max_size=3).map(any_of),
            parts.map(none_of),
        ),
        max_leaves=8,
    )


def terms() -> st.SearchStrategy[Expression]:
    """Expressions that name something to find."""
    return expressions().filter(lambda expression: not holds(expression, lambda _: False))


def texts() -> st.SearchStrategy[str]:
    pieces = st.sampled_from(
        (
            *WORDS,
            "Kabul",
            "LASHKAR-GAH",
            "bombs",
            "firebomb",
            "Ghazni",
            "É",
            "lashkar",
            "gah",
            "us",
            "troops",
            "u.s",
        )
    )
    joints = st.sampled_from((" ", " ", " ", "-", ", ", ". ", "\n\n", "'", " – ", "/"))
    return st.lists(st.tuples(pieces, joints), max_size=12).map(
        lambda pairs: "".join(a + b for a, b in pairs)
    )
