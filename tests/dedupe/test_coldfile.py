"""The file of keys: what was put in is found, the newest first to stay; killed at any moment, nothing is lost or made up."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.dedupe.coldfile import ColdFile, Record

MARK = bytes(range(32))
HOUR = 3_600_000_000
WRITER = """
import random, sys
from pathlib import Path
from feeds.dedupe.coldfile import ColdFile
from tests.dedupe.test_coldfile import MARK, keys_of, made
with ColdFile(Path(sys.argv[1]), MARK) as file:
    for number in range(file.count, 10**9):
        file.put(made(number), keys_of(number))
        print(number, flush=True)
"""


def made(number: int) -> Record:
    return Record(f"{number:016x}", number * HOUR, number * HOUR - 7, bytes(32))


def keys_of(number: int) -> list[int]:
    """Twelve keys of its own, and one that every tenth story has."""
    chance = random.Random(number)
    return [chance.getrandbits(34) for _ in range(12)] + [number % 10]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ColdFile]:
    with ColdFile(tmp_path / "keys", MARK) as opened:
        yield opened


def found(file: ColdFile, key: int) -> list[str]:
    return [file.record(number).id for number in file.under(key)]


def test_a_story_is_found_under_each_of_its_keys_however_many_there_are(file: ColdFile) -> None:
    for number in range(5000):  # the file grows three times on the way
        file.put(made(number), keys_of(number))
    for number in (0, 1, 1023, 1024, 2500, 4999):
        for key in keys_of(number)[:12]:
            assert made(number).id in found(file, key)
        assert file.record(number + 1) == made(number)
    assert len(file) == 5000


def test_of_what_many_share_the_newest_eight_are_known(file: ColdFile) -> None:
    for number in range(30):
        file.put(made(number), [77], [88])
    assert found(file, 77) == [made(number).id for number in range(22, 30)]
    assert found(file, 88) == [made(number).id for number in range(8)], "of an address, the first"


def test_what_is_older_than_the_window_is_let_go_and_its_room_is_used_again(file: ColdFile) -> None:
    for number in range(20_000):
        file.put(made(number), keys_of(number))
        file.forget((number - 700) * HOUR)
    assert len(file) == 701
    assert file.path.stat().st_size == 4096 + 1024 * (64 + 256), "as large as it was made"
    assert found(file, keys_of(100)[0]) == []
    assert all(found(file, keys_of(number)[0]) == [made(number).id] for number in range(19_300, 20_000))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(st.integers(0, 40), max_size=6), st.booleans()), max_size=60))
def test_it_answers_as_a_dictionary_would(steps: list[tuple[set[int], bool]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path, known, oldest = Path(folder) / "keys", dict[int, list[int]](), 0
        file = ColdFile(path, MARK)
        for number, (keys, again) in enumerate(steps):
            file.put(made(number), keys)
            for key in keys:
                known[key] = [*known.get(key, []), number][-8:]
            if again:
                file.close()
                file = ColdFile(path, MARK)
                oldest = max(0, number - 20)
                file.forget(oldest * HOUR)
        for key in range(41):
            assert found(file, key) == [made(n).id for n in known.get(key, []) if n >= oldest]
        file.close()


def test_a_file_of_other_keys_is_made_anew(tmp_path: Path) -> None:
    with ColdFile(tmp_path / "keys", MARK) as file:
        file.put(made(1), [5])
    with ColdFile(tmp_path / "keys", MARK) as file:
        assert found(file, 5) == [made(1).id]
    with ColdFile(tmp_path / "keys", bytes(32)) as file:
        assert (len(file), found(file, 5)) == (0, [])


@pytest.mark.parametrize("harm", ["cut", "zeroed", "of another start of the machine"])
def test_a_file_that_cannot_be_relied_upon_is_made_anew(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "keys"
    file = ColdFile(path, MARK)
    file.put(made(1), [5])
    raw = bytearray(path.read_bytes())
    file.close()
    if harm == "cut":
        del raw[-1:]
    elif harm == "zeroed":
        raw[:4096] = bytes(4096)
    else:
        raw[40:56] = bytes(range(16))
    path.write_bytes(raw)
    with ColdFile(path, MARK) as again:
        assert (len(again), found(again, 5)) == (0, [])
        again.put(made(2), [5])
        assert found(again, 5) == [made(2).id]


def test_killed_at_any_moment_it_has_every_story_that_was_put_whole_and_no_other(tmp_path: Path) -> None:
    path, chance, said = tmp_path / "keys", random.Random(3), 0
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(chance.randrange(300, 1500)):
            said = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest = writer.communicate()[0].split("\n")
        said = max([said, *(int(line) for line in rest[:-1] if line)])
        with ColdFile(path, MARK) as file:
            assert said + 1 <= file.count <= said + 2, "the last may have been put and not been said"
            assert [one.id for one in file.newest(file.count)] == [
                made(number).id for number in reversed(range(file.count))
            ]
            for number in chance.sample(range(file.count), 50):
                assert all(found(file, key) == [made(number).id] for key in keys_of(number)[:12])


def test_somebody_who_chooses_his_keys_makes_no_file_grow(file: ColdFile) -> None:
    mixer = pow(0x9E37_79B9_7F4A_7C15, -1, 1 << 64)
    alike = [
        (bucket << 42) * mixer % (1 << 64) for bucket in range(1, 3000)
    ]  # all of them in the first bucket
    for number in range(0, len(alike), 3):
        file.put(made(number), alike[number : number + 3])
    assert file.path.stat().st_size == 4096 + 2048 * (64 + 256), "once larger, as for twice as many"
    assert found(file, alike[-1]) == [made(2997).id]
    assert found(file, alike[0]) == [], "his own had to make room"
