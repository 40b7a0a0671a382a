"""The names that a filter may speak of, as they are now: places, sides, outlets, terms, groups of feeds, saved views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feeds.evidence import STATES
from feeds.story import Subscription
from feeds.theatres.model import Theatre


@dataclass(frozen=True, slots=True)
class Names:
    """What exists; empty where nothing is known."""

    places: tuple[str, ...] = ()
    """Ids of places."""
    regions: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    """Ids of sides."""
    outlets: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Watch terms as they lie on the desk."""
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The outlets of each group of feeds, by its path."""
    views: Mapping[str, str] = field(default_factory=dict)
    """The filter of each saved view, by its name in small letters."""

    @classmethod
    def of(
        cls,
        theatre: Theatre,
        outlets: Iterable[str] = (),
        terms: Iterable[str] = (),
        groups: Mapping[str, frozenset[str]] | None = None,
        views: Mapping[str, str] | None = None,
    ) -> Names:
        """The names of a theatre, with those of a desk."""
        return cls(
            places=tuple(sorted(place.id for place in theatre.places)),
            regions=tuple(sorted({place.region for place in theatre.capitals if place.region})),
            holders=tuple(side.id for side in theatre.sides),
            outlets=tuple(sorted({each for each in outlets if each})),
            terms=tuple(terms),
            groups=dict(groups or {}),
            views={name.casefold(): words for name, words in (views or {}).items()},
        )

    def values(self, field_: str) -> tuple[str, ...]:
        """What may stand behind a field's colon, as far as there is a list of it."""
        lists = {
            "place": self.places,
            "region": self.regions,
            "holder": self.holders,
            "outlet": self.outlets,
            "term": self.terms,
            "group": tuple(sorted(self.groups)),
            "view": tuple(sorted(self.views)),
            "state": STATES,
            "is": MARKS,
            "since": MOMENTS,
            "before": MOMENTS,
            "letter": ("a", "ab", "abc"),
        }
        return lists.get(field_, ())

    def groups_of(self, outlet: str) -> tuple[str, ...]:
        """The groups that an outlet's feeds are in."""
        return tuple(group for group, outlets in self.groups.items() if outlet in outlets)

    def outlets_of(self, word: str) -> frozenset[str]:
        """The outlets of all groups that a word means: the beginning of a group's path, or of a part of it."""
        return frozenset(
            outlet for group, outlets in self.groups.items() if is_group(word, group) for outlet in outlets
        )


MARKS = (
    "unread", "read", "flagged", "dismissed", "escalated", "urgent", "corrected", "withdrawn",
    "stale", "review", "fighting", "override",
)  # fmt: skip
"""What may stand behind ``is:``: marks of stories, then of capitals."""
MOMENTS = ("1h", "6h", "12h", "1d", "3d", "18:00", "2021-08-12")
"""Ways to say a moment, to begin from."""
NO_NAMES = Names()


def is_group(word: str, group: str) -> bool:
    """Whether a word means a group: it begins its path, or a part of it, in any case."""
    path = group.casefold()
    return path.startswith(word) or any(part.startswith(word) for part in path.split("/"))


def groups_of(subscriptions: Iterable[Subscription]) -> dict[str, frozenset[str]]:
    """The outlets of each group of feeds, and of the groups above it, by the group's path."""
    found: dict[str, set[str]] = {}
    for each in subscriptions:
        parts = each.group.split("/") if each.group else []
        for depth in range(1, len(parts) + 1):
            found.setdefault("/".join(parts[:depth]), set()).add(each.outlet)
    return {group: frozenset(outlets) for group, outlets in found.items()}
