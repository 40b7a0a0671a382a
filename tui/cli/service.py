"""``warwatch poll --install-service``: the collector as a service that systemd starts and watches over."""

from __future__ import annotations

import argparse
from pathlib import Path

from feeds.errors import InputError
from tui.cli.paper import say
from tui.cli.systemd import SERVICE, program, unit, units_folder, verified, write_unit
from tui.cli.where import archive_target, desk_path, theatre_names


def install(options: argparse.Namespace) -> int:
    """Write the unit, or print it; how to start it is said, not done."""
    if options.once or options.json:
        raise InputError(
            "poll: --install-service is for a collector that goes on; leave --once and --json out"
        )
    text = unit([*program(), "poll", *_words(options)])
    if options.dry_run:
        say(text.rstrip())
        return 0
    path = write_unit(text, units_folder())
    say(f"written: {path}")
    if wrong := verified(path):
        say(f"systemd-analyze has this against it: {wrong}")
    say("start it:             systemctl --user daemon-reload && systemctl --user enable --now warwatch")
    say("after you log out:    loginctl enable-linger")
    say(f"what it says:         journalctl --user -u {SERVICE.removesuffix('.service')}")
    return 0


def _words(options: argparse.Namespace) -> list[str]:
    """The options that lead the service to the same archive, desk and theatre, with full paths."""
    target = archive_target(options)
    archive = target if "://" in target else str(Path(target).expanduser().resolve())
    words = ["--archive", archive, "--desk", str(desk_path(options).resolve())]
    if getattr(options, "theatre", ""):
        words += ["--theatre", ",".join(theatre_names(options))]
    if options.allow_private:
        words.append("--allow-private")
    if options.metrics:
        words += ["--metrics", options.metrics]
    if options.log:
        words += ["--log", str(Path(options.log).expanduser().resolve()), "--log-level", options.log_level]
    return [*words, "--no-alerts"] if options.no_alerts else words
