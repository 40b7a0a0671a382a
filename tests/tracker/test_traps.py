"""The traps of reading war news, each with the least that shows it."""

from datetime import UTC, datetime

import pytest

from tests.tracker.scoring import Labelled, said

TOLD = datetime(2021, 8, 12, 18, tzinfo=UTC)


def read(text: str, theatre: str = "afghanistan-2021") -> dict[str, set[str]]:
    title, _, body = text.partition("\n")
    return dict(said(Labelled(theatre, title, body, TOLD, {})))


TRAPS = [
    ("a mark that stands alone", "Kunduz \u0335 fell to the Taliban.", {"kunduz": {"taliban"}}),
    ("fell silent", "Kunduz fell silent under the Taliban's control.", {"kunduz": {"taliban"}}),
    ("not yet", "Herat is not directly under threat yet, officials said.", {}),
    (
        "the capital after a province",
        "Fighting spread in Helmand province. The capital was overrun on Friday.",
        {"lashkar-gah": {"taliban"}},
    ),
    ("without a fight", "Aybak was taken without a fight.", {"aybak": {"taliban"}}),
    ("could squeeze", "The advance could squeeze the capital, Kabul, analysts said.", {"kabul": {"threat"}}),
    (
        "a shared could",
        "Kabul could be cut off within a month and fall within three, an official said.",
        {"kabul": {"threat"}},
    ),
    (
        "a shared managed to",
        "Taliban fighters managed to enter Farah and take the city.",
        {"farah": {"taliban"}},
    ),
    (
        "should it fall",
        "Aid agencies fear a massacre should Herat, ringed for a week, fall to the Taliban.",
        {"herat": {"threat"}},
    ),
    ("last spring", "Kunduz, which the Taliban seized last April, was quiet.", {}),
    ("a year after they", "Shops are open in Kunduz, a year after the Taliban fighters seized it.", {}),
    (
        "pushed back from",
        "The army said that it had pushed the Taliban back from Herat and was in control there.",
        {"herat": {"government"}},
    ),
    ("a bomb and its gunfire", "Car bomb and gunfire rattle the richest quarter of Kabul", {}),
    (
        "another verb's past",
        "The Taliban captured Kunduz, a prize that they had taken twice before.",
        {"kunduz": {"taliban"}},
    ),
    (
        "no fighting, in the list",
        "Cities at a glance\nUNDER ATTACK\n\nHERAT - Fighting in the streets.\n\nKABUL - No fighting.",
        {"herat": {"fighting"}},
    ),
    ("captured soldiers", "The Taliban captured soldiers in Kunduz.", {}),
    ("seized weapons", "The Taliban seized weapons in Kunduz on Sunday.", {}),
    ("an image captures", "Image captures Kabul exodus", {}),
    ("airport", "The Taliban take control of Kandahar airport.", {}),
    ("presidential palace", "Taliban fighters took over the presidential palace in Kabul.", {}),
    ("province", "Kunduz province has fallen to the Taliban.", {}),
    (
        "provinces",
        "The capitals of Ghazni, Herat and Badghis provinces fell on Thursday.",
        {"ghazni": {"taliban"}, "herat": {"taliban"}, "qala-e-naw": {"taliban"}},
    ),
    ("district", "The Taliban captured Maymana district in June.", {}),
    (
        "list and battle",
        "Taliban seizes Herat, Ghazni as battle for Kandahar rages on",
        {"herat": {"taliban"}, "ghazni": {"taliban"}, "kandahar": {"fighting"}},
    ),
    (
        "these are",
        "The Taliban captured two more provincial capitals on Friday.\nThese are Tarinkot and Qalat.",
        {"tarinkot": {"taliban"}, "qalat": {"taliban"}},
    ),
    ("headline without verb", "Taliban in Ghazni", {"ghazni": {"fighting"}}),
    ("headline verb", "Herat falls", {"herat": {"taliban"}}),
    ("participle", "Kunduz, captured by the Taliban on Sunday, was quiet.", {"kunduz": {"taliban"}}),
    ("since 1996", "It is the worst crisis since they took Kabul in 1996.", {}),
    ("as it fell in 2015", "Kunduz could fall again, as it fell in 2015.", {"kunduz": {"threat"}}),
    ("besieged", "Residents of the besieged city of Kandahar queued for bread.", {"kandahar": {"threat"}}),
    ("caption", "A man walks in Kabul. (AP Photo/Rahmat Gul)", {}),
    ("dateline", "KABUL (AP) - Officials met on Tuesday to discuss the budget.", {}),
    ("all caps", "TALIBAN CAPTURE KUNDUZ CITY", {"kunduz": {"taliban"}}),
    ("a person", "Farah Stockman has won a prize for her captured memories.", {}),
    ("a president", "President Ghani has lost the country, critics say.", {}),
    ("ultimatum", "The Taliban gave Jalalabad until Sunday to surrender.", {"jalalabad": {"threat"}}),
    ("vow", "The Taliban vowed to capture Mazar-i-Sharif within days.", {"mazar-i-sharif": {"threat"}}),
    ("prediction", "A US official warned that Kabul could fall within 90 days.", {"kabul": {"threat"}}),
    ("parts", "The Taliban took parts of Herat on Thursday.", {"herat": {"fighting"}}),
    (
        "districts of",
        "The Taliban now control three districts of Lashkar Gah.",
        {"lashkar-gah": {"fighting"}},
    ),
    ("parts retaken", "Government forces recaptured parts of Lashkar Gah.", {"lashkar-gah": {"fighting"}}),
    ("a denial", "The ministry denied that Ghazni had fallen to the Taliban.", {"ghazni": {"government"}}),
    (
        "reports false",
        "Reports that Gardez had been captured were false, the governor said.",
        {"gardez": {"government"}},
    ),
    (
        "an attack thrown back",
        "A Taliban assault on Qalat was repelled on Monday.",
        {"qalat": {"government", "fighting"}},
    ),
    ("other troops", "US troops took control of Kabul, a film says.", {}),
    ("flight", "Thousands of people fled Kunduz for Kabul.", {}),
    ("a market follows", "The Taliban captured Kunduz market traders.", {}),
    ("withdrawn troops abroad", "The withdrawal of US forces from Kabul continued.", {}),
    ("fell by percent", "Trade in Kabul fell 40 percent in July.", {}),
]


@pytest.mark.parametrize(("text", "expected"), [trap[1:] for trap in TRAPS], ids=[trap[0] for trap in TRAPS])
def test_a_trap(text: str, expected: dict[str, set[str]]) -> None:
    assert read(text) == expected


def test_a_pocket_at_the_airport_does_not_hold_the_city() -> None:
    text = "Taliban capture Kunduz\nThe Taliban captured Kunduz on Sunday. Government troops still hold the airport outside the city."
    assert read(text) == {"kunduz": {"taliban"}}


def test_the_city_of_the_sentence_before() -> None:
    assert read("Taliban fighters rolled up to Herat on Thursday. The city fell by nightfall.") == {
        "herat": {"taliban"}
    }
