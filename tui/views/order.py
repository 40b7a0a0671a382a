"""The order of a list: the keys of its rows, each once, to be counted, looked up and found."""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from operator import gt
from typing import Self, TypeVar, overload

K = TypeVar("K", bound=Hashable)


class Order(Sequence[K]):
    """Keys in their order, each once; never changed, only replaced."""

    @classmethod
    @abstractmethod
    def of(cls, keys: Iterable[K]) -> Self:
        """These keys, each where it comes first."""

    @abstractmethod
    def behind(self, newest: Iterable[K]) -> Self:
        """These keys with newer ones, none of them there yet, before them."""

    @abstractmethod
    def first(self, most: int) -> Self:
        """The first so many of them."""

    @abstractmethod
    def lacking(self, other: Self) -> int:
        """How many of these keys another order lacks."""


class AnyOrder(Order[K]):
    """Keys of any kind and in any order, for lists that a person can see the end of."""

    __slots__ = ("_keys", "_places")

    def __init__(self, keys: Iterable[K] = ()) -> None:
        self._places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self._keys = tuple(self._places)

    @classmethod
    def of(cls, keys: Iterable[K]) -> Self:
        return cls(keys)

    def behind(self, newest: Iterable[K]) -> Self:
        return type(self)((*newest, *self._keys))

    def first(self, most: int) -> Self:
        return self if len(self) <= most else type(self)(self._keys[:most])

    def lacking(self, other: Self) -> int:
        return len(self._places.keys() - other._places.keys())

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> K: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[K]: ...
    def __getitem__(self, at: int | slice) -> K | Sequence[K]:
        return self._keys[at]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyOrder) and self._keys == other._keys

    def __hash__(self) -> int:
        return hash(self._keys)

    def index(self, key: K, start: int = 0, stop: int | None = None) -> int:  # noqa: ARG002 - the sequence's own
        """Where a key stands; ValueError when it does not."""
        if key not in self._places:
            raise ValueError(key)
        return self._places[key]


class NewestFirst(Order[int]):
    """Row numbers, the greatest first: eight bytes each, so that a hundred thousand of them are less than a megabyte.

    The archive numbers stories in the order in which they were received; one that comes late stands where it belongs.
    """

    __slots__ = ("_rising",)

    def __init__(self, rising: array[int] | None = None) -> None:
        self._rising = array("q") if rising is None else rising

    @classmethod
    def of(cls, keys: Iterable[int]) -> Self:
        given = keys if isinstance(keys, list | tuple) else list(keys)
        if not all(map(gt, given, given[1:])):
            given = sorted(set(given), reverse=True)
        return cls(array("q", reversed(given)))

    def behind(self, newest: Iterable[int]) -> Self:
        fresh = array("q", sorted(newest))
        if fresh and self._rising and fresh[0] <= self._rising[-1]:
            return self.of([*fresh, *self._rising])
        return type(self)(self._rising + fresh)

    def first(self, most: int) -> Self:
        return self if len(self) <= most else type(self)(self._rising[-most:])

    def newer(self, key: int) -> int:
        """How many of them are newer than a row, which need not be among them."""
        return len(self._rising) - bisect_right(self._rising, key)

    def without(self, unwanted: Collection[int]) -> Self:
        """Those that are not among the unwanted, which are quick to look into."""
        return type(self)(array("q", (key for key in self._rising if key not in unwanted)))

    def lacking(self, other: Self) -> int:
        if self._rising[: len(other)] == other._rising:  # what came since stands before what was there
            return len(self) - len(other)
        return len(set(self._rising).difference(other._rising))

    def __len__(self) -> int:
        return len(self._rising)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if isinstance(at, int):
            return self._rising[-1 - at]
        return [self._rising[-1 - each] for each in range(*at.indices(len(self)))]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and self._place(key) is not None

    def __iter__(self) -> Iterator[int]:
        return reversed(self._rising)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NewestFirst) and self._rising == other._rising

    __hash__ = None  # type: ignore[assignment]

    def index(self, key: int, start: int = 0, stop: int | None = None) -> int:  # noqa: ARG002 - the sequence's own
        """Where a row stands; ValueError when it does not."""
        place = self._place(key)
        if place is None:
            raise ValueError(key)
        return len(self._rising) - 1 - place

    def _place(self, key: int) -> int | None:
        at = bisect_left(self._rising, key)
        return at if at < len(self._rising) and self._rising[at] == key else None
