"""A process ahead of the thread that takes in: where much comes at once, it parses feeds and works stories out before their turn.

What is worked out of a story by itself (:mod:`feeds.ahead`) takes half of the time that it takes to take it in, and is the
same wherever it is done. Where little comes nothing is begun: a start costs as much as some thousand stories.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from threading import Lock
from typing import Final, TypeVarTuple, Unpack

from feeds.ahead import Worked, work_out
from feeds.collector.apart import Apart
from feeds.collector.rooms import LateReader
from feeds.room import ReadingRoom, StoryReader
from feeds.story import Story, Subscription
from feeds.theatres.model import Theatre
from feeds.wire.parse import Parsed, parse_if_sure

MUCH: Final = 2_000
"""Stories that wait to be taken in when a process is begun: a second and a half of work, of which its start takes a half."""
A_UNIT: Final = 100
"""Stories that are sent together: thirty milliseconds of work."""
AT_HAND: Final = 3
"""Units that are sent before the first comes back, so that the process never waits."""
PATIENCE: Final = 20.0
"""Seconds that are waited for a unit or a feed; none that comes to an end takes one."""
IDLE: Final = 5.0
"""Seconds after which a process with nothing to read is ended, for its memory's sake."""
_Ts = TypeVarTuple("_Ts")
_LOG: Final = logging.getLogger("warwatch.collector")


_NOTHING: Final[Future[list[Worked]]] = Future()
"""Stands for what has been asked for, which is kept no longer."""


@dataclass(slots=True, eq=False)
class _Unit:
    """Stories sent together."""

    stories: Sequence[Story]
    coming: Future[list[Worked]]
    worked: dict[int, Worked] | None = None
    """What came of each that was not given yet, by its place; None before it was asked for."""


