"""On a server the migrations make the very tables that the code uses, and the words of a month lie together."""

from __future__ import annotations

import sys
from subprocess import run
from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect

from feeds.archive import Archive, open_archive
from feeds.archive.schema import metadata
from feeds.errors import ArchiveError
from tests.archive.samples import THURSDAY, a_story, after, put
from tests.cluster import Cluster


def test_the_tables_are_those_of_the_code(server: Cluster) -> None:
    with open_archive(server.archive()) as archive, archive._store.reading() as connection:
        found = inspect(connection)
        for table in metadata.tables.values():
            columns = {each["name"]: each["nullable"] for each in found.get_columns(table.name)}
            assert columns == {each.name: bool(each.nullable) for each in table.columns}, table.name
            kinds = {
                each["name"]: each["type"].compile(connection.dialect).replace("DOUBLE PRECISION", "FLOAT")
                for each in found.get_columns(table.name)
            }
            assert kinds == {each.name: each.type.compile(connection.dialect) for each in table.columns}, (
                table.name
            )
            indexes = {each["name"]: each["column_names"] for each in found.get_indexes(table.name)}
            wanted = {str(each.name): [column.name for column in each.columns] for each in table.indexes}
            assert indexes == wanted, table.name


def test_each_month_has_an_index_of_its_own(server: Cluster) -> None:
    address = server.archive()
    with open_archive(address) as archive:
        put(archive, a_story("a", "The bridge holds"), a_story("b", "Bridges", received=after(days=30)))
        put(archive, a_story("c", "A bridge too far", received=after(days=60)))
        assert archive.rows(archive.lead_ids(text="bridge"))[0].id == "c"
        assert len(archive.lead_ids(text="bridge")) == 2
        assert len(archive.lead_ids(text="bridg*")) == 3
    names = server.say(
        address.rpartition("/")[2],
        "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY 1",
    )
    assert [name for (name,) in names] == ["story_words_202108", "story_words_202109", "story_words_202110"]


def test_two_that_make_one_archive_at_once(server: Cluster) -> None:
    address, start, opened = server.database(), Barrier(3), []

    def make() -> None:
        start.wait()
        with open_archive(address) as archive:
            opened.append(archive.lead_ids())

    makers = [Thread(target=make) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert opened == [[], [], []]
    assert server.say(address.rpartition("/")[2], "SELECT count(*) FROM pulse") == [(1,)]


def test_what_is_no_archive_is_said_in_one_line(server: Cluster) -> None:
    address = server.database()
    with pytest.raises(ArchiveError, match="there is no archive at postgresql://desk@127"):
        open_archive(address, read_only=True)
    server.say(address.rpartition("/")[2], "CREATE TABLE invoices (n int)")
    with pytest.raises(ArchiveError, match="is not an archive of warwatch"):
        open_archive(address)
    with pytest.raises(ArchiveError, match="there is no such database"):
        open_archive(server.address("nowhere"))


def test_an_older_and_a_newer_archive(server: Cluster) -> None:
    address = server.archive()
    database = address.rpartition("/")[2]
    server.say(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveError, match="a newer warwatch"):
        open_archive(address)
    server.say(database, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(ArchiveError, match="an older warwatch"):
        open_archive(address, read_only=True)


def test_an_archive_of_0_2_is_brought_up_to_date(server: Cluster) -> None:
    address = server.archive()
    database = address.rpartition("/")[2]
    with open_archive(address) as archive:
        put(archive, a_story("a"))
    for statement in (
        "ALTER TABLE batches DROP COLUMN heeded",
        "DROP INDEX ix_changes_theatre_at, ix_alerts_open",
        "UPDATE alembic_version SET version_num = '0006'",
    ):
        server.say(database, statement)
    with open_archive(address) as archive:
        put(archive, a_story("b", received=after(days=1)))
        assert [row.id for row in archive.rows(archive.lead_ids())] == ["b", "a"]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://desk:s3cret%21word@127.0.0.1:1/desk",
        "postgresql://desk@127.0.0.1:1/desk?password=s3cret!word",
        "postgresql://desk:s3cret!word@[::1/desk",
        "postgresql://desk:s3cret!word%zz@127.0.0.1:1/desk",
        "postgresql://127.0.0.1:1/desk?password=s3cret!word&nosuch=1",
    ],
)
def test_no_line_says_a_password(address: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        open_archive(address)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in "".join(map(str, [caught.value.__context__, caught.value.__cause__]))


def test_a_file_needs_no_driver_of_a_server(tmp_path: object) -> None:
    code = "import sys; from feeds.archive import open_archive; open_archive(sys.argv[1]).lead_ids(text='word'); "
    code += "assert 'psycopg' not in sys.modules, 'psycopg was loaded'"
    assert run([sys.executable, "-c", code, f"{tmp_path}/a.db"], check=False).returncode == 0


def test_a_reader_sees_one_moment(archive: Archive) -> None:
    put(archive, a_story("a"))
    with archive._store.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM stories").scalar()
        put(archive, a_story("b", received=THURSDAY))
        assert connection.exec_driver_sql("SELECT count(*) FROM stories").scalar() == before == 1
