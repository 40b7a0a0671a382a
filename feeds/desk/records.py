"""What lies on a desk beside feeds and watch terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Document: TypeAlias = Mapping[str, object]
"""One entry of a kind that the desk keeps for somebody else (an alert, a layout): names to values of any JSON type."""

VIEW_PANELS: Final = ("wire", "board")
"""Panels that a saved view can be opened in."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter under a name."""

    name: str
    """One word or a few, no two alike; case does not matter."""
    filter: str
    """A line in the filter's grammar (:mod:`tui.views.filtering`)."""
    panel: str = "wire"
    """One of :data:`VIEW_PANELS`."""
    key: str = ""
    """Key that opens it, in Textual's words; empty for none."""
