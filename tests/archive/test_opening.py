"""Opening: fast, and where it cannot be, one line that says what and what to do."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from feeds.archive import Batch, open_archive
from feeds.archive.plain import PlainReader
from feeds.archive.store import Store
from feeds.errors import ArchiveError
from feeds.story import FeedState
from tests.archive.samples import THEATRE, THURSDAY, a_story, put, standing_at


def complaint(target: str | Path, *, read_only: bool = False, create: bool = True) -> str:
    with pytest.raises(ArchiveError) as caught:
        open_archive(target, read_only=read_only, create=create, wait=0.1).close()
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_a_new_archive_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "archive.db"
    with open_archive(path) as archive:
        assert archive.lead_ids() == []
        assert archive.standings("afghanistan-2021") == []
    assert path.exists()


def test_a_url_of_sqlite_and_an_empty_file_will_do(path: Path) -> None:
    path.touch()
    with open_archive(f"sqlite:///{path}") as archive:
        put(archive, a_story("a"))
    with open_archive(path) as archive:
        assert archive.known_stories(["a"]) == {"a"}


def test_opening_loads_no_alembic(path: Path) -> None:
    open_archive(path).close()
    code = (
        "import sys; from feeds.archive import open_archive; open_archive(sys.argv[1]).lead_ids(); "
        "print([name for name in ('alembic', 'httpx', 'feedparser', 'rapidfuzz') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_text_file_is_no_archive_and_stays_as_it_is(path: Path) -> None:
    path.write_text("a list of things to buy, longer than a header\n")
    assert complaint(path) == f"{path} is not an archive of warwatch; name another file with --archive"
    assert path.read_text().startswith("a list")


def test_another_programs_database_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert "is not an archive of warwatch" in complaint(path)
    assert path.read_bytes() == before


def test_a_damaged_archive_says_so(path: Path) -> None:
    with open_archive(path) as archive:
        put(archive, *(a_story(str(n), summary="word " * 400) for n in range(50)))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "is damaged" in complaint(path)


@pytest.mark.parametrize("word", [b"CREATE TABLE stories", b"CREATE TABLE standings"])
def test_a_byte_of_the_schema_gone_bad_is_one_line(path: Path, word: bytes) -> None:
    open_archive(path).close()
    whole = path.read_bytes()
    assert word in whole
    path.write_bytes(whole.replace(word, word[:-4] + b"\xe2(\xff\xa1"))
    for read_only in (False, True):
        assert "is damaged" in complaint(path, read_only=read_only)
    assert PlainReader.of(path) is None


@pytest.mark.parametrize("seed", range(12))
def test_an_archive_with_bytes_turned_over_is_read_or_is_one_line(path: Path, seed: int) -> None:
    with open_archive(path) as archive:
        put(archive, *(a_story(str(n), summary="word " * 40) for n in range(20)))
        archive.write(Batch(standings=[standing_at(THURSDAY)]))
    chance, found = random.Random(seed), bytearray(path.read_bytes())
    full = [at for at in range(4096, len(found)) if found[at]]
    for at in chance.choices(full, k=chance.choice((1, 20, 200))):
        found[at] = chance.randrange(256)
    path.write_bytes(found)
    with suppress(ArchiveError), open_archive(path, read_only=True) as archive:
        archive.rows(archive.lead_ids())
        archive.standings(THEATRE)
        archive.changes(THEATRE)
        archive.evidence(THEATRE)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE standings SET record = 'no json'", "a standing"),
        ("UPDATE standings SET record = '[1]'", "a standing"),
        ("UPDATE standings SET record = json_set(record, '$.at', 9e18)", "a time"),
    ],
)
def test_a_standing_gone_bad_is_one_line_and_no_row(path: Path, statement: str, what: str) -> None:
    with open_archive(path) as archive:
        archive.write(Batch(standings=[standing_at(THURSDAY)]))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with open_archive(path) as archive, pytest.raises(ArchiveError, match=f"damaged: {what}") as caught:
        archive.standings(THEATRE)
    assert "\n" not in str(caught.value)


def test_a_newer_schema_is_refused_not_misread(path: Path) -> None:
    open_archive(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.commit()
    connection.close()
    for read_only in (False, True):
        assert "a newer warwatch (schema 0999" in complaint(path, read_only=read_only)


def test_an_older_schema_is_not_migrated_by_a_reader(path: Path) -> None:
    open_archive(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.commit()
    connection.close()
    assert "an older warwatch (schema 0000)" in complaint(path, read_only=True)


def test_no_archive_there(path: Path) -> None:
    assert "there is no archive at" in complaint(path, read_only=True)
    assert "there is no archive at" in complaint(path, create=False)
    assert not path.exists()


def test_a_folder_and_an_engine_we_do_not_know(tmp_path: Path) -> None:
    assert "is a directory" in complaint(tmp_path)
    assert "there are no mysql:// archives" in complaint("mysql://db/warwatch")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which nobody can write")
def test_a_folder_in_which_nothing_can_be_made() -> None:
    assert "cannot be made" in complaint("/proc/archive.db")


def test_an_archive_that_another_program_keeps_locked(path: Path) -> None:
    open_archive(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_archive(path, wait=0.1) as archive:
        assert archive.feed_states() == {}, "reading goes on"
        with pytest.raises(ArchiveError, match=r"is locked: .* try again"):
            archive.save_feed_state(FeedState("https://example.org/feed"))
        other.execute("ROLLBACK")
        archive.save_feed_state(FeedState("https://example.org/feed"))
    other.close()


def test_a_full_disk_loses_nothing_saved_before(path: Path) -> None:
    with open_archive(path) as archive:
        put(archive, a_story("a"))
        with archive._store.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="is full; make room"):
            put(archive, *(a_story(str(n), summary="word " * 4000) for n in range(200)))
        assert archive.known_stories(["a", "0"]) == {"a"}


def test_read_only_reads_and_never_writes(path: Path) -> None:
    with open_archive(path) as archive:
        put(archive, a_story("a"))
    before = path.read_bytes()
    with open_archive(path, read_only=True) as archive:
        assert archive.known_stories(["a"]) == {"a"}
        assert archive.read_only
        with pytest.raises(ArchiveError, match="opened read-only"):
            archive.save_feed_state(FeedState("https://example.org/feed"))
    assert path.read_bytes() == before


def test_a_closed_archive_on_a_medium_nobody_can_write(path: Path) -> None:
    with open_archive(path) as archive:
        put(archive, a_story("a"))
    store = Store(path, read_only=True, wait=0.1, immutable=True)
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT id FROM stories").scalar_one() == "a"
    store.close()
