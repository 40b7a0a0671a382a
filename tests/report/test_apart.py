"""A template that never ends, or wants all the memory there is, is one line within seconds and ends nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.errors import InputError
from feeds.report.apart import Bounds, render_apart
from feeds.report.records import Report
from tests.children import none_left
from tests.report.newsroom import Newsroom, Said

WITHOUT_END = "{% for a in range(99999) %}\n{% for b in range(99999) %}{% endfor %}\n{% endfor %}"


@pytest.fixture
def report() -> Report:
    room = Newsroom()
    room.stand("herat", "captured", Said("<b>Herat</b> fell", "AFP"), hours=2)
    return room.report()


def wrong(report: Report, file: Path, text: str, bounds: Bounds | None = None) -> str:
    """The one line that is said of a template."""
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        render_apart(report, file, bounds or Bounds())
    assert none_left()
    return str(caught.value)


def test_a_sound_template_makes_what_it_makes_here(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "mine.html"
    file.write_text("{% for e in report.sections[0].entries %}{{ e.reports[0].sentence }}{% endfor %} – é")
    assert render_apart(report, file) == "&lt;b&gt;Herat&lt;/b&gt; fell – é"


def test_its_mistakes_are_told_as_ever(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    assert wrong(report, file, "\n{{ raport.title }}") == f"{file}, line 2: 'raport' is undefined"


@pytest.mark.parametrize("text", ["\n{{ 'x' * 9999999999 }}", "\n{{ '%9999999999d' % report.counts.of }}"])
def test_one_that_wants_all_memory_is_told_where(report: Report, tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.txt"
    assert wrong(report, file, text) == f"{file}, line 2: it needs more than 512 MB of memory"


def test_one_that_writes_without_end_is_told(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    said = wrong(report, file, "{{ 'x' * 3000 }}", Bounds(characters=2000))
    assert said == f"{file}: it makes more than 2,000 characters"


@pytest.mark.parametrize(("text", "where"), [(WITHOUT_END, ", line 2"), ("{{ 7 ** (7 ** 9) }}", "")])
def test_one_without_end_and_one_long_step_are_ended(
    report: Report, tmp_path: Path, text: str, where: str
) -> None:
    file = tmp_path / "mine.txt"
    said = wrong(report, file, text, Bounds(seconds=1))
    assert said == f"{file}{where}: it takes longer than 1 s; look for loops within loops"


def test_one_that_waits_is_not_waited_for(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    said = wrong(report, file, WITHOUT_END, Bounds(waiting=0.5))
    assert said == f"{file}: nothing came of it for 0.5 s"
