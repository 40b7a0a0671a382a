"""``warwatch alerts`` as somebody uses it who sets alerts up, looks what was said, and acknowledges it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from feeds.alerts.records import Alert, alert_json
from feeds.alerts.settings import defaults
from feeds.alerts.wording import title
from feeds.archive import open_archive
from feeds.archive.outgoing import Notice
from tests.alerts.receivers import Receiver
from tests.alerts.samples import NOON, alert, event
from tests.cli.conftest import Warwatch, one_clear_line


def say(home: Path, made: Alert, *sinks: str) -> None:
    with open_archive(home / "archive.db") as archive:
        notice = Notice(made.key, NOON, made.severity, title(made), alert_json(made))
        archive.alerts.decided("", notice, sinks, [])


def test_what_was_said_is_listed_shown_and_acknowledged(warwatch: Warwatch, home: Path) -> None:
    say(home, alert(event("aster")), "desk")
    say(home, alert(event("bexley")))
    listed = warwatch("alerts", "list")
    assert "2 open of 2 shown" in listed.out
    assert [line.split()[0] for line in listed.out.splitlines()[1:3]] == ["2", "1"]
    shown = warwatch("alerts", "show", "1")
    for words in ("“The city is lost, the governor said.”", "https://herald.example/aster", "desk  due"):
        assert words in shown.out
    told = json.loads(warwatch("alerts", "show", "1", "--json").out)
    assert told["alert"]["events"][0]["proof"]["outlet"] == "Herald"
    assert told["sinks"][0]["state"] == "due"
    assert "acknowledged: 1; 1 open" in warwatch("alerts", "ack", "1").out
    assert "none that was open" in warwatch("alerts", "ack", "1").out
    assert json.loads(warwatch("alerts", "ack", "--all", "--json").out) == {"acknowledged": [2], "open": 0}
    assert warwatch("alerts", "list", "--open").out == "no open alert\n"
    assert all(each["by"] for each in json.loads(warwatch("alerts", "list", "--json").out))


def test_a_number_that_is_none_is_one_line(warwatch: Warwatch, home: Path) -> None:
    say(home, alert())
    one_clear_line(warwatch("alerts", "show", "7"), "no alert 7")
    one_clear_line(warwatch("alerts", "ack"), "--all")
    assert warwatch("alerts", "ack", "x").status == 2


def test_a_sink_is_added_tried_described_anew_and_taken_away(warwatch: Warwatch, home: Path) -> None:
    out = home / "out"
    script = f"import sys; open({str(out)!r}, 'a').write(sys.stdin.read())"
    assert warwatch("alerts", "add", "command", "log", "--", sys.executable, "-c", script).status == 0
    assert "delivered" in warwatch("alerts", "test", "log").out
    assert "nothing has happened" in out.read_text()
    assert (
        "described anew"
        in warwatch("alerts", "add", "command", "log", "--severity", "high", "--", "false").out
    )
    failed = warwatch("alerts", "test", "--json")
    assert failed.status == 1
    assert json.loads(failed.out)["sinks"] == [
        {"sink": "log", "delivered": False, "error": "false ended with status 1"}
    ]
    assert "removed: log" in warwatch("alerts", "remove", "log").out
    one_clear_line(warwatch("alerts", "test"), "there is no sink yet")
    one_clear_line(warwatch("alerts", "remove", "log"), "no sink and no rule")


def test_a_webhook_is_tried_over_a_real_socket_and_its_address_is_not_shown_in_full(
    warwatch: Warwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "s3cret-word")
    with Receiver() as receiver:
        url = receiver.url + "/s3cret-path?key=s3cret-query"
        one_clear_line(warwatch("alerts", "add", "webhook", "desk", url), "--allow-private")
        added = warwatch(
            "alerts", "add", "webhook", "desk", url, "--allow-private", "--token-variable", "HOOK", "--json"
        )
        tested = warwatch("alerts", "test")
        shown = warwatch("alerts", "sinks").out + warwatch("alerts", "sinks", "--json").out
        assert receiver.posted[0].headers["authorization"] == "Bearer s3cret-word"
    assert tested.status == 0
    assert "s3cret" not in added.out + tested.out + shown
    assert "127.0.0.1" in shown


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["webhook", "x", "ftp://h.example/"], "http"),
        (["webhook", "x", "https://u:p@h.example/"], "user and password"),
        (["webhook", "x", "https://h.example/", "--topic", "a/b"], "topic"),
        (["webhook", "x y", "https://h.example/"], "name"),
        (["email", "x", "--to", "no address", "--from", "a@b.c", "--host", "h"], "e-mail address"),
        (["email", "x", "--to", "a@b.c\nBcc: d@e.f", "--from", "a@b.c", "--host", "h"], "to"),
        (["email", "x", "--to", "a@b.c", "--from", "a@b.c", "--host", "h", "--user", "u"], "password"),
        (
            ["email", "x", "--to", "a@b.c", "--from", "a@b.c", "--host", "h", "--security", "none", "--user", "u", "--password-file", "f"],
            "security",
        ),
        (["command", "x", "--seconds", "900", "--", "true"], "seconds"),
        (["change", "x", "--grade", "Z9"], "grade"),
        (["change", "terms"], "described anew"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: list[str], why: str, warwatch: Warwatch, home: Path
) -> None:
    said = warwatch("alerts", "add", *words)
    if why == "described anew":
        assert why in said.out
    else:
        one_clear_line(said, why)
        assert not (home / "desk.json").exists()


def test_rules_are_added_beside_the_default_ones_and_taken_away(warwatch: Warwatch, home: Path) -> None:
    before = [rule["name"] for rule in defaults()["rule"]]
    warwatch("alerts", "add", "change", "sure", "--to", "captured", "--origins", "2", "--grade", "C3")
    said = json.loads(warwatch("alerts", "rules", "--json").out)
    assert [rule["name"] for rule in said["rules"]] == [*before, "sure"]
    assert said["rules"][-1] == {
        "on": "change", "name": "sure", "severity": "medium", "to": ["captured"], "grade": "C3", "origins": 2,
    }  # fmt: skip
    warwatch("alerts", "remove", "sure")
    assert json.loads(warwatch("alerts", "rules", "--json").out)["rules"] == defaults()["rule"]
    assert '"rule"' not in (home / "desk.json").read_text()
    one_clear_line(warwatch("alerts", "remove", *before), "keep one")


def test_the_noise_is_set_and_what_is_no_time_is_refused(warwatch: Warwatch) -> None:
    assert warwatch("alerts", "set", "quiet", "22:00-06:00").out == "quiet = 22:00-06:00\n"
    for key, value, why in (
        ("quiet", "25:00-06:00", "such as 22:00-06:00"),
        ("zone", "Mars/One", "such as Europe/Kyiv"),
        ("subject", "soon", "such as 60s"),
        ("bell", "loud", "yes or no"),
        ("most", "0", "1 to 100"),
        ("through", "some", "low, medium, high"),
    ):
        one_clear_line(warwatch("alerts", "set", key, value), why)
    one_clear_line(warwatch("alerts", "set", "colour", "red"), "there is no 'colour'")
    said = json.loads(warwatch("alerts", "rules", "--json").out)
    assert said["noise"]["quiet"] == "22:00-06:00"
    assert said["noise"]["zone"] == "UTC"
    assert warwatch("alerts", "set", "quiet", "").out == "quiet = none\n"


def test_a_desk_broken_by_hand_is_one_line_that_says_where(warwatch: Warwatch, home: Path) -> None:
    (home / "desk.json").write_text('{"alerts": {"1": {"kind": "rule", "on": "moon", "name": "x"}}}')
    one_clear_line(warwatch("alerts", "rules"), "desk.json", "rule 1", "`on` must be one of")
    (home / "desk.json").write_text('{"alerts": {"1": {"kind": "noise", "alll": "5s"}}}')
    one_clear_line(warwatch("poll", "--once"), "`alll` is not known")
