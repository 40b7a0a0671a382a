"""Theatre packs made to hurt: each is refused in a line that names the file, and no id leads anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.errors import TheatreError
from feeds.theatres.load import load_theatre
from feeds.theatres.starting import new_pack
from tests.cli.conftest import Warwatch, home, warwatch

__all__ = ["home", "warwatch"]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    new_pack("Albania", tmp_path / "pack")
    return tmp_path / "pack"


def spoil(pack: Path, file: str, before: str, after: str) -> None:
    text = (pack / file).read_text()
    assert before in text
    (pack / file).write_text(text.replace(before, after, 1))


def test_a_pack_that_nobody_spoilt_is_read(pack: Path) -> None:
    assert load_theatre(str(pack)).by_id["tirana"].name == "Tirana"


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e308", "9" * 400, "true", '"x"'])
def test_a_place_lies_somewhere(pack: Path, number: str) -> None:
    spoil(pack, "places.toml", "lat = 41.3274", f"lat = {number}")
    with pytest.raises(TheatreError, match=r"places\.toml:\d+: "):
        load_theatre(str(pack))


@pytest.mark.parametrize("id_", ["../../etc/passwd", "a b", "\\u001b]52;c;x\\u0007", "", "Ä", "-x", "a/b"])
@pytest.mark.parametrize("what", ["theatre", "side"])
def test_an_id_leads_nowhere(pack: Path, what: str, id_: str) -> None:
    before = 'id = "pack"' if what == "theatre" else 'id = "rebels"'
    spoil(pack, "theatre.toml", before, f'id = "{id_}"')
    with pytest.raises(TheatreError, match=r"theatre\.toml:\d+: .* is no id") as caught:
        load_theatre(str(pack))
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("key", ['"../tirana"', '"tir ana"', '"\\u001b[31m"'])
def test_the_key_of_a_place_is_an_id_too(pack: Path, key: str) -> None:
    spoil(pack, "places.toml", "[tirana]", f"[{key}]")
    with pytest.raises(TheatreError, match="is no id"):
        load_theatre(str(pack))


@pytest.mark.parametrize(
    "hostile", ["a = " + "[" * 20_000, "a = " + "9" * 5000, "\0", "a = 1\na = 2", "a = 0001-13-99"]
)
@pytest.mark.parametrize("file", ["theatre.toml", "places.toml", "feeds.toml"])
def test_a_file_that_cannot_be_understood_is_one_line(
    warwatch: Warwatch, pack: Path, file: str, hostile: str
) -> None:
    (pack / file).write_text(hostile)
    with pytest.raises(TheatreError, match=file) as caught:
        load_theatre(str(pack))
    assert "\n" not in str(caught.value)
    said = warwatch("theatre", "check", pack)
    assert said.status == 1
    assert file in said.out + said.err
