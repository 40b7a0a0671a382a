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
        ("Taliban seize Farah - officials", "against-interest"),
        ("Taliban seize Farah -residents", "witness"),
        ("Taliban seize Farah: officials", "against-interest"),
        ("Farah has fallen - Taliban spokesman", "self-serving"),
        ("Farah has fallen: Taliban", "self-serving"),
        ("Farah falls to Taliban - Reuters", "reporter"),
    ],
)
def test_who_stands_behind_the_verb_is_heard(text: str, voice: str, *, in_title: bool) -> None:
    story = Story(id="1", title=text if in_title else "The day", body="" if in_title else text, received=TOLD)
    assert {piece.voice for piece in reader("afghanistan-2021").read(story).evidence} == {voice}


def test_who_enters_and_claims_speaks_for_himself() -> None:
    story = Story(id="1", title="Taliban take Farah, claim control of Herat", received=TOLD)
    voices = {piece.place: piece.voice for piece in reader("afghanistan-2021").read(story).evidence}
    assert voices == {"farah": "reporter", "herat": "self-serving"}


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Taliban fighters captured Farah, officials said on Thursday.", "against-interest"),
        ("The Taliban captured Farah, a resident told Reuters.", "witness"),
        ("The Taliban captured Farah, a lawmaker told AFP by phone.", "against-interest"),
        (
            "State media quoted the governor as saying that the Taliban had captured Farah.",
            "against-interest",
        ),
        ("The governor was quoted as saying that the Taliban had captured Farah.", "against-interest"),
        (
            "The governor was quoted by Tolo as saying that the Taliban had captured Farah.",
            "against-interest",
        ),
        ("The governor confirmed that the Taliban had captured Farah.", "against-interest"),
        ("The defence ministry acknowledged that Kunduz had fallen.", "against-interest"),
        ("The government admitted on Friday that Farah had fallen.", "against-interest"),
        ("In a statement, the Taliban said they had captured Farah.", "self-serving"),
        ("The Taliban said in a statement that they had captured Farah.", "self-serving"),
        (
            "Taliban spokesman Zabihullah Mujahid said on X, formerly Twitter, that Farah had been captured.",
            "self-serving",
        ),
        ("The UN said on Thursday that the Taliban had taken Farah.", "third-party"),
        ("Zabihullah Mujahid tweeted that the Taliban had taken Farah.", "self-serving"),
        ("Taliban fighters were in control of Farah, a Reuters witness said.", "witness"),
        ("State television reported that the Taliban had taken Farah.", "reporter"),
        ("The insurgents said via Telegram that they had captured Farah.", "self-serving"),
        (
            "The Taliban have captured Farah, a security official said, speaking on condition of anonymity.",
            "against-interest",
        ),
        (
            "Speaking on condition of anonymity, a US official said that the Taliban had captured Farah.",
            "third-party",
        ),
        ("Residents reached by telephone said that the Taliban had captured Farah.", "witness"),
        ("The Taliban announced the capture of Farah on Tuesday.", "self-serving"),
        ("A human rights group said that the Taliban had taken Farah.", "third-party"),
        ("Western diplomats said that Farah had fallen to the Taliban.", "third-party"),
        ("Pentagon spokesman John Kirby said that the Taliban had taken Farah.", "third-party"),
        ("A Taliban commander in Farah told AFP that his men had taken the city.", "self-serving"),
        (
            "The head of the provincial council, Dadullah Qani, said that the Taliban had taken Farah.",
            "against-interest",
        ),
        (
            "Provincial council member Abdul Naser Farahi told the AP that the Taliban had taken Farah.",
            "against-interest",
        ),
        ("Farah has fallen to the Taliban, local media reported.", "reporter"),
        ("The Taliban claimed that Farah had fallen.", "self-serving"),
    ],
)
def test_the_usual_attributions_of_agencies_are_heard(text: str, voice: str) -> None:
    story = Story(id="1", title="The day", body=text, received=TOLD)
    assert {piece.voice for piece in reader("afghanistan-2021").read(story).evidence} == {voice}
