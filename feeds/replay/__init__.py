"""A recorded wire, played as if it came over the net: for the demo, for scoring, for tests.

``wire`` what a recording is · ``recording`` and ``saved`` read one · ``record`` writes one · ``server`` and ``formats`` serve it on
loopback · ``play`` brings it into an archive · ``truth`` what is known of the dates · ``score`` holds a board against them.
"""

from feeds.replay.play import fast_forward, replaying
from feeds.replay.record import lines_of
from feeds.replay.recording import load_wire
from feeds.replay.score import Score, score
from feeds.replay.server import ReplayServer
from feeds.replay.truth import Truth, load_truth
from feeds.replay.wire import Item, Wire

__all__ = [
    "Item",
    "ReplayServer",
    "Score",
    "Truth",
    "Wire",
    "fast_forward",
    "lines_of",
    "load_truth",
    "load_wire",
    "replaying",
    "score",
]
