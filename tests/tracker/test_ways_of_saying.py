"""Ways of saying that a plainer reader gets wrong: each beside the trap that looks like it."""

from datetime import UTC, datetime

import pytest

from tests.tracker.scoring import Labelled, said

TOLD = datetime(2024, 6, 1, tzinfo=UTC)
AUGUST = datetime(2021, 8, 12, 18, tzinfo=UTC)


def read(theatre: str, text: str) -> dict[str, set[str]]:
    title, _, body = text.partition("\n")
    told = AUGUST if theatre == "afghanistan-2021" else TOLD
    return dict(said(Labelled(theatre, title, body, told, {})))


CASES = [
    ("a denial in the next sentence", "sudan", "The RSF said it had taken Babanusa. The army denied the claim.", {"babanusa": {"army"}}),
    ("he who was named with what he is of", "afghanistan-2021", 'The governor of Takhar said by phone that he was safe, hours after the Taliban posted a video from Kunduz. "We have retaken Taloqan," he said.', {"taloqan": {"government"}}),
    ("when it falls", "afghanistan-2021", "When Herat falls, the west is gone.", {"herat": {"threat"}}),
    ("when it fell", "afghanistan-2021", "Shops were shut when Herat fell to the Taliban on Thursday.", {"herat": {"taliban"}}),
    ("the day it falls", "afghanistan-2021", "The day the Taliban take Kunduz, a diplomat said, the north is lost.", {"kunduz": {"threat"}}),
    ("until it is taken", "ukraine", "The guns stay where they are until Russia takes Lyman.", {"lyman": {"threat"}}),
    ("prevented", "afghanistan-2021", "Officials in Kabul said the capture of Ghazni had been prevented at the last minute.", {"ghazni": {"government"}}),
    ("a camp of that name", "sudan", "RSF takes El Fasher camp, aid groups say", {}),
    ("what a city has", "sudan", "The RSF seized Nyala's prisoners on Monday.", {}),
    ("its districts", "sudan", "The RSF seized Nyala's eastern districts on Monday.", {"nyala": {"fighting"}}),
    ("a ring road", "sudan", "The RSF seized Nyala ring road on Monday.", {}),
    ("lost something to shells", "sudan", "Nyala lost two teachers to RSF shells.", {}),
    ("lost on a day", "afghanistan-2021", "Kunduz was lost on Sunday to the Taliban.", {"kunduz": {"taliban"}}),
    ("fell into darkness", "ukraine", "Zaporizhzhia fell into darkness after a Russian strike.", {}),
    ("fell into their hands", "afghanistan-2021", "Herat fell into the insurgents' hands overnight.", {"herat": {"taliban"}}),
    ("fell in love", "ukraine", "Odesa fell in love with its new coach, a Russian-born striker.", {}),
    ("fell in hours", "afghanistan-2021", "Herat fell in the early hours of Friday.", {"herat": {"taliban"}}),
    ("holds a parade", "ukraine", "Russia holds Mariupol parade", {}),
    ("would be", "ukraine", "Kherson in Russian hands would be a fortress.", {"kherson": {"threat"}}),
    ("was to be", "ukraine", "Kharkiv was to be in Russian hands in three days.", {}),
    ("relieved", "ukraine", "Ukrainian brigade leaves Lyman for a rest, another takes its place", {}),
    ("years on", "ukraine", "Russia's retreat from Kherson, two years on", {}),
    ("it is the dam", "iraq-2014", "ISIS fighters who seized Mosul dam lost it on Monday to the Peshmerga.", {}),
    ("it is the airport", "afghanistan-2021", "The army lost Kunduz airport and then retook it.", {}),
    ("the radio was wrong", "drc", "The radio said Bukavu had fallen. The radio was wrong, the archbishop told his flock at noon.", {}),
    ("the radio was jammed", "drc", "The radio said Bukavu had fallen. The radio was silent after that.", {"bukavu": {"m23"}}),
    ("taken, would follow", "afghanistan-2021", "With Kandahar taken, the rest would follow, a Taliban officer said.", {"kandahar": {"threat"}}),
    ("taken, has followed", "afghanistan-2021", "With Kandahar taken, the Taliban turned to Kabul.", {"kandahar": {"taliban"}}),
    ("suppose", "afghanistan-2021", "Suppose the Taliban take Kabul.", {"kabul": {"threat"}}),
    ("a plan", "afghanistan-2021", "The plan: the Taliban take Kandahar first, then march on Kabul.", {"kandahar": {"threat"}, "kabul": {"threat"}}),
    ("a plan in a headline", "afghanistan-2021", "Biden sticks to plan as Taliban take Kandahar", {"kandahar": {"taliban"}}),
    ("a nightmare", "afghanistan-2021", "The minister's nightmare: Kabul falls, and the world looks away.", {"kabul": {"threat"}}),
    ("a nightmare come true", "afghanistan-2021", "The nightmare came true on Sunday: Kabul falls to the Taliban.", {"kabul": {"taliban"}}),
    ("a bet", "afghanistan-2021", "He bet a colleague ten dollars that Herat falls before the weekend.", {"herat": {"threat"}}),
    ("as predicted", "afghanistan-2021", "Taliban, as predicted, seize Kunduz", {"kunduz": {"taliban"}}),
    ("within ninety days", "afghanistan-2021", "US intelligence: Kabul falls within 90 days", {"kabul": {"threat"}}),
    ("within hours", "afghanistan-2021", "Taliban seize Zaranj within hours of attack", {"zaranj": {"taliban"}}),
    ("before winter", "ukraine", "Ukraine retakes Kherson before winter", {"kherson": {"ukraine"}}),
    ("imagine", "afghanistan-2021", "Imagine that the Taliban capture Kabul.", {"kabul": {"threat"}}),
    ("say that they do", "afghanistan-2021", "Say the Taliban take Kabul. What then?", {"kabul": {"threat"}}),
    ("they say that they do", "afghanistan-2021", "Taliban say they control Kandahar", {"kandahar": {"taliban"}}),
    ("a saying", "afghanistan-2021", "The army that loses Kandahar loses the war, an old saying goes.", {}),
    ("a chapter", "afghanistan-2021", "Kabul falls in the last chapter.", {}),
    ("in their hands, would", "afghanistan-2021", "With Kandahar in their hands, the Taliban would have an airport.", {"kandahar": {"threat"}}),
    ("in their hands, have", "afghanistan-2021", "With Kandahar in their hands, the Taliban have an airport.", {"kandahar": {"taliban"}}),
    ("taken and left", "myanmar", "Karen fighters took Myawaddy in April but withdrew two weeks later.", {}),
    ("taken, and elsewhere left", "drc", "M23 captured Masisi but has withdrawn from Walikale.", {"masisi": {"m23"}, "walikale": {"government"}}),
    ("taken, and something left", "drc", "M23 captured Masisi but left the market untouched.", {"masisi": {"m23"}}),
    ("briefly held", "myanmar", "Karen fighters briefly held Myawaddy before pulling back.", {}),
    ("taken and lost", "drc", "M23 seized Masisi on Monday but lost it a day later.", {"masisi": {"government"}}),
    ("taken and lost, a relative clause", "sudan", "Bara, which the army took in July and lost in September, is quiet.", {}),
    ("taken and taken back", "drc", "M23 seized Masisi on Monday but the army took it back a day later.", {"masisi": {"government"}}),
    ("taken, and taken back in his words", "drc", "M23 says it captured Masisi but the army says it has retaken it.", {"masisi": {"m23", "government"}}),
    ("only to be pushed out", "drc", "M23 captured Masisi, only to be pushed out by the army on Tuesday.", {"masisi": {"government"}}),
    ("driven out elsewhere", "drc", "M23 captured Masisi but was driven out of Walikale.", {"masisi": {"m23"}, "walikale": {"government"}}),
    ("retaken, which had been taken", "ukraine", "Ukraine retook Lyman, which Russia captured in May.", {"lyman": {"ukraine"}}),
    ("taken, which had been retaken", "sudan", "The RSF said on Saturday it had taken control of Bara, which the army had won back only last month.", {"bara": {"rsf"}}),
    ("retaken after it was taken", "drc", "The army retook Masisi after M23 captured it on Monday.", {"masisi": {"government"}}),
    ("held before it was retaken", "drc", "M23 held Masisi for a week before the army retook it.", {"masisi": {"government"}}),
    ("held since May of a year", "ukraine", "Russia, which has held Mariupol since May 2022, is rebuilding its theatre.", {"mariupol": {"russia"}}),
    ("since a year when they held it", "ethiopia", "It was the gravest threat since November 2021, when Tigrayan rebels held Dessie.", {}),
    ("after it falls", "afghanistan-2021", "A diplomat spoke.\nAfter Kabul falls, he said, nobody will ask who was right.", {"kabul": {"threat"}}),
    ("after it falls, a headline", "afghanistan-2021", "Thousands flee after Kunduz falls to Taliban", {"kunduz": {"taliban"}}),
    ("off the agenda", "yemen", "The Houthis took Marib off the agenda of the talks, a mediator said.", {}),
    ("in an exercise", "ukraine", "In the exercise, which assumed that Kherson was lost, the brigade had three days to bring up bridging gear.", {}),
    ("a caption put right", "syria", "A caption that said Homs had been captured was corrected: the picture showed Hama.", {}),
    ("a denial of something else", "sudan", "The RSF overran El Fasher. It denied that civilians had been killed.", {"el-fasher": {"rsf"}}),
    ("neither confirmed nor denied", "sudan", "The RSF said it had taken Babanusa. The army neither confirmed nor denied it.", {"babanusa": {"rsf"}}),
    ("held on by him who is denied", "sudan", "The army says it still holds Bara. The RSF denies this.", {"bara": {"army"}}),
    ("a report of a fall is hearsay", "afghanistan-2021", 'The governor called a report of the fall of Gardez "a bad joke".', {"gardez": {"government"}}),
    ("all but one", "afghanistan-2021", "All capitals but Bazarak are in Taliban hands.", {}),
    ("let it fall", "drc", "Uganda says that it will not let Butembo fall.", {}),
    ("nobody thinks", "sahel", "He does not think that JNIM will march on Bamako.", {}),
    ("between two cities", "afghanistan-2021", "Ghazni, between Kabul and the south, was the tenth capital to be overrun.", {"ghazni": {"taliban"}}),
    ("a capital that speaks", "ukraine", "Ukrainian forces have been pushed out of Lysychansk, Kyiv admits.", {"lysychansk": {"russia"}}),
    ("could and take", "afghanistan-2021", "The Taliban could isolate Kabul within weeks and take it in months.", {"kabul": {"threat"}}),
    ("a year that heads the sentence", "drc", "In 1996 rebels took Bukavu, then Goma, and within seven months they had seized Kinshasa.", {}),
    ("only a measure", "ukraine", "It was Russia's biggest gain since it took Bakhmut.", {}),
    ("killed in the battle", "drc", "Three thousand people were killed in the battle for Goma.", {}),
    ("another's pronoun", "sahel", "The French freed Gao, they freed Kidal, and stayed.", {}),
    ("27 km from", "drc", "The army repelled an M23 attack on Sake, 27 km from the North Kivu capital, Goma.", {"sake": {"government", "fighting"}}),
    ("entered, the others gone", "syria", "Rebels swept into Hama after the army pulled out.", {"hama": {"rebels"}}),
    ("entered, no more", "syria", "Rebels swept into Hama on Thursday morning.", {"hama": {"fighting"}}),
    ("taken and left again", "sahel", "Jihadists overran Diapaga, burned the barracks and withdrew.", {}),
    ("had it", "afghanistan-2021", "By noon the Taliban had Kunduz.", {"kunduz": {"taliban"}}),
    ("had it in their sights", "afghanistan-2021", "The Taliban had Kunduz in their sights.", {}),
    ("free", "ukraine", "Kherson is free, Zelensky says", {"kherson": {"ukraine"}}),
    ("free to choose", "ukraine", "Kyiv is free to choose its allies, Zelensky says", {}),
    ("ours", "afghanistan-2021", '"Kunduz is ours now," a Taliban commander said.', {"kunduz": {"taliban"}}),
    ("a flag", "iraq-2014", "Kurdish flag raised over Sinjar", {"sinjar": {"peshmerga"}}),
    ("a flag burned", "iraq-2014", "Kurdish flag burned in Baghdad", {}),
    ("handed over", "afghanistan-2021", "The governor handed the city of Ghazni over to the Taliban.", {"ghazni": {"taliban"}}),
    ("handed something else over", "afghanistan-2021", "The governor handed over his pistol to the Taliban in Ghazni.", {}),
    ("the headquarters in it", "sudan", "The RSF seized the headquarters of the 16th Division in Nyala.", {"nyala": {"fighting"}}),
    ("a plant that was seized", "ukraine", "Inspectors left Zaporizhzhia for the plant that Russian troops seized.", {}),
    ("no resistance met", "afghanistan-2021", "The Taliban entered Zaranj without meeting resistance.", {"zaranj": {"taliban"}}),
    ("a film about it", "syria", "A film about the siege of Aleppo has won a prize.", {}),
    ("a bomb, then gunmen", "afghanistan-2021", "A car bomb exploded in Kabul and gunmen entered the neighbourhood.", {}),
    ("this city", "drc", "Rule of the M23\nGOMA, Congo (Agency) - The rebels who captured this city in January collect the rubbish.", {"goma": {"m23"}}),
    ("its districts", "afghanistan-2021", "The Taliban captured Kandahar's Arghandab district.", {}),
    ("its police districts", "afghanistan-2021", "The Taliban captured Kunduz's nine police districts.", {"kunduz": {"fighting"}}),
    ("its western districts", "afghanistan-2021", "The Taliban captured Kandahar's western districts.", {"kandahar": {"fighting"}}),
    ("its outskirts", "afghanistan-2021", "Afghan forces have retaken Sheberghan's outskirts.", {}),
    ("its last line of defence", "afghanistan-2021", "Ghazni's last checkpoint has fallen.", {}),
    ("its defences", "afghanistan-2021", "Herat's defences gave way on Thursday.", {"herat": {"taliban"}}),
    ("from a city to another's edge", "sudan", "The RSF redeployed from Khartoum to the outskirts of Omdurman.", {"khartoum": {"army"}}),
    ("all but two of", "afghanistan-2021", "All but two of Afghanistan's provincial capitals, Kabul and Mehtarlam, are under Taliban rule.", {}),
    ("all except two", "afghanistan-2021", "The Taliban control all cities except two: Kabul and Jalalabad.", {}),
    ("with the exception of", "afghanistan-2021", "With the exception of Kabul and Khost, all cities are in Taliban hands.", {}),
    ("a list behind its number", "afghanistan-2021", "The Taliban now control 4 of 34 capitals: Zaranj, Kunduz, Farah and Herat.", {city: {"taliban"} for city in ("zaranj", "kunduz", "farah", "herat")}),
    ("a list of what fell", "afghanistan-2021", "Two more cities fell on Sunday: Kunduz and Taloqan.", {"kunduz": {"taliban"}, "taloqan": {"taliban"}}),
    ("a list of what fell to the others", "afghanistan-2021", "Two cities fell to government forces on Sunday: Kunduz and Taloqan.", {"kunduz": {"government"}, "taloqan": {"government"}}),
    ("a list of what is held", "afghanistan-2021", "Provincial capitals held by the government: Kabul, Khost", {"kabul": {"government"}, "khost": {"government"}}),
    ("a list of what could fall", "afghanistan-2021", "Two cities could fall within days: Kunduz and Taloqan.", {}),
    ("a list under a relative clause", "afghanistan-2021", "Capitals the Taliban have captured since Friday - ZARANJ, KUNDUZ", {"zaranj": {"taliban"}, "kunduz": {"taliban"}}),
    ("not true that", "iraq-2014", "Anbar's police chief said it was not true that Ramadi was lost.", {"ramadi": {"government"}}),
    ("called nonsense, far behind", "ukraine", "A report by Russian commanders to their president that they had also taken Kupiansk was called nonsense by the Ukrainians.", {"kupiansk": {"ukraine"}}),
    ("could, carried on", "afghanistan-2021", "Kabul could be cut off within thirty days and be taken within ninety.", {"kabul": {"threat"}}),
    ("going to", "myanmar", "Mandalay is calm and it is going to stay so.", {}),
    ("old when it fell", "afghanistan-2021", "She was four years old when Kabul fell to the Taliban.", {}),
    ("had been in hands", "ukraine", "Lyman had been in Russian hands since May.", {}),
    ("today", "myanmar", "In April it lost Myawaddy, but government soldiers are in control of the town today.", {"myawaddy": {"junta"}}),
    ("a few quoted words", "ethiopia", 'Abiy Ahmed declared that federal troops were "fully in control" of Mekelle.', {"mekelle": {"government"}}),
    ("walked in, nobody there", "drc", "M23 walk into Bukavu without a fight.", {"bukavu": {"m23"}}),
    ("two days after", "afghanistan-2021", "Kunduz captured two days after Zaranj.", {"kunduz": {"taliban"}, "zaranj": {"taliban"}}),
    ("nobody can", "syria", '"Nobody can take Daraa out of me," said the poet.', {}),
    ("would be the biggest to fall", "afghanistan-2021", "Mazar-i-Sharif would be the fourth provincial capital to fall.", {"mazar-i-sharif": {"threat"}}),
    ("set to become", "afghanistan-2021", "Ghazni is set to become the tenth capital to fall.", {"ghazni": {"threat"}}),
    ("has become", "afghanistan-2021", "Ghazni has become the tenth capital to fall.", {"ghazni": {"taliban"}}),
    ("had it fallen", "afghanistan-2021", "Had Kunduz fallen, the north would have been lost.", {}),
    ("on brink of", "afghanistan-2021", "Kunduz on brink of falling to Taliban.", {"kunduz": {"threat"}}),
    ("on verge of", "afghanistan-2021", "Kandahar on verge of being captured.", {"kandahar": {"threat"}}),
    ("partially", "afghanistan-2021", "Kunduz partially captured by Taliban.", {"kunduz": {"fighting"}}),
    ("its fall was denied", "afghanistan-2021", "Kunduz's fall was denied by officials.", {"kunduz": {"government"}}),
    ("falsely claimed", "afghanistan-2021", "Social media users falsely claimed Kabul had fallen.", {}),
    ("an old video", "afghanistan-2021", "Old video shared as Taliban capture of Kandahar.", {}),
    ("footage of it", "afghanistan-2021", "Footage shared by residents shows that Asadabad was captured by the Taliban on Saturday.", {"asadabad": {"taliban"}}),
    ("a matter of time", "ukraine", "Putin says the capture of Pokrovsk is a matter of time.", {"pokrovsk": {"threat"}}),
    ("its own loss", "sudan", "The RSF admits the loss of Wad Madani.", {"wad-madani": {"army"}}),
    ("neither confirmed nor denied the loss", "ukraine", "Officials have neither confirmed nor denied the loss of Soledar.", {}),
    ("who is repelled", "afghanistan-2021", "Taliban repelled in Kandahar", {"kandahar": {"government", "fighting"}}),
    ("neither nor", "afghanistan-2021", "Neither Kandahar nor Herat has fallen.", {"herat": {"government"}}),
    ("the last city before", "afghanistan-2021", "Last major city before Kabul falls to Taliban", {}),
    ("before it falls", "afghanistan-2021", "Thousands want to leave before Kabul falls.", {}),
    ("before it fell", "afghanistan-2021", "Thousands left before Kunduz fell on Sunday.", {"kunduz": {"taliban"}}),
    ("both towns", "sahel", "JNIM claimed Diapaga and Djibo. The army said that both towns were under its control.", {"diapaga": {"jihadists", "government"}, "djibo": {"jihadists", "government"}}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("theatre", "text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_way_of_saying(theatre: str, text: str, expected: dict[str, set[str]]) -> None:
    assert read(theatre, text) == expected


def test_a_live_blogs_stamp_is_no_part_of_the_sentence() -> None:
    assert read("afghanistan-2021", "14.32 BST Herat falls to Taliban") == {"herat": {"taliban"}}


def test_a_statement_speaks_for_him_whose_it_is() -> None:
    text = "Statement of the Military Operations Administration\nHama is in the hands of our fighters since noon."
    assert read("syria", text) == {"hama": {"rebels"}}
