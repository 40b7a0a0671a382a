"""The same article, however it was dressed, is one article; two articles are never one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from feeds.dedupe import Folder, canonical_url
from feeds.story import About
from tests.dedupe.groups import NOON, story

LEAD = (
    "KABUL, Aug 8 (Reuters) - At least 12 people were killed when a truck loaded with fuel overturned and caught fire "
    "on the Salang pass north of the Afghan capital on Sunday, a provincial traffic official said."
)
SAME = {
    "another headline": ("Truck inferno on mountain road claims lives", LEAD),
    "update": ("UPDATE 2-Fuel truck fire kills 12 on Salang pass", LEAD),
    "changed toll": ("Fuel truck fire kills 17 on Salang pass", LEAD.replace("12 people", "17 people")),
    "spelled toll": (
        "Fuel truck fire kills twelve on Salang pass",
        LEAD.replace("12 people", "twelve people"),
    ),
    "reordered clauses": (
        "Fuel truck fire kills 12 on Salang pass",
        (
            "A provincial traffic official said at least 12 people were killed on Sunday when a truck loaded with "
            "fuel overturned and caught fire on the Salang pass north of the Afghan capital."
        ),
    ),
    "cut lead": ("Fuel truck fire kills 12", LEAD[:150]),
    "no dateline": ("Fuel truck fire kills 12 on Salang pass", LEAD.split(" - ", 1)[1]),
    "another agency dateline": ("Salang fire", "KABUL (AP) — " + LEAD.split(" - ", 1)[1]),
    "outlet at the end": ("Fuel truck fire kills 12 on Salang pass in Afghanistan - Daily Courier", LEAD),
}
OTHER = {
    "another road": (
        "Fuel truck fire kills 12 on Tang-e Gharu road",
        LEAD.replace("Salang pass north", "Tang-e Gharu road east").replace(
            "Afghan capital", "city of Jalalabad"
        ),
    ),
    "told anew": (
        "Salang blaze: 12 dead",
        (
            "Witnesses described flames as high as houses after a tanker turned over near the northern end of the "
            "tunnel; rescuers needed three hours to reach the burnt cars behind it."
        ),
    ),
}


@pytest.mark.parametrize("edit", SAME)
def test_a_wire_edit_is_still_the_same_article(edit: str) -> None:
    folder = Folder()
    folder.fold(story("Fuel truck fire kills 12 on Salang pass", LEAD, n=1), About())
    title, lead = SAME[edit]
    fold = folder.fold(story(title, lead, n=2, at=NOON + timedelta(hours=3)), About())
    assert fold.copy_of == f"{1:016x}"
    assert fold.thread == f"{1:016x}"


def test_the_same_lead_under_a_headline_about_another_country_is_a_copy() -> None:
    folder = Folder()
    folder.fold(story("Afghan tanker fire kills 12", LEAD, n=1), About())
    assert folder.fold(story("British aid worker's road of death", LEAD, n=2), About()).copy_of == f"{1:016x}"


def test_a_body_that_opens_like_another_outlets_summary_is_a_copy() -> None:
    folder = Folder()
    longer = replace(
        story("Salang fire", "Twelve families wait for news.", n=1), body=LEAD + "\n\nMore follows below."
    )
    folder.fold(longer, About())
    assert folder.fold(story("Fuel truck burns on pass", LEAD[:170], n=2), About()).copy_of == f"{1:016x}"


def test_a_lead_turned_into_its_contrary_is_no_copy() -> None:
    said = "The provincial capital has been taken by insurgent fighters after a night of clashes, the governor told reporters."
    folder = Folder()
    folder.fold(story("Capital taken", said, n=1), About())
    turned = said.replace("has been", "has not been")
    assert folder.fold(story("Governor on the capital", turned, n=2), About()).copy_of is None


@pytest.mark.parametrize("edit", ["another road", "told anew"])
def test_another_article_is_no_copy(edit: str) -> None:
    folder = Folder()
    folder.fold(story("Fuel truck fire kills 12 on Salang pass", LEAD, n=1), About())
    title, lead = OTHER[edit]
    assert folder.fold(story(title, lead, n=2), About()).copy_of is None


def test_the_same_words_four_days_later_are_news_again() -> None:
    folder = Folder()
    folder.fold(story("Fuel truck fire kills 12 on Salang pass", LEAD, n=1), About())
    lead = LEAD.replace("Aug 8", "Aug 12")
    later = story("Fuel truck fire kills 12 on Salang pass", lead, n=2, at=NOON + timedelta(days=4))
    assert folder.fold(later, About()).copy_of is None


def test_the_same_text_to_the_last_letter_four_days_later_is_the_same_article() -> None:
    folder = Folder()
    title = "Fuel truck fire kills 12 on Salang pass"
    first = folder.fold(story(title, LEAD, n=1), About())
    again = story(f"RPT-{title}", LEAD, n=2, at=NOON + timedelta(days=4), outlet="Herald")
    assert folder.fold(again, About()).copy_of == first.story
    short = story("Markets wrap", "Shares rose.", n=3, at=NOON + timedelta(days=4))
    once_more = story("Markets wrap", "Shares rose.", n=4, at=NOON + timedelta(days=8))
    assert folder.fold(short, About()).copy_of is None
    assert folder.fold(once_more, About()).copy_of is None, "too short to be no chance"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Taliban capture strategic northern capital of Kunduz after siege",
            "Taliban capture strategic northern capital of Kunduz",
        ),
        (
            "URGENT: Gunmen storm parliament building in capital",
            "UPDATE 1-Gunmen storm parliament building in capital",
        ),
        ("Mine collapse kills 12 in southern mountains", "Mine collapse kills 15 in southern mountains"),
    ],
)
def test_headlines_alone_can_be_copies(first: str, second: str) -> None:
    folder = Folder()
    folder.fold(story(first, n=1), About())
    assert folder.fold(story(second, n=2, at=NOON + timedelta(hours=1)), About()).copy_of == f"{1:016x}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Taliban capture provincial capital of Kunduz", "Taliban capture provincial capital of Farah"),
        (
            "Taliban capture sixth provincial capital in week",
            "Taliban capture tenth provincial capital in week",
        ),
        ("Shares of Northbank close 200 points lower", "Shares of Northbank close 310 points lower"),
        (
            "Minister admits taking money from builders in port deal",
            "Minister denies taking money from builders in port deal",
        ),
        ("Morning news", "Morning news"),
    ],
)
def test_headlines_cut_from_one_pattern_are_no_copies(first: str, second: str) -> None:
    folder = Folder()
    folder.fold(story(first, n=1), About())
    assert folder.fold(story(second, n=2), About()).copy_of is None


def test_the_same_lead_about_two_capitals_is_two_articles() -> None:
    lead = "Insurgents entered the city from three sides before dawn and freed the inmates of its jail, a council member said."
    folder = Folder()
    folder.fold(story("Kunduz entered", lead, n=1), About(("kunduz",), (("kunduz", "fighting", "", False),)))
    other = folder.fold(
        story("Farah entered", lead, n=2), About(("farah",), (("farah", "fighting", "", False),))
    )
    assert other.copy_of is None
    assert other.thread == other.story


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/world/2021/08/fuel-fire",
        "https://www.news.example/world/2021/08/fuel-fire/",
        "https://m.news.example/world/2021/08/fuel-fire?utm_source=rss&utm_medium=feed",
        "https://amp.news.example/world/2021/08/fuel-fire#comments",
        "https://news.example/world/2021/08/fuel-fire/amp?at_medium=RSS&at_campaign=x",
        "https://www.google.com/amp/s/news.example/world/2021/08/fuel-fire",
        "https://news-example.cdn.ampproject.org/c/s/news.example/world/2021/08/fuel-fire",
        "HTTPS://NEWS.EXAMPLE:443/world/2021/08/fuel-fire/index.html",
    ],
)
def test_one_article_has_one_address(url: str) -> None:
    assert canonical_url(url) == "news.example/world/2021/08/fuel-fire"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/story?id=1", "https://a.example/story?id=2"),
        ("https://a.example/live#post-11", "https://a.example/live#post-12"),
        ("https://a.example/x", "https://b.example/x"),
    ],
)
def test_two_articles_have_two_addresses(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "url", ["", "https://a.example/", "ftp://a.example/x", "https://[broken/x", "javascript:1"]
)
def test_an_address_that_names_no_article_proves_nothing(url: str) -> None:
    assert canonical_url(url) == ""


def test_the_same_address_is_the_same_article() -> None:
    folder = Folder()
    folder.fold(story("Fuel fire on pass", n=1, url="https://news.example/a?utm_source=x"), About())
    assert (
        folder.fold(story("Twelve die in pass fire", n=2, url="http://m.news.example/a/"), About()).copy_of
        == f"{1:016x}"
    )


def test_copies_share_their_origin_and_independent_tellings_do_not() -> None:
    folder = Folder()
    first = folder.fold(
        story("Fuel truck fire kills 12 on Salang pass", LEAD, n=1, outlet="Gazette", wire="Reuters"), About()
    )
    rerun = folder.fold(story("Pass fire", LEAD, n=2, outlet="Herald"), About())
    own = folder.fold(
        story("Fuel truck fire kills 12 near Salang pass tunnel", OTHER["told anew"][1], n=3), About()
    )
    take = folder.fold(
        story("Salang pass truck fire: burnt fuel convoy cleared", n=4, outlet="Star", wire="Reuters"),
        About(),
    )
    assert rerun.origin == first.origin
    assert own.thread == first.thread
    assert own.origin != first.origin
    assert take.thread == first.thread
    assert take.copy_of is None
    assert take.origin == first.origin


def test_copies_are_the_same_in_any_order() -> None:
    told = [
        story(title, lead, n=n, at=NOON + timedelta(minutes=n))
        for n, (title, lead) in enumerate(SAME.values(), 1)
    ]
    for order in (*permutations(told[:5]), tuple(told), tuple(reversed(told))):
        folder = Folder()
        assert len({folder.fold(one, About()).thread for one in order}) == 1
        assert sum(folder.fold(one, About()).copy_of is None for one in order) == 1
