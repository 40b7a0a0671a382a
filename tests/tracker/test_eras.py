"""The same words before and after a day on which sides change."""

from dataclasses import replace
from datetime import UTC, datetime

from feeds.story import Story
from tests.tracker.scoring import Labelled, reader, said


def read(theatre: str, text: str, day: datetime) -> dict[str, set[str]]:
    return dict(said(Labelled(theatre, text, "", day, {})))


def test_government_forces_in_syria_are_who_rules_on_the_day() -> None:
    text = "Government forces took control of Raqqa on Sunday."
    assert read("syria", text, datetime(2024, 12, 1, tzinfo=UTC)) == {"raqqa": {"government"}}
    assert read("syria", text, datetime(2026, 1, 18, tzinfo=UTC)) == {"raqqa": {"rebels"}}


def test_a_text_without_a_date_is_of_the_wars_first_days_unless_a_feed_brought_it() -> None:
    text = "Government forces took control of Raqqa on Sunday."
    now = datetime(2026, 11, 23, tzinfo=UTC)
    handed_in = Story(id="1", title=text, received=now)
    for story, side in ((handed_in, "government"), (replace(handed_in, feed="https://a.example/"), "rebels")):
        assert [piece.side for piece in reader("syria").read(story).evidence] == [side]


def test_damascus_speaks_for_who_rules_on_the_day() -> None:
    text = "Damascus denied that Manbij had fallen to the SDF."
    assert read("syria", text, datetime(2024, 12, 1, tzinfo=UTC)) == {"manbij": {"government"}}
    assert read("syria", text, datetime(2025, 3, 1, tzinfo=UTC)) == {"manbij": {"rebels"}}


def test_a_militia_that_changes_sides_takes_towns_for_the_other() -> None:
    text = "The Sudan Shield Forces seized Dinder on Monday."
    assert read("sudan", text, datetime(2024, 6, 1, tzinfo=UTC)) == {"dinder": {"rsf"}}
    assert read("sudan", text, datetime(2024, 11, 1, tzinfo=UTC)) == {"dinder": {"army"}}


def test_a_town_that_the_challenger_held_at_first_falls_to_the_other() -> None:
    assert read("ethiopia", "Mekelle has fallen.", datetime(2020, 11, 28, tzinfo=UTC)) == {
        "mekelle": {"government"}
    }
    assert read("ethiopia", "Dessie has fallen.", datetime(2021, 10, 31, tzinfo=UTC)) == {
        "dessie": {"tigray"}
    }


def test_jihadists_are_the_one_side_so_called_that_the_story_names() -> None:
    told = datetime(2024, 6, 1, tzinfo=UTC)
    assert read("syria", "Islamic State is back: jihadists overran Palmyra.", told) == {
        "palmyra": {"islamic-state"}
    }
    assert read("syria", "Jihadists overran Palmyra.", told) == {"palmyra": {"rebels"}}
