"""A process apart is let go whatever it is at, in the middle of an answer too, and nobody waits for the rest of one."""

from __future__ import annotations

import asyncio
import os
import struct
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import BrokenExecutor, CancelledError

import pytest

from feeds.collector.apart import Apart
from tests.children import none_left

MUCH = 8_000_000
"""Bytes: far more than a pipe holds."""


def say_half(seconds: float) -> None:
    """In the process: begins an answer as the pool's own are begun, and says no more of it."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000))
    time.sleep(seconds)
    os._exit(1)


def with_apart(work: Callable[[Apart], Awaitable[None]]) -> None:
    async def main() -> None:
        one = Apart(60)
        try:
            await one.do(abs, -1)
            await work(one)
        finally:
            one.end()

    asyncio.run(main())
    assert none_left()


def test_ended_in_the_middle_of_an_answer() -> None:
    async def work(one: Apart) -> None:
        answer = one.submit(say_half, 60.0)
        await asyncio.sleep(0.2)
        assert answer.running()
        one.end()
        with pytest.raises((BrokenExecutor, CancelledError)):
            answer.result(0)
        assert await one.do(abs, -2) == 2, "another one is begun with the next work"

    with_apart(work)


def test_ended_with_more_on_the_way_than_a_pipe_holds() -> None:
    async def work(one: Apart) -> None:
        one.submit(time.sleep, 60)
        rest = [one.submit(len, bytes(MUCH)) for _ in range(3)]
        await asyncio.sleep(0.2)
        one.end()
        for each in rest:
            with pytest.raises((BrokenExecutor, CancelledError)):
                each.result(0)

    with_apart(work)


def test_dead_in_the_middle_of_an_answer() -> None:
    async def work(one: Apart) -> None:
        with pytest.raises(BrokenExecutor):
            await one.do(say_half, 0.1)

    with_apart(work)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.03])
def test_ended_while_it_answers_at_length(seconds: float) -> None:
    async def work(one: Apart) -> None:
        for _ in range(3):
            one.submit(bytes, MUCH)
        await asyncio.sleep(seconds)
        one.end()

    with_apart(work)
