"""Alerts on the screen: what one sees and hears, and that no word of the news gets further than that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from textual.pilot import Pilot

from feeds.alerts.records import Alert, alert_json
from feeds.alerts.wording import title
from feeds.archive.outgoing import Notice
from feeds.clock import system_clock
from feeds.errors import ArchiveError
from tests.alerts.samples import PROOF, alert, event
from tests.tui.fake_archive import FakeArchive, FakeBeat
from tests.tui.samples import NOW
from tests.tui.screen import OPTIONS, Clicker, app_of, lines, press, row_with, run, screen, settle, text
from tui.alarms import in_brief
from tui.attention import notification
from tui.options import ViewerOptions


@dataclass
class FakeAlerts:
    """Alerts in memory."""

    kept: list[Notice] = field(default_factory=list)

    def say(self, made: Alert) -> None:
        self.kept.append(
            Notice(made.key, made.at, made.severity, title(made), alert_json(made), seq=len(self.kept) + 1)
        )

    def unacknowledged(self) -> int:
        return sum(one.acknowledged is None for one in self.kept)

    def notices(self, limit: int | None = None, *, after: int = 0) -> Sequence[Notice]:
        return [one for one in reversed(self.kept) if one.seq > after][:limit]

    def acknowledge(
        self, numbers: Collection[int] | None, who: str, at: datetime, *, up_to: int | None = None
    ) -> list[int]:
        assert numbers is None
        assert up_to is not None
        done = [one.seq for one in self.kept if one.acknowledged is None and one.seq <= up_to]
        self.kept = [replace(one, acknowledged=at, who=who) if one.seq in done else one for one in self.kept]
        return done


def with_alerts(alerts: FakeAlerts) -> ViewerOptions:
    return replace(OPTIONS, alerts=lambda: alerts)


async def look(pilot: Pilot[None]) -> None:
    """What the thread does that looks at the alerts."""
    app_of(pilot).main.look_at_alarms()
    await settle(pilot)


def count_bells(pilot: Pilot[None]) -> list[int]:
    rung: list[int] = []
    pilot.app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
    return rung


def test_an_alert_shows_with_its_proof_rings_once_and_stands_in_the_status_line_until_it_is_acknowledged() -> (
    None
):
    async def story() -> None:
        alerts = FakeAlerts()
        alerts.say(alert(event("corden")))
        async with screen(FakeArchive(), options=with_alerts(alerts)) as pilot:
            rung = count_bells(pilot)
            await look(pilot)
            assert "1 alert (a)" in lines(pilot)[0]
            assert not rung  # it was there before
            alerts.say(alert(event("aster")))
            await look(pilot)
            await look(pilot)
            assert len(rung) == 1
            assert "2 alerts (a)" in lines(pilot)[0]
            shown = text(pilot)
            for words in (
                "Aster: contested → captured by Reds",
                "The city is lost, the governor",
                "Herald (B)",
            ):
                assert words in shown
            assert "Corden" not in shown
            await press(pilot, "a")
            assert "Alerts: 2 open, a acknowledges all" in text(pilot)
            assert row_with(pilot, "high  OPEN")
            await press(pilot, "a")
            await look(pilot)
            assert "alert" not in lines(pilot)[0]
            assert [one.who for one in alerts.kept] == ["tester", "tester"]
            await press(pilot, "a")
            assert "seen by tester" in text(pilot)
            await press(pilot, "escape")
            assert "seen by tester" not in text(pilot)

    run(story)


def test_an_alert_that_comes_while_the_list_is_open_stays_open() -> None:
    async def story() -> None:
        alerts = FakeAlerts()
        alerts.say(alert(event("aster")))
        async with screen(FakeArchive(), options=with_alerts(alerts)) as pilot:
            await press(pilot, "a")
            alerts.say(alert(event("bexley")))
            await press(pilot, "a")
            assert [one.acknowledged is None for one in alerts.kept] == [False, True]

    run(story)


def test_what_came_between_the_opening_and_the_first_look_is_shown_too() -> None:
    async def story() -> None:
        alerts = FakeAlerts()
        async with screen(FakeArchive(), options=with_alerts(alerts)) as pilot:
            rung = count_bells(pilot)
            alerts.say(alert(event("aster")))
            alerts.say(replace(alert(event("bexley")), at=system_clock() + timedelta(seconds=1)))
            await look(pilot)
            assert len(rung) == 1
            assert "Bexley: contested" in text(pilot)
            assert "Aster: contested" not in text(pilot)

    run(story)


def test_alerts_that_cannot_be_read_are_complained_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.alerting.LOOK_SECONDS", 0.02)
    archive, alerts = FakeArchive(), FakeAlerts()
    asked: list[int] = []
    said: list[str] = []

    def gone() -> int:
        asked.append(1)
        raise ArchiveError("the alerts are gone")

    monkeypatch.setattr(alerts, "unacknowledged", gone)

    async def story() -> None:
        async with screen(archive, options=replace(with_alerts(alerts), poll_seconds=0.02)) as pilot:
            monkeypatch.setattr(app_of(pilot).main, "say", said.append)
            archive.moved()
            for _ in range(500):
                if len(asked) >= 5:
                    break
                await pilot.pause(0.02)
            await settle(pilot)
            assert len(asked) >= 5
            assert said.count("the alerts are gone") == 1

    run(story)


def test_several_that_come_together_are_one_message() -> None:
    async def story() -> None:
        alerts = FakeAlerts()
        async with screen(FakeArchive(), options=with_alerts(alerts)) as pilot:
            rung = count_bells(pilot)
            await look(pilot)
            for place in ("aster", "bexley", "corden"):
                alerts.say(alert(event(place)))
            await look(pilot)
            assert len(rung) == 1
            assert "2 more came with it" in text(pilot)

    run(story)


def test_a_long_alert_is_told_in_brief_and_goes_with_esc() -> None:
    sentence = "The government has lost the city, and the governor's staff is waiting for a flight out, " * 4

    async def story() -> None:
        alerts = FakeAlerts()
        async with screen(FakeArchive(), (80, 24), options=with_alerts(alerts)) as pilot:
            await look(pilot)
            before = lines(pilot)
            proof = replace(PROOF, sentence=sentence, outlet="Herald of the North " * 4)
            events = [event(place, headline=f"{place} " * 40, proof=proof) for place in "abcde"]
            alerts.say(alert(*events))
            await look(pilot)
            shown = lines(pilot)
            assert "2 more in it." in text(pilot)
            assert sum(one != two for one, two in zip(before, shown, strict=True)) <= 16
            assert "https://" not in text(pilot)
            assert shown[-1] == before[-1]  # the keys, and the prompt over them, stay in sight
            await press(pilot, "escape")
            assert "lists, Esc hides" not in text(pilot)
            assert "Nothing is open" not in text(pilot)
            await press(pilot, "escape")
            assert "Nothing is open" in text(pilot)

    run(story)


def test_an_alert_in_brief_names_what_moved_the_grade_and_whose_word_it_is() -> None:
    alerts = FakeAlerts()
    alerts.say(alert(event("bexley")))
    alerts.say(alert(event("aster")))
    assert in_brief(alerts.kept) == [
        "Aster: contested → captured by Reds (B2)",
        "“The city is lost, the governor said.” Herald (B)",
        "1 more came with it.",
    ]


def test_nothing_was_alerted_yet_and_the_screen_says_what_would_be() -> None:
    async def story() -> None:
        async with screen(FakeArchive(), options=with_alerts(FakeAlerts())) as pilot:
            await press(pilot, "a")
            assert "No alert yet." in text(pilot)

    run(story)


def test_hostile_news_in_a_message_are_shown_as_plain_text() -> None:
    hostile = "[@click=app.quit]Aster[/] \x1b]52;c;aGk=\x07 \u202eevil\x1b[31m [/oops"

    async def story() -> None:
        alerts = FakeAlerts()
        async with screen(FakeArchive(), (140, 40), options=with_alerts(alerts)) as pilot:
            await look(pilot)
            proof = replace(PROOF, sentence=hostile, outlet=hostile)
            alerts.say(alert(event(headline=hostile, proof=proof)))
            await look(pilot)
            shown = text(pilot)
            assert "[@click=app.quit]Aster[/]" in shown
            assert not {"\x1b", "\x07", "\u202e"} & set(shown)
            await press(pilot, "a")
            assert "[@click=app.quit]Aster[/]" in text(pilot)

    run(story)


def test_a_collector_that_dies_is_said_once_and_again_when_the_next_one_dies() -> None:
    async def story() -> None:
        clock = Clicker()
        archive = FakeArchive(beat=FakeBeat(NOW))
        async with screen(archive, clock=clock, options=with_alerts(FakeAlerts())) as pilot:
            rung = count_bells(pilot)
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            clock.now = NOW + timedelta(minutes=5)
            for _ in range(3):
                pilot.app.screen.tick()  # type: ignore[attr-defined]
            await settle(pilot)
            assert "nothing new is fetched" in text(pilot)
            assert len(rung) == 1
            clock.now = NOW
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            clock.now = NOW + timedelta(minutes=5)
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            assert len(rung) == 2

    run(story)


def test_an_archive_that_cannot_be_read_is_one_line() -> None:
    class Broken(FakeAlerts):
        def notices(
            self, limit: int | None = None, *, after: int = 0, open_only: bool = False
        ) -> Sequence[Notice]:
            raise ArchiveError("the disk is gone")

    async def story() -> None:
        async with screen(FakeArchive(), options=with_alerts(Broken())) as pilot:
            await press(pilot, "a")
            assert "the disk is gone" in text(pilot)

    run(story)


def test_no_word_of_the_news_ends_a_terminals_notification_or_begins_another() -> None:
    hostile = "9;4;3 \x1b\\\x1b]52;c;aGk=\x07\x9c; Aster\nfalls\u202e"
    plain = notification("osc9", hostile, {})
    assert plain.startswith("\x1b]9;warwatch: ")
    assert plain.endswith("\x1b\\")
    inner = plain[len("\x1b]9;") : -2]
    assert inner.isprintable()
    assert ";" not in inner
    urxvt = notification("osc777", hostile, {})
    assert urxvt.count(";") == 3
    assert urxvt[2:-2].isprintable()
    wrapped = notification("osc9", "Aster", {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert wrapped == "\x1bPtmux;\x1b\x1b]9;warwatch: Aster\x1b\x1b\\\x1b\\"
    assert notification("", "Aster", {}) == ""
