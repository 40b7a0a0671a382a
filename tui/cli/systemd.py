"""A collector as a service of the user's systemd: the units, and the word that it is ready and alive."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from feeds.errors import InputError

SERVICE: Final = "warwatch.service"
_UNIT: Final = Path(__file__).with_name("data") / SERVICE
_SPECIAL: Final = {"%": "%%", "\\": "\\\\", '"': '\\"', "\n": "\\n"}


def unit(command: Sequence[str]) -> str:
    """The service's unit, which runs a command."""
    words = " ".join(quoted(word.replace("$", "$$")) for word in command)
    return _UNIT.read_text(encoding="utf-8").replace("@COMMAND@", words)


def quoted(word: str) -> str:
    """A word as a unit's line has it: systemd's own signs are made plain."""
    return '"' + "".join(_SPECIAL.get(each, each) for each in word) + '"'


def units_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a user's own units lie."""
    base = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "systemd" / "user"


def write_unit(text: str, folder: Path) -> Path:
    """Put the unit in its folder; InputError when that cannot be written."""
    path = folder / SERVICE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)  # the address of an archive on a server may hold a password
        path.chmod(0o600)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); see what --dry-run prints") from error
    return path


def verified(path: Path) -> str:
    """What ``systemd-analyze verify`` has against a unit; empty for nothing, or where it cannot be asked."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [analyze, "--user", "verify", "--man=no", str(path)],
            env={"XDG_RUNTIME_DIR": folder, **os.environ},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    return "; ".join(line for line in done.stderr.splitlines() if path.name in line)


def program() -> list[str]:
    """The words that start this very warwatch."""
    found = Path(sys.argv[0])
    if found.name == "warwatch" and found.is_file():
        return [str(found.resolve())]
    return [sys.executable, "-m", "tui.cli"]


def notify(word: str, environment: Mapping[str, str] = os.environ) -> None:
    """Tell the systemd that started this process something; nothing where none did."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.connect("\0" + address[1:] if address.startswith("@") else address)
            line.sendall(word.encode())
        except OSError:  # systemd is not there any more: the news are
            return


async def keep_watchdog(well: Callable[[], bool], environment: Mapping[str, str] = os.environ) -> None:
    """Tell systemd that this collector is ready, and then that it is alive as long as it is well, until cancelled."""
    notify("READY=1", environment)
    micro = environment.get("WATCHDOG_USEC", "")
    pause = int(micro) / 3e6 if micro.isdecimal() and int(micro) else 0.0
    try:
        while pause:
            if await asyncio.to_thread(well):
                notify("WATCHDOG=1", environment)
            await asyncio.sleep(pause)
    finally:
        notify("STOPPING=1", environment)
