"""What leaves warwatch for other programs: an address for a browser, a text for a shell command."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

from feeds.safetext import one_line, strip_hostile
from feeds.story import Story
from tui.display import link

PATIENCE: Final = 30.0
"""Seconds that a command may take."""
MOST_LINES: Final = 12
"""Lines of what a command says that are shown."""


def browser_command(url: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that opens an http(s) address; empty when there is no browser, or it is no such address."""
    url = link(url)
    if not url:
        return []
    chosen = environment.get("BROWSER", "").split(os.pathsep)[0]
    if chosen:
        words = shlex.split(chosen)
        return [word.replace("%s", url) for word in words] if "%s" in chosen else [*words, url]
    if sys.platform == "darwin":
        return ["open", url]
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return ["xdg-open", url] if shutil.which("xdg-open") else []
    return []  # over SSH, a browser would take this terminal


def browse(url: str, environment: Mapping[str, str] = os.environ) -> str:
    """Open an address; what was done, in a few words. The browser gets neither our terminal nor our signals."""
    try:
        command = browser_command(url, environment)
    except ValueError as error:  # a quotation that is not closed
        return f"BROWSER cannot be read ({error}); y copies the link."
    if not link(url):
        return "This story has no address that may be opened."
    if not command:
        return "No browser on this machine (set BROWSER); y copies the link."
    nowhere = subprocess.DEVNULL
    try:
        subprocess.Popen(
            command,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
            env=dict(environment),
        )
    except OSError as error:
        return f"{command[0]} did not start: {error.strerror}"
    return f"Opened {link(url)}"


def paper(story: Story) -> str:
    """A story as a command reads it: headline, source, address, text."""
    told = f"{story.told:%Y-%m-%d %H:%M}Z"
    head = [one_line(story.title), f"{one_line(story.outlet)}, {told}", link(story.url)]
    body = strip_hostile(story.text)[len(story.title) :].strip()
    return "\n".join([*(each for each in head if each), *(("", body) if body else ())]) + "\n"


def pipe(command: str, text: str) -> str:
    """Give a text to a shell command; what it said, clean, and how it ended when that was not well.

    One that takes too long is ended with all that it started.
    """
    try:
        child = subprocess.Popen(
            ["/bin/sh", "-c", command],  # the operator's own words, as at any shell prompt
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return f"{one_line(command)}: {error.strerror}"
    with child:
        try:
            heard, _ = child.communicate(text.encode(), PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            return f"{one_line(command)}: ended after {PATIENCE:.0f} seconds"
    said = strip_hostile(heard.decode(errors="replace")).strip().splitlines()
    more = [f"… {len(said) - MOST_LINES} more lines"] if len(said) > MOST_LINES else []
    how = [f"{one_line(command)}: exit status {child.returncode}"] if child.returncode else []
    return "\n".join([*said[:MOST_LINES], *more, *how]) or f"{one_line(command)}: done"
