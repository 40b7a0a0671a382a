"""An operator's own template: escaped by its name, kept in a sandbox, and its mistakes told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.errors import InputError
from feeds.report.rendering import form_of, render_own
from tests.report.newsroom import Newsroom, Said


def of(tmp_path: Path, name: str, text: str) -> str:
    file = tmp_path / name
    file.write_text(text)
    room = Newsroom()
    room.stand("herat", "captured", Said("<b>Herat</b> *fell*", "AFP"), hours=2)
    return render_own(room.report(), file)


CITY = "{% for section in report.sections %}{% for entry in section.entries %}{{ entry.reports[0].sentence }}{% endfor %}{% endfor %}"


def test_it_reads_the_report_and_uses_the_filters(tmp_path: Path) -> None:
    text = "{{ report.title }} {{ report.as_of | moment }}: {% for e in report.sections[0].entries %}{{ e.place.name }}, {{ e.reports[0] | source }}{% endfor %}"
    assert of(tmp_path, "mine.txt", text) == "Afghanistan 2021 12 Aug 2021 18:00Z: Herat, AFP (A)"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.html", "&lt;b&gt;Herat&lt;/b&gt; *fell*"),
        ("a.html.j2", "&lt;b&gt;Herat&lt;/b&gt; *fell*"),
        ("a.md.j2", "\\<b\\>Herat\\</b\\> \\*fell\\*"),
        ("a.txt", "<b>Herat</b> *fell*"),
        ("a", "<b>Herat</b> *fell*"),
    ],
)
def test_what_a_feed_said_is_escaped_by_the_templates_name(tmp_path: Path, name: str, written: str) -> None:
    assert of(tmp_path, name, CITY) == written


def test_no_template_can_call_feed_text_markup(tmp_path: Path) -> None:
    for filters in ("wrap", "linked('https://x.example/')", "upper", "string", "trim"):
        text = CITY.replace("sentence }}", f"sentence | {filters} }}}}")
        assert "<b>" not in of(tmp_path, "a.html", text).lower(), filters
    with pytest.raises(InputError, match="safe"):
        of(tmp_path, "a.html", CITY.replace("sentence }}", "sentence | safe }}"))
    assert "<b>" not in of(tmp_path, "a.html", "{% autoescape false %}" + CITY + "{% endautoescape %}")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("one\ntwo {% if %}", 2, "Expected an expression"),
        ("one\n\n{{ raport.title }}", 3, "raport"),
        ("{{ report.nothing }}", 1, "nothing"),
        ("\n{{ report.title | frob }}", 2, "frob"),
        ("\n\n\n{{ 1 / 0 }}", 4, "division"),
        ("\n{{ report.title + 1 }}", 2, "str"),
        ('\n{% include "other.j2" %}', 2, "other.j2"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    with pytest.raises(InputError) as caught:
        of(tmp_path, "mine.txt", text)
    said = str(caught.value)
    assert said.startswith(f"{tmp_path / 'mine.txt'}, line {line}: ")
    assert word in said
    assert "\n" not in said


def test_a_mistake_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "part.txt").write_text("\n{% for %}")
    with pytest.raises(InputError, match=r"part\.txt, line 2"):
        of(tmp_path, "mine.txt", '{% include "part.txt" %}')


def test_files_beside_it_and_warwatchs_own_parts_can_be_included(tmp_path: Path) -> None:
    (tmp_path / "part.txt").write_text("from the desk of {{ report.theatre }}")
    assert of(tmp_path, "mine.txt", '{% include "part.txt" %}') == "from the desk of afghanistan-2021"
    drawn = of(tmp_path, "mine.html", '{% import "map.svg.j2" as map %}{{ map.drawn(report.map) }}')
    assert drawn.count("<svg") == 1


@pytest.mark.parametrize(
    "text",
    [
        "{{ report.__class__.__mro__ }}",
        "{{ report.as_of.__init__.__globals__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        '{% include "../../../etc/passwd" %}',
        '{% include "/etc/passwd" %}',
        "{% for i in range(10 ** 9) %}x{% endfor %}",
        "{{ report.sections.append(1) }}",
    ],
)
def test_it_stays_in_its_sandbox(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        of(tmp_path, "mine.txt", text)


def test_a_file_that_is_not_there_or_no_text_is_one_line(tmp_path: Path) -> None:
    report = Newsroom().report()
    with pytest.raises(InputError, match=r"none\.txt cannot be read"):
        render_own(report, tmp_path / "none.txt")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(InputError, match="not UTF-8"):
        render_own(report, tmp_path / "bad.txt")


def test_the_name_says_how_it_is_escaped() -> None:
    forms = {
        "x.html.j2": "html",
        "x.HTM": "html",
        "x.svg": "html",
        "x.md": "md",
        "x.j2": "txt",
        "x.html.txt": "html",
    }
    assert {name: form_of(Path(name)) for name in forms} == forms
