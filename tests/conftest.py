from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.cluster import MISSING, Cluster, cluster, programs


@pytest.fixture(scope="session", autouse=True)
def _interrupts() -> None:
    """Whoever runs the tests in the background of a shell has Ctrl-C ignored, by the programs that are started here too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing that a test makes stays in the user's own cache."""
    os.environ["WARWATCH_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    """What a test sets up for the log ends with it: the next one reads the log from the beginning."""
    logger = logging.getLogger("warwatch")
    handlers, propagates, level = logger.handlers[:], logger.propagate, logger.level
    yield
    logger.handlers[:], logger.propagate = handlers, propagates
    logger.setLevel(level)


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server for this run; tests that ask for it are skipped, and say so, where there are no programs."""
    if programs() is None:
        pytest.skip(MISSING)
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (the extra `postgres`); nothing was tried on a server")
    with cluster() as made:
        yield made
