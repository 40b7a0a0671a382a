"""The names of a report's forms; apart from the renderer, so that the command line's help need not load it."""

from __future__ import annotations

from typing import Final

PEOPLE: Final = ("md", "txt", "html")
"""Forms that are templates."""
FORMATS: Final = (*PEOPLE, "csv", "json", "geojson")
"""Every form of a report."""
