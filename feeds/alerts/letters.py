"""What is handed to a sink, and the word that it did not go."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from feeds.alerts.records import alert_of
from feeds.alerts.ways import Secret
from feeds.alerts.wording import shape, text, title
from feeds.archive.outgoing import Notice
from feeds.safetext import safe_url


class Undelivered(Exception):
    """A letter did not go: why, in one line without secrets, and how many seconds the other side asks to be left alone."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        self.reason = reason
        self.wait = wait
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Letter:
    """An alert as a sink sends it: clean text, whatever was in the news."""

    key: str
    """What a receiver tells a second copy by."""
    severity: str
    title: str
    """One line."""
    text: str
    """Several lines, with the proofs."""
    shape: Mapping[str, object]
    """The same for programs."""
    link: str = ""
    """http(s) address of the first proof; empty when there is none."""


def letter_of(notice: Notice) -> Letter:
    """The letter for an alert as the archive keeps it."""
    alert = alert_of(notice.record)
    links = (safe_url(event.proof.url) for event in alert.events if event.proof)
    # The key is the one that the archive knows it by.
    return Letter(
        notice.key, notice.severity, title(alert), text(alert), shape(alert), next(filter(None, links), "")
    )


def secret(where: Secret, environment: Mapping[str, str] = os.environ) -> str:
    """The password or token kept there; Undelivered that names the place, never the word itself."""
    if where.variable:
        found = environment.get(where.variable, "")
        if not found:
            raise Undelivered(f"the environment variable {where.variable} is not set")
        return found
    try:
        with Path(where.file).expanduser().open(encoding="utf-8") as file:
            found = file.readline().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no text"
        raise Undelivered(f"{where.file} cannot be read ({reason})") from None
    if not found:
        raise Undelivered(f"{where.file} is empty")
    return found
