"""Searching: what an operator types finds what they mean, and nothing they type is an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feeds.archive import Archive, Batch
from feeds.story import Story
from tests.archive.samples import a_story, after, alone, behind, put, said_of, titles


@pytest.fixture
def wire(archive: Archive) -> Archive:
    put(
        archive,
        a_story("1", "Power sharing talks in Doha", received=after(minutes=1)),
        a_story("2", "Sharing power is hard", received=after(minutes=2), summary="The talks went on"),
        a_story("3", "Ghazni's governor detained", received=after(minutes=3)),
        a_story("4", "Lashkar Gah: fighting goes on", received=after(minutes=4)),
        a_story("5", "Überfall bei Kundus", received=after(minutes=5)),
    )
    return archive


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("power", ["2", "1"]),
        ("POWER sharing", ["2", "1"]),
        ('"power sharing"', ["1"]),
        ('"power sharing', ["1"]),
        ("talks -hard", ["1"]),
        ('talks -"power sharing"', ["2"]),
        ("gov*", ["3"]),
        ("uberfall", ["5"]),
        ("lashkar-gah", ["4"]),
        ("ghazni's", ["3"]),
        ("nothing", []),
        ("-power", []),
        ("* ( ) AND", []),
        ("title:power", []),
        ("", ["5", "4", "3", "2", "1"]),
    ],
)
def test_a_search_finds(wire: Archive, typed: str, found: list[str]) -> None:
    assert [line.id for line in wire.rows(wire.lead_ids(text=typed))] == found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30) | st.text('ab"*-^:(){}+ \0', max_size=30))
@example("gh\udcffazni \udcff")
@example('"')
@example("NEAR(a b)")
@example("a AND")
@example("^a")
@example("a\0b")
def test_nothing_one_can_type_is_an_error(archive: Archive, typed: str) -> None:
    archive.lead_ids(5, text=typed)
    archive.lead_ids(5, text=typed, place="ghazni")


def test_a_thread_is_found_by_any_of_its_tellings_once(archive: Archive) -> None:
    lead = a_story("a", "Ghazni falls")
    tellings = [a_story(f"b{n}", "Prison opened in the city", received=after(hours=n)) for n in range(1, 4)]
    archive.write(
        Batch(stories=[lead, *tellings], folds=[alone(lead), *(behind(one, lead) for one in tellings)])
    )
    assert titles(archive, archive.lead_ids(text="prison")) == ["Ghazni falls"]


def test_threads_found_come_newest_lead_first_and_page_by_page(archive: Archive) -> None:
    """A late telling of an old thread must neither hide newer threads nor turn up twice."""
    old = a_story("old", "Herat quiet", received=after(days=-1))
    put(archive, old)
    for number in range(20):
        put(archive, a_story(f"n{number:02}", f"Herat report {number}", received=after(minutes=number)))
    late = a_story("late", "Herat again", received=after(hours=5))
    archive.write(Batch(stories=[late], folds=[behind(late, old)]))
    whole = archive.lead_ids(text="herat")
    assert whole == archive.lead_ids()
    assert archive.lead_ids(6, text="herat") == whole[:6]
    seen: list[int] = []
    while page := archive.lead_ids(6, text="herat", below=seen[-1] if seen else 0):
        seen += page
    assert seen == whole


def test_a_place_finds_the_threads_that_speak_of_it(archive: Archive) -> None:
    lead, other = a_story("a", "Two cities fall"), a_story("b", "Talks go on", received=after(minutes=1))
    late = a_story("c", "More of the same", received=after(hours=1))
    archive.write(
        Batch(
            stories=[lead, other],
            folds=[alone(lead), alone(other)],
            evidence=[said_of(lead, "herat"), said_of(lead, "ghazni")],
            places={"b": ("kabul",)},
        )
    )
    archive.write(Batch(stories=[late], folds=[behind(late, lead)], evidence=[said_of(late, "kabul")]))
    assert titles(archive, archive.lead_ids(place="herat")) == ["Two cities fall"]
    assert titles(archive, archive.lead_ids(place="kabul")) == ["Talks go on", "Two cities fall"]
    assert titles(archive, archive.lead_ids(place="kabul", text="fall")) == ["Two cities fall"]
    assert archive.lead_ids(place="taloqan", text="fall") == []
    assert archive.rows(archive.lead_ids(place="herat"))[0].places == ("ghazni", "herat", "kabul")


def test_hundreds_of_stories_that_match_come_newest_first(archive: Archive) -> None:
    told, folds = [], []
    threads: list[Story] = []
    for n in range(700):
        story = a_story(f"{n:03}", "Nothing" if n % 5 == 4 else "Talks go on", received=after(hours=n))
        # Every third is told in a thread of long ago.
        lead = threads[n // 2] if n % 3 == 2 else story
        told.append(story)
        folds.append(alone(story) if lead is story else behind(story, lead))
        threads.append(lead)
    archive.write(Batch(stories=told, folds=folds))
    found_in = [lead.id for story, lead in zip(told, threads, strict=True) if story.title != "Nothing"]
    wanted = sorted(set(found_in), reverse=True)
    for limit in (1, 100, 200, 300, None):
        found = [line.id for line in archive.rows(archive.lead_ids(limit, text="talks"))]
        assert found == wanted[:limit]
