"""Every way out, against real servers and a real program; and what hostile news come to on it."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
from collections.abc import Awaitable
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from feeds.alerts.courier import deliver
from feeds.alerts.letters import Letter, Undelivered, letter_of
from feeds.alerts.records import Alert, alert_json
from feeds.alerts.sinks.webhook import body, shortened
from feeds.alerts.ways import Command, Email, Secret, Way, Webhook
from feeds.alerts.wording import title
from feeds.archive.outgoing import Notice
from tests.alerts.receivers import MailServer, Receiver
from tests.alerts.samples import NOON, PROOF, alert, event

HOSTILE = "Aster\r\nBcc: all@example.org\x1b]0;owned\x07\x1b[2J\u202e falls; $(touch pwned) `id` \"x\" 'y'\x00\n.\nQUIT"


def letter(made: Alert | None = None) -> Letter:
    made = made or alert()
    return letter_of(Notice(made.key, made.at, made.severity, title(made), alert_json(made), made.stories))


def hostile() -> Letter:
    from dataclasses import replace

    proof = replace(PROOF, sentence=HOSTILE, outlet=HOSTILE, speaker=HOSTILE, url="javascript:alert(1)")
    return letter(alert(event(headline=HOSTILE, note=HOSTILE, proof=proof)))


def sent(way: Way, what: Letter | None = None) -> None:
    run(deliver(way, what or letter()))


def run(deed: Awaitable[None]) -> None:
    async def inner() -> None:
        await deed

    asyncio.run(inner())


def why_not(way: Way, what: Letter | None = None) -> Undelivered:
    with pytest.raises(Undelivered) as failed:
        sent(way, what)
    return failed.value


def test_a_webhook_gets_the_alert_with_its_proof_in_the_form_that_ntfy_takes() -> None:
    with Receiver() as receiver:
        sent(Webhook("desk", receiver.url, "aster-desk", allow_private=True))
        (posted,) = receiver.posted
    assert posted.headers["idempotency-key"] == alert().key == posted.json["key"]
    assert posted.headers["content-type"] == "application/json"
    said = posted.json
    assert said["topic"] == "aster-desk"
    assert said["title"] == "Aster: contested → captured by Reds"
    assert said["priority"] == 5
    assert said["click"] == "https://herald.example/aster"
    for words in (
        "The city is lost, the governor said.",
        "Herald (B)",
        "grade B2, 2 origins",
        "https://herald.example",
    ):
        assert words in said["message"]
    (told,) = said["warwatch"]["events"]
    assert told["place"] == "aster"
    assert told["proof"]["sentence"] == "The city is lost, the governor said."


def test_a_webhook_on_this_machine_is_refused_unless_the_operator_allowed_it() -> None:
    with Receiver() as receiver:
        failed = why_not(Webhook("desk", receiver.url))
        named = why_not(Webhook("desk", receiver.url.replace("127.0.0.1", "localhost")))
        assert not receiver.posted
    assert "no public address" in failed.reason
    assert "network" in named.reason


def test_a_token_is_sent_and_never_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "token"
    held.write_text("s3cret-word\nsecond line")
    monkeypatch.setenv("HOOK_TOKEN", "other-word")
    with Receiver(200, 200, 403) as receiver:
        by_file = Webhook("desk", receiver.url + "?key=abc", token=Secret(file=str(held)), allow_private=True)
        sent(by_file)
        sent(Webhook("desk", receiver.url, token=Secret("HOOK_TOKEN"), allow_private=True))
        failed = why_not(by_file)
    assert [one.headers["authorization"] for one in receiver.posted][:2] == [
        "Bearer s3cret-word",
        "Bearer other-word",
    ]
    assert failed.reason == "127.0.0.1 answered 403"
    assert (
        "HOOK_MISSING"
        in why_not(Webhook("desk", receiver.url, token=Secret("HOOK_MISSING"), allow_private=True)).reason
    )


def test_a_webhook_that_asks_for_patience_is_given_it_and_no_redirect_is_followed() -> None:
    with Receiver(429, headers={"Retry-After": "120"}) as receiver:
        assert why_not(Webhook("desk", receiver.url, allow_private=True)).wait == 120
    with Receiver(302, headers={"Location": "http://127.0.0.1:1/"}) as receiver:
        assert "redirects" in why_not(Webhook("desk", receiver.url, allow_private=True)).reason
        assert len(receiver.posted) == 1


def test_nobody_at_the_address_is_one_line() -> None:
    with Receiver() as receiver:
        url = receiver.url
    failed = why_not(Webhook("desk", url, allow_private=True))
    assert "127.0.0.1" in failed.reason
    assert "\n" not in failed.reason


def test_a_message_never_grows_beyond_what_ntfy_takes() -> None:
    long = letter(alert(*(event(f"tøwn-{number}", note="é" * 300) for number in range(12))))
    said = body(Webhook("desk", "https://ntfy.example/", "t"), long)["message"]
    assert isinstance(said, str)
    assert 3000 < len(said.encode()) <= 3800
    assert shortened("é" * 10, 9) == "é" * 3 + "…"


def test_hostile_news_reach_a_webhook_as_clean_text() -> None:
    with Receiver() as receiver:
        sent(Webhook("desk", receiver.url, allow_private=True), hostile())
        (posted,) = receiver.posted
    assert "\n" not in posted.json["title"]
    for words in (posted.json["title"], posted.json["message"], str(posted.json["warwatch"])):
        assert not {"\x1b", "\x07", "\x00", "\u202e", "\r"} & set(words)
    assert "click" not in posted.json
    assert "javascript" not in posted.json["message"]


def test_a_command_gets_the_text_on_its_input_and_the_key_in_its_environment(tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = "import os,sys; open(sys.argv[1],'w').write(os.environ['WARWATCH_ALERT_KEY']+chr(10)+sys.stdin.read())"
    sent(Command("desk", (sys.executable, "-c", script, str(out))))
    written = out.read_text()
    assert written.startswith(alert().key + "\nAster: contested → captured by Reds\n")
    assert "The city is lost, the governor said." in written


def test_no_word_of_the_news_reaches_a_shell(tmp_path: Path) -> None:
    out = tmp_path / "out"
    sent(Command("desk", ("/bin/sh", "-c", f'cd {tmp_path}; cat > {out}; echo "$0 $*" >> {out}')), hostile())
    assert "$(touch pwned)" in out.read_text()
    assert not (tmp_path / "pwned").exists()
    assert "\x1b" not in out.read_text()


def test_a_command_that_fails_says_its_last_word_and_one_that_is_not_there_says_so() -> None:
    failed = why_not(
        Command(
            "desk", ("/bin/sh", "-c", "cat >/dev/null; echo first >&2; printf 'no\\033[2J way' >&2; exit 3")
        )
    )
    assert failed.reason == "/bin/sh ended with status 3: no way"
    assert "did not start" in why_not(Command("desk", ("/nowhere/at/all",))).reason


def test_a_command_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    failed = why_not(Command("desk", ("/bin/sh", "-c", f"sleep 77 & echo $! > {mark}; wait"), seconds=1))
    assert "did not end within 1 s" in failed.reason
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", mark.read_text().strip()], capture_output=True, text=True, check=False
    )
    assert state.stdout.strip()[:1] in ("", "Z")


def email(server: MailServer, **changes: object) -> Email:
    values: dict[str, object] = {
        "name": "mail", "to": ("desk@example.org", "night@example.org"), "sender": "warwatch@example.org",
        "host": "127.0.0.1", "port": server.port, "security": "none",
    }  # fmt: skip
    return Email(**{**values, **changes})  # type: ignore[arg-type]


def test_a_letter_arrives_with_subject_proof_and_a_message_id_made_of_the_key() -> None:
    with MailServer() as server:
        sent(email(server))
        sent(email(server))
    first, second = server.letters
    assert first.to == ["desk@example.org", "night@example.org"]
    assert (
        str(make_header(decode_header(str(first.message["Subject"]))))
        == "Aster: contested → captured by Reds"
    )
    assert first.message["Message-ID"] == second.message["Message-ID"] == f"<{alert().key}.mail@example.org>"
    assert first.message["X-Warwatch-Key"] == alert().key
    assert "The city is lost, the governor said." in first.message.get_content()  # type: ignore[attr-defined]
    assert first.message["Auto-Submitted"] == "auto-generated"


def test_no_news_can_add_a_header_or_a_recipient_or_end_the_letter() -> None:
    with MailServer() as server:
        sent(email(server), hostile())
        sent(email(server))
    first, _ = server.letters
    assert first.to == ["desk@example.org", "night@example.org"]
    assert first.message["Bcc"] is None
    assert "\n" not in str(first.message["Subject"]).strip()
    assert "QUIT" in first.message.get_content()  # type: ignore[attr-defined]


def test_a_mail_server_that_refuses_is_one_line() -> None:
    with MailServer(refuse="550 no\r\n") as server:
        assert "550" in why_not(email(server)).reason or "no" in why_not(email(server)).reason
        port = server.port
    assert f"127.0.0.1:{port}" in why_not(email_at(port)).reason


def email_at(port: int) -> Email:
    return Email("mail", ("desk@example.org",), "warwatch@example.org", "127.0.0.1", port, "none")


def test_a_password_goes_over_an_encrypted_line_only_and_is_never_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("MAIL_PASSWORD", "s3cret-word")
    with MailServer("desk", "s3cret-word", tls=context) as server:
        way = email(
            server, host="localhost", security="starttls", user="desk", password=Secret("MAIL_PASSWORD")
        )
        unknown = why_not(way)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        sent(way)
        assert len(server.letters) == 1
        monkeypatch.setenv("MAIL_PASSWORD", "wrong-word")
        wrong = why_not(way)
    assert "certificate" in unknown.reason.lower()
    assert wrong.reason == "localhost does not let desk in (535)"


def self_signed(folder: Path) -> Path:
    """A certificate for localhost with its key, made by openssl."""
    path = folder / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(path), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + (folder / "cert.pem").read_text())
    return path


def test_times_are_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert letter().text.strip().endswith(f"{NOON:%Y-%m-%d %H:%M}Z, {alert().key}")
