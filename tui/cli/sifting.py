"""The board on paper, narrowed down by a filter or a saved view: the screen's grammar, and the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.errors import InputError
from feeds.evidence import Evidence
from feeds.report.sheet import Sheet
from feeds.safetext import one_line
from tui.views.filtering import Filter, parse_filter
from tui.views.names import Names, groups_of
from tui.views.subjects import standing_subject
from tui.watching import terms_by_place

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.desk import Desk


def filter_of(sheet: Sheet, desk: Desk, line: str, view: str) -> tuple[Filter, Names]:
    """The filter that a line and the name of a saved view mean together; InputError says what is wrong, and where."""
    subscriptions, views = desk.subscriptions(), desk.views()
    if view and not any(each.name.casefold() == view.casefold() for each in views):
        known = ", ".join(one_line(each.name) for each in views) or "none yet: W on the screen saves one"
        raise InputError(f"no view is called {view!r}; there are: {known}")
    names = Names.of(
        sheet.theatre,
        [each.outlet for each in subscriptions],
        [each.text for each in desk.watch_terms()],
        groups_of(subscriptions),
        {each.name: each.filter for each in views},
    )
    # A view's filter may be turned round as a whole, so that it cannot simply be put before the line.
    wanted = parse_filter(line, sheet.as_of, names)
    saved = parse_filter(f'view:"{view}"', sheet.as_of, names) if view else Filter()
    for what, each in (("--filter", wanted), ("--view", saved)):
        if each.complaints:
            raise InputError(f"{what}: {each.complaints[0]}")
    if wanted.inverted and saved.terms:
        raise InputError("--filter with ! in front does not go with --view; save both as one view")
    return replace(wanted, terms=(*saved.terms, *wanted.terms)), names


def sifted(sheet: Sheet, archive: Archive, wanted: Filter, names: Names) -> Sheet:
    """The sheet with the rows that match; its counts stay those of the whole board."""
    terms = terms_by_place(archive, sheet.theatre.id, wanted, names.terms) if wanted.watched else {}
    places = tuple(
        place
        for place in sheet.places
        if wanted.matches(
            standing_subject(
                place,
                sheet.standings[place.id],
                _words(sheet.evidence.get(place.id, ())),
                terms.get(place.id, ()),
            ),
            sheet.as_of,
        )
    )
    return replace(sheet, places=places)


def _words(evidence: Sequence[Evidence]) -> str:
    """The sentence of the strongest testimony that counts."""
    return max(evidence, key=lambda each: each.weight).sentence if evidence else ""