class Readers:
    """Stories that wait to be taken in, and those of them that are worked out elsewhere.

    They are offered in the thread of the event loop, and asked for and forgotten in the one that takes in. One that was not
    sent when its turn comes is read there: of the two processes neither ever waits for long. Feeds to parse go before stories
    to read, for the first round waits for all of them.
    """

    def __init__(
        self, *, much: int = MUCH, patience: float = PATIENCE, idle: float = IDLE, cores: int | None = None
    ) -> None:
        """``cores`` is how many this process may use, by default what the machine says; with one, nothing is begun."""
        self._much, self._patience, self._idle = much, patience, idle
        self._wanted = (cores if cores is not None else _cores()) > 1
        self._lock = Lock()
        self._theatres: tuple[Theatre, ...] = ()
        self._waiting: dict[str, Story] = {}
        """Not sent yet."""
        self._sent: dict[str, tuple[_Unit, int]] = {}
        self._apart: Apart | None = None
        self._reads: tuple[Theatre, ...] = ()
        """What the process was begun for."""
        self._parsing, self._reading = 0, 0
        """Feeds and units that are there."""
        self._up = False
        """Whether it has answered: until then a feed is parsed here in less time."""
        self._same: dict[int, int] = {}
        """One number for each word (see :meth:`feeds.dedupe.traits.Traits.shared`)."""
        self._loop: asyncio.AbstractEventLoop | None = None

    def read_for(self, readers: Iterable[StoryReader]) -> None:
        """Says who reads from now on; what others have read is not used."""
        readers = list(readers)
        theatres = tuple(one.theatre for one in readers if isinstance(one, LateReader))
        with self._lock:
            if len(theatres) < len(readers):
                theatres = ()  # nobody knows how to make such readers elsewhere
            if theatres == self._theatres:
                return
            self._theatres = theatres
            self._sent.clear()
        self._in_loop(self._send)

    def offer(self, stories: Iterable[Story], since: datetime | None) -> None:
        """Hears of stories that will be taken; those told until ``since`` are known, in all likelihood."""
        if self._wanted:
            self._loop = asyncio.get_running_loop()
            with self._lock:
                self._waiting.update((one.id, one) for one in stories if since is None or one.told > since)
            self._send()

    async def parse(
        self, body: bytes, subscription: Subscription, *, content_type: str, received: datetime
    ) -> Parsed | None:
        """As :func:`feeds.wire.parse.parse_if_sure`, there where the process runs, else in a thread."""
        work = partial(parse_if_sure, body, subscription, content_type=content_type, received=received)
        if self._up and self._wanted and self._apart is not None and self._apart.running:
            self._parsing += 1
            try:
                async with asyncio.timeout(self._patience):
                    return await self._apart.do(work)
            except (TimeoutError, BrokenProcessPool) as error:
                self._give_up(error)
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                # The process was ended with this still to do.
            finally:
                self._parsing -= 1
                self._send()
        return await asyncio.to_thread(work)

    def of(self, story: Story) -> Worked | None:
        """A story as it was worked out elsewhere; None when it has to be read here."""
        with self._lock:
            self._waiting.pop(story.id, None)
            unit, place = self._sent.get(story.id, (None, 0))
        if unit is None or unit.stories[place] is not story:
            return None
        if unit.worked is None:
            unit.worked = dict(enumerate(self._worked(unit)))
        worked = unit.worked.pop(place, None)
        return worked._replace(traits=worked.traits.shared(self._same)) if worked is not None else None

    def forget(self, stories: Iterable[Story]) -> None:
        """Hears that stories are taken, or will not be."""
        with self._lock:
            for story in stories:
                self._waiting.pop(story.id, None)
                self._sent.pop(story.id, None)
            if not self._sent:
                self._same.clear()

    def close(self) -> None:
        """Ends the process and forgets everything; to be called in the thread of the event loop."""
        with self._lock:
            self._waiting.clear()
            self._sent.clear()
            self._end()

    def _end(self) -> None:
        self._reading, self._up = 0, False
        if self._apart is not None:
            self._apart.end()
            self._apart = None

    def _send(self) -> None:
        """Sends what waits, as far as the process has hands for it; begins one where there is much."""
        with self._lock:
            if not self._theatres or not self._wanted or self._parsing:
                return
            if self._reads != self._theatres:
                self._end()
            if self._apart is None or not self._apart.running:
                if len(self._waiting) + len(self._sent) < self._much:
                    return
                self._begin()
            while self._reading < AT_HAND and self._waiting:
                self._send_unit()

    def _begin(self) -> None:
        self._end()
        self._reads = self._theatres
        self._apart = Apart(self._idle, partial(_prepare, self._theatres))

    def _send_unit(self) -> None:
        assert self._apart is not None
        stories = list(islice(self._waiting.values(), A_UNIT))
        try:
            unit = _Unit(stories, self._apart.submit(_read, stories))
        except BrokenProcessPool as error:
            self._give_up(error)
            self._waiting.clear()
            return
        for place, story in enumerate(stories):
            del self._waiting[story.id]
            self._sent[story.id] = unit, place
        self._reading += 1
        unit.coming.add_done_callback(partial(self._tell_back, self._apart))

    def _tell_back(self, apart: Apart, _: Future[list[Worked]]) -> None:
        """In a thread of the pool's."""
        self._in_loop(self._back, apart)

    def _back(self, apart: Apart) -> None:
        """A unit is back."""
        if apart is self._apart:
            self._reading -= 1
            self._up = True
            self._send()

    def _worked(self, unit: _Unit) -> list[Worked]:
        """What came of a unit, once; nothing when it was not begun with."""
        coming, unit.coming = unit.coming, _NOTHING
        if not (coming.running() or coming.done()):
            return []
        try:
            return coming.result(self._patience)
        except CancelledError:
            return []
        except Exception as error:  # noqa: BLE001 - the boundary: whatever went wrong there, here it is read again
            with self._lock:
                forgotten = unit.stories[0].id not in self._sent and unit.stories[-1].id not in self._sent
            if not forgotten:
                self._give_up(error)
            return []

    def _give_up(self, error: Exception) -> None:
        """Reads everything here from now on: a process that died once, for want of memory perhaps, would again."""
        if not self._wanted:
            return
        self._wanted = False
        why = "takes too long" if isinstance(error, TimeoutError) else "ended before its time"
        _LOG.warning("the process that reads stories ahead %s: they are read without it", why)
        self._in_loop(self.close)

    def _in_loop(self, call: Callable[[Unpack[_Ts]], None], *args: *_Ts) -> None:
        """Has something done in the thread of the event loop, if there still is one."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it is closed
                self._loop.call_soon_threadsafe(call, *args)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A theatre and who reads for it, in the process."""

    theatre: Theatre
    reader: LateReader


@dataclass(slots=True)
class _There:
    """What the process knows."""

    rooms: list[ReadingRoom] = field(default_factory=list)


_THERE: Final = _There()


def _prepare(theatres: Sequence[Theatre]) -> None:
    _THERE.rooms = [_Reading(theatre, LateReader(theatre)) for theatre in theatres]


def _read(stories: Sequence[Story]) -> list[Worked]:
    return [work_out(_THERE.rooms, story) for story in stories]


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
