"""What the documents show is true: every command parses, those marked ``sh run`` run, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.august import august
from tests.end_to_end.machine import Machine
from tui.cli.arguments import COMMANDS, parse

__all__ = ["august"]

ROOT: Final = Path(__file__).resolve().parents[1]
PAPERS: Final = sorted(
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"))
    if path.exists()
)
_FENCE: Final = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED: Final = re.compile(r"(?:^ {4}[^\n]*\n)+", re.MULTILINE)
_INNER: Final = re.compile(r"\$\(([^()]*)\)")
_OPERATORS: Final = set("|&;<>()")
_LINK: Final = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def blocks(paper: Path) -> Iterator[tuple[str, str]]:
    """What each block of a document is marked as, and its text; indented ones are marked as nothing."""
    text = paper.read_text("utf-8")
    for mark, block in _FENCE.findall(text):
        yield mark.strip(), block
    for block in _INDENTED.findall(_FENCE.sub("", text)):
        yield "", "\n".join(line[4:] for line in block.splitlines())


def commands(block: str) -> Iterator[list[str]]:
    """The words of each ``warwatch`` in a block, without what a shell does around it."""
    for line in block.splitlines():
        shown = line.removeprefix("$ ")
        # In a list of commands, what one does stands two spaces or more behind it.
        written = re.split(r"\s{2,}(?![^'\"]*['\"]\s|-)", shown.strip(), maxsplit=1)[0]
        for inner in _INNER.findall(written):
            yield from _of_line(inner)
        yield from _of_line(_INNER.sub("X", written))


def _of_line(line: str) -> Iterator[list[str]]:
    if "warwatch" not in line:
        return
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:  # no shell's line: a sentence with an apostrophe
        return
    piece: list[str] = []
    for word in [*words, ";"]:
        if set(word) <= _OPERATORS:
            named = [at for at, each in enumerate(piece) if each == "warwatch"]
            if named and all("=" in each for each in piece[: named[0]]):
                yield piece[named[0] + 1 :]
            piece = []
        else:
            piece.append(word)


SHOWN: Final = [
    pytest.param(words, id=f"{paper.name}: warwatch {' '.join(words)}"[:90])
    for paper in PAPERS
    for mark, block in blocks(paper)
    if mark.partition(" ")[0] in {"", "sh", "console", "bash"}
    for words in commands(block)
]
RUN: Final = [
    pytest.param(block, id=f"{paper.name} {number}")
    for paper in PAPERS
    for number, (mark, block) in enumerate(blocks(paper))
    if mark == "sh run"
]


def test_the_documents_show_many_commands() -> None:
    assert len(SHOWN) > 40
    assert len(RUN) >= 2


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("warwatch poll --once          fetch once, print a line a feed", [["poll", "--once"]]),
        ("$ echo x | warwatch read - --json | jq .counts", [["read", "-", "--json"]]),
        ("A=1 warwatch serve && warwatch board > x.txt", [["serve"], ["board"]]),
        ('eval "$(warwatch completion bash)"', [["completion", "bash"]]),
        ("make demo     # or: warwatch demo", []),
        (
            "warwatch watch try '\"a b\" AND  c' --days 14     what",
            [["watch", "try", '"a b" AND  c', "--days", "14"]],
        ),
    ],
)
def test_a_command_is_found_in_its_line(line: str, found: list[list[str]]) -> None:
    assert list(commands(line)) == found


@pytest.mark.parametrize("words", SHOWN)
def test_a_command_that_is_shown_can_be_written_so(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        options = parse(words)
    except SystemExit as end:
        raise AssertionError(f"warwatch {shlex.join(words)}: {capsys.readouterr().err}") from end
    assert options.run


@pytest.mark.parametrize("block", RUN)
def test_a_block_that_is_marked_runs_on_the_demos_archive(block: str, august: Path, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    shutil.copy(august, machine.path)
    program = tmp_path / "bin" / "warwatch"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui.cli "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", block],
        env=machine.environment | {"PATH": f"{program.parent}:{machine.environment['PATH']}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_every_command_is_in_the_list_of_commands() -> None:
    listed = (ROOT / "docs/commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`warwatch {name}" not in listed] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_link_to_a_file_leads_to_one(paper: Path) -> None:
    gone = [link for link in _LINK.findall(paper.read_text("utf-8")) if not (paper.parent / link).exists()]
    assert gone == []
