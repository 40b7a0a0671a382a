"""The desk: small, readable, shared by processes, and never lost to a slip of the hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from feeds.desk import Desk, SavedView, file
from feeds.errors import DeskError
from feeds.story import Subscription

ROOT = Path(__file__).parents[2]
REUTERS = Subscription("https://example.org/reuters", "Reuters", "B", group="World/Wires", language="en")
AFP = Subscription("https://example.org/afp", "AFP", "B")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.json"


@pytest.fixture
def desk(path: Path) -> Desk:
    return Desk.open(path)


def complaint(path: Path) -> str:
    with pytest.raises(DeskError) as caught:
        Desk.open(path)
    said = str(caught.value)
    assert "\n" not in said
    assert str(path) in said
    return said


def test_a_desk_that_was_never_set_up_is_empty_and_makes_no_file(desk: Desk, path: Path) -> None:
    assert desk.subscriptions() == []
    assert desk.theatre() == ""
    assert not desk.allow_private()
    assert desk.preference("layout", "wide") == "wide"
    assert not path.exists()


def test_what_was_set_up_is_there_the_next_day(desk: Desk, path: Path) -> None:
    desk.subscribe(REUTERS)
    desk.subscribe(AFP)
    desk.set_theatre("ukraine")
    desk.set_allow_private(True)
    desk.set_preference("views", [{"name": "Herat", "filter": "place:herat"}])
    again = Desk.open(path)
    assert again.subscriptions() == [REUTERS, AFP]
    assert again.theatre() == "ukraine"
    assert again.allow_private()
    assert again.preference("views") == [{"name": "Herat", "filter": "place:herat"}]


def test_a_feed_followed_twice_is_one_described_anew(desk: Desk) -> None:
    desk.subscribe(REUTERS)
    desk.subscribe(AFP)
    desk.subscribe(Subscription(REUTERS.url, "Reuters World", "A"))
    assert [one.outlet for one in desk.subscriptions()] == ["Reuters World", "AFP"]


def test_unfollowing(desk: Desk) -> None:
    desk.subscribe(REUTERS)
    assert desk.unsubscribe(REUTERS.url)
    assert not desk.unsubscribe(REUTERS.url)
    assert desk.subscriptions() == []


def test_a_person_can_read_the_file(desk: Desk, path: Path) -> None:
    desk.subscribe(Subscription("https://example.org/tolo", "طلوع‌نیوز"))
    text = path.read_text(encoding="utf-8")
    assert "طلوع‌نیوز" in text
    assert '\n      "outlet"' in text


def test_the_generation_before_is_kept(desk: Desk, path: Path) -> None:
    desk.set_theatre("ukraine")
    desk.set_theatre("afghanistan-2021")
    assert Desk.open(path.with_name("desk.json.bak")).theatre() == "ukraine"
    assert sorted(each.name for each in path.parent.iterdir() if not each.name.endswith(".lock")) == [
        "desk.json",
        "desk.json.bak",
    ]


def test_an_edit_by_hand_counts_at_once(desk: Desk, path: Path) -> None:
    desk.subscribe(REUTERS)
    path.write_text(path.read_text().replace('"Reuters"', '"Reuters Kabul"'))
    assert [one.outlet for one in desk.subscriptions()] == ["Reuters Kabul"]
    desk.subscribe(AFP)
    assert [one.outlet for one in desk.subscriptions()] == ["Reuters Kabul", "AFP"]


def test_what_a_newer_warwatch_wrote_is_carried_along(desk: Desk, path: Path) -> None:
    path.write_text(
        json.dumps(
            {
                "subscriptions": {"1": {"url": AFP.url, "outlet": "AFP", "colour": "red"}},
                "shifts": {"1": {"who": "amina"}},
            }
        )
    )
    desk.subscribe(REUTERS)
    kept = json.loads(path.read_text())
    assert kept["subscriptions"]["1"]["colour"] == "red"
    assert kept["shifts"] == {"1": {"who": "amina"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{\n  "subscriptions": {\n    "1": {"url": "x",}\n  }\n}', "line 3, column 22"),
        ("", "line 1, column 1"),
        ("[1]", "must be an object"),
        ('{\n  "subscriptions": []}', 'line 2, column 3: "subscriptions" must hold numbered entries'),
        ('{"subscriptions": {"1": 3}}', '"subscriptions" must hold numbered entries'),
        ('{"subscriptions": {"first": {}}}', "must be numbered"),
        ('{"subscriptions": {"1": {"outlet": "AP"}}}', "subscription 1 has no `url`"),
        ('{"subscriptions": {"1": {"url": 7}}}', "`url` must be text, it is 7"),
        ('{"subscriptions": {"1": {"url": "x", "reliability": "AB"}}}', "a letter A to F"),
    ],
)
def test_a_desk_broken_by_hand_is_named_and_never_written_over(path: Path, text: str, said: str) -> None:
    path.write_text(text)
    assert said in complaint(path)
    if "line" in complaint(path):
        with pytest.raises(DeskError):
            Desk(path).subscribe(REUTERS)
        with pytest.raises(DeskError):
            Desk(path).set_theatre("ukraine")
    assert path.read_text() == text


def test_a_desk_that_is_no_text(path: Path) -> None:
    path.write_bytes(b'{"subscriptions": "\xff"}')
    assert "byte 20 is not UTF-8 text" in complaint(path)


def test_a_desk_that_is_a_folder(path: Path) -> None:
    path.mkdir()
    assert "cannot be read" in complaint(path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which nobody can write")
def test_a_desk_in_a_folder_in_which_nothing_can_be_made() -> None:
    with pytest.raises(DeskError, match="cannot be written"):
        Desk.open(Path("/proc/desk.json")).set_theatre("ukraine")


def test_read_only_changes_nothing(desk: Desk, path: Path) -> None:
    desk.subscribe(REUTERS)
    reader = Desk.open(path, read_only=True)
    assert reader.subscriptions() == [REUTERS]
    with pytest.raises(DeskError, match="read-only"):
        reader.subscribe(AFP)


def test_a_desk_kept_as_a_link_stays_one(tmp_path: Path, path: Path) -> None:
    kept = tmp_path / "settings" / "desk.json"
    kept.parent.mkdir()
    path.symlink_to(kept)
    Desk.open(path).set_theatre("ukraine")
    assert path.is_symlink()
    assert Desk.open(kept).theatre() == "ukraine"


def test_its_permissions_stay_as_they_were_set(desk: Desk, path: Path) -> None:
    desk.set_theatre("ukraine")
    path.chmod(0o640)
    desk.set_theatre("afghanistan-2021")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_disk_that_fills_up_leaves_the_desk_as_it_was(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.set_theatre("ukraine")
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeskError, match="No space left"):
        desk.set_theatre("afghanistan-2021")
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


def test_a_desk_in_use_says_so(desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LOCK_SECONDS", 0.05)
    with FileLock(f"{path}.lock"), pytest.raises(DeskError, match="in use by another"):
        desk.set_theatre("ukraine")


def test_two_processes_writing_at_once_lose_nothing(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from feeds.desk import Desk; from feeds.story import Subscription\n"
        "desk = Desk.open(Path(sys.argv[1]))\n"
        "for number in range(25):\n"
        "    desk.subscribe(Subscription(f'https://example.org/{sys.argv[2]}/{number}', sys.argv[2]))\n"
        "    desk.set_preference(sys.argv[2], number)\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name], cwd=ROOT) for name in ("one", "two")
    ]
    assert [process.wait(60) for process in both] == [0, 0]
    desk = Desk.open(path)
    assert sorted(one.url for one in desk.subscriptions()) == sorted(
        f"https://example.org/{name}/{number}" for name in ("one", "two") for number in range(25)
    )
    assert (desk.preference("one"), desk.preference("two")) == (24, 24)


def test_many_feeds_are_one_write_and_the_generation_before_is_whole(desk: Desk, path: Path) -> None:
    desk.subscribe(REUTERS)
    desk.subscribe(AFP, *(Subscription(f"https://example.org/{number}", "Post") for number in range(20)))
    assert len(desk.subscriptions()) == 22
    assert Desk.open(path.with_name("desk.json.bak")).subscriptions() == [REUTERS]


def test_a_feed_that_moved_keeps_its_place(desk: Desk) -> None:
    desk.subscribe(REUTERS, AFP)
    moved = Subscription("https://example.org/new", "Reuters", "B", interval=600)
    desk.resubscribe(REUTERS.url, moved)
    assert desk.subscriptions() == [moved, AFP]
    desk.resubscribe(AFP.url, Subscription(moved.url, "Both"))
    assert desk.subscriptions() == [Subscription(moved.url, "Both")]


def test_an_interval_is_a_number_of_seconds(path: Path) -> None:
    path.write_text('{"subscriptions": {"1": {"url": "x", "interval": "often"}}}')
    assert "subscription 1: `interval` must be a number of seconds" in complaint(path)


def test_saved_views_are_there_the_next_day_and_renamed_in_their_place(desk: Desk, path: Path) -> None:
    west, south = (
        SavedView("West", "place:herat", "board", "f2"),
        SavedView("South", "region:kandahar unread"),
    )
    desk.save_view(west)
    desk.save_view(south)
    desk.save_view(SavedView("Far west", "place:herat", "board"), was="West")
    again = Desk.open(path)
    assert again.views() == [SavedView("Far west", "place:herat", "board"), south]
    assert again.remove_view("South")
    assert not again.remove_view("South")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"views": {"1": {"filter": "x"}}}', "view 1 has no `name`"),
        ('{"views": {"1": {"name": "x", "panel": "map"}}}', "`panel` must be one of wire, board"),
        ('{"keys": {"1": {"keys": ["x"]}}}', "key 1 has no `command`"),
        ('{"keys": {"1": {"command": "undo", "keys": "x"}}}', "`keys` must be a list"),
    ],
)
def test_views_and_keys_broken_by_hand_are_named(path: Path, text: str, said: str) -> None:
    path.write_text(text)
    assert said in complaint(path)


def test_keys_of_ones_own_and_the_usual_ones_again(desk: Desk, path: Path) -> None:
    desk.set_keys("undo", ["ctrl+y"])
    desk.set_keys("redo", [])
    assert Desk.open(path).keys() == {"undo": ("ctrl+y",), "redo": ()}
    desk.set_keys("undo", None)
    assert Desk.open(path).keys() == {"redo": ()}


def test_what_is_kept_for_alerts_is_put_in_whole(desk: Desk, path: Path) -> None:
    desk.subscribe(REUTERS)
    desk.set_alerts([{"kind": "sink", "to": ["a", "b"]}, {"kind": "threshold", "above": 3}])
    assert Desk.open(path).alerts() == [{"kind": "sink", "to": ["a", "b"]}, {"kind": "threshold", "above": 3}]
    desk.set_alerts([])
    assert Desk.open(path).alerts() == []
    assert desk.subscriptions() == [REUTERS]


def test_a_file_that_is_as_it_was_is_not_read_again(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe(REUTERS, AFP)
    reads: list[object] = []
    read = file.ReplacedFile.read

    def counted(one: file.ReplacedFile) -> file.Tables | None:
        reads.append(one)
        return read(one)

    monkeypatch.setattr(file.ReplacedFile, "read", counted)
    first = desk.subscriptions()
    assert not any((desk.views(), desk.theatre(), desk.allow_private()))
    first.clear()
    assert desk.subscriptions() == [REUTERS, AFP], "what is handed out is nobody else's"
    assert len(reads) == 1
    Desk(path).unsubscribe(AFP.url)
    assert desk.subscriptions() == [REUTERS], "another process wrote"
    path.write_text(path.read_text().replace("Reuters", "Newswire"))
    assert [each.outlet for each in desk.subscriptions()] == ["Newswire"], "somebody edited it by hand"
    path.write_text("{")
    with pytest.raises(DeskError):
        desk.subscriptions()
    path.unlink()
    assert desk.subscriptions() == []


def test_a_preference_handed_out_can_be_changed_without_changing_the_desk(desk: Desk) -> None:
    desk.set_preference("views", [{"name": "Herat"}])
    desk.set_documents("sinks", [{"to": ["a"]}])
    found = desk.preference("views")
    assert isinstance(found, list)
    found.clear()
    sinks = desk.documents("sinks")[0]["to"]
    assert isinstance(sinks, list)
    sinks.append("b")
    assert desk.preference("views") == [{"name": "Herat"}]
    assert desk.documents("sinks") == [{"to": ["a"]}]
