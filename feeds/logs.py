"""What a collector writes down for those who look after it: JSON lines, in a file that is turned over by size.

No secret is written: user and password of an address, and what a query calls a token or a key, are blotted out.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from feeds.errors import InputError
from feeds.safetext import one_line

ROOT: Final = "warwatch"
LEVELS: Final = ("debug", "info", "warning", "error")
MOST_BYTES: Final = 5_000_000
"""Of one file, before the next is begun."""
KEPT: Final = 5
"""Files kept beside the one that is written."""

_OURS: Final = frozenset(logging.LogRecord("", 0, "", 0, "", None, None).__dict__) | {"message", "taskName"}
_USER: Final = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/?#@]*@", re.IGNORECASE)
_SECRET: Final = re.compile(
    r"([?&;][^=&\s#]*(?:token|key|secret|pass|auth|sig|credential|session)[^=&\s#]*=)[^&\s#\"'<>]+",
    re.IGNORECASE,
)
_BEARER: Final = re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)


def redacted(text: str) -> str:
    """A text without what may be a secret in an address or a header."""
    text = _USER.sub(r"\1…@", text)
    text = _SECRET.sub(r"\1…", text)
    return _BEARER.sub(r"\1 …", text)


class JsonLine(logging.Formatter):
    """One JSON object a record: ``at`` (UTC), ``level``, ``logger``, ``message``, and what was given as ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(one_line(record.getMessage())),
        }
        for name, value in record.__dict__.items():
            if name not in _OURS:
                line[name] = redacted(one_line(value)) if isinstance(value, str) else value
        if record.exc_info:
            line["error"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLine(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The message, and the last line of an error."""
        error = f": {record.exc_info[1]!r}" if record.exc_info and record.exc_info[1] else ""
        return redacted(one_line(f"warwatch: {record.getMessage()}{error}"))


def write_down(file: str = "", level: str = "info") -> None:
    """From now on write what happens into a file, or warnings to standard error without one.

    InputError when the file cannot be written.
    """
    logger = logging.getLogger(ROOT)
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    handler: logging.Handler
    if file:
        path = Path(file).expanduser()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"{path} cannot be written ({error.strerror}); name another file with --log"
            ) from error
        handler.setFormatter(JsonLine())
        logger.setLevel(level.upper())
    else:
        handler = logging.StreamHandler()
        handler.setFormatter(PlainLine())
        logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    logger.propagate = False
