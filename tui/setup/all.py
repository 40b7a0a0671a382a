"""All sections of the set up, made for one viewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feeds.clock import ReplayClock
from feeds.desk import Desk
from tui.room import Room
from tui.setup.alerts import AlertsSection
from tui.setup.feeds import FeedsSection
from tui.setup.keys import KeysSection
from tui.setup.saved import ViewsSection
from tui.setup.section import Section
from tui.setup.terms import TermsSection
from tui.setup.theatres import TheatresSection
from tui.setup.themes import ThemesSection


def sections_of(room: Room, desk: Desk, changed: Callable[[], None]) -> tuple[Section, ...]:
    """The sections in the order of the list; ``changed`` makes the screen follow what was changed."""
    settings, options, theatre = room.settings, room.options, room.theatre

    def paint(_: str) -> None:
        settings.read()
        changed()

    return (
        FeedsSection(
            desk,
            room.archive.feed_states,
            room.live_clock,
            room.triage.reload,
            theatre.subscriptions,
            replayed=isinstance(room.live_clock, ReplayClock),
        ),
        TermsSection(desk, options.words, room.live_clock),
        views_section(room, desk),
        AlertsSection(desk, options.words),
        TheatresSection(desk, theatre.id, theatre.title, options.pinned),
        ThemesSection(desk, paint, options.theme),
        KeysSection(desk, lambda: settings.keymap),
    )


def views_section(room: Room, desk: Desk) -> ViewsSection:
    """The section of the saved views."""

    def wrong(words: str) -> Sequence[str]:
        return room.filter_of(words).complaints

    return ViewsSection(desk, lambda: room.settings.keymap, wrong)
