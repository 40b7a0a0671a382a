"""Folds what is the same: copies of one article, and tellings of one event."""

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.cold import ColdWindow
from feeds.dedupe.folder import WINDOW, Folder

__all__ = ["WINDOW", "ColdWindow", "Folder", "canonical_url"]
