"""An archive is copied from one engine to the other and back, checked, and relieved of what nobody drew on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from feeds.archive import Archive, Batch, open_archive
from feeds.archive.upkeep.checking import check, sound
from feeds.archive.upkeep.copying import Step, copy
from feeds.archive.upkeep.grants import grants
from feeds.archive.upkeep.retention import forget, tidy
from feeds.errors import ArchiveError, InputError
from feeds.evidence import Count
from feeds.story import Drop, FeedState
from feeds.watched import Hit
from tests.archive.samples import (
    THEATRE,
    THURSDAY,
    a_story,
    after,
    alone,
    behind,
    mark,
    put,
    said_of,
    standing_at,
    step_to,
)
from tests.cluster import Cluster


def fill(archive: Archive, stories: int = 40) -> None:
    """Something of everything that an archive holds."""
    told = [a_story(f"s{n:03}", f"Größe {n} — خبر", received=after(hours=n)) for n in range(stories)]
    lead, copied = a_story("lead"), a_story("copy", received=after(minutes=3), outlet="AP")
    standing = standing_at(THURSDAY, seqs=(1,))
    archive.write(
        Batch(
            stories=[lead, copied, *told],
            folds=[alone(lead), behind(copied, lead, copy=True), *map(alone, told)],
            evidence=[said_of(lead, "ghazni"), said_of(told[0], "herat")],
            counts=[Count("s001", THEATRE, "taliban", 9, 34, "exact", "nine", 0, 4, THURSDAY, "AP")],
            standings=[standing],
            changes=[step_to(standing)],
            drops=[Drop(THURSDAY, "f", "u", "parse", "broken")],
            feeds=[FeedState("https://example.org/feed", last_answer=THURSDAY, gone=True)],
            hits=[Hit("t", "s002", ((0, 5),), THURSDAY)],
            places={"s003": ("kabul",)},
        )
    )
    archive.write(Batch(stories=[replace(told[4], title="corrected")]))
    archive.watch.follow({"t", "u"})
    archive.act(mark("flag", "s005"))
    archive.act(mark("read", "s006"))
    archive.act(mark("note", "s007", value="seen"))


def same(one: Archive, other: Archive) -> None:
    for ask in (
        lambda a: a.rows(a.lead_ids()),
        lambda a: [a.versions(story.id) for story, _ in a.recent_stories(after(days=-1))],
        lambda a: a.evidence(),
        lambda a: (a.counts(THEATRE), a.standings(THEATRE), a.changes(THEATRE), a.actions(), a.drops()),
        lambda a: (a.feed_states(), a.watch.hits(), a.watch.gaps(), a.watch.followed()),
        lambda a: a.rows(a.lead_ids(text="خبر")),
    ):
        assert ask(one) == ask(other)


def test_there_and_back_everything_is_as_it_was(server: Cluster, tmp_path: Path) -> None:
    first, there, back = str(tmp_path / "a.db"), server.archive(), str(tmp_path / "b.db")
    with open_archive(first) as one, open_archive(there) as two, open_archive(back) as three:
        fill(one)
        steps: list[Step] = []
        held = copy(one, two, steps.append)
        assert held["stories"].rows == 42
        assert {step.doing for step in steps} == {"copied", "compared"}
        same(one, two)
        sound(two)
        assert copy(two, three) == held
        same(one, three)
        sound(three)
        # Numbers go on where they ended.
        assert two.act(mark("read", "s009")).seq == one.act(mark("read", "s009")).seq
        put(two, a_story("later", received=after(days=9)))
        assert two.story("later") is not None


def test_broken_off_it_is_taken_up_again(
    server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.archive.upkeep.tables.CHUNK", 7)
    with open_archive(tmp_path / "a.db") as one, open_archive(server.archive()) as two:
        fill(one)

        def pull_the_plug(step: Step) -> None:
            if step.table == "stories" and step.done > 20:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            copy(one, two, pull_the_plug)
        assert 20 < len(list(two.recent_stories(after(days=-1)))) < 42
        copy(one, two)
        copy(one, two)
        same(one, two)


def test_a_copy_that_is_not_the_same_is_said(archive: Archive, tmp_path: Path) -> None:
    with open_archive(tmp_path / "source.db") as source:
        fill(source)
        copy(source, archive)
        with archive.store.writing() as connection:
            connection.execute(text("UPDATE stories SET title = 'forged' WHERE id = 's010'"))
        with pytest.raises(ArchiveError, match="not what was copied: stories has 42 rows here and 42 there"):
            copy(source, archive)


def test_two_archives_are_not_mixed(archive: Archive, tmp_path: Path) -> None:
    put(archive, a_story("own"))
    with open_archive(tmp_path / "source.db") as source:
        fill(source)
        with pytest.raises(ArchiveError, match="has stories that"):
            copy(source, archive)


def test_a_sound_archive_is_found_sound_and_a_damaged_one_is_not(archive: Archive) -> None:
    fill(archive)
    assert [finding for finding in check(archive) if finding.wrong] == []
    with archive.store.writing() as connection:
        connection.execute(text("UPDATE stories SET teller = NULL, \"read\" = (1 = 1) WHERE id = 's005'"))
        connection.execute(text("UPDATE stories SET copy_of = 'nobody' WHERE id = 's008'"))
    wrong = {finding.what: finding.wrong for finding in check(archive) if finding.wrong}
    assert set(wrong) == {
        "every story knows who told it",
        "no copy is a copy of what is not there",
        "what is marked read is read everywhere",
    }
    with pytest.raises(ArchiveError, match="1 times it is not so"):
        sound(archive)


def test_guards_that_were_taken_away_are_missed(archive: Archive) -> None:
    with archive.store.writing() as connection:
        postgresql = connection.dialect.name == "postgresql"
        connection.execute(
            text("DROP TRIGGER drops_append_only ON drops" if postgresql else "DROP TRIGGER drops_no_update")
        )
        if not postgresql:
            connection.execute(text("DROP TRIGGER drops_no_delete"))
    assert [finding.wrong for finding in check(archive) if finding.wrong] == ["1 tables are not"]


def test_what_nobody_drew_on_goes_and_the_rest_stays(archive: Archive) -> None:
    fill(archive)
    now = after(days=40)
    would = forget(archive, after(hours=30), now, only_count=True)
    assert len(archive.lead_ids()) == 41
    gone = forget(archive, after(hours=30), now)
    assert gone == would
    left = {story.id for story, _ in archive.recent_stories(after(days=-1))}
    old = {f"s{n:03}" for n in range(30)}
    drawn_on = {"s000", "s001", "s002", "s004", "s005", "s007"}
    assert left & old == drawn_on, (
        "evidence, count, hit, version, flag and note are kept; what was only read is not"
    )
    assert {"lead", "copy", "s030", "s039"} <= left
    assert gone == len(old - drawn_on)
    assert len(archive.lead_ids(text="خبر")) == len(left) - 3
    assert archive.lead_ids(place="kabul") == []
    assert archive.drops(limit=1)[0].reason.startswith(f"{gone} stories received before 2021-08-13 15:30 UTC")
    assert len(archive.evidence()) == 2
    tidy(archive)
    sound(archive)


def test_what_may_still_be_told_again_stays(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="stories of the last 15 days stay"):
        forget(archive, after(days=-14), THURSDAY)


def test_a_month_without_words_goes_with_them(server: Cluster) -> None:
    address = server.archive()
    with open_archive(address) as archive:
        put(archive, a_story("a"), a_story("b", received=after(days=60)))
        assert forget(archive, after(days=1), after(days=90)) == 1
        tidy(archive)
        names = server.say(
            address.rpartition("/")[2], "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"
        )
        assert names == [("story_words_202110",)]
        put(archive, a_story("c", received=THURSDAY + timedelta(days=1)))
        assert len(archive.lead_ids(text="story")) == 2


def test_each_role_may_do_its_own_and_no_more(server: Cluster) -> None:
    address = server.archive()
    database = address.rpartition("/")[2]
    server.say(
        database,
        *(line for line in grants("r_eader", "o_perator", "c_ollector") if not line.startswith("--")),
    )
    server.say(database, *(f"ALTER ROLE {name} LOGIN" for name in ("r_eader", "o_perator", "c_ollector")))
    with open_archive(server.address(database, user="c_ollector")) as collector:
        fill(collector)
        collector.feed_turns("me").enroll({"https://example.org/feed": "example.org"})
        assert collector.feed_turns("me").take() == ["https://example.org/feed"]
        with (
            pytest.raises(ArchiveError, match="your role may not do this"),
            collector.store.writing() as connection,
        ):
            connection.execute(text("DELETE FROM evidence"))
    with open_archive(server.address(database, user="o_perator")) as operator:
        operator.act(mark("escalate", "s010"))
        assert operator.stamp() > 1
        with pytest.raises(ArchiveError, match="your role may not do this"):
            put(operator, a_story("x", received=after(days=9)))
    with open_archive(server.address(database, user="r_eader")) as reader:
        assert len(reader.lead_ids(text="خبر")) == 39
        assert reader.stamp() > 1
        for deed in (lambda: reader.act(mark("read", "s011")), lambda: put(reader, a_story("y"))):
            with pytest.raises(ArchiveError, match="your role may not do this"):
                deed()


def test_a_name_that_is_no_role_is_refused() -> None:
    with pytest.raises(InputError, match="is no name for a role"):
        grants("reader; DROP TABLE stories", "o", "c")
