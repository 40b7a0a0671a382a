"""Migrations of the archive, run by alembic; see :mod:`feeds.archive.migrate`."""
