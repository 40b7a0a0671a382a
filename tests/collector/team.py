"""One of a team of collectors: ``python -m tests.collector.team ARCHIVE HOURS URL…`` follows the feeds until it is ended.

Its clock is HOURS off. Prints each feed once it is archived, and then the number of new stories.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from feeds.archive import open_archive
from feeds.clock import system_clock
from feeds.collector import FeedResult, run_until_ended
from tests.collector.feeds_of_tests import collector


def say(result: FeedResult) -> None:
    """One line a feed."""
    print(result.subscription.url, result.new, result.reason, flush=True)


if __name__ == "__main__":
    address, hours, *urls = sys.argv[1:]
    with open_archive(address) as archive:
        run_until_ended(
            collector(archive, urls, lambda: system_clock() + timedelta(hours=float(hours))), told=say
        )
