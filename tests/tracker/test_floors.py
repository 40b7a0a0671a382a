"""What the tracker gets right on labelled texts today; floors only rise. Every text read wrongly is printed."""

import pytest

from tests.tracker.scoring import score, texts

FLOORS = [
    # set, odd lines only, precision of all, recall of all, precision of holds, recall of holds
    ("claims", None, 0.98, 0.98, 1.00, 0.98),
    ("plain", None, 0.97, 0.90, 0.99, 0.91),
    ("plain2", None, 0.98, 0.79, 0.99, 0.81),
    ("plain3", None, 0.98, 0.86, 0.99, 0.87),
    ("plain4", None, 0.93, 0.79, 0.94, 0.79),
    ("articles2", None, 0.94, 0.76, 0.97, 0.77),
    ("afghanistan", None, 0.95, 0.50, 0.98, 0.55),
    ("wars", True, 0.89, 0.39, 0.91, 0.41),
    ("wars", False, 0.88, 0.35, 0.94, 0.40),
    ("articles", True, 0.90, 0.57, 0.97, 0.60),
    ("articles", False, 0.94, 0.69, 0.94, 0.70),
]


@pytest.mark.parametrize(("name", "odd", "precision", "recall", "holds_precision", "holds_recall"), FLOORS)
def test_a_set_is_read_as_well_as_before(
    name: str, odd: bool | None, precision: float, recall: float, holds_precision: float, holds_recall: float
) -> None:
    found = score(texts(name, odd=odd))
    print(
        f"\n{name}: precision {found.precision():.3f} recall {found.recall():.3f}; holds {found.precision('holds'):.3f} {found.recall('holds'):.3f}"
    )
    print("\n".join(found.errors))
    assert found.precision() >= precision
    assert found.recall() >= recall
    assert found.precision("holds") >= holds_precision
    assert found.recall("holds") >= holds_recall


def test_silence_stays_silent() -> None:
    """Texts in which people and weapons are captured and seized, and never a town: under 1% false captures."""
    found = score(texts("silence"))
    total = sum(1 for _ in texts("silence"))
    print("\n" + "\n".join(found.errors))
    assert found.wrong["holds"] / total < 0.01
    assert sum(found.wrong.values()) / total < 0.015
