"""The collector: follows feeds, and is the only one that writes news into an archive."""

from feeds.collector.collector import Beside, Collector, Pace, run_until_ended
from feeds.collector.lease import LEASE, LEASE_SECONDS
from feeds.collector.rooms import open_pipeline
from feeds.collector.standstill import Standstill, standstill_of
from feeds.collector.summary import FeedResult, Summary

__all__ = [
    "LEASE",
    "LEASE_SECONDS",
    "Beside",
    "Collector",
    "FeedResult",
    "Pace",
    "Standstill",
    "Summary",
    "open_pipeline",
    "run_until_ended",
    "standstill_of",
]
