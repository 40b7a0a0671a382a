"""The board of a past moment, out of an archive, is the one that a collector had that had seen no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.collector import open_pipeline
from feeds.evidence import Standing
from feeds.story import Story
from feeds.theatres import load_theatre
from tests.dedupe.groups import NOON, story

KABUL = load_theatre("afghanistan-2021")


def told(n: int, hours: float, place: str, verb: str = "Taliban fighters captured the city of") -> Story:
    made = story(f"News {n}", f"{verb} {place}.", n=n, at=NOON + timedelta(hours=hours), outlet=f"Paper {n}")
    return replace(made, reliability="BC"[n % 2])


STORIES = [
    told(1, 0, "Kunduz"),
    told(2, 0.5, "Herat", "Heavy fighting raged inside"),
    told(
        3, 2, "Kunduz", "After a day of shelling the provincial council conceded that the Taliban had taken"
    ),
    told(4, 7.5, "Herat"),
    told(5, 30, "Kunduz", "Government forces recaptured the city of"),
    told(6, 31, "Kunduz", "Shopkeepers watched on Monday as commandos retook"),
    told(7, 80, "Ghazni", "Heavy fighting raged inside"),
]


def look(rows: Sequence[Standing]) -> dict[str, tuple[object, ...]]:
    """What an operator sees of each place that anything was said of."""
    return {
        row.place: (row.state, row.holder, row.since, row.grade, row.evidence, row.origins, row.flags)
        for row in rows
        if row.last_evidence
    }


def polls(end: datetime) -> list[datetime]:
    return [NOON + timedelta(hours=hour) for hour in range(9, int((end - NOON) / timedelta(hours=1)) + 1, 9)]


@pytest.mark.parametrize("hours", [9, 18, 27, 36, 81, 99])
@pytest.mark.parametrize("restarts", [False, True])
def test_as_of_is_what_was_known_then(tmp_path: Path, hours: int, restarts: bool) -> None:
    moment, end = NOON + timedelta(hours=hours), NOON + timedelta(hours=240)
    with open_archive(tmp_path / "whole.db") as whole, open_archive(tmp_path / "short.db") as short:
        pipeline = open_pipeline(whole, [KABUL], NOON)
        for now in polls(end):
            came = [
                replace(one, received=now) for one in STORIES if now - timedelta(hours=9) < one.told <= now
            ]
            whole.write(pipeline.take(came, now))
            if restarts:
                pipeline = open_pipeline(whole, [KABUL], now)
            if now <= moment:
                short.write(open_pipeline(short, [KABUL], now).take(came, now))
        assert look(whole.standings(KABUL.id, as_of=moment)) == look(short.standings(KABUL.id))
        assert [one for one in whole.changes(KABUL.id) if one.at <= moment] == short.changes(KABUL.id)


def test_a_first_fetch_of_a_week_has_every_day_of_it(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        now = NOON + timedelta(hours=100)
        archive.write(
            open_pipeline(archive, [KABUL], now).take([replace(one, received=now) for one in STORIES], now)
        )
        states = [
            {row.place: row.state for row in archive.standings(KABUL.id, as_of=NOON + timedelta(hours=hours))}
            for hours in (1, 3, 8, 32)
        ]
        assert [one.get("herat") for one in states] == ["contested", "contested", "captured", "captured"]
        assert [one.get("kunduz") for one in states] == ["claimed", "captured", "captured", "retaken"]
