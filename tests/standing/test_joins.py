"""A side that becomes part of another one on a day: what it held is the other's, on either side of that day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.evidence import Evidence
from feeds.report.sheet import sheet_of
from feeds.standing import Board
from feeds.theatres.model import Era, Place, Theatre
from tests.standing.logs import NOON, THEATRE, act, as_json, logged, said, steps

DAY = datetime(2021, 8, 10, tzinfo=UTC)
JOINED = replace(
    THEATRE,
    places=(*THEATRE.places, Place("greenham", "Greenham", "South", "capital", 0.0, 0.0, holder="greens")),
    eras=(
        Era(
            DAY.date(),
            tuple(replace(side, name="The Union") if side.id == "reds" else side for side in THEATRE.sides),
            board_side="reds",
            challenger="reds",
            defender="blues",
            joins=(("greens", "reds"),),
        ),
    ),
)
TAKEN = [
    said("took greens", by="Gazette"),
    said("took greens", by="Courier", hours=1),
    said("took greens", by="Herald", hours=2),
]


def board(*pieces: Evidence, until: datetime) -> Board:
    made = Board(JOINED)
    made.restore(logged(pieces), until=until)
    return made


def test_what_was_taken_is_the_other_sides_from_the_day_on() -> None:
    before = board(*TAKEN, until=DAY - timedelta(seconds=1)).standing("aster")
    after = board(*TAKEN, until=DAY).standing("aster")
    assert (before.state, before.holder) == ("captured", "greens")
    assert (after.state, after.holder, after.since) == ("captured", "reds", DAY)


def test_a_place_that_nobody_spoke_of_goes_over_too() -> None:
    assert board(until=DAY).standing("greenham").holder == "reds"
    assert board(*TAKEN, until=DAY - timedelta(hours=1)).standing("greenham").holder == "greens"
    assert board(*TAKEN, until=DAY).standing("greenham").holder == "reds"


def test_the_step_is_written_once_and_named() -> None:
    made = Board(JOINED)
    changes = made.restore(logged(TAKEN), until=DAY + timedelta(days=2))
    assert steps(changes)[-1] == ("joined", "captured", "reds")
    assert [one.place for one in changes if one.rule == "joined"] == ["aster", "greenham"]
    assert made.tick(DAY + timedelta(days=3)) == []


def test_what_is_said_of_the_old_name_later_is_of_the_new_one() -> None:
    late = said("holds greens", by="Tribune", hours=60)
    assert board(*TAKEN, late, until=NOON + timedelta(hours=61)).standing("aster").holder == "reds"


def test_the_same_log_gives_the_same_board_in_one_piece_and_in_many() -> None:
    pieces = [*TAKEN, said("took blues", by="Courier", hours=70), said("took blues", by="Herald", hours=71)]
    end = NOON + timedelta(hours=80)
    whole = Board(JOINED)
    first = whole.restore(logged(pieces), until=end)
    parts = Board(JOINED)
    second = []
    for piece in logged(pieces):
        second += parts.add([piece])
    second += parts.tick(end)
    assert as_json(parts.standings(), second) == as_json(whole.standings(), first)


def test_a_piece_muted_after_the_day_counts_as_if_it_had_never_been_said() -> None:
    made = board(*TAKEN, until=DAY + timedelta(hours=5))
    for seq in (1, 2, 3):
        made.apply(act("mute", str(seq), hours=50, seq=seq))
    assert (made.standing("aster").state, made.standing("aster").holder) == ("unknown", "blues")


def test_a_board_of_a_day_calls_the_sides_as_they_were_called_then() -> None:
    def shown(theatre: Theatre, moment: datetime) -> tuple[str, str]:
        sheet = sheet_of(theatre, moment, [], [], {}, "both")
        return sheet.theatre.side_name("reds"), sheet.standings["greenham"].holder

    assert shown(JOINED, DAY - timedelta(seconds=1)) == ("Reds", "greens")
    assert shown(JOINED, DAY) == ("The Union", "reds")
