"""A private PostgreSQL cluster in a temporary folder: its own server, on a free port of loopback, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

MISSING: Final = "PostgreSQL's programs are not installed (Debian: postgresql); nothing was tried on a server"
_USERS: Final = ("postgres", "nobody")
"""Who may run a server when the tests are root's."""
_SETTINGS: Final = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 150
shared_buffers = {memory}
fsync = {durable}
log_min_messages = error
lc_messages = 'C'
timezone = 'UTC'
"""


def programs() -> Path | None:
    """The folder with the newest server's programs; None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    where = shutil.which("initdb")
    return Path(where).resolve().parent if where else None


class Cluster:
    """One server; start it, kill it, start it again."""

    def __init__(self, folder: Path, *, durable: bool = False, memory: str = "64MB") -> None:
        """``durable`` waits for the disk at each commit, as a real server does."""
        found = programs()
        assert found is not None, MISSING
        self._programs, self._data = found, folder / "data"
        self._names = count()
        self._template = ""
        self._user = _another() if os.geteuid() == 0 else None
        self.port = _free_port()
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        self._run(
            "initdb", "-D", str(self._data), "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        settings = _SETTINGS.format(port=self.port, memory=memory, durable="on" if durable else "off")
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(settings)
        self._server: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [str(self._programs / "postgres"), "-D", str(self._data)]
        with (self._data.parent / "log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, **self._as_another())
        end = time.monotonic() + 30
        while not self._answers():
            assert self._server.poll() is None, (self._data.parent / "log").read_text()
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.02)

    @property
    def owner(self) -> tuple[int, int]:
        """User and group that it runs as."""
        return (self._user.pw_uid, self._user.pw_gid) if self._user else (os.getuid(), os.getgid())

    @property
    def pid(self) -> int:
        """The process that all others of the server come from."""
        assert self._server is not None
        return self._server.pid

    def kill(self) -> None:
        """End it like a power cut: no process of it has time for anything."""
        assert self._server is not None
        serving = _children(self._server.pid)
        self._server.kill()
        for process in serving:  # they would go on for a moment, and might commit
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._server.wait()
        self._server = None
        for process in serving:
            while _lives(process):
                time.sleep(0.005)

    def stop(self) -> None:
        """End it in order."""
        if self._server is not None:
            self._server.send_signal(2)  # SIGINT: a fast shutdown
            self._server.wait(30)
            self._server = None

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"desk{next(self._names)}"
        self.say("postgres", f"CREATE DATABASE {name}")
        return self.address(name)

    def archive(self) -> str:
        """The address of a new, empty archive."""
        if not self._template:
            from feeds.archive import open_archive

            self._template = self.database()
            open_archive(self._template).close()
        name = f"desk{next(self._names)}"
        self.say("postgres", f"CREATE DATABASE {name} TEMPLATE {self._template.rpartition('/')[2]}")
        return self.address(name)

    def address(self, database: str, *, user: str = "desk", port: int | None = None) -> str:
        """The address of a database, for a user, on another port where something stands between."""
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}"

    def say(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """Run statements as the owner of all; what the last one gives."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _answers(self) -> bool:
        command = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as_another())
        assert done.returncode == 0, done.stderr

    def _as_another(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "cwd": "/", "extra_groups": []}


@contextmanager
def cluster(*, durable: bool = False, memory: str = "64MB") -> Iterator[Cluster]:
    """A cluster that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="warwatch-pg-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        made = Cluster(path, durable=durable, memory=memory)
        try:
            yield made
        finally:
            made.stop()


def _another() -> pwd.struct_passwd:
    for name in _USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("root may run no server, and there is nobody else to run it as")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _children(parent: int) -> list[int]:
    """The processes that a process began, where the system tells."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _lives(process: int) -> bool:
    """Whether a process still does anything."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
