"""Completion in real shells, and the man page that is made from the same parser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch, one_clear_line
from tui.cli.arguments import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def completed(tmp_path: Path, script: str, *words: str) -> set[str]:
    """What bash offers for the last word."""
    file = tmp_path / "completion.bash"
    file.write_text(script)
    line = " ".join(words)
    quoted = " ".join(f"'{word}'" for word in words)
    ask = f"""
    . {file}
    COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'; COMP_POINT={len(line)}
    entry=$(complete -p warwatch); function=${{entry#*-F }}; function=${{function%% *}}
    "$function" warwatch '{words[-1]}' '{words[-2]}'
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", ask],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        timeout=20,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.split())


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not on this machine")
def test_bash_completes_commands_options_theatres_and_files(warwatch: Warwatch, tmp_path: Path) -> None:
    script = warwatch("completion", "bash").out
    assert completed(tmp_path, script, "warwatch", "") >= set(COMMANDS)
    assert completed(tmp_path, script, "warwatch", "rep") == {"report"}
    assert completed(tmp_path, script, "warwatch", "report", "--form") == {"--format"}
    assert completed(tmp_path, script, "warwatch", "report", "--format", "g") == {"geojson"}
    assert completed(tmp_path, script, "warwatch", "feeds", "ex") == {"export"}
    assert completed(tmp_path, script, "warwatch", "--theatre", "ukr") == {"ukraine"}
    (tmp_path / "sitrep.md.j2").write_text("")
    assert "sitrep.md.j2" in completed(tmp_path, script, "warwatch", "report", "--template", "sit")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_can_read_its_script(warwatch: Warwatch, tmp_path: Path, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not on this machine")
    file = tmp_path / f"completion.{shell}"
    file.write_text(warwatch("completion", shell).out)
    done = subprocess.run([shell, "-n", str(file)], capture_output=True, text=True, check=False, timeout=20)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_nothing_hidden_is_offered(warwatch: Warwatch, shell: str) -> None:
    script = warwatch("completion", shell).out
    assert "--read-only" in script or "read-only" in script
    assert "in-browser" not in script


def test_another_shell_is_wrong_usage(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("completion", "cmd"), "bash", status=2)


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11),
    reason="argparse writes its usage differently from one Python to the next",
)
def test_the_man_page_is_up_to_date() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "docs/man/make.py")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": "/nowhere"},
    ).stdout
    kept = (ROOT / "docs/man/warwatch.1").read_text("utf-8")
    assert made == kept, "the help changed: run `make man`, and look at the page"
    assert all(f"COMMAND \\fI\\,'warwatch {command}'" in kept for command in COMMANDS)
    assert "/nowhere" not in kept
    assert str(ROOT) not in kept


@pytest.mark.skipif(not shutil.which("man"), reason="man is not on this machine")
def test_man_shows_the_page() -> None:
    shown = subprocess.run(
        ["man", "-l", str(ROOT / "docs/man/warwatch.1")],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        env={"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    ).stdout
    assert "warwatch - a live factbox of a war" in shown
    assert "warwatch report --every 6h" in shown
