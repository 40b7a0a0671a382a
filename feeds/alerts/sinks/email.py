"""A letter by SMTP; no header is ever made of what a feed says without being cleaned to one line."""

from __future__ import annotations

import socket
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import aiosmtplib

from feeds.alerts.letters import Letter, Undelivered, secret
from feeds.alerts.ways import Email
from feeds.clock import system_clock
from feeds.safetext import one_line


def message(way: Email, letter: Letter) -> EmailMessage:
    """The letter as an e-mail; every copy of it bears one Message-ID, so that mail servers see that it is the same."""
    found = EmailMessage(policy=SMTP)
    found["From"] = way.sender
    found["To"] = ", ".join(way.to)
    found["Subject"] = one_line(letter.title)
    found["Date"] = format_datetime(system_clock())
    found["Message-ID"] = f"<{letter.key}.{way.name}@{way.sender.rpartition('@')[2]}>"
    found["Auto-Submitted"] = "auto-generated"
    found["X-Warwatch-Key"] = letter.key
    if letter.severity == "high":
        found["Importance"] = "high"
    found.set_content(letter.text)
    return found


async def mail(way: Email, letter: Letter) -> None:
    """Hand it to the mail server, which answers for it from then on."""
    password = secret(way.password) if way.password else None
    context = None if way.security == "none" else ssl.create_default_context()
    try:
        refused, _ = await aiosmtplib.send(
            message(way, letter),
            hostname=way.host,
            port=way.port,
            local_hostname=socket.gethostname(),  # its full name would be asked of the net
            username=way.user or None,
            password=password,
            use_tls=way.security == "tls",
            start_tls=way.security == "starttls",
            tls_context=context,
        )
    except aiosmtplib.SMTPAuthenticationError as error:
        raise Undelivered(f"{way.host} does not let {way.user} in ({error.code})") from None
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        said = one_line(str(error))[:200]
        raise Undelivered(f"{way.host}:{way.port}: {said or type(error).__name__}") from None
    if refused:
        raise Undelivered(f"{way.host} refused {', '.join(sorted(refused))}")
