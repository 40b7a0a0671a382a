"""Rows for other programs: comma-separated for spreadsheets, points for maps."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would take for a formula."""


def csv_text(rows: Sequence[Mapping[str, object]]) -> str:
    """A header, then a line a row; lists are parted by spaces, and no cell begins a formula. Empty for no rows."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def point(row: Mapping[str, object], *, key: str = "id") -> dict[str, object]:
    """A GeoJSON feature (RFC 7946): a point at the row's ``lon`` and ``lat``, degrees WGS 84, the rest its properties."""
    properties = {name: value for name, value in row.items() if name not in ("lon", "lat")}
    return {
        "type": "Feature",
        "id": row[key],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        "properties": properties,
    }


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
