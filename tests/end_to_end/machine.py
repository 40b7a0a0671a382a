"""A machine of one's own: a home, an archive, a desk, and ``warwatch`` as real processes on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from feeds.archive import Archive, open_archive
from feeds.desk import Desk
from feeds.story import Subscription
from tests.terminal import Terminal

ROOT: Final = Path(__file__).resolve().parents[2]
WARWATCH: Final = (sys.executable, "-m", "tui.cli")
_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Said:
    """What one process said, and how it ended."""

    status: int
    out: str
    err: str


@dataclass
class Machine:
    """Where ``warwatch`` runs; nothing of the tester's own settings reaches it."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "WARWATCH_ARCHIVE": str(self.path),
            "WARWATCH_DESK": str(self.home / "desk.json"),
        }

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self.home / "archive.db"

    def archive(self) -> Archive:
        """The archive, to be looked at."""
        return open_archive(self.path, read_only=True, create=False)

    def follow(self, url: str, outlet: str, letter: str = "B") -> str:
        """Put a feed of this machine's own server on the desk; its address."""
        desk = Desk.open(self.home / "desk.json")
        if not desk.allow_private():
            desk.set_allow_private(True)
        desk.subscribe(Subscription(url, outlet, letter))
        return url

    def run(self, *words: object, stdin: bytes = b"", status: int | None = 0) -> Said:
        """Run ``warwatch`` to its end; its status is the one expected, where one is."""
        command = [*WARWATCH, *map(str, words)]
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=self.home,
            input=stdin,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        said = Said(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert status is None or said.status == status, said
        return said

    def json(self, *words: object, status: int | None = 0) -> Any:
        """What ``warwatch`` prints as JSON."""
        return json.loads(self.run(*words, "--json", status=status).out)

    def board(self, *words: object) -> Mapping[str, Mapping[str, Any]]:
        """The board by capital, read back as another program would."""
        return {row["id"]: row for row in self.json("board", *words)["capitals"]}

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start ``warwatch`` beside the test; use it as a context manager and end it by its pid."""
        command = [*WARWATCH, *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=self.environment, cwd=self.home, stdout=pipe, stderr=pipe, text=True
        )

    def screen(self, *words: object, columns: int = 80, rows: int = 24) -> Terminal:
        """Open ``warwatch`` in a pseudo-terminal."""
        return Terminal([*WARWATCH, *map(str, words)], self.environment, columns=columns, rows=rows)
