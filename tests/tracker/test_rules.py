"""Every rule's own example, and nothing else said by it."""

import pytest

from feeds.tracker.rules import read_rules
from tests.tracker.scoring import Labelled, said
from tests.tracker.test_traps import TOLD

RULES = read_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reads_its_example(rule) -> None:  # type: ignore[no-untyped-def]
    expected: dict[str, set[str]] = {}
    for part in rule.gives.split(";"):
        place, label, *side = part.split()
        expected.setdefault(place, set()).add(side[0] if label == "holds" else label)
    assert dict(said(Labelled("afghanistan-2021", rule.says, "", TOLD, {}))) == expected


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
