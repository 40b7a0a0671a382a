"""A process beside this one for work that would hold up all else here: begun when there is some, ended when there is none."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Apart:
    """One process that does one piece of work after the other; to be used in the thread of the event loop."""

    def __init__(self, idle: float, prepare: Callable[[], None] | None = None) -> None:
        """``idle`` is how many seconds without work end the process; ``prepare`` is called in it before anything else.

        What is called there, and all that goes there and back, has to be something that can be pickled.
        """
        self._idle, self._prepare = idle, prepare
        self._pool: ProcessPoolExecutor | None = None
        self._done: list[Callable[[], bool]] = []
        """Of each piece of work, whether it is done."""
        self._ending: asyncio.TimerHandle | None = None

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self._pool is not None

    def submit(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Has a piece of work done there, after those before it; BrokenProcessPool when the process died."""
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                1, mp_context=spawn, initializer=_settle, initargs=(self._prepare,)
            )
            # Ctrl-C is told to every process of the terminal; this one ends when it is told so here.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                future = self._pool.submit(work, *args, **kwargs)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            _leave_it_its_ends(self._pool)
        else:
            future = self._pool.submit(work, *args, **kwargs)
        self._done.append(future.done)
        if self._ending is None:
            self._wait()
        return future

    async def do(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What a piece of work comes to that is done there; who stops waiting for it takes nothing back.

        A pool whose process dies falls over the futures that somebody cancelled.
        """
        found = asyncio.wrap_future(self.submit(work, *args, **kwargs))
        found.add_done_callback(lambda one: one.cancelled() or one.exception())
        return await asyncio.shield(found)

    def end(self) -> None:
        """Lets go of the process, whatever it is at; another one is begun with the next work."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        self._done.clear()
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # There is no public way to end a worker that does not come back before Python 3.14.
        workers = list((pool._processes or {}).values())  # noqa: SLF001
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(1.0)
            if worker.is_alive():  # on a machine with much else to do
                worker.kill()
                worker.join(4.0)
        pool.shutdown(wait=not any(worker.is_alive() for worker in workers), cancel_futures=True)

    def _wait(self) -> None:
        self._ending = asyncio.get_running_loop().call_later(self._idle, self._end_idle)

    def _end_idle(self) -> None:
        """Ends the process when it had no work since the last look."""
        if not self._done:
            self.end()
            return
        self._done = [done for done in self._done if not done()]
        self._wait()


def _leave_it_its_ends(pool: ProcessPoolExecutor) -> None:
    """Closes here the ends of the pipes that are the worker's, once it has been begun.

    It is ended whatever it is at, in the middle of an answer too. As long as somebody else could write the rest of it the pool
    waits for that, and whoever ends the pool waits for the pool; the same with work that nobody takes out of its pipe any more.
    """
    pool._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    pool._call_queue._reader.close()  # type: ignore[attr-defined]  # noqa: SLF001


def _settle(prepare: Callable[[], None] | None) -> None:
    """In the new process, before its first work."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    """Ends this process when the one that began it is gone: killed, it could not say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
