"""Alerts set up in the screen: rules, sinks, figures; what is wrong is said in the line that it is about."""

from __future__ import annotations

from feeds.alerts.settings import defaults, read_settings
from feeds.alerts.ways import Command, Webhook
from feeds.desk import Desk
from tests.tui.samples import thursday
from tests.tui.screen import lines, row_with, run, screen, text
from tests.tui.setup import Child, child_, desk, open_section, strike

__all__ = ["child_", "desk"]


def test_a_webhook_is_added_tested_and_taken_away(desk: Desk, child_: Child) -> None:
    child_.answers["alerts test"] = {
        "key": "test",
        "sinks": [{"sink": "phone", "delivered": False, "error": "404"}],
    }

    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Alerts")
            assert "hands" in text(pilot)
            await strike(
                pilot, "a", *(["down"] * 6), "enter", "ctrl+u", "'phone", "down", "'ftp://x", "ctrl+o"
            )
            assert "must be an http(s) address" in text(pilot)
            await strike(pilot, "ctrl+u", "'https://ntfy.example/", "down", "'my-desk", "ctrl+o")
            assert "Kept: phone" in text(pilot)
            (way,) = read_settings(desk.alerts()).ways
            assert way == Webhook("phone", "https://ntfy.example/", "my-desk")
            await strike(pilot, *(["down"] * 7), "t")
            assert "phone: 404" in text(pilot)
            assert child_.last("alerts test")[2] == "phone"
            await strike(pilot, "d", "down", "enter")

    run(test)
    assert desk.alerts() == []


def test_a_command_keeps_its_words_as_a_shell_parts_them(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Alerts")
            await strike(
                pilot, "a", *(["down"] * 7), "enter", "down", "'say 'two words'", "down", "down", "right"
            )
            await strike(pilot, "ctrl+o")

    run(test)
    (way,) = read_settings(desk.alerts()).ways
    assert way == Command("command-1", ("say", "two words"), 30, "medium")


def test_a_rule_is_changed_and_the_others_stay(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Alerts")
            await strike(pilot, "enter", "down", "ctrl+u", "'captured, lost", "ctrl+o")
            assert "must be of" in text(pilot)
            await strike(
                pilot, "ctrl+u", "'captured", "down", "down", "'kabul, herat", "down", "'c3", "ctrl+o"
            )
            assert "to states captured; capital" in row_with(pilot, "hands")

    run(test)
    rules = read_settings(desk.alerts()).rules
    assert (rules[0].to, rules[0].places, rules[0].grade) == (("captured",), ("kabul", "herat"), "C3")
    assert [rule.name for rule in rules] == [each["name"] for each in defaults()["rule"]]


def test_a_rule_cannot_take_the_name_of_another(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Alerts")
            await strike(pilot, "enter", "ctrl+u", "'claims", "ctrl+o")
            assert "another rule is called claims" in text(pilot)

    run(test)
    assert desk.alerts() == []


def test_quiet_hours_and_the_bell(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Alerts")
            await strike(pilot, "end", "enter", "down", "right", "ctrl+o")
            await strike(pilot, "up", "enter", "'22:00", "ctrl+o")
            assert "must be hours such as" in text(pilot)
            await strike(pilot, "'-06:00", "down", "ctrl+u", "'Europe/Kyiv", "ctrl+o")
            assert "Kept" in lines(pilot)[-1]
            await strike(pilot, "d")
            assert "always one of these" in text(pilot)

    run(test)
    settings = read_settings(desk.alerts())
    assert not settings.screen.bell
    assert settings.noise.quiet is not None
    assert settings.noise.quiet.zone == "Europe/Kyiv"
    assert len(desk.alerts()) == 2
