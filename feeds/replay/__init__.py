"""A recorded wire, played as if it came over the net: for the demo, for scoring, for tests."""

from feeds.replay.play import fast_forward, replaying
from feeds.replay.server import ReplayServer
from feeds.replay.wire import Item, Wire, load_wire

__all__ = ["Item", "ReplayServer", "Wire", "fast_forward", "load_wire", "replaying"]
