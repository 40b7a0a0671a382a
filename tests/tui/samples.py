"""Thursday 12 August 2021, 18:42 UTC, as a desk would have it: a theatre, stories, sentences and standings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feeds.evidence import Count, Evidence, Standing
from feeds.standing import reconcile
from feeds.story import FeedState, Fold, Story
from feeds.theatres import load_theatre
from feeds.theatres.model import Theatre
from tests.tui.fake_archive import FakeArchive, FakeBeat

NOW = datetime(2021, 8, 12, 18, 42, tzinfo=UTC)
THEATRE: Theatre = load_theatre("afghanistan-2021")

CAPTURED = (
    ("zaranj", 6, "The deputy governor said the city had fallen without a fight."),
    ("sheberghan", 7, "Fighters drove through the centre after the last troops left for the airfield."),
    ("kunduz", 8, "A council member said government forces hold only the airport."),
    ("sar-e-pol", 8, "All officials have left the city, a provincial councillor said."),
    ("taloqan", 8, "Residents saw the insurgents' flag over the main square."),
    ("aybak", 9, "The deputy governor said the insurgents were in full control of Aybak."),
    ("farah", 10, "Farah's council said the city and the police headquarters were lost."),
    ("pul-e-khumri", 10, "Troops withdrew from Pul-e-Khumri towards the desert, a lawmaker said."),
    ("fayzabad", 11, "Fayzabad was taken overnight, a member of parliament said."),
)


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def story(number: int, title: str, hours: float = 1.0, **more: object) -> Story:
    fields: dict[str, object] = {
        "id": f"{number:016x}",
        "title": title,
        "outlet": "Highland Wire",
        "reliability": "B",
        "feed": "https://wire.example/feed",
        "url": f"https://wire.example/{number}",
        "published": hours_ago(hours),
        "received": hours_ago(hours),
    } | more
    return Story(**fields)  # type: ignore[arg-type]


def sentence(place: str, words: str, story_id: str = "", **more: object) -> Evidence:
    fields: dict[str, object] = {
        "story": story_id,
        "place": place,
        "label": "holds",
        "side": "taliban",
        "change": True,
        "sentence": words,
        "start": 0,
        "end": len(words),
        "triggers": (),
        "rule": "take",
        "agent": "taliban",
        "speaker": "",
        "voice": "reporter",
        "modality": "asserted",
        "weight": 0.75,
        "theatre": THEATRE.id,
        "outlet": "Highland Wire",
        "reliability": "B",
        "told": hours_ago(2),
    } | more
    return Evidence(**fields)  # type: ignore[arg-type]


def standing(
    place: str, state: str, hours: float, evidence: tuple[int, ...] = (), **more: object
) -> Standing:
    fields: dict[str, object] = {
        "theatre": THEATRE.id,
        "place": place,
        "state": state,
        "holder": "taliban" if state in ("captured", "claimed", "disputed") else "government",
        "strength": 0.8,
        "grade": "B2",
        "since": hours_ago(hours),
        "last_evidence": hours_ago(hours),
        "outlets": 4,
        "origins": 2,
        "evidence": evidence,
        "at": hours_ago(hours),
    } | more
    return Standing(**fields)  # type: ignore[arg-type]


def empty() -> FakeArchive:
    return FakeArchive()


def thursday() -> FakeArchive:
    """A board in motion: eleven captured, Kandahar fought over, Kabul threatened."""
    archive = FakeArchive(beat=FakeBeat(NOW - timedelta(seconds=12)))
    for number, host in enumerate(("wire.example", "radio.example", "gazette.example"), 1):
        archive.feeds[f"https://{host}/feed"] = FeedState(
            f"https://{host}/feed", last_answer=hours_ago(0.1), error="HTTP 503" if number == 3 else ""
        )
    for number in range(1, 60):
        archive.add_story(
            story(
                number,
                f"Exchange rates and weather, bulletin {number}",
                72 - number,
                outlet="Desk bulletin",
                reliability="C",
            )
        )
    for place, day, words in CAPTURED:
        told = datetime(2021, 8, day, 14, tzinfo=UTC)
        name = THEATRE.by_id[place].name
        _tell(archive, place, f"{name} falls, officials say", words, told, "captured", (0.9, 0.05))
    _tell_today(archive)
    archive.said.append(
        Count(
            archive.stories[-1].id,
            THEATRE.id,
            "taliban",
            11,
            34,
            "exact",
            "eleven of 34 capitals",
            0,
            9,
            told=hours_ago(1),
        )
    )
    archive.stories.sort(key=lambda each: each.received)
    return archive


def _tell(
    archive: FakeArchive,
    place: str,
    title: str,
    words: str,
    told: datetime,
    state: str,
    scores: tuple[float, float],
    **more: object,
) -> Story:
    number = len(archive.stories) + 1
    told_story = story(
        number, title, outlet="Highland Wire", published=told, received=told, body=f"{words}\n\nMore follows."
    )
    archive.add_story(told_story)
    label = {"contested": "fighting", "threatened": "threat"}.get(state, "holds")
    seqs = archive.add_evidence(sentence(place, words, told_story.id, told=told, label=label, **more))
    archive.stand(
        standing(
            place,
            state,
            0,
            seqs,
            since=told,
            at=told,
            last_evidence=told,
            strength=scores[0],
            scores=(("holds:taliban", scores[0]), ("holds:government", scores[1])),
        )
    )
    return told_story


def _tell_today(archive: FakeArchive) -> None:
    _tell(
        archive,
        "kabul",
        "Highway south of Kabul cut",
        "The highway to the south is cut and Kabul could be next.",
        hours_ago(5),
        "threatened",
        (0.3, 0.6),
        triggers=("could be next",),
        rule="threat",
    )
    _tell(
        archive,
        "qala-e-naw",
        "Militants say Qala-e-Naw is theirs",
        "A spokesman for the insurgents claimed they had seized Qala-e-Naw.",
        hours_ago(3),
        "claimed",
        (0.41, 0.2),
        voice="self-serving",
        speaker="a spokesman",
        triggers=("seized",),
    )
    ghazni = _tell(
        archive,
        "ghazni",
        "Governor of Ghazni detained after handing over the city",
        "“The city is lost,” said the head of the provincial council, hours after insurgents seized Ghazni.",
        hours_ago(2),
        "captured",
        (0.96, 0.04),
        voice="against-interest",
        weight=0.92,
        speaker="the head of the provincial council",
        triggers=("lost", "seized"),
    )
    copy = story(900, ghazni.title, 1.5, outlet="Gazette", reliability="C", body=ghazni.body)
    archive.folds[ghazni.id] = Fold(ghazni.id, ghazni.id, None, "wire")
    archive.folds[copy.id] = Fold(copy.id, ghazni.id, ghazni.id, "wire")
    archive.add_story(copy)
    archive.told[ghazni.id] = (7, 3)
    archive.add_evidence(
        sentence(
            "ghazni",
            "The interior ministry denied that Ghazni had fallen.",
            copy.id,
            side="government",
            modality="negated",
            voice="self-serving",
            weight=0.31,
            told=hours_ago(1.5),
            change=False,
            triggers=("denied",),
            rule="deny",
        )
    )
    _tell(
        archive,
        "kandahar",
        "UPDATE 2-Fighters inside Kandahar, pushed back from the prison",
        "Fighters were inside Kandahar and were pushed back from the prison, an army spokesman said.",
        hours_ago(1),
        "contested",
        (0.2, 0.7),
        triggers=("inside", "pushed back"),
        rule="fight",
    )
    _tell(
        archive,
        "herat",
        "Officials flee Herat",
        "Officials have fled to a base outside Herat, a lawmaker told the wire, and the police headquarters is taken.",
        hours_ago(0.6),
        "captured",
        (0.91, 0.1),
        voice="against-interest",
        triggers=("fled", "taken"),
    )
    archive.add_story(
        story(901, "Traffic resumes on the road to Jalalabad", 0.2, outlet="Local radio", reliability="C")
    )


tally = reconcile
"""Counts against the board, as the viewer is given it."""
