"""Tables that people read: keys, states, ages, filters, arrangement, the words of the status line."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.clock import ReplayClock, system_clock, wall_of
from feeds.evidence import STATES
from feeds.story import FeedState
from tests.tui.fake_archive import FakeBeat
from tests.tui.samples import NOW, hours_ago
from tui.commands import COMMANDS
from tui.keymap import USUAL, clashes, command, key_name
from tui.panels.status import fit_parts, status_parts
from tui.states import LOOKS, look_of
from tui.styling import STYLE_NAMES, THEMES
from tui.views.ages import age, full, moment
from tui.views.layout import Layout
from tui.views.status import Facts, FeedsHealth, Pulse, emptiness


def test_no_key_does_two_things_and_ctrl_q_always_quits() -> None:
    assert clashes() == []
    assert clashes([command("help"), command("help")]) == ["?: help and help", "F1: help and help"]


def test_every_command_can_be_read_about() -> None:
    assert len({each.id for each in COMMANDS}) == len(COMMANDS)
    assert all(each.title and each.help.endswith(".") for each in COMMANDS)
    assert USUAL.shown(command("search")) == "/"
    assert key_name("ctrl+d") == "Ctrl-d"


def test_every_state_has_its_own_letter_glyph_and_ascii_sign() -> None:
    assert {look.state for look in LOOKS} == set(STATES)
    for field in ("letter", "glyph", "ascii", "style", "order"):
        assert len({getattr(look, field) for look in LOOKS}) == len(LOOKS)
    assert all(look.style in STYLE_NAMES for look in LOOKS)
    assert look_of("a state of next year").state == "unknown"


def test_glyphs_are_one_cell_wide_in_every_terminal() -> None:
    assert all(unicodedata.east_asian_width(look.glyph) in ("N", "Na") for look in LOOKS)
    assert all(look.ascii.isascii() and len(look.ascii) == 1 for look in LOOKS)


def test_every_style_has_a_rule_in_the_sheet() -> None:
    sheet = (Path(__file__).parents[2] / "tui/styles/warwatch.tcss").read_text()
    assert [name for name in STYLE_NAMES if f"> .ink--{name} " not in sheet] == []


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "theme", [theme for theme in THEMES if not theme.ansi], ids=lambda theme: str(theme.name)
)
def test_every_colour_can_be_read_on_its_ground(theme: object) -> None:
    variables = theme.variables  # type: ignore[attr-defined]
    grounds = [theme.background, variables["w-bar-background"]]  # type: ignore[attr-defined]
    frames = ("w-frame", "w-cursor", "w-border")
    for name, colour in variables.items():
        if name.endswith("background") or name in frames:
            continue
        if name.startswith("w-tint-"):  # a ground of the map: names and signs are written on it
            state = variables.get(name.replace("tint-", ""), variables["w-muted"])
            assert min(_contrast(each, colour) for each in (state, theme.foreground)) >= 4.5, name  # type: ignore[attr-defined]
            continue
        for ground in grounds:
            assert _contrast(colour, ground) >= 4.5, (name, ground)
    assert _contrast(variables["w-cursor"], variables["w-cursor-background"]) >= 4.5
    assert _contrast(theme.foreground, variables["w-idle-background"]) >= 4.5  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "now"), (0.5, "30m"), (3, "3h"), (47, "47h"), (48, "2d"), (24 * 120, "17w"), (-1, "now")],
)
def test_ages(hours: float, said: str) -> None:
    assert age(hours_ago(hours), NOW) == said
    assert age(None, NOW) == ""


def test_moments_of_today_are_times_and_older_ones_days() -> None:
    assert moment(hours_ago(1), NOW) == "17:42"
    assert moment(hours_ago(30), NOW) == "11 Aug"
    assert moment(hours_ago(24 * 400), NOW) == "07/20"
    assert full(None, NOW) == "no date"
    assert full(hours_ago(1), NOW) == "12 Aug 17:42Z"


def test_panels_for_each_size() -> None:
    layout = Layout()
    assert layout.arrange(80).panels == ("board", "wire")
    assert layout.arrange(120).panels == ("board", "wire", "evidence")
    assert layout.arrange(200).panels == ("board", "evidence", "wire", "story")


def test_the_operator_chooses_what_stands_beside_board_and_wire() -> None:
    layout = Layout(detail="story")
    layout.open("map", 120)
    seen = []
    for _ in range(3):
        assert layout.rearrange(120)
        seen.append(layout.arrange(120).panels)
    assert seen == [("board", "wire", "map"), ("board", "wire", "timeline"), ("board", "wire", "story")]
    assert layout.rearrange(80) == ()
    assert layout.arrange(200).panels == ("board", "evidence", "wire", "story"), "each size has its own"


def test_a_panel_that_is_no_longer_in_sight_loses_the_focus() -> None:
    layout = Layout(focus="evidence")
    layout.rearrange(120)
    assert (layout.focus, "board" in layout.arrange(120).panels) == ("board", True)


def test_what_is_opened_is_closed_again_in_order() -> None:
    layout = Layout()
    layout.open("evidence", 80)
    layout.open("story", 80)
    assert layout.arrange(80).panels == ("story",)
    assert layout.back()
    assert (layout.solo, layout.focus) == ("evidence", "evidence")
    assert layout.back()
    assert (layout.solo, layout.focus) == ("", "board")
    assert not layout.back()


def test_opening_twice_fills_the_screen() -> None:
    layout = Layout()
    layout.open("evidence", 120)
    assert layout.solo == ""
    layout.open("evidence", 120)
    assert layout.solo == "evidence"
    layout.back()
    assert (layout.solo, layout.focus) == ("", "evidence")


def test_the_collector_is_alive_late_dead_or_none() -> None:
    pulse = Pulse(lambda: NOW)
    assert pulse.word(0) == "none"
    pulse.take(FakeBeat(NOW - timedelta(seconds=20)), 0)
    assert pulse.word(0) == "ok"
    pulse.take(FakeBeat(NOW - timedelta(seconds=15)), 100)
    assert [pulse.word(at) for at in (110, 160, 500, 100 + 9000, 100 + 86400 * 3)] == [
        "ok", "late", "dead 6 min", "dead 2 h", "dead 3 days",
    ]  # fmt: skip
    pulse.take(FakeBeat(NOW - timedelta(seconds=5)), 600)
    assert pulse.word(601) == "ok"


def test_a_collector_that_ended_in_order_is_none_and_not_late_or_dead() -> None:
    pulse = Pulse(lambda: NOW)
    pulse.take(FakeBeat(hours_ago(3)), 0, at_work=False)
    assert (pulse.word(0), pulse.last_ran) == ("none", hours_ago(3))
    facts = Facts(pulse.word(0), pulse.last_ran)
    line = "".join(piece for piece, _ in fit_parts(status_parts(facts, "X", NOW, 0, as_of=False), 120))
    assert "no collector since 15:42" in line
    assert "The last one ran until 12 Aug 15:42Z" in " ".join(emptiness(facts, filtered=False))


@pytest.mark.parametrize("speed", [0.000001, 1.0, 600.0])
def test_a_replay_s_clock_does_not_kill_its_collector_however_it_runs(speed: float) -> None:
    pulse = Pulse(wall_of(ReplayClock(NOW, speed)))
    pulse.take(FakeBeat(system_clock() - timedelta(seconds=5)), 0)
    assert pulse.word(0) == "ok"
    pulse.take(FakeBeat(system_clock() - timedelta(minutes=30)), 0)  # seen to move just now
    assert [pulse.word(at) for at in (1, 600)] == ["ok", "dead 10 min"]


def test_a_collector_killed_in_a_replay_is_dead_by_the_machine_s_time() -> None:
    pulse = Pulse(wall_of(ReplayClock(NOW, speed=600.0)))
    pulse.take(FakeBeat(system_clock() - timedelta(minutes=30)), 0)
    assert pulse.word(0) == "dead 30 min"


def test_a_beat_in_the_future_says_nothing_until_it_moves_or_does_not() -> None:
    pulse = Pulse(lambda: NOW)
    pulse.take(FakeBeat(NOW + timedelta(hours=3)), 1000)
    assert [pulse.word(at) for at in (1000, 1100, 1200)] == ["late", "late", "dead 4 min"]
    pulse.take(FakeBeat(NOW + timedelta(hours=3)), 1250)
    assert pulse.word(1250) == "dead 4 min", "it does not begin anew with each look"
    pulse.take(FakeBeat(NOW + timedelta(hours=3, seconds=10)), 1260)
    assert pulse.word(1261) == "ok", "another machine's clock is ahead, and its collector at work"


def test_the_status_line_keeps_the_clock_and_the_collector_when_it_is_narrow() -> None:
    health = FeedsHealth.of(
        {"https://a.example/f": FeedState("a", error="HTTP 503"), "b": FeedState("b", last_answer=NOW)}
    )
    facts = Facts("dead 5 min", feeds=health, changes=3, since=hours_ago(12))
    for cells in (60, 80, 120, 200):
        text = "".join(
            piece
            for piece, _ in fit_parts(status_parts(facts, "Afghanistan 2021", NOW, 14, as_of=False), cells)
        )
        assert len(text) <= cells
        for words in ("18:42Z", "collector dead 5 min", "14 new", "1"):
            assert words in text, (cells, text)
    assert "failing: a.example" in text
    assert "3 changes since 06:42" in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts("none"), "no collector is running"),
        (Facts("dead 9 min"), "The collector is dead 9 min"),
        (Facts("ok"), "asking the feeds for the first time"),
        (
            Facts("ok", feeds=FeedsHealth(2, 0, (("a", "no route"), ("b", "x")))),
            "none of 2 feeds answers. Is there a network?",
        ),
        (Facts("ok", feeds=FeedsHealth(2, 2)), "2 of 2 feeds have answered"),
    ],
)
def test_an_empty_wire_says_what_is_happening(facts: Facts, words: str) -> None:
    assert words in " ".join(emptiness(facts, filtered=False))
    assert max(map(len, emptiness(facts, filtered=False))) <= 76
    assert "Esc" in " ".join(emptiness(facts, filtered=True))


def test_without_a_network_the_demo_is_offered() -> None:
    facts = Facts("ok", feeds=FeedsHealth(1, 0, (("a", "no route to host"),)))
    said = emptiness(facts, filtered=False)
    assert "warwatch demo" in said[-1]
    assert "no route to host" in " ".join(said)


def test_a_feed_that_is_silent_or_dead_or_gone_is_said_so_each_by_its_word() -> None:
    heard = FeedState("a", last_fetch=NOW, last_answer=NOW, newest=hours_ago(1), longest_silence=9 * 3600.0)
    states = {
        "a": heard,
        "b": replace(heard, newest=hours_ago(20)),
        "c": replace(heard, last_answer=hours_ago(120), errors_in_row=30, error="404"),
        "d": replace(heard, gone=True),
    }
    health = FeedsHealth.of(states, NOW)
    assert health.alarms == (("dead", 1), ("gone", 1), ("silent", 1))
    parts = status_parts(Facts("ok", feeds=health), "Test", NOW, 0, as_of=False)
    assert "feeds 3 of 4, 1 dead, 1 gone, 1 silent" in "".join(text for text, _ in fit_parts(parts, 160))
    assert FeedsHealth.of(states).alarms == ()
