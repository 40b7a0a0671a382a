"""Alerts in the archive, on each engine: decided in one piece, claimed once, acknowledged by somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feeds.archive import Archive
from feeds.archive.outgoing import Notice
from feeds.errors import ArchiveError
from feeds.story import Drop

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOLD = timedelta(seconds=90)


def say(archive: Archive, key: str, *sinks: str, at: datetime = NOON) -> int:
    notice = Notice(key, at, "high", f"title of {key}", "{}", ("s1", "s2"))
    return archive.alerts.decided(
        f"memory of {key}", notice, sinks, [Drop(at, "", "", "alert", f"held {key}")]
    )


def test_an_alert_its_ways_out_the_memory_and_the_ledger_are_written_in_one_piece(archive: Archive) -> None:
    number = say(archive, "a", "desk", "mail")
    (notice,) = archive.alerts.notices()
    assert notice == Notice("a", NOON, "high", "title of a", "{}", ("s1", "s2"), seq=number)
    assert archive.alerts.notice(number) == notice
    assert archive.alerts.notice(number + 1) is None
    assert archive.alerts.memory() == "memory of a"
    assert [drop.reason for drop in archive.drops()] == ["held a"]
    with pytest.raises(ArchiveError):
        say(archive, "a", "desk")  # the same alert twice
    assert archive.alerts.memory() == "memory of a"
    assert len(archive.drops()) == 1
    assert archive.alerts.decided("later", None, [], []) == 0
    assert archive.alerts.memory() == "later"


def test_each_sink_gets_its_oldest_letter_first_and_each_letter_is_claimed_once(archive: Archive) -> None:
    outbox = archive.alerts.outbox
    say(archive, "a", "desk", "mail")
    say(archive, "b", "desk")
    first = outbox.claim(NOON, HOLD)
    assert [(one.notice.key, one.sink, one.attempts) for one in first] == [("a", "desk", 1), ("a", "mail", 1)]
    second = outbox.claim(NOON, HOLD, busy={"mail"})
    assert [(one.notice.key, one.sink) for one in second] == [("b", "desk")]
    assert not outbox.claim(NOON, HOLD)
    outbox.delivered(first[0].seq, NOON)
    outbox.put_off(first[1].seq, "no answer", NOON + timedelta(minutes=5))
    outbox.give_up(second[0].seq, "gone", NOON, Drop(NOON, "", "", "alert", "given up"))
    fates = {(one.alert, one.sink): (one.state, one.error) for one in outbox.fates([1, 2])}
    assert fates == {
        (1, "desk"): ("sent", ""),
        (1, "mail"): ("due", "no answer"),
        (2, "desk"): ("failed", "gone"),
    }
    assert outbox.tally() == {("desk", "sent"): 1, ("desk", "failed"): 1, ("mail", "due"): 1}
    assert outbox.tries() == {"desk": 1, "mail": 1}
    assert archive.drops()[0].reason == "given up"
    assert not outbox.claim(NOON + timedelta(minutes=4), HOLD)
    assert [one.attempts for one in outbox.claim(NOON + timedelta(minutes=5), HOLD)] == [2]


def test_somebody_acknowledges_and_the_first_one_counts(archive: Archive) -> None:
    for number, key in enumerate("abc"):
        say(archive, key, at=NOON + timedelta(hours=number))
    assert archive.alerts.unacknowledged() == 3
    assert archive.alerts.acknowledge([2], "ann", NOON) == [2]
    assert archive.alerts.acknowledge(None, "bob", NOON + HOLD, up_to=2) == [1]
    assert archive.alerts.acknowledge(None, "bob", NOON + HOLD) == [3]
    assert archive.alerts.acknowledge([1, 2, 9], "cat", NOON) == []
    assert [(one.seq, one.who) for one in archive.alerts.notices()] == [(3, "bob"), (2, "ann"), (1, "bob")]
    assert not archive.alerts.notices(open_only=True)
    assert [one.seq for one in archive.alerts.notices(1)] == [3]
    assert [one.seq for one in archive.alerts.notices(after=2)] == [3]
    assert [one.key for one in archive.alerts.notices_since(NOON + timedelta(hours=1))] == ["c", "b"]


def test_the_ledger_is_counted_from_where_it_was_counted_last(archive: Archive) -> None:
    end, counts = archive.count_drops()
    assert counts == {}
    say(archive, "a")
    end, counts = archive.count_drops(end)
    assert counts == {"alert": 1}
    assert archive.count_drops(end) == (end, {})
