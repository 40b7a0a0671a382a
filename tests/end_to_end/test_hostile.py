"""Titles that want to take over the terminal: what reaches it, byte for byte, after the whole way from a feed."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import ATOM, JSON, RSS, Item, atom, json_feed, rss
from tests.feedserver import FeedServer

CLIPBOARD: Final = "\x1b]52;c;aGFja2Vk\x07"
PAYLOADS: Final = (
    CLIPBOARD,
    "\x1b]0;owned\x1b\\",
    "\x1b[31;5m",
    "\x1b[?1000h",
    "\x1b[6n",
    "\x1bP+q544e\x1b\\",
    "\x9b31;5m",
    "\x9d52;c;aGFja2Vk\x9c",
    "\r\n\x08\x08",
    "\u202etxt.exe\u2066",
    "[/oops][@click=app.quit]x[/][bold",
)  # fmt: skip
SENT_BY_ITSELF: Final = re.compile(
    rb"\x1b(?:\[[0-9;:]*[ABCDHJKmr]|\[\?[0-9;]+(?:[hl]|\$p)|\[[<>=][0-9;]*u|\[>4;[0-9]m|\[[0-9]* ?q|[78=>]|\(B|\]22;[a-z]+\x07)"
)
"""What the screen itself may send: colours, the cursor, modes at both ends, the shape of the pointer."""
FORBIDDEN: Final = re.compile(
    "[\x00-\x06\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
)
ASKED_FOR: Final = re.compile(rb"\x1b\[(?:6n|31;5m)")
"""What a title asked for and the screen never sends by itself."""


WALK: Final = (
    (("\r",), ("Evidence",)),
    (("q", "2", "\r"), ("Story",)),
    (("q", "j", "j", "\r"), ("Story",)),
    (("q", "G", "\r"), ("Story",)),
    (("a",), ("lerts",)),
    (("\x1b",), ()),
    (("q", "q", "1", "c"), ("What changed", "New events")),
    (("j", "\r"), ("Evidence",)),
    (("q", "q", "1", "o"), ("reason",)),
    (("\x1b",), ()),
    (("2", "N"), ("note",)),
    (("Taliban\r",), ("Noted",)),
    (("f",), ("flagged",)),
    ((":", "h", "e", "r"), ("Herat",)),
    (("\x1b",), ()),
    (("/", "Herat\r", "n"), ("Herat",)),
    (("\\", "outlet:", "\t"), ("outlet:",)),
    (("\r",), ("only:",)),
    (("\x1b",), ()),
    (("?", "\t"), ("Help: signs",)),
    (("\x1b",), ()),
    ((",",), ("Feeds", "Watch terms")),
    (("\r",), ("Json",)),
    (("\r",), ("Json",)),
    (("\x1b",), ()),
    (("\x1b",), ()),
    (("\x1b",), ()),
    (("5",), ("Map",)),
    (("6",), ("Timeline",)),
)
"""Keys, and words that the screen shows after them: panels, dialogs, toasts, prompts, the palette, the help, the set up."""


@pytest.fixture
def hostile(machine: Machine, server: FeedServer) -> Machine:
    """An archive of stories by somebody who knows terminals, told in three formats."""
    stories = [
        Item(
            f"{payload}Taliban capture Herat {number}{payload}, lawmaker says{payload}",
            payload * 3,
            10 + number,
        )
        for number, payload in enumerate(PAYLOADS)
    ]
    entities = [
        Item(references(f"Fighting inside Kandahar {PAYLOADS[n]} {n}"), references(PAYLOADS[n]))
        for n in range(4)
    ]
    machine.follow(server.serve("/json", body=json_feed(*stories), headers=JSON), "Json")
    machine.follow(server.serve("/rss", body=rss(*entities), headers=RSS), "Rss")
    machine.follow(
        server.serve("/atom", body=atom(*stories[6:]).encode("utf-8", "replace"), headers=ATOM), "Atom"
    )
    machine.run("poll", "--once")
    return machine


def references(text: str) -> str:
    """Control characters as character references, which a parser turns into the characters."""
    return "".join(f"&#{ord(letter)};" if ord(letter) < 0x20 else letter for letter in text)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
def test_no_escape_of_a_title_reaches_the_terminal(hostile: Machine, size: tuple[int, int]) -> None:
    with hostile.screen("--no-poll", columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("Capitals", "Wire", "Herat", "Kandahar")
        terminal.settle()
        for keys, seen in WALK:
            terminal.press(*keys)
            terminal.settle(0.2)
            terminal.wait_for(*seen)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        sent = bytes(terminal.raw)
    assert ASKED_FOR.search(sent) is None
    rest = SENT_BY_ITSELF.sub(b"", sent)
    assert b"\x1b" not in rest, rest[max(0, rest.index(b"\x1b") - 40) : rest.index(b"\x1b") + 40]
    found = FORBIDDEN.search(rest.decode("utf-8"))
    assert found is None, found


@pytest.mark.parametrize(
    "words",
    [
        ("board",),
        ("board", "--csv"),
        ("why", "https://news.example/"),
        ("feeds", "list"),
        ("status",),
        ("alerts", "list"),
        ("alerts", "show", "1"),
    ],
)
def test_nor_does_any_reach_paper(hostile: Machine, words: tuple[str, ...]) -> None:
    if words[0] == "why":
        with hostile.archive() as archive:
            words = ("why", archive.rows(archive.lead_ids())[0].id)
    said = hostile.run(*words, status=None)
    assert "\x1b" not in said.out + said.err
    assert FORBIDDEN.search(said.out + said.err) is None


def test_nor_json_unescaped(hostile: Machine) -> None:
    said = hostile.run("board", "--json")
    assert FORBIDDEN.search(said.out) is None
    assert len(json.loads(said.out)["capitals"]) == 34


def test_the_news_in_them_is_still_read(hostile: Machine) -> None:
    board = hostile.board()
    assert board["herat"]["state"] == "captured"
    assert board["kandahar"]["state"] == "contested"


def test_a_pasted_text_is_no_way_in(machine: Machine) -> None:
    said = machine.run("read", "-", stdin=f"Taliban capture {CLIPBOARD}Ghazni, governor says.\n".encode())
    assert "captured" in said.out
    assert "\x1b" not in said.out
