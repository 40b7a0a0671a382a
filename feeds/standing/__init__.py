"""From evidence to a row of the board: witnesses weighed, states decided, steps kept as history.

``scores`` fuses testimony · ``tally`` keeps it as pieces come and grow old · ``states`` decides (rules D1 to
D8) · ``grades`` the Admiralty code · ``board`` folds the log · ``counts`` holds reported counts against the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.standing.counts import Reported, reconcile

if TYPE_CHECKING:
    from feeds.standing.board import Board

__all__ = ["Board", "Reported", "reconcile"]


def __getattr__(name: str) -> object:
    """The board is loaded when it is first asked for: a screen only holds counts against rows."""
    if name != "Board":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from feeds.standing.board import Board

    return Board
