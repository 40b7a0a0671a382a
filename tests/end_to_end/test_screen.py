"""The viewer in a real pseudo-terminal, on an archive that the real collector filled."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.machine import Machine
from tests.end_to_end.thursday import publish
from tests.feedserver import FeedServer
from tests.terminal import Terminal

ESC = "\x1b"
ENTER = "\r"
SMALL, LARGE = (80, 24), (200, 60)
LEAVES = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l")
"""The alternate screen left, the cursor shown, pasting as it was."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    machine = Machine(tmp_path_factory.mktemp("filled"))
    with FeedServer() as server:
        publish(machine, server)
        machine.run("poll", "--once")
    return machine.home


@pytest.fixture
def thursday(filled: Path, tmp_path: Path) -> Machine:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return Machine(tmp_path)


@pytest.fixture
def small(thursday: Machine) -> Iterator[Terminal]:
    with opened(thursday, SMALL) as terminal:
        yield terminal


@pytest.fixture
def large(thursday: Machine) -> Iterator[Terminal]:
    with opened(thursday, LARGE) as terminal:
        yield terminal


def opened(machine: Machine, size: tuple[int, int], *words: str) -> Terminal:
    terminal = machine.screen("--no-poll", *words, columns=size[0], rows=size[1])
    terminal.wait_for("Capitals", "Wire", "Kandahar", "Lima", "Q quit")
    return terminal


def selected(terminal: Terminal) -> str:
    """The line under the cursor: the one with another background than its neighbours."""
    marked = [
        y
        for y in range(1, terminal.screen.lines - 1)
        if terminal.screen.buffer[y][4].bg
        not in (terminal.screen.buffer[y - 1][4].bg, terminal.screen.buffer[0][4].bg)
        and terminal.screen.buffer[y][4].bg != terminal.screen.buffer[y + 1][4].bg
    ]
    return "\n".join(terminal.lines[y] for y in marked)


def to_the_wire(terminal: Terminal) -> None:
    terminal.press("2")
    terminal.settle()


def quit_cleanly(terminal: Terminal) -> None:
    terminal.press("Q")
    assert terminal.wait_for_end() == 0
    assert_left_clean(terminal)


def assert_left_clean(terminal: Terminal) -> None:
    tail = bytes(terminal.raw)[bytes(terminal.raw).rindex(b"\x1b[?1049h") :]
    assert all(piece in tail for piece in LEAVES)
    assert tail.rindex(b"\x1b[?25h") > tail.rfind(b"\x1b[?25l")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])
def test_board_and_wire_stand_and_quitting_leaves_the_terminal_as_it_was(
    thursday: Machine, size: tuple[int, int]
) -> None:
    with opened(thursday, size) as terminal:
        kunduz = terminal.line_with("Kunduz")
        assert ("captured" in kunduz, "Taliban" in kunduz, "2/2" in kunduz) == (True, True, True)
        assert "contested" in terminal.line_with("Kandahar")
        assert "no collector since" in terminal.lines[0]
        assert "feeds 2" in terminal.lines[0]
        assert "reported 9 of 34" in terminal.text
        assert "Parliament in Lima" in terminal.text
        assert max(map(len, terminal.lines)) <= size[0]
        quit_cleanly(terminal)


def test_a_large_terminal_shows_evidence_and_story_beside_the_lists(large: Terminal) -> None:
    large.wait_for("Evidence  Kandahar", "Story  ")
    assert "Zaranj" in large.text


def test_moving_moves(small: Terminal) -> None:
    small.wait_until(lambda: "Kandahar" in selected(small), "the cursor on the newest change")
    small.press("j")
    small.wait_until(lambda: "Ghazni" in selected(small), "the cursor a row below")
    small.press("k")
    small.wait_until(lambda: "Kandahar" in selected(small), "the cursor back")
    small.press("G")
    small.wait_for("Zaranj")
    small.press("g", "g")
    small.wait_until(lambda: "Kandahar" in selected(small), "the cursor on the first row")


def test_opening_the_evidence_and_the_story_behind_it(small: Terminal) -> None:
    small.press("j", "j")
    small.wait_until(lambda: "Kunduz" in selected(small))
    small.press(ENTER)
    small.wait_for(
        "Evidence  Kunduz", "Taliban capture Kunduz, provincial council member says", "rule ", "history"
    )
    assert "Capitals" not in small.text
    small.press(ENTER)
    small.wait_for("Story  ", "claim")
    small.press("q", "q")
    small.wait_for("Capitals", "Wire")


def test_reading_a_story_marks_it_read_for_the_next_one_who_looks(thursday: Machine) -> None:
    with opened(thursday, SMALL) as terminal:
        to_the_wire(terminal)
        terminal.press(ENTER)
        terminal.wait_for("Story  ", "https://news.example/")
        terminal.settle()
        quit_cleanly(terminal)
    with thursday.archive() as archive:
        assert [action.kind for action in archive.actions()] == ["read"]
    thursday.run("board")


