"""A program of the operator's, started with fixed words; what the news say comes only on its standard input."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import Final

from feeds.alerts.letters import Letter, Undelivered
from feeds.alerts.ways import Command
from feeds.safetext import one_line

_MOST_SAID: Final = 200


async def start(way: Command, letter: Letter) -> None:
    """Run it to its end; exit status 0 is a receipt. It and what it started are ended when its time is over."""
    environment = {**os.environ, "WARWATCH_ALERT_KEY": letter.key, "WARWATCH_ALERT_SEVERITY": letter.severity}
    try:
        process = await asyncio.create_subprocess_exec(
            *way.words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Undelivered(f"{way.words[0]} did not start: {reason}") from None
    try:
        async with asyncio.timeout(way.seconds):
            _, said = await process.communicate(letter.text.encode())
    except TimeoutError:
        raise Undelivered(f"{way.words[0]} did not end within {way.seconds} s") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await asyncio.shield(process.wait())
    if process.returncode != 0:
        last = said.decode(errors="replace").strip().splitlines()[-1:]
        tail = f": {one_line(last[0])[:_MOST_SAID]}" if last else ""
        raise Undelivered(f"{way.words[0]} ended with status {process.returncode}{tail}")
