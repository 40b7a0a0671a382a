"""What is written down: one JSON object a line, turned over by size, and no secret in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds import logs
from feeds.errors import InputError

log = logging.getLogger("warwatch.test")


@pytest.fixture(autouse=True)
def quiet_again() -> Iterator[None]:
    root = logging.getLogger(logs.ROOT)
    yield
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.propagate = True
    root.setLevel(logging.NOTSET)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_line_is_one_object_with_what_was_given(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "log.jsonl"
    logs.write_down(str(path), "info")
    log.info("stories taken in", extra={"new": 3, "outlet": "Herald\x1b[2J\nfake line"})
    log.debug("not this")
    try:
        raise RuntimeError("nobody thought of this")
    except RuntimeError:
        log.exception("a look failed")
    first, second = lines(path)
    assert (first["message"], first["level"], first["logger"], first["new"]) == (
        "stories taken in",
        "info",
        "warwatch.test",
        3,
    )
    assert first["outlet"] == "Herald fake line"
    assert str(first["at"]).endswith("+00:00")
    assert "RuntimeError: nobody thought of this" in str(second["error"])


@pytest.mark.parametrize(
    "secret",
    [
        "https://user:hunter2@feeds.example/rss",
        "https://feeds.example/rss?token=hunter2&page=3",
        "https://feeds.example/rss?page=3&api_key=hunter2",
        "postgresql://desk:hunter2@db.example/warwatch",
        "header was Authorization: Bearer hunter2.hunter2",
        "http://user:hun%40ter2hunter2@x.example:8080/a?X-Amz-Signature=hunter2",
    ],
)
def test_no_secret_is_written(secret: str, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    logs.write_down(str(path))
    log.info("failed: %s", secret, extra={"feed": secret})
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        log.exception("a look failed")
    assert "hunter2" not in path.read_text()
    assert "…" in str(lines(path)[0]["feed"])


def test_what_is_no_secret_stays() -> None:
    assert logs.redacted("https://feeds.example/rss?page=3#top") == "https://feeds.example/rss?page=3#top"


def test_a_file_that_grew_is_turned_over_and_only_some_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2000)
    monkeypatch.setattr(logs, "KEPT", 2)
    path = tmp_path / "log.jsonl"
    logs.write_down(str(path))
    for number in range(100):
        log.info("line %d of the day", number)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log.jsonl", "log.jsonl.1", "log.jsonl.2"]
    assert all(each.stat().st_size <= 2000 for each in tmp_path.iterdir())
    assert lines(path)[-1]["message"] == "line 99 of the day"


def test_without_a_file_warnings_are_one_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    logs.write_down()
    log.info("not this")
    log.warning("alert ww-1 to desk: https://u:hunter2@x.example answered 500")
    said = capsys.readouterr().err
    assert said == "warwatch: alert ww-1 to desk: https://…@x.example answered 500\n"


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        logs.write_down(str(tmp_path / "taken" / "log"))