def test_searching_the_wire_for_a_word(small: Terminal) -> None:
    to_the_wire(small)
    small.press("/")
    small.wait_for("find in wire")
    small.press("lima", ENTER)
    small.wait_until(lambda: "Lima" in selected(small), "the cursor on the match")


def test_keys_that_arrive_together_go_where_they_were_meant(small: Terminal) -> None:
    small.settle()
    small.press(f"2/lima{ENTER}")
    small.wait_until(lambda: "Lima" in selected(small), "the cursor on the match")


def test_filtering_the_wire(small: Terminal) -> None:
    to_the_wire(small)
    small.press("\\")
    small.wait_for("only wire rows with")
    small.press("copper", ENTER)
    small.wait_until(
        lambda: "Governor surrenders" not in small.text and "Lima" in small.text, "only the match"
    )
    small.press(ESC)
    small.wait_for("Governor surrenders")


def test_help_names_the_keys_and_goes_away(small: Terminal) -> None:
    small.press("?")
    small.wait_for("Help: keys", "Next row")
    small.press(ESC)
    small.wait_for("Capitals", "Wire")


def test_a_window_made_larger_shows_more(small: Terminal) -> None:
    small.resize(*LARGE)
    small.wait_for("Evidence  ", "Story  ", "Zaranj")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_viewer_asked_to_end_leaves_the_terminal_as_it_was(
    thursday: Machine, number: signal.Signals
) -> None:
    with opened(thursday, SMALL) as terminal:
        os.kill(terminal.pid, number)
        assert terminal.wait_for_end(timeout=10) == 128 + number
        assert_left_clean(terminal)


def test_without_a_terminal_it_says_what_to_use(thursday: Machine) -> None:
    said = thursday.run(status=1)
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "warwatch board" in said.err


def test_a_shift_of_triage_is_there_for_the_next_one(thursday: Machine) -> None:
    with opened(thursday, SMALL) as terminal:
        terminal.press("2/lima" + ENTER)
        terminal.wait_until(lambda: "Lima" in selected(terminal))
        terminal.press("x")
        terminal.wait_for("1 story dismissed")
        terminal.press("gg  f")
        terminal.wait_for("2 stories flagged")
        terminal.press(ESC)
        terminal.settle()
        quit_cleanly(terminal)
    with thursday.archive() as archive:
        assert [action.kind for action in archive.actions()] == ["dismiss", "flag", "flag"]
    with opened_again(thursday) as terminal:
        assert "Lima" not in terminal.text
        terminal.press("2D")
        terminal.wait_for("Lima")
        terminal.press("uu")
        terminal.wait_for("Undone: dismiss")
        terminal.press("UU")
        terminal.wait_for("Done again: flag, 2 stories")


def opened_again(machine: Machine) -> Terminal:
    terminal = machine.screen("--no-poll", columns=SMALL[0], rows=SMALL[1])
    terminal.wait_for("Capitals", "Wire", "unread", "Q quit")
    return terminal


def test_put_aside_and_brought_back_the_whole_screen_is_painted_again(small: Terminal) -> None:
    small.settle()
    before = small.text
    small.press("\x1a")
    small.wait_until(lambda: process_state(small.pid) == "T", "the process stopped")
    small.settle()
    small.screen.reset()  # the shell wrote over it
    os.kill(small.pid, signal.SIGCONT)
    small.wait_for("Capitals", "Wire", "Kandahar", "Lima", "Q quit")
    small.settle()
    assert small.lines[1:] == before.split("\n")[1:]
    small.press("2", ENTER)
    small.wait_for("Story")
    small.press("Q")
    assert small.wait_for_end() == 0


def process_state(pid: int) -> str:
    """``S`` sleeping, ``T`` stopped, …, as the kernel says."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_an_override_reaches_the_board_by_the_collector(thursday: Machine) -> None:
    with opened(thursday, LARGE) as terminal:
        # The feeds' server has gone by now: what the collector does is heed the journal.
        terminal.press("/kabul" + ENTER)
        terminal.settle()
        terminal.press("o\x15held gov" + ENTER + "the minister was seen there" + ENTER + "12h" + ENTER)
        terminal.wait_for("is set to held government by hand")
        terminal.wait_for("to be set to held")
        with thursday.start("poll") as collector:
            terminal.wait_for("[set by hand: the mi", timeout=40)
            collector.terminate()
            collector.communicate()
        terminal.press("O")
        terminal.wait_for("goes by its evidence again")
    row = thursday.board()["kabul"]
    assert (row["state"], row["holder"], row["override"]) == (
        "held",
        "government",
        "the minister was seen there",
    )
