"""Two people at one story see each other, on both engines, and nobody sees somebody who left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.archive.company import GONE_SECONDS, TOUCH_SECONDS, Company, FileCompany, company_at
from feeds.archive.server.address import address_of
from feeds.archive.server.company import ServerCompany, session_name, who_of
from feeds.archive.server.store import ServerStore
from feeds.archive.upkeep.grants import grants
from tests.cluster import Cluster

Join = Callable[[], Company]


@pytest.fixture
def join(target: str) -> Iterator[Join]:
    """One more viewer of the archive."""
    with ExitStack() as open_:

        def one() -> Company:
            archive = open_.enter_context(open_archive(target))
            company = company_at(archive)
            open_.callback(company.close)
            return company

        yield one


def sees(company: Company, wanted: tuple[str, ...]) -> bool:
    """Whether a viewer comes to see just these."""
    end = time.monotonic() + 20
    while (found := company.others()) != wanted and time.monotonic() < end:
        time.sleep(0.01)
    return found == wanted


def test_two_at_one_story_see_each_other_and_whoever_goes_on_is_seen_where_he_went(join: Join) -> None:
    anna, boris, clara = join(), join(), join()
    anna.be_at("anna", "story 1")
    boris.be_at("boris", "story 1")
    clara.be_at("clara", "story 2")
    assert sees(anna, ("boris",))
    assert sees(boris, ("anna",))
    assert sees(clara, ())
    boris.be_at("boris", "story 2")
    assert sees(anna, ())
    assert sees(clara, ("boris",))
    boris.be_at("boris", "")
    assert sees(clara, ())


def test_who_quits_is_gone(join: Join) -> None:
    anna, boris = join(), join()
    anna.be_at("anna", "story 1")
    boris.be_at("boris", "story 1")
    assert sees(anna, ("boris",))
    boris.close()
    assert sees(anna, ())


def test_names_of_any_letters_are_told(join: Join) -> None:
    anna, boris = join(), join()
    anna.be_at("anna", "story 1")
    boris.be_at("Борис", "story 1")
    assert sees(anna, ("Борис",))


STAYS = """
import sys, time
from feeds.archive import open_archive
from feeds.archive.company import company_at
with open_archive(sys.argv[1]) as archive:
    company = company_at(archive)
    company.be_at("boris", "story 1")
    print("there", flush=True)
    while True:
        company.others()
        time.sleep(0.05)
"""


def test_who_is_killed_is_gone(join: Join, target: str) -> None:
    anna = join()
    anna.be_at("anna", "story 1")
    with subprocess.Popen([sys.executable, "-c", STAYS, target], stdout=subprocess.PIPE, text=True) as boris:
        assert boris.stdout is not None
        assert boris.stdout.readline() == "there\n"
        assert sees(anna, ("boris",))
        os.kill(boris.pid, signal.SIGKILL)
        boris.wait()
        assert sees(anna, ())


def test_nothing_is_written_into_the_archive(join: Join, target: str) -> None:
    with open_archive(target) as archive:
        before = archive.stamp()
        anna, boris = join(), join()
        for n in range(5):
            anna.be_at("anna", f"story {n}")
            boris.be_at("boris", f"story {n}")
            assert sees(anna, ("boris",))
        assert archive.stamp() == before, "every screen would have looked at the archive again"


def test_a_reader_is_seen_on_a_server(server: Cluster) -> None:
    address = server.archive()
    database = address.rpartition("/")[2]
    server.say(database, *grants("seen_reader", "seen_operator", "seen_collector")[1:])
    user = f"intern_{database}"
    server.say(database, f"CREATE ROLE {user} LOGIN IN ROLE seen_reader")
    with (
        open_archive(address) as desk,
        open_archive(server.address(database, user=user), read_only=True) as reading,
    ):
        anna, intern = company_at(desk), company_at(reading, read_only=True)
        anna.be_at("anna", "story 1")
        intern.be_at("intern", "story 1")
        assert sees(anna, ("intern",))
        assert sees(intern, ("anna",))
        intern.close()
        anna.close()


def test_a_session_that_sleeps_is_ended_by_the_server_and_begins_again(server: Cluster) -> None:
    address = server.archive()
    database = address.rpartition("/")[2]
    stores = [ServerStore(address_of(address), read_only=True) for _ in range(2)]
    now = 0.0
    anna, boris = ServerCompany(stores[0]), ServerCompany(stores[1], clock=lambda: now)
    stores[1]._listener._clock = lambda: now
    anna.be_at("anna", "story 1")
    boris.be_at("boris", "story 1")
    settings = "SELECT set_config('idle_session_timeout', '20ms', false)"
    stores[1].speak(lambda connection: connection.execute(settings.encode()))
    assert sees(anna, ())
    now += 3600
    boris.others()
    assert sees(anna, ("boris",))
    for store in stores:
        store.close()
    assert server.say(database, "SELECT 1") == [(1,)]


def test_a_file_that_is_not_touched_tells_of_nobody(tmp_path: Path) -> None:
    now = time.time()
    path = tmp_path / "archive.db"
    anna, boris = (FileCompany(path, clock=lambda: now) for _ in range(2))
    anna.be_at("anna", "story 1")
    boris.be_at("boris", "story 1")
    assert anna.others() == ("boris",)
    for _ in range(5):
        now += TOUCH_SECONDS
        assert anna.others() == ("boris",)
        assert boris.others() == ("anna",)
    now += GONE_SECONDS + 1
    assert anna.others() == ()
    assert boris.others() == ("anna",)
    assert anna.others() == ("boris",)


def test_what_a_killed_viewer_left_does_not_lie_there_for_ever(tmp_path: Path) -> None:
    now = time.time()
    path = tmp_path / "archive.db"
    FileCompany(path).be_at("boris", "story 1")
    (tmp_path / "archive.db.viewers" / ".half-written").touch()
    anna, guest = (FileCompany(path, silent=silent, clock=lambda: now) for silent in (False, True))
    now += 7200
    assert guest.others() == ()
    assert len(list((tmp_path / "archive.db.viewers").iterdir())) == 2, "who only reads takes nothing away"
    anna.be_at("anna", "story 1")
    assert anna.others() == ()
    anna.close()
    assert list(tmp_path.iterdir()) == []


def test_who_only_reads_a_file_writes_none_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    anna, guest = FileCompany(path), FileCompany(path, silent=True)
    guest.be_at("guest", "story 1")
    assert list(tmp_path.iterdir()) == []
    anna.be_at("anna", "story 1")
    assert guest.others() == ("anna",)
    assert anna.others() == ()
    anna.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"who": 1, "key": 2, "host": 3, "pid": "x"}', "\x00"])
def test_a_broken_file_tells_of_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "archive.db"
    anna = FileCompany(path)
    anna.be_at("anna", "story 1")
    (tmp_path / "archive.db.viewers" / "1-x").write_text(text)
    assert anna.others() == ()


@pytest.mark.parametrize(
    "who", ["anna", "anna b. @ desk", "Борис", "=odd", "a" * 99, "Ω" * 99, "x\ny", "\ud800"]
)
def test_a_session_bears_the_name_of_whoever_looks(who: str) -> None:
    name = session_name(who, "0123456789ab")
    assert name.isascii()
    assert name.isprintable()
    assert len(name) < 64
    told = who_of(name)
    assert told
    assert who.encode("utf-8", "replace").decode().startswith(told)
    assert who_of(session_name(who, "")) == ""
