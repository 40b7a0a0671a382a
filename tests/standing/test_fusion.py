"""How strongly a label is witnessed: one story, one origin, age, newer changes of hands, the winner's own word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.evidence import Evidence
from feeds.standing.tally import Tally
from tests.standing.logs import NOON, WEIGHTS, aster, said

REDS = ("holds", "reds")
BLUES = ("holds", "blues")


def score(*pieces: Evidence, hours: float = 0.0, label: tuple[str, str] = REDS) -> float:
    return Tally(pieces).testimony[label].score((NOON + timedelta(hours=hours)).timestamp() / 3600)


@pytest.mark.parametrize(
    ("letter", "factor"), [("A", 1.0), ("B", 0.9), ("C", 0.75), ("D", 0.5), ("E", 0.25), ("F", 0.5)]
)
def test_the_outlets_letter_weighs_its_word(letter: str, factor: float) -> None:
    assert score(said("took reds", letter=letter)) == pytest.approx(0.75 * factor, abs=1e-4)


@pytest.mark.parametrize("voice", WEIGHTS)
def test_the_voice_weighs_what_is_said(voice: str) -> None:
    assert score(said("took reds", voice=voice, letter="A")) == pytest.approx(WEIGHTS[voice], abs=1e-4)


def test_one_story_is_one_witness_by_its_strongest_sentence() -> None:
    weak = said("took reds", story="s", start=90, voice="self-serving")
    strong = said("took reds", story="s", start=10)
    assert score(weak, strong) == score(strong, weak) == pytest.approx(0.75 * 0.9 + 0.05, abs=1e-4)


def test_further_sentences_add_a_little_and_never_more_than_that() -> None:
    pieces = [said("took reds", story="s", start=start) for start in (10, 60, 110, 160, 210, 260)]
    assert score(*pieces[:3]) == pytest.approx(0.675 + 0.10, abs=1e-4)
    assert score(*pieces) == pytest.approx(0.675 + 0.15, abs=1e-4)
    sure = [
        said("took reds", story="s", start=start, voice="against-interest", letter="A")
        for start in (9, 60, 99)
    ]
    assert score(*sure) == 0.97


def test_a_headline_is_no_further_sentence_of_its_own_story() -> None:
    headline, lead = said("took reds", story="s", start=0), said("took reds", story="s", start=40)
    assert score(headline, lead) == score(lead)


def test_a_copy_is_no_further_witness_however_late_it_runs() -> None:
    first = said("took reds", by="Gazette", origin="ap@1")
    copy = said("took reds", by="Herald", origin="ap@1", hours=40)
    assert score(first, copy, hours=40) == score(copy, hours=40)


def test_one_agency_within_a_day_is_one_witness_in_whatever_paper() -> None:
    first = said("took reds", by="Gazette", origin="ap@1")
    soon, later = (said("took reds", by="Herald", origin="ap@2", hours=hours) for hours in (23, 25))
    assert len(Tally([first, soon]).testimony[REDS].witnesses) == 1
    assert len(Tally([first, later]).testimony[REDS].witnesses) == 2


def test_one_outlet_within_half_a_day_is_one_witness() -> None:
    first = said("took reds")
    soon, later = (said("took reds", hours=hours) for hours in (11, 13))
    assert len(Tally([first, soon]).testimony[REDS].witnesses) == 1
    assert len(Tally([first, later]).testimony[REDS].witnesses) == 2


def test_tellings_of_nobody_are_no_two_witnesses() -> None:
    pieces = [said("took reds", by="", origin="@", story=story) for story in ("a", "b")]
    assert len(Tally(pieces).testimony[REDS].witnesses) == 1


@pytest.mark.parametrize(("text", "half_life"), [("took reds", 96), ("fighting", 24), ("threat", 48)])
def test_testimony_comes_to_half_in_its_time(text: str, half_life: int) -> None:
    piece = said(text, letter="A")
    label = ("holds", "reds") if "reds" in text else (text, "")
    assert score(piece, hours=half_life, label=label) == pytest.approx(0.375, abs=1e-4)


def test_a_newer_change_of_hands_leaves_a_fifth_of_what_was_told_before() -> None:
    held, taken = said("holds blues"), said("took reds", by="Herald", hours=1)
    assert score(held, taken, label=BLUES) == pytest.approx(0.675 / 5, abs=1e-4)
    assert score(held, said("holds reds", by="Herald", hours=1), label=BLUES) == pytest.approx(
        0.675, abs=1e-4
    )


def test_an_older_change_of_hands_and_one_of_the_same_origin_leave_it_whole() -> None:
    held = said("holds blues", hours=2, origin="ap@1")
    assert score(said("took reds", by="Herald"), held, label=BLUES, hours=2) == pytest.approx(0.675, abs=1e-4)
    same = said("took reds", by="Herald", hours=3, origin="ap@1")
    assert score(held, same, label=BLUES, hours=2) == pytest.approx(0.675, abs=1e-4)


def test_two_origins_are_the_chance_that_one_of_them_is_right() -> None:
    two = said("took reds"), said("took reds", by="Herald", voice="witness")
    assert score(*two) == pytest.approx(1 - (1 - 0.675) * (1 - 0.54), abs=1e-4)


def test_the_winners_own_word_is_never_a_fact() -> None:
    claims = [said("took reds", by=f"Paper {n}", voice="self-serving") for n in range(9)]
    assert score(*claims) == 0.55
    assert aster(*claims).state == "claimed"
    assert score(*claims, said("took reds", by="Herald", voice="witness", weight=0.3)) > 0.9


def test_old_word_that_was_overtaken_lends_the_winner_no_weight() -> None:
    """A reporter told of the first capture, another of the recapture; the third time only the reds say so."""
    row = aster(
        said("took reds"),
        said("took blues", by="Herald", hours=30),
        *(said("took reds", by=f"Paper {n}", voice="self-serving", hours=60) for n in range(6)),
    )
    assert (row.state, row.strength) == ("claimed", 0.55)


def test_testimony_older_than_twenty_days_counts_nothing() -> None:
    late = aster(said("fighting", by="Herald", hours=481), said("took reds", hours=2))
    assert dict(late.scores) == {"fighting": 0.675, "holds:reds": 0.0212}
    later = aster(said("took reds"), said("fighting", by="Herald", hours=481))
    assert dict(later.scores) == {"fighting": 0.675}


def test_who_tells_it_again_and_again_is_no_surer_than_when_he_was_surest() -> None:
    once = aster(said("took reds", letter="F", hours=0))
    often = [said("took reds", letter="F", hours=13 * n, story=f"f{n:02}") for n in range(12)]
    row = aster(*often)
    assert row.origins == 1
    assert row.state == once.state != "captured"
    assert row.strength <= once.strength
    herald = [
        said("took reds", by="Herald", letter="F", hours=13 * n + 1, story=f"h{n:02}") for n in range(12)
    ]
    both = aster(*sorted([*often, *herald], key=lambda piece: piece.told or NOON))
    assert row.strength < both.strength <= round(1 - (1 - once.strength) ** 2, 4)


def test_at_every_hour_each_teller_is_right_by_his_faded_words_but_never_surer_than_when_he_was_surest() -> (
    None
):
    told = {"Gazette": (0, 13, 26, 50), "Herald": (5, 20), "Echo": (30,)}
    pieces = [
        said("took reds", by=by, letter="F", hours=hour, story=f"{by}{hour}")
        for by, hours in told.items()
        for hour in hours
    ]
    testimony = Tally(pieces).testimony[REDS]
    weight = 0.75 * 0.5
    for passed in (50, 51, 63, 120, 300):
        left = 1.0
        for hours in told.values():
            missed = 1.0
            for hour in hours:
                missed *= 1 - weight * 2 ** ((hour - passed) / 96)
            left *= max(missed, 1 - weight)
        for _ in range(2):  # worked out, and remembered
            assert testimony.score((NOON + timedelta(hours=passed)).timestamp() / 3600) == pytest.approx(
                1 - left, abs=1e-4
            )
