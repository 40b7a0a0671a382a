"""The desk's watch terms at work: they look at every story that comes in, and at what came before they were there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from feeds.archive import WatchLog
from feeds.errors import DeskError, TermError
from feeds.story import Story
from feeds.watch.backfill import backfill, hits_of
from feeds.watch.matcher import Matcher
from feeds.watch.parsing import parse
from feeds.watch.terms import Expression, term_id
from feeds.watched import Hit, WatchTerm

Terms: TypeAlias = Callable[[], Sequence[WatchTerm]]
"""Gives the terms to watch for; asked again before every batch, so that the desk may change."""

_SECONDS: Final = 0.2
"""Given to older stories at a time: a story that comes in waits no longer than that."""


def no_terms() -> Sequence[WatchTerm]:
    """Nothing to watch for."""
    return ()


def read_terms(terms: Iterable[WatchTerm]) -> tuple[dict[str, Expression], dict[str, str]]:
    """Expressions by id, and for each term that does not parse, by its text, what is wrong with it."""
    expressions: dict[str, Expression] = {}
    broken: dict[str, str] = {}
    for term in terms:
        try:
            expression = parse(term.text)
        except TermError as error:
            broken[term.text] = str(error)
        else:
            expressions[term_id(expression)] = expression
    return expressions, broken


class Watcher:
    """Finds the terms in stories; used by one thread at a time."""

    def __init__(self, log: WatchLog, terms: Terms = no_terms, *, seconds: float = _SECONDS) -> None:
        """``seconds`` are given to older stories in one :meth:`catch_up`."""
        self._log = log
        self._terms = terms
        self._seconds = seconds
        self._known: Sequence[WatchTerm] | None = None
        self._expressions: dict[str, Expression] = {}
        self._matcher: Matcher | None = None
        self._behind = True

    def look(self) -> dict[str, str]:
        """Take the terms as they are now; by text, those newly found broken, and what is wrong with each.

        From the moment this returns the archive holds it for looked through: what is written next must be given to
        :meth:`hits` first.
        """
        try:
            terms = tuple(self._terms())
        except DeskError:
            if self._known is None:
                raise
            return {}  # a desk broken while it is edited: go on with the terms known
        if terms == self._known:
            return {}
        expressions, broken = read_terms(terms)
        matcher = Matcher(expressions) if expressions else None
        self._log.follow(expressions)
        self._known, self._expressions, self._matcher = terms, expressions, matcher
        self._behind = bool(expressions)
        return broken

    def hits(self, stories: Iterable[Story]) -> list[Hit]:
        """The hits in stories that are about to be written."""
        if self._matcher is None:
            return []
        return [hit for story in stories for hit in hits_of(self._matcher, story)]

    def catch_up(self) -> None:
        """Look for a moment through what came in before a term was there; nothing when that is done."""
        if self._behind:
            progress = backfill(self._log, self._expressions, seconds=self._seconds)
            self._behind = progress.done < progress.of
