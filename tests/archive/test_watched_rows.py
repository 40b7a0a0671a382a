"""Which rows and places the archive tells of a watch term, and which outlets a group lets through."""

from __future__ import annotations

from pathlib import Path

from feeds.archive import Batch, Sieve, open_archive
from feeds.watched import Hit
from tests.archive.samples import THEATRE, a_story, after, alone, behind, said_of


def test_the_rows_and_places_of_a_term(tmp_path: Path) -> None:
    one, two, three = (a_story(str(number) * 16, received=after(minutes=number)) for number in (1, 2, 3))
    hits = [Hit("t1", three.id, ((0, 1),), three.told), Hit("t2", two.id, ((0, 1),), two.told)]
    folds = [alone(one), alone(two), behind(three, one)]
    with open_archive(tmp_path / "a.db") as archive:
        archive.write(
            Batch(stories=[one, two, three], folds=folds, evidence=[said_of(two, "herat")], hits=hits)
        )
        rows = {row.id: row.row for row in archive.rows(archive.lead_ids())}
        assert archive.watch.leads(["t1"]) == {rows[one.id]}
        assert archive.watch.leads(["t1", "t2"]) == {rows[one.id], rows[two.id]}
        assert archive.watch.leads([]) == set()
        assert archive.watch.places(["t2"], THEATRE) == {"herat"}
        assert archive.watch.places(["t1"], THEATRE) == set()
        assert archive.watch.places(["t2"], "elsewhere") == set()


def test_outlets_of_a_group(tmp_path: Path) -> None:
    reuters = a_story("1" * 16)
    post = a_story("2" * 16, outlet="Post", received=after(minutes=1))
    with open_archive(tmp_path / "a.db") as archive:
        archive.write(Batch(stories=[reuters, post], folds=[alone(reuters), alone(post)]))
        named = {row.outlet: row.row for row in archive.rows(archive.lead_ids())}
        assert archive.lead_ids(sieve=Sieve(outlets=("Post", "nobody"))) == [named["Post"]]
        assert archive.lead_ids(sieve=Sieve(outlets=())) == []
