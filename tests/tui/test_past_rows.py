"""Back in time a line of the wire says how many had told the event by then."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from feeds.archive import Batch, open_archive
from feeds.theatres import load_theatre
from tests.archive.samples import THEATRE, THURSDAY, a_story, after, alone, behind
from tui.options import ViewerOptions
from tui.room import Room


def test_a_line_has_the_outlets_and_origins_of_its_day(tmp_path: Path) -> None:
    lead, single = a_story("lead"), a_story("single", received=after(minutes=1), outlet="Radio")
    copy = a_story("copy", received=after(minutes=3), outlet="AP")
    late = a_story("late", received=after(hours=5), outlet="AFP")
    folds = [alone(lead), alone(single), behind(copy, lead, copy=True), behind(late, lead)]
    with open_archive(tmp_path / "a.db") as archive:
        archive.write(Batch(stories=[lead, single, copy, late], folds=folds))
        told = {}
        for hours in (0, 1, 6):
            moment = THURSDAY + timedelta(hours=hours, minutes=1)
            room = Room(archive, load_theatre(THEATRE), lambda: after(days=1), ViewerOptions(as_of=moment))
            rows = {row.id: row for row in room.read_rows(archive.lead_ids())}
            told[hours] = (rows["lead"].outlets, rows["lead"].origins, rows["single"].outlets)
    assert told == {0: (1, 1, 1), 1: (2, 1, 1), 6: (3, 2, 1)}
