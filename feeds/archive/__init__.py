"""The archive: shared, large, transactional; append-only where it counts."""

from __future__ import annotations

from feeds.archive.archive import Archive, Written, open_archive
from feeds.archive.batch import Batch
from feeds.archive.journal import in_force
from feeds.archive.lease import Beat, Lease
from feeds.archive.listing import StoryRow
from feeds.archive.watchlog import WatchLog

__all__ = ["Archive", "Batch", "Beat", "Lease", "StoryRow", "WatchLog", "Written", "in_force", "open_archive"]
