"""Small logs about a land with three towns and three sides, and what a board makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from feeds.evidence import Action, Change, Evidence, Standing
from feeds.standing import Board
from feeds.theatres.model import Place, Side, Theatre

NOON: Final = datetime(2021, 8, 8, 12, tzinfo=UTC)
THEATRE: Final = Theatre(
    "testland",
    "Testland",
    ("TL",),
    (
        Side("reds", "Reds", ("reds",)),
        Side("blues", "Blues", ("blues",)),
        Side("greens", "Greens", ("greens",)),
    ),
    tuple(
        Place(place, place.title(), "North", "capital", 0.0, 0.0, holder="blues")
        for place in ("aster", "bexley", "corran")
    ),
    board_side="reds",
    challenger="reds",
)
WEIGHTS: Final = {
    "against-interest": 0.92,
    "reporter": 0.75,
    "official": 0.70,
    "third-party": 0.65,
    "witness": 0.60,
    "self-serving": 0.45,
}


def said(
    text: str,
    *,
    by: str = "Gazette",
    hours: float = 0.0,
    place: str = "aster",
    voice: str = "reporter",
    weight: float | None = None,
    letter: str = "B",
    story: str = "",
    start: int = 0,
    origin: str = "",
    rule: str = "rule",
) -> Evidence:
    """A piece of evidence: ``took reds``, ``holds blues``, ``fighting`` or ``threat``, as an outlet tells it."""
    verb, _, side = text.partition(" ")
    slug = by.lower().replace(" ", "-")
    id_ = story or f"{slug}-{hours:g}-{place}-{text.replace(' ', '-')}"
    return Evidence(
        story=id_,
        place=place,
        label="holds" if side else verb,
        side=side,
        change=verb == "took",
        sentence=text,
        start=start,
        end=start + len(text),
        triggers=(verb,),
        rule=rule,
        agent=side,
        speaker="",
        voice=voice,
        modality="asserted",
        weight=WEIGHTS[voice] if weight is None else weight,
        theatre=THEATRE.id,
        outlet=by,
        reliability=letter,
        origin=origin or f"{slug}@{id_}",
        thread=id_,
        told=NOON + timedelta(hours=hours),
    )


def logged(pieces: Iterable[Evidence]) -> list[Evidence]:
    """The pieces with their positions in the log, in the order given."""
    return [replace(piece, seq=number) for number, piece in enumerate(pieces, 1)]


def board_of(*pieces: Evidence) -> Board:
    """The board right after the last piece."""
    board = Board(THEATRE)
    board.restore(logged(pieces))
    return board


def aster(*pieces: Evidence, hours: float | None = None) -> Standing:
    """The town of Aster after the pieces, some hours after noon where said."""
    board = board_of(*pieces)
    if hours is not None:
        board.tick(NOON + timedelta(hours=hours))
    return board.standing("aster")


def steps(changes: Iterable[Change], place: str = "aster") -> list[tuple[str, str, str]]:
    """Rule, state and holder of each step of a place."""
    return [(one.rule, one.after, one.holder_after) for one in changes if one.place == place]


def act(kind: str, value: str = "", *, hours: float, seq: int = 0, **more: str | datetime) -> Action:
    """An action on Aster."""
    story = str(more.get("story", ""))
    until = more.get("until")
    return Action(
        kind, "ann", NOON + timedelta(hours=hours), story=story, theatre=THEATRE.id,
        place="" if story else "aster", value=value, reason=str(more.get("reason", "")),
        until=until if isinstance(until, datetime) else None, seq=seq,
    )  # fmt: skip


def as_json(standings: Sequence[Standing], changes: Iterable[Change]) -> str:
    """Board and history as one text; the history place by place, in the order in which it was made."""
    histories: dict[str, list[object]] = {}
    for change in changes:
        histories.setdefault(change.place, []).append(asdict(change))
    return json.dumps([[asdict(one) for one in standings], histories], default=str, sort_keys=True)
