"""A collector to be killed: ``python -m tests.collector.victim once|on ARCHIVE URL…`` prints each feed once it is archived."""

from __future__ import annotations

import asyncio
import sys

from feeds.archive import open_archive
from feeds.collector import FeedResult, run_until_ended
from tests.collector.feeds_of_tests import collector


def say(result: FeedResult) -> None:
    print(result.subscription.url, flush=True)


if __name__ == "__main__":
    how, path, *urls = sys.argv[1:]
    with open_archive(path) as archive:
        if how == "once":
            asyncio.run(collector(archive, urls).poll_once(together=False, told=say))
        else:
            run_until_ended(collector(archive, urls), told=say)
