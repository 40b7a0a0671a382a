"""Delivery: retried, once each, given up after a day, and no sink waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.alerts.courier import GIVEN_UP_AFTER, HOLD, Courier, pause_after
from feeds.alerts.cursor import Cursor, kept
from feeds.alerts.memory import Memory
from feeds.alerts.records import alert_json
from feeds.alerts.settings import Settings, read_settings
from feeds.alerts.wording import title
from feeds.archive import Archive
from feeds.archive.outgoing import Fate, Notice
from tests.alerts.archives import Clicker
from tests.alerts.receivers import Receiver
from tests.alerts.samples import alert, event


def say(archive: Archive, *sinks: str, clock: Clicker, place: str = "aster") -> str:
    """Put an alert into the outbox; its key."""
    made = alert(event(place))
    notice = Notice(made.key, clock(), made.severity, title(made), alert_json(made), made.stories)
    archive.alerts.decided(kept(Cursor(), Memory()), notice, sinks, [])
    return made.key


def hooks(**receivers: Receiver) -> Callable[[], Settings]:
    documents = [
        {"kind": "sink", "by": "webhook", "name": name, "url": receiver.url, "allow_private": True}
        for name, receiver in receivers.items()
    ]
    return lambda: read_settings(documents)


def once(archive: Archive, settings: Callable[[], Settings], clock: Clicker, seconds: float = 20.0) -> None:
    asyncio.run(Courier(archive, settings, clock).once(seconds))


def fate(archive: Archive) -> Fate:
    (found,) = archive.alerts.outbox.fates([1])
    return found


def test_a_letter_is_delivered_once(archive: Archive) -> None:
    clock = Clicker()
    with Receiver() as receiver:
        key = say(archive, "desk", clock=clock)
        for _ in range(3):
            once(archive, hooks(desk=receiver), clock)
            clock.forward(hours=1)
    assert [posted.json["key"] for posted in receiver.posted] == [key]
    assert (fate(archive).state, fate(archive).attempts) == ("sent", 1)


def test_a_sink_that_fails_is_tried_again_later_and_later_until_it_takes_it(archive: Archive) -> None:
    clock = Clicker()
    with Receiver(500, 503, 200) as receiver:
        say(archive, "desk", clock=clock)
        once(archive, hooks(desk=receiver), clock)
        first = fate(archive)
        assert (first.state, first.error) == ("due", "127.0.0.1 answered 500")
        assert timedelta(seconds=12) <= first.next_at - clock() <= timedelta(seconds=18)
        once(archive, hooks(desk=receiver), clock)  # too early
        assert len(receiver.posted) == 1
        clock.now = first.next_at
        once(archive, hooks(desk=receiver), clock)
        assert timedelta(seconds=24) <= fate(archive).next_at - clock() <= timedelta(seconds=36)
        clock.forward(minutes=1)
        once(archive, hooks(desk=receiver), clock)
    assert fate(archive).state == "sent"
    assert len({posted.headers["idempotency-key"] for posted in receiver.posted}) == 1


def test_after_a_day_a_letter_is_given_up_and_the_ledger_says_so(archive: Archive) -> None:
    clock = Clicker()
    with Receiver(500) as receiver:
        key = say(archive, "desk", clock=clock)
        clock.forward(hours=23)
        once(archive, hooks(desk=receiver), clock)
        assert fate(archive).state == "due"
        clock.now += GIVEN_UP_AFTER
        once(archive, hooks(desk=receiver), clock)
        clock.forward(days=2)
        once(archive, hooks(desk=receiver), clock)
    assert (fate(archive).state, len(receiver.posted)) == ("failed", 2)
    assert archive.drops()[0].reason == f"alert {key} given up for desk after 2 tries: 127.0.0.1 answered 500"


def test_a_sink_that_was_taken_off_the_desk_gets_nothing(archive: Archive) -> None:
    clock = Clicker()
    say(archive, "gone", clock=clock)
    once(archive, hooks(), clock)
    assert fate(archive).state == "failed"
    assert "no sink of that name" in archive.drops()[0].reason


def test_a_sink_that_never_answers_holds_up_no_other(archive: Archive) -> None:
    clock = Clicker()
    with Receiver(hang=True) as deaf, Receiver() as desk:
        for place in ("aster", "bexley", "corden"):
            say(archive, "deaf", "desk", clock=clock, place=place)

        async def deliver() -> None:
            running = asyncio.create_task(Courier(archive, hooks(deaf=deaf, desk=desk), clock).run())
            await asyncio.to_thread(desk.wait, 3)
            await asyncio.to_thread(deaf.wait, 1)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running

        asyncio.run(deliver())
        assert [posted.json["title"].split(":")[0] for posted in desk.posted] == ["Aster", "Bexley", "Corden"]
        assert len(deaf.posted) == 1


def test_what_was_under_way_when_its_courier_was_killed_is_sent_again_with_its_key(archive: Archive) -> None:
    clock = Clicker()
    with Receiver() as receiver:
        key = say(archive, "desk", clock=clock)
        (errand,) = archive.alerts.outbox.claim(clock(), HOLD)  # and then the courier is killed
        assert errand.attempts == 1
        once(archive, hooks(desk=receiver), clock)
        assert not receiver.posted  # it may still be under way
        clock.now += HOLD
        once(archive, hooks(desk=receiver), clock)
    assert [posted.json["key"] for posted in receiver.posted] == [key]
    assert fate(archive).attempts == 2


def test_two_couriers_never_take_the_same_letter(archive: Archive) -> None:
    clock = Clicker()
    say(archive, "desk", clock=clock)
    assert len(archive.alerts.outbox.claim(clock(), HOLD)) == 1
    assert not archive.alerts.outbox.claim(clock(), HOLD)


@given(st.integers(1, 10_000), st.floats(0, 100_000), st.floats(0, 1, exclude_max=True))
def test_the_pause_grows_never_beyond_an_hour_and_never_below_what_was_asked(
    attempts: int, wait: float, chance: float
) -> None:
    pause = pause_after(attempts, wait, lambda: chance).total_seconds()
    assert max(12.0, wait) - 0.001 <= pause <= max(3600 * 1.2, wait) + 0.001
    assert pause_after(attempts + 1, wait, lambda: chance).total_seconds() >= pause - 0.001
