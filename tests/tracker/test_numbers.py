"""How many capitals a sentence says have fallen: what it counts, and what only looks like a count."""

from __future__ import annotations

import pytest

from feeds.tracker.counts import Number, counts


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The Taliban have overrun 11 of Afghanistan’s 34 provincial capitals.", [Number(11, 34, "exact")]),
        ("The insurgents now hold two dozen provincial capitals.", [Number(24, None, "exact")]),
        (
            "They have taken more than two dozen of the country's 34 provincial capitals.",
            [Number(24, 34, "at-least")],
        ),
        ("More than half a dozen provincial capitals have fallen.", [Number(6, None, "at-least")]),
        ("Two more provincial capitals fell on Friday.", [Number(2, None, "more")]),
        ("Kunduz was the fourth provincial capital to fall.", [Number(4, None, "nth")]),
        ("They took three dozen districts and six provincial capitals.", [Number(6, None, "exact")]),
        ("ISIL seizes Iraq's second city Mosul.", []),
        ("Kunduz was the third city to fall.", [Number(3, None, "nth")]),
        ("Ghazni would be the tenth provincial capital to fall.", []),
        ("They have captured nearly every one of the 34 provincial capitals.", []),
        ("Nearly two dozen provincial capitals have fallen.", []),
        ("Not one of the 34 provincial capitals has fallen.", []),
        ("Only one of the 34 provincial capitals has not fallen.", []),
        ("Three provincial capitals could fall within days.", []),
        ("It took two days to reach the country's second largest city.", []),
        ("Twelve provincial capitals are still held by the army.", []),
    ],
)
def test_numbers_of_capitals(sentence: str, said: list[Number]) -> None:
    assert list(counts(sentence)) == said
