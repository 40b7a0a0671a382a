"""A small recorded wire: four feeds, so one of each format, three hours between two stories of a feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGIN = datetime(2021, 8, 6, 6, tzinfo=UTC)
HEADLINES = (
    "Aster falls to the reds",
    'Fish & chips prices "soar" on the coast',
    "Bexley falls to the reds",
    "Aster falls to the blues",
)


def write_recording(folder: Path) -> Path:
    """Writes the recording; its path."""
    path = folder / "wire.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n, feed in enumerate(("alpha", "beta", "gamma", "delta")):
            for m, title in enumerate(HEADLINES):
                item = {
                    "id": f"{feed}-{m}",
                    "published": (BEGIN + timedelta(hours=3 * m, minutes=n)).isoformat(),
                    "feed": feed,
                    "outlet": f"The {feed.title()}",
                    "wire": "Reuters" if feed == "beta" else "",
                    "title": title,
                    "summary": f"Summary {m} of {feed} & co, R&D.",
                    "body": f"HARBOUR (Reuters) - First paragraph {m} by {feed}, with “quotes” and a < b.\n\nSecond paragraph.",
                    "url": f"https://{feed}.example/{m}?a=1&b=2",
                }
                file.write(json.dumps(item, ensure_ascii=False) + "\n")
    return path
