"""What an operator types into a search, turned into a full-text query that cannot be malformed."""

from __future__ import annotations

import re
from typing import Final

_TERM: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def fts_query(text: str) -> str:
    """The FTS5 query for words (all of them), ``"phrases"``, ``-without`` and ``begin*``; empty for none.

    A search of nothing but ``-without`` is empty too: full-text search needs a word to begin with.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for found in _TERM.finditer(text):
        said = found["word"] if found["phrase"] is None else found["phrase"]
        term = _quoted(said, prefix=found["phrase"] is None and said.endswith("*"))
        if term:
            (unwanted if found["minus"] else wanted).append(term)
    if not wanted:
        return ""
    query = " ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _quoted(said: str, *, prefix: bool) -> str:
    """A term as an FTS5 string: nothing in it is read as an operator."""
    if not any(letter.isalnum() for letter in said):
        return ""
    # A terminal hands over bytes it cannot read as lone surrogates; the index knows none.
    sound = said.encode("utf-8", "ignore").decode("utf-8")
    bare = sound.rstrip("*").replace('"', '""').replace("\0", "")
    return f'"{bare}"*' if prefix else f'"{bare}"'
