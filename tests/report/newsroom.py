"""A newsroom of a few lines: what a report asks of an archive, filled by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from feeds.evidence import FIGHTING, HOLDS, THREAT, Action, Change, Count, Evidence, Standing, unheard_of
from feeds.report.compiling import compile_report
from feeds.report.records import Entry, Report
from feeds.story import Story
from feeds.theatres import load_theatre

THEATRE = load_theatre("afghanistan-2021")
NOW = datetime(2021, 8, 12, 18, 0, tzinfo=UTC)
_LABELS = {"contested": FIGHTING, "threatened": THREAT}


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what of a place."""

    sentence: str
    outlet: str = "Reuters"
    letter: str = "A"
    voice: str = "reporter"
    side: str = "taliban"
    speaker: str = ""
    modality: str = "asserted"
    label: str = ""
    """The place's own, unless said."""
    rule: str = "take"
    url: str = ""
    hours: float = 2.0
    """How long ago."""


@dataclass
class Newsroom:
    """What a report reads; see :class:`feeds.report.source.Source`."""

    stories: dict[str, Story] = field(default_factory=dict)
    log: list[Evidence] = field(default_factory=list)
    board: dict[str, Standing] = field(default_factory=dict)
    steps: list[Change] = field(default_factory=list)
    said: list[Count] = field(default_factory=list)
    journal: list[Action] = field(default_factory=list)

    def stand(
        self,
        place: str,
        state: str,
        *words: Said,
        holder: str = "",
        hours: float = 2.0,
        grade: str = "A1",
        rule: str = "D2",
        override: str = "",
        flags: tuple[str, ...] = (),
        fighting: float = 0.0,
    ) -> None:
        """A place comes to a state, by these words, so many hours ago."""
        seqs = tuple(self.tell(place, word, _LABELS.get(state, HOLDS)) for word in words)
        by = holder or (
            "government" if state in {"held", "contested", "threatened", "retaken", "unknown"} else "taliban"
        )
        outlets = {word.outlet for word in words}
        standing = Standing(
            THEATRE.id, place, state, by, 0.9, grade, ago(hours), ago(hours), len(outlets), len(outlets),
            flags=flags, override=override, evidence=seqs, scores=((FIGHTING, fighting),), at=ago(hours),
        )  # fmt: skip
        before = self.board.get(place) or unheard_of(THEATRE.id, place, "government")
        self.board[place] = standing
        step = Change(
            THEATRE.id, place, before.state, state, before.holder, by, ago(hours), rule, standing.scores, seqs,
            standing, len(self.steps) + 1,
        )  # fmt: skip
        self.steps.append(step)

    def tell(self, place: str, word: Said, label: str) -> int:
        """A story that says something of a place; the position of its evidence."""
        seq = len(self.log) + 1
        story = Story(
            f"s{seq}",
            word.sentence,
            url=word.url or f"https://wire.example/{seq}",
            outlet=word.outlet,
            reliability=word.letter,
            published=ago(word.hours),
            received=ago(word.hours),
        )
        self.stories[story.id] = story
        piece = Evidence(
            story.id, place, word.label or label, word.side, change=True, sentence=word.sentence, start=0,
            end=len(word.sentence), triggers=(), rule=word.rule, agent="", speaker=word.speaker, voice=word.voice,
            modality=word.modality, weight=0.75, theatre=THEATRE.id, outlet=word.outlet, reliability=word.letter,
            origin=f"{word.outlet}@{seq}", thread=story.id, told=ago(word.hours), seq=seq,
        )  # fmt: skip
        self.log.append(piece)
        return seq

    def count(
        self, number: int, outlet: str, hours: float, *, qualifier: str = "exact", of: int | None = None
    ) -> None:
        """An outlet says how many capitals the Taliban took."""
        story = Story(
            f"c{len(self.said)}",
            f"{number} gone",
            url=f"https://wire.example/c{len(self.said)}",
            outlet=outlet,
        )
        self.stories[story.id] = story
        sentence = f"{number} capitals have fallen."
        count = Count(
            story.id,
            THEATRE.id,
            "taliban",
            number,
            of,
            qualifier,
            sentence,
            0,
            len(sentence),
            ago(hours),
            outlet,
        )
        self.said.append(count)

    def report(self, since_hours: float = 24.0, as_of: datetime = NOW) -> Report:
        """The report as of now."""
        return compile_report(self, THEATRE, as_of, as_of - timedelta(hours=since_hours))

    def entry(self, place: str) -> Entry:
        """One city of the report."""
        return next(entry for entry in self.report().entries if entry.place.id == place)

    # What a report asks.

    def standings(self, theatre: str, as_of: datetime | None = None) -> Sequence[Standing]:
        return [row for row in self.board.values() if as_of is None or row.at is None or row.at <= as_of]

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Change]:
        return self.steps

    def counts(self, theatre: str) -> Sequence[Count]:
        return self.said

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> Sequence[Evidence]:
        return [piece for piece in self.log if piece.place == place and piece.seq > after_seq][:limit]

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> Sequence[Action]:
        return self.journal

    def story(self, id: str) -> Story | None:  # noqa: A002 - the archive's own word
        return self.stories.get(id)
