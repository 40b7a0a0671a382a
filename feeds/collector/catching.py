"""What other collectors wrote, taken in before one writes oneself: all of them go on from the same window and board."""

from __future__ import annotations

from feeds.archive import Archive
from feeds.collector.decisions import DONE, effective
from feeds.collector.regrouping import held
from feeds.pipeline import Pipeline
from feeds.recall import Recall
from feeds.room import Weighed


def catch_up(archive: Archive, pipeline: Pipeline, position: int) -> tuple[Pipeline | None, int]:
    """The pipeline with what others wrote after a position of the log of writes, and the position it stands at then.

    None when it has to be made anew from the archive. To be called while the archive is had alone.
    """
    others = archive.others_after(position)
    if not others.wrote:
        return pipeline, others.newest
    if not others.complete:
        return None, others.newest
    told = archive.told(others.stories)
    ids = [story.id for story, _, _ in told]
    weighed = [_weighed(archive, theatre, pipeline, others.heeded) for theatre in pipeline.theatres]
    said = [piece for one in weighed for piece in one.evidence]
    counts = [count for theatre in pipeline.theatres for count in archive.counts(theatre, ids)]
    recall = Recall(said, counts, {story.id: places for story, _, places in told if places is not None})
    hands = held(archive.actions()) if archive.actions(after_seq=pipeline.heeded) else None
    pipeline.absorb([(story, fold) for story, fold, _ in told], recall, weighed, hands)
    pipeline.heeded = max(pipeline.heeded, others.heeded)
    return pipeline, others.newest


def _weighed(archive: Archive, theatre: str, pipeline: Pipeline, heeded: int) -> Weighed:
    evidence = archive.evidence(theatre, after_seq=pipeline.last_seq)
    standings = archive.standings(theatre)
    moments = [heard for piece in evidence if (heard := piece.heard or piece.told)]
    until = max([*moments, *(one.at for one in standings if one.at)], default=None)
    decided = []
    if archive.actions(theatre, after_seq=pipeline.heeded):
        journal = effective(archive.actions(theatre))
        # What nobody has heeded yet is left to whoever lets time pass next: the step that it makes is to be written. A
        # retraction is heeded by who wrote it.
        later = [one for one in journal if one.seq > pipeline.heeded]
        decided = [one for one in later if one.seq <= heeded or one.kind in DONE]
    return Weighed(theatre, evidence, decided, until, standings)
