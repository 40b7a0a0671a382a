"""Where a command works: the archive, the desk and the theatre, by option, environment, desk or default."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from feeds.errors import DeskError, InputError
from feeds.paths import default_archive, default_desk, default_theatre
from feeds.theatres.load import load_theatre

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.desk import Desk
    from feeds.theatres.model import Theatre

DEFAULT_THEATRE: Final = "afghanistan-2021"


def archive_target(options: argparse.Namespace) -> str:
    """The archive named by ``--archive``, ``WARWATCH_ARCHIVE`` or the system's usual place."""
    named: str = getattr(options, "archive", "")
    if "://" in named and urlsplit(named).password:
        raise InputError(
            "a password on the command line is read by everybody on this machine; "
            "put it into PGPASSFILE or a service file (postgresql://?service=NAME)"
        )
    return named or str(default_archive())


def desk_path(options: argparse.Namespace) -> Path:
    """The desk named by ``--desk``, ``WARWATCH_DESK`` or the system's usual place."""
    named: str = getattr(options, "desk", "")
    return Path(named).expanduser() if named else default_desk()


def open_desk(options: argparse.Namespace, *, read_only: bool = False) -> Desk:
    """The desk, made on the first write."""
    from feeds.desk import Desk

    return Desk.open(desk_path(options), read_only=read_only)


def open_archive(options: argparse.Namespace, *, read_only: bool = False, create: bool = True) -> Archive:
    """The archive; ArchiveError in one line when it cannot be had."""
    from feeds.archive import open_archive

    return open_archive(archive_target(options), read_only=read_only, create=create)


def theatre_of(options: argparse.Namespace) -> Theatre:
    """The theatre named by ``--theatre``, ``WARWATCH_THEATRE`` or the desk; TheatreError when there is none such."""
    return theatres_of(options)[0]


def theatres_of(options: argparse.Namespace) -> tuple[Theatre, ...]:
    """The theatres named, parted by commas: all are tracked over the same wire, the first is the one shown."""
    return tuple(map(load_theatre, theatre_names(options)))


def theatre_names(options: argparse.Namespace) -> tuple[str, ...]:
    """Ids or folders of the theatres named; there is always one."""
    named: str = getattr(options, "theatre", "")
    names = (named or default_theatre() or _desk_theatre(options) or DEFAULT_THEATRE).split(",")
    return tuple(name.strip() for name in dict.fromkeys(names) if name.strip()) or (DEFAULT_THEATRE,)


def _desk_theatre(options: argparse.Namespace) -> str:
    path = desk_path(options)
    try:
        if not path.is_file():
            return ""
    except OSError as error:
        raise DeskError(f"{path} cannot be read ({error.strerror}); name another with --desk") from error
    return open_desk(options, read_only=True).theatre()
