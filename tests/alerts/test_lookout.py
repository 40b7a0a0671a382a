"""From what moved in a real archive to an alert in its outbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.alerts.records import OLD, Alert, alert_of
from feeds.alerts.silent import feed_events
from feeds.archive import Archive, Batch, Beat
from feeds.errors import ArchiveError
from feeds.evidence import Action
from feeds.story import FeedState, Fold, Story
from feeds.watch.watcher import Watcher
from feeds.watched import WatchTerm
from tests.alerts.archives import FEED, Clicker, Wire, lookout, settings_of
from tests.alerts.samples import NOON


def said(archive: Archive) -> list[Alert]:
    """Every alert, oldest first."""
    return [alert_of(notice.record) for notice in reversed(archive.alerts.notices())]


def test_a_city_that_falls_is_in_the_outbox_with_the_sentence_and_the_link(archive: Archive) -> None:
    clock, wire = Clicker(), Wire(archive)
    watching = lookout(archive, clock)
    wire.falls("aster", clock())
    assert watching.look()
    (alert,) = said(archive)
    (event,) = alert.events
    assert event.headline == "Aster: held by Blues → captured by Reds"
    assert event.proof is not None
    assert (event.proof.sentence, event.proof.url) == ("aster falls to the reds", "https://herald.example/1")
    assert [one.sink for one in archive.alerts.outbox.claim(clock(), timedelta(0))] == ["none"]
    assert not watching.look()


def test_what_an_archive_held_before_its_first_look_is_not_said_but_noted(archive: Archive) -> None:
    clock, wire = Clicker(), Wire(archive)
    wire.falls("aster", clock())
    watching = lookout(archive, clock)
    assert not watching.look()
    assert "nothing is said of 1 changes" in archive.drops()[0].reason
    wire.falls("bexley", clock())
    assert watching.look()


def test_a_backlog_makes_one_alert_that_says_so(archive: Archive) -> None:
    clock = Clicker()
    watching = lookout(archive, clock)
    wire = Wire(archive)
    for number in range(150):
        wire.falls(f"town-{number}", NOON - timedelta(days=3, minutes=number))
    assert watching.look()
    (alert,) = said(archive)
    assert (alert.events, alert.held) == ((), {OLD: 150})
    assert archive.alerts.notices()[0].title == ("warwatch: 150 events told long ago: counted, not named")
    assert any("town-0" in drop.reason and "and 145 more" in drop.reason for drop in archive.drops())
    for _ in range(40):
        clock.forward(minutes=10)
        assert not watching.look()


def test_nothing_is_said_before_a_new_archive_has_heard_of_every_feed(archive: Archive) -> None:
    clock = Clicker()
    watching = lookout(archive, clock)
    clock.now = NOON + timedelta(seconds=30)  # the grace is over
    other = FeedState("https://other.example/feed", last_fetch=NOON)
    archive.save_feed_state(other)
    assert not watching.look()
    wire = Wire(archive)
    wire.falls("aster", clock())
    wire.falls("bexley", clock() - timedelta(days=2))
    assert watching.look()
    (alert,) = said(archive)
    assert [event.place for event in alert.events] == ["aster"]
    assert alert.held == {OLD: 1}


def test_a_threshold_is_met_later_by_a_second_origin(archive: Archive) -> None:
    clock, wire = Clicker(), Wire(archive)
    rule: dict[str, object] = {
        "kind": "rule",
        "on": "change",
        "name": "sure",
        "to": ["captured"],
        "origins": 2,
        "grade": "C3",
    }
    watching = lookout(archive, clock, rule)
    wire.falls("aster", clock(), grade="C4")
    assert not watching.look()
    wire.stands("aster", clock(), origins=2, grade="C4")
    assert not watching.look()
    wire.stands("aster", clock(), origins=2, grade="B2")
    assert watching.look()
    (alert,) = said(archive)
    assert (alert.events[0].origins, alert.events[0].grade) == (2, "B2")
    wire.stands("aster", clock(), origins=3, grade="B1")
    clock.forward(hours=1)
    assert not watching.look()


def test_a_threshold_met_too_late_is_not_said(archive: Archive) -> None:
    clock, wire = Clicker(), Wire(archive)
    rule: dict[str, object] = {
        "kind": "rule",
        "on": "change",
        "name": "sure",
        "to": ["captured"],
        "origins": 2,
    }
    watching = lookout(archive, clock, rule)
    wire.falls("aster", clock())
    watching.look()
    wire.falls("aster", clock(), state="disputed")
    watching.look()
    wire.stands("aster", clock(), origins=5)
    assert not watching.look()


@pytest.mark.parametrize(
    ("rule", "heard"),
    [
        ({"to": ["disputed"]}, False),
        ({"from": ["contested"]}, False),
        ({"from": ["held"], "to": ["captured"]}, True),
        ({"places": ["bexley"]}, False),
        ({"theatres": ["testland"], "grade": "B"}, True),
        ({"grade": "A"}, False),
        ({"grade": "2"}, True),
        ({"grade": "1"}, False),
    ],
)
def test_a_rule_says_what_is_wanted(archive: Archive, rule: dict[str, object], heard: bool) -> None:
    clock, wire = Clicker(), Wire(archive)
    watching = lookout(archive, clock, {"kind": "rule", "on": "change", "name": "mine", **rule})
    wire.falls("aster", clock())
    assert watching.look() == heard


def test_a_withdrawal_takes_back_the_alert_that_rested_on_it_and_nothing_else(archive: Archive) -> None:
    clock, wire = Clicker(), Wire(archive)
    watching = lookout(archive, clock)
    story = wire.falls("aster", clock())
    other = wire.falls("bexley", clock() - timedelta(days=2))
    watching.look()
    clock.forward(minutes=2)
    wire.withdraws(story, "aster", clock())
    wire.withdraws(other, "bexley", clock())
    assert watching.look()
    first, second = said(archive)
    (event,) = second.events
    assert event.headline == "TAKEN BACK: Aster: held by Blues → captured by Reds"
    assert f"takes back alert {first.key}" in event.note
    assert "withdrawn by Herald: never mind" in event.note
    assert "The row is now: held by Blues" in event.note
    clock.forward(minutes=2)
    assert not watching.look()


def test_a_watch_term_that_matters_is_said_with_the_sentence_it_stands_in(archive: Archive) -> None:
    clock = Clicker()
    Wire(archive)
    terms = (WatchTerm("cholera", "high"), WatchTerm("weather", "low"))
    watching = lookout(archive, clock, terms=terms)
    watcher = Watcher(archive.watch, lambda: terms)
    watcher.look()
    told = clock()
    story = Story(
        "s9", "Rain in the south", "Roads are closed. Doctors report cholera in two camps! The weather is bad.",
        url="https://herald.example/9", feed=FEED.url, outlet="Herald", published=told, received=told,
    )  # fmt: skip
    archive.write(Batch([story], [Fold("s9", "s9", None, "o")], hits=watcher.hits([story])))
    assert watching.look()
    (alert,) = said(archive)
    (event,) = alert.events
    assert event.headline == "Watch term “cholera”: Rain in the south"
    assert event.proof is not None
    assert event.proof.sentence == "Doctors report cholera in two camps!"
    retract = Action("retract", "wire", clock(), "s9", reason="withdrawn by Herald: never mind")
    archive.write(Batch(actions=[retract]))
    clock.forward(minutes=2)
    assert watching.look()
    (event,) = said(archive)[1].events
    assert event.headline == "TAKEN BACK: Watch term “cholera”: Rain in the south"


def test_a_term_that_spikes_is_said_once(archive: Archive) -> None:
    clock = Clicker()
    Wire(archive)
    terms = (WatchTerm("shelling", "low"),)
    watching = lookout(archive, clock, terms=terms)
    watcher = Watcher(archive.watch, lambda: terms)
    watcher.look()
    stories = [
        Story(
            f"x{number}",
            f"Shelling again {number}",
            outlet=f"Outlet {number % 3}",
            published=clock(),
            received=clock(),
        )
        for number in range(9)
    ]
    archive.write(
        Batch(stories, [Fold(one.id, one.id, None, one.id) for one in stories], hits=watcher.hits(stories))
    )
    assert watching.look()
    clock.forward(minutes=45)
    watching.look()
    (alert,) = said(archive)
    assert alert.events[0].headline.startswith(
        "Watch term “shelling” spikes: 9 stories of 3 outlets in an hour"
    )


def test_a_feed_that_is_silent_longer_than_ever_is_said_once_until_it_speaks_again(archive: Archive) -> None:
    clock = Clicker()
    Wire(archive)
    watching = lookout(archive, clock)

    def newest(hours: float) -> None:
        archive.save_feed_state(
            FeedState(FEED.url, last_fetch=clock(), last_answer=clock(), newest=clock() - timedelta(hours=hours),
                      next_due=clock(), longest_silence=8 * 3600.0, rhythm=600.0)
        )  # fmt: skip

    newest(7)
    assert not watching.look()
    newest(9)
    assert watching.look()
    assert (
        said(archive)[0]
        .events[0]
        .headline.startswith("Feed Herald: answers, but is silent longer than ever: 9 h")
    )
    clock.forward(hours=1)
    newest(10)
    assert not watching.look()
    newest(0)
    assert not watching.look()
    clock.forward(hours=9)
    newest(9)
    assert watching.look()


def test_a_collector_that_was_killed_is_told_by_the_next_one_and_one_that_ended_is_not(
    archive: Archive,
) -> None:
    clock = Clicker()
    Wire(archive)
    first = lookout(archive, clock)
    archive.beat(Beat("test/1", clock(), 1, 1, 0))
    clock.forward(hours=2)
    second = lookout(archive, clock)
    second.look()
    (alert,) = said(archive)
    assert (
        alert.events[0].headline
        == "The collector was dead for 2 h, from 01 Mar 12:10Z on; it is at work again"
    )
    second.end()
    clock.forward(hours=5)
    assert not lookout(archive, clock).look()
    assert first is not second


def test_what_could_not_be_written_is_said_at_the_next_look(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, wire = Clicker(), Wire(archive)
    watching = lookout(archive, clock)
    wire.falls("aster", clock())

    def full(*_: object) -> int:
        raise ArchiveError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(archive.alerts, "decided", full)
        with pytest.raises(ArchiveError):
            watching.look()
    assert watching.look()
    assert len(said(archive)) == 1


def test_a_killed_collector_leaves_nothing_unsaid_and_nothing_twice(archive: Archive) -> None:
    clock, wire = Clicker(), Wire(archive)
    lookout(archive, clock).look()
    wire.falls("aster", clock())  # and then it is killed before it looks
    lookout(archive, clock).look()
    lookout(archive, clock).look()
    assert [event.place for alert in said(archive) for event in alert.events] == ["aster"]


def test_a_line_that_is_cut_is_one_event_and_not_one_a_feed() -> None:
    now = NOON
    rules = settings_of().rules
    alarming = {f"https://f.example/{n}": (f"Outlet {n}", "dead", "dead: failed") for n in range(11)}
    (event,) = feed_events(rules, alarming, {}, now)
    assert event.headline.startswith("11 feeds give alarm: Outlet 0 (dead), ")
    assert event.headline.endswith("Outlet 7 (dead) and 3 more")
    before = dict.fromkeys(list(alarming)[2:], "dead")
    assert [one.subject for one in feed_events(rules, alarming, before, now)] == [
        "feed:https://f.example/0",
        "feed:https://f.example/1",
    ]
