"""A pipeline that is made anew gives its files back: each failed write would keep some open otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from feeds.archive import Archive, Batch, open_archive
from feeds.clock import system_clock
from feeds.collector import digest
from feeds.collector.digest import Digester
from feeds.collector.visit import Visit
from feeds.errors import PassingError
from feeds.pipeline import Pipeline
from feeds.story import FeedState, Story, Subscription
from feeds.wire.entries import Parsed
from feeds.wire.fetch import Answer
from tests.collector.fakes import fake_pipeline
from tests.dedupe.groups import story

URL = "http://feed.example/"


class Counted(Digester):
    """Says how many of the pipelines that it made are open."""

    def __init__(self, archive: Archive) -> None:
        self.made: list[Pipeline] = []
        self.closed: list[Pipeline] = []
        super().__init__(archive, self._make, system_clock)

    def _make(self) -> Pipeline:
        pipeline = fake_pipeline()
        before = pipeline.close

        def close() -> None:
            self.closed.append(pipeline)
            before()

        pipeline.close = close  # type: ignore[method-assign]
        self.made.append(pipeline)
        return pipeline


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "a.db") as opened:
        yield opened


def visit(one: Story) -> Visit:
    parsed = Parsed((replace(one, feed=URL),), "", (), None)
    return Visit(Subscription(URL, "Wire", "B"), FeedState(URL), Answer(200), parsed)


def full(_: Batch) -> None:
    raise PassingError("the disk is full")


def test_after_a_failed_write(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    digester = Counted(archive)
    with monkeypatch.context() as disk:
        disk.setattr(archive, "write", full)
        for n in range(3):
            with pytest.raises(PassingError):
                digester.digest([visit(story("Aster falls to the reds", n=n))])
    assert len(digester.made) == 3
    assert digester.closed == digester.made
    (result,) = digester.digest([visit(story("Aster falls to the reds", n=4))])
    assert result.new == 1
    assert digester.closed == digester.made[:3], "the one at work stays open"


def test_when_others_wrote_too_much_to_be_taken_in(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    digester = Counted(archive)
    digester.prepare()
    monkeypatch.setattr(type(archive), "shared", True)
    monkeypatch.setattr(digest, "catch_up", lambda *_: (None, 7))
    monkeypatch.setattr(archive, "others_after", lambda _: SimpleNamespace(newest=7))
    digester._restored()
    assert len(digester.made) == 2
    assert digester.closed == digester.made[:1]


def test_when_it_cannot_be_asked_for_decisions(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    digester = Counted(archive)
    digester.prepare()
    monkeypatch.setattr(archive, "actions", lambda **_: full(Batch()))
    with pytest.raises(PassingError):
        digester.heed()
    assert digester.closed == digester.made
