"""The address of a server, read by libpq's own rules, and what may be said of it: never a password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from feeds.errors import ArchiveError

_SAID: Final = re.compile(r"(?i)(password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|\S+)")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where a server is, as libpq understands it: host, service file, TLS and all."""

    url: str
    """As the operator gave it."""
    name: str
    """For a person to read."""
    secrets: tuple[str, ...]
    """What no line may say."""

    def __repr__(self) -> str:
        return f"Address({self.name})"

    def plain(self, said: object) -> str:
        """A line that the server, or its library, said, without what must not be said."""
        line = " ".join(str(said).split())
        for secret in self.secrets:
            line = line.replace(secret, "***")
        return _SAID.sub(r"\1***", line)


def address_of(target: str) -> Address:
    """The address in a ``postgresql://`` URL; ArchiveError when it cannot be one."""
    parts = _parts(target)
    if parts is None:  # said here, where no error stands behind it that quotes the address
        raise ArchiveError("the archive's address cannot be read; it is postgresql://USER@HOST/DATABASE")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    password = parts.password or ""
    secrets = {password, unquote(password), given.get("password", ""), given.get("sslpassword", "")} - {""}
    host = parts.netloc.rpartition("@")[2] or given.get("host", "")
    user = f"{unquote(parts.username)}@" if parts.username else ""
    service = f"?service={given['service']}" if "service" in given else ""
    name = f"postgresql://{user}{host}{parts.path}{service}"
    return Address(target, name, tuple(sorted(secrets, key=len, reverse=True)))


def _parts(target: str) -> SplitResult | None:
    """The parts of an address; None when libpq, or this program, cannot read it."""
    try:
        conninfo_to_dict(target)
        return urlsplit(target)
    except (ValueError, ProgrammingError):
        return None
