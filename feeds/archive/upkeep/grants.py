"""Who may do what on a server: the statements that give three roles their rights, to be read and run by its owner."""

from __future__ import annotations

import re
from typing import Final

from feeds.archive.schema import APPEND_ONLY, metadata
from feeds.errors import InputError

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SERVER: Final = ("story_words", "pulse", "batches", "hosts", "turns")
"""Tables that only a server has."""


def grants(reader: str, operator: str, collector: str) -> list[str]:
    """The statements for three roles, each of which is made where it is not there; InputError for a name that is none."""
    for name in (reader, operator, collector):
        if not _NAME.fullmatch(name):
            raise InputError(f"{name!r} is no name for a role: small letters, digits and _ only")
    logs = ", ".join(APPEND_ONLY)
    changed = ", ".join(sorted({*metadata.tables, *_SERVER} - set(APPEND_ONLY)))
    return [
        "-- Run as the owner of the archive's tables, for instance: warwatch archive grants | psql DATABASE",
        *(
            f"DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
            for name in (reader, operator, collector)
        ),
        "-- A reader sees everything and changes nothing.",
        f"GRANT USAGE ON SCHEMA public TO {reader};",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader};",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {reader};",
        "-- An operator adds to the journal, and to nothing else that is said.",
        f"GRANT {reader} TO {operator};",
        f"GRANT INSERT ON actions TO {operator};",
        f"GRANT INSERT, UPDATE, DELETE ON marked TO {operator};",
        f'GRANT UPDATE ("read") ON stories TO {operator};',
        f"GRANT UPDATE (acknowledged, who) ON alerts TO {operator};",
        f"GRANT UPDATE ON pulse TO {operator};",
        f"GRANT USAGE ON SEQUENCE actions_seq_seq TO {operator};",
        "-- A collector adds stories and what is read in them; what is append-only it can only add to.",
        f"GRANT {operator} TO {collector};",
        f"GRANT INSERT ON {logs} TO {collector};",
        f"GRANT INSERT, UPDATE, DELETE ON {changed} TO {collector};",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {collector};",
        f"GRANT EXECUTE ON FUNCTION make_month(bigint) TO {collector};",
        "REVOKE EXECUTE ON FUNCTION make_month(bigint) FROM PUBLIC;",
    ]
