"""By whose word: the labelled sets say what is claimed, these say who is heard to claim it."""

from datetime import UTC, datetime

import pytest

from feeds.story import Story
from tests.tracker.scoring import reader

TOLD = datetime(2021, 8, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize("in_title", [True, False])
@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Taliban take Farah, says lawmaker", "against-interest"),
        ("Taliban take Farah, say residents", "witness"),
        ("Taliban take Farah, says UN envoy", "third-party"),
        ("Taliban take Farah, says envoy José Muñoz", "reporter"),
        ("Farah has fallen, says a Taliban spokesman", "self-serving"),
        (
            "Taliban captured Farah, said Abdul Naser, a member of the provincial council.",
            "against-interest",
        ),
        ("The governor, who fled to Kabul, said Taliban fighters took Farah.", "against-interest"),
        ('"Farah has fallen to the Taliban," said a resident.', "witness"),
        ("According to the Taliban, Farah has fallen.", "self-serving"),
        ("Farah city has fallen, according to the Taliban.", "self-serving"),
        ("Taliban captured Farah, according to local officials.", "against-interest"),
        ("According to residents, the Taliban have taken Farah.", "witness"),
        ("Taliban take Farah", "reporter"),
    ],
)
def test_who_stands_behind_the_verb_is_heard(text: str, voice: str, *, in_title: bool) -> None:
    story = Story(id="1", title=text if in_title else "The day", body="" if in_title else text, received=TOLD)
    assert {piece.voice for piece in reader("afghanistan-2021").read(story).evidence} == {voice}


def test_who_enters_and_claims_speaks_for_himself() -> None:
    story = Story(id="1", title="Taliban take Farah, claim control of Herat", received=TOLD)
    voices = {piece.place: piece.voice for piece in reader("afghanistan-2021").read(story).evidence}
    assert voices == {"farah": "reporter", "herat": "self-serving"}
