"""From evidence to a row of the board: witnesses weighed, states decided, steps kept as history.

``scores`` fuses testimony · ``states`` decides (rules D1 to D8) · ``grades`` the Admiralty code · ``board`` folds the log ·
``counts`` holds reported counts against the rows.
"""

from feeds.standing.board import Board
from feeds.standing.counts import Reported, reconcile

__all__ = ["Board", "Reported", "reconcile"]
