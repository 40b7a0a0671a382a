"""Knowing better than the evidence: overrides, muted sentences, threads split and merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.tui.samples import NOW, sentence, thursday
from tests.tui.screen import app_of, press, row_with, run, screen, text, with_options
from tests.tui.test_triage import look


def test_an_override_has_a_reason_and_an_expiry_and_waits_for_the_collector() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, (160, 40)) as pilot:
            await press(pilot, "j", "o")
            assert "Set Kandahar by hand" in text(pilot)
            assert "contested government" in text(pilot)
            await press(pilot, "ctrl+u", *"captured tal", "enter", "enter", "enter")
            assert "A reason is needed" in text(pilot)
            await press(pilot, *"the governor told us", "enter", *"12h", "enter")
            action = archive.journal[-1]
            assert (action.kind, action.place, action.value) == ("override", "kandahar", "captured taliban")
            assert (action.reason, action.until) == ("the governor told us", NOW + timedelta(hours=12))
            await look(pilot)
            assert "[to be set to captured taliban by the collector]" in row_with(pilot, "Kandahar  ")
            assert "set by hand: captured Taliban, tester 12 Aug 18:42Z" in text(pilot)
            archive.board["kandahar"] = replace(
                archive.board["kandahar"], state="captured", holder="taliban", override=action.reason
            )
            archive.add_evidence(
                sentence("kandahar", "No.", side="government", told=NOW + timedelta(hours=1))
            )
            await look(pilot)
            assert "[set by hand: the governor told us]" in row_with(pilot, "✕ Kandahar")
            assert "1 sentence against it" in text(pilot)

    run(test)


def test_a_line_of_an_override_that_is_not_understood_is_said_at_once_and_nothing_typed_goes_elsewhere() -> (
    None
):
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "o", "ctrl+u", *"capturd taliban", "enter")
            assert "The state is one of: unknown, held" in text(pilot)
            await press(pilot, "ctrl+u", *"disputed taliban", "enter")
            assert "The state is one of" not in text(pilot)
            await press(pilot, *"both say so", "enter", *"soon", "enter")
            assert "Until when: 12h" in text(pilot)
            await press(pilot, "ctrl+u", "enter")
            action = archive.journal[-1]
            assert (action.value, action.reason, action.until) == ("disputed taliban", "both say so", None)

    run(test)


def test_an_override_is_lifted_and_undone() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "O")
            assert "Herat is not set by hand" in text(pilot)
            await press(pilot, "o", "enter", *"sure", "enter", "enter", "O")
            assert [each.kind for each in archive.journal] == ["override", "lift"]
            await press(pilot, "u")
            await look(pilot)
            assert "herat" in app_of(pilot).room.board.decisions.overrides
            await press(pilot, "u")
            await look(pilot)
            assert "herat" not in app_of(pilot).room.board.decisions.overrides

    run(test)


def test_the_dialog_left_changes_nothing_and_wants_a_capital() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "o", "tab", "shift+tab", "escape", "2", "o")
            assert "Choose a capital first" in text(pilot)
            assert archive.journal == []
        async with screen(archive, options=with_options(read_only=True)) as pilot:
            await press(pilot, "o")
            assert "this viewer only reads" in text(pilot)

    run(test)


def test_a_sentence_is_muted_and_counts_again() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "X")
            assert "Choose a sentence first" in text(pilot)
            await press(pilot, "e", "X")
            chosen = app_of(pilot).room.evidence.selected
            assert chosen is not None
            action = archive.journal[-1]
            assert (action.kind, action.value, action.place) == ("mute", str(chosen.seq), "herat")
            await look(pilot)
            assert " 36m  muted  " in text(pilot)
            await press(pilot, "X")
            assert archive.journal[-1].kind == "unmute"
            await look(pilot)
            assert "  muted" not in text(pilot)

    run(test)


def test_a_story_is_split_off_its_thread() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "S")
            assert "Open the story first" in text(pilot)
            await press(pilot, "enter", "S")
            assert "alone in its thread" in text(pilot)
            await press(pilot, "q", "slash", *"detained", "enter", "enter", "S")
            action = archive.journal[-1]
            assert (action.kind, action.value) == ("split", action.story)
            assert "split off its thread by tester" in text(pilot)

    run(test)


def test_marked_stories_are_merged_into_the_oldest() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "M")
            assert "Mark two stories or more" in text(pilot)
            await press(pilot, "space", "space", "space", "M")
            oldest = archive.rows(app_of(pilot).room.wire.marking.keys)[-1]
            merged = [each for each in archive.journal if each.kind == "merge"]
            assert [each.value for each in merged] == [oldest.id] * 2
            await press(pilot, "escape", "g", "g", "enter")
            assert "merged into" in text(pilot)

    run(test)
