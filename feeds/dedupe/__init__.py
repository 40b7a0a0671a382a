"""Folds what is the same: copies of one article, and tellings of one event."""

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.cold import ColdWindow
from feeds.dedupe.folder import CAPACITY, WINDOW, Folder
from feeds.dedupe.notes import Notes

__all__ = ["CAPACITY", "WINDOW", "ColdWindow", "Folder", "Notes", "canonical_url"]
