"""Sides that are called otherwise, or join another, from a day on."""

from datetime import date

from feeds.theatres import load_theatre


def test_before_the_day_a_side_is_called_as_ever() -> None:
    syria = load_theatre("syria").on(date(2024, 12, 8))
    assert syria.side_name("rebels") == "Rebels"
    assert syria.defender == "government"


def test_from_the_day_on_the_former_rebels_are_the_government() -> None:
    syria = load_theatre("syria").on(date(2024, 12, 9))
    assert syria.side_name("rebels") == "New government"
    assert "government forces" in syria.side_by_id["rebels"].nouns
    assert "government forces" not in syria.side_by_id["government"].nouns
    assert syria.defender == "rebels"


def test_a_theatre_without_changes_is_the_same_on_any_day() -> None:
    haiti = load_theatre("haiti")
    assert haiti.on(date(2030, 1, 1)) is haiti
    assert haiti.on(None) is haiti
