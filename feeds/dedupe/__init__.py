"""Folds what is the same: copies of one article, and tellings of one event."""

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.folder import Folder

__all__ = ["Folder", "canonical_url"]
