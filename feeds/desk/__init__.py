"""The desk: what one operator set up, in one small JSON file that a person can read and edit.

desk      the operator's feeds, watch terms, saved views, keys and settings, read and written
records   what lies on it beside feeds and watch terms
entries   an entry of the file made a record, or one line on what is wrong with it
file      the file, replaced whole, never written in place
"""

from feeds.desk.desk import Desk
from feeds.desk.records import Document, SavedView

__all__ = ["Desk", "Document", "SavedView"]
