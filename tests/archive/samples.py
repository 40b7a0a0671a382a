"""Records to put into an archive, and the time at which they came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feeds.archive import Archive, Batch
from feeds.evidence import Action, Change, Evidence, Standing
from feeds.story import Fold, Story

THURSDAY = datetime(2021, 8, 12, 9, 30, 0, 123456, tzinfo=UTC)
THEATRE = "afghanistan-2021"


def after(**spans: float) -> datetime:
    return THURSDAY + timedelta(**spans)


def a_story(
    id_: str,
    title: str = "",
    *,
    received: datetime = THURSDAY,
    outlet: str = "Reuters",
    summary: str = "",
    url: str = "",
) -> Story:
    return Story(
        id=id_,
        title=title or f"Story {id_}",
        summary=summary,
        url=url or f"https://example.org/{id_}",
        feed="https://example.org/feed",
        outlet=outlet,
        reliability="B",
        published=received - timedelta(minutes=5),
        received=received,
    )


def alone(story: Story) -> Fold:
    return Fold(story.id, thread=story.id, copy_of=None, origin=story.outlet)


def behind(story: Story, lead: Story, *, copy: bool = False) -> Fold:
    origin = lead.outlet if copy else story.outlet
    return Fold(story.id, thread=lead.id, copy_of=lead.id if copy else None, origin=origin)


def said_of(story: Story, place: str, *, seq: int = 0, side: str = "taliban") -> Evidence:
    return Evidence(
        story=story.id,
        place=place,
        label="holds",
        side=side,
        change=True,
        sentence=story.title,
        start=0,
        end=len(story.title),
        triggers=("seized", "fell to"),
        rule="take-list",
        agent=side,
        speaker="",
        voice="reporter",
        modality="asserted",
        weight=0.75,
        event_day=THURSDAY.date(),
        theatre=THEATRE,
        outlet=story.outlet,
        reliability="B",
        origin=story.outlet,
        thread=story.id,
        told=story.told,
        seq=seq,
    )


def standing_at(
    at: datetime,
    state: str = "captured",
    *,
    place: str = "ghazni",
    strength: float = 0.9,
    seqs: tuple[int, ...] = (),
) -> Standing:
    return Standing(
        theatre=THEATRE,
        place=place,
        state=state,
        holder="taliban",
        strength=strength,
        grade="B1",
        since=at,
        last_evidence=at,
        outlets=2,
        origins=1,
        flags=("fighting",),
        evidence=seqs,
        scores=(("holds:taliban", strength), ("fighting", 0.1)),
        at=at,
    )


def step_to(standing: Standing, before: str = "held") -> Change:
    assert standing.at is not None
    return Change(
        theatre=THEATRE,
        place=standing.place,
        before=before,
        after=standing.state,
        holder_before="government",
        holder_after=standing.holder,
        at=standing.at,
        rule="D2",
        scores=standing.scores,
        evidence=standing.evidence,
        standing=standing,
    )


def put(archive: Archive, *stories: Story) -> None:
    """Archive stories, each in a thread of its own."""
    archive.write(Batch(stories=list(stories), folds=[alone(story) for story in stories]))


def titles(archive: Archive, rows: list[int]) -> list[str]:
    return [line.title for line in archive.rows(rows)]


def mark(kind: str, story: str, *, value: str = "", who: str = "amina") -> Action:
    return Action(kind, who=who, at=THURSDAY, story=story, value=value)
