"""Which tellings share a key: the newest few of each, in as little memory as goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feeds.dedupe.telling import Telling


class Postings:
    """The newest tellings under each key, a fixed number at most.

    Most keys only ever have one telling, which then stands in the table itself. Several are a tuple, which takes less
    memory than a list and is made anew with each.
    """

    def __init__(self, most: int) -> None:
        """Keeps ``most`` tellings a key."""
        self._most = most
        self._at: dict[int, Telling | tuple[Telling, ...]] = {}

    def __len__(self) -> int:
        """Keys that have a telling."""
        return len(self._at)

    def under(self, key: int) -> Sequence[Telling]:
        """The tellings under a key, oldest first."""
        found = self._at.get(key)
        if found is None:
            return ()
        return found if isinstance(found, tuple) else (found,)

    def add(self, keys: Iterable[int], telling: Telling) -> None:
        """Puts a telling under each of the keys; the oldest one makes room where there is none."""
        at = self._at
        for key in keys:
            found = at.setdefault(key, telling)
            if found is telling:
                continue
            if isinstance(found, tuple):
                at[key] = (*found[len(found) >= self._most :], telling)
            else:
                at[key] = (found, telling)

    def remove(self, keys: Iterable[int], telling: Telling) -> None:
        """Takes a telling away from under the keys, where it still is."""
        for key in keys:
            found = self._at.get(key)
            if found is telling:
                del self._at[key]
            elif isinstance(found, tuple) and telling in found:
                rest = tuple([one for one in found if one is not telling])
                self._at[key] = rest if len(rest) > 1 else rest[0]
