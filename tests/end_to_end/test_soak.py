"""The long run, cut short: somebody works while stories pour in, and the viewer neither ends nor swells."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.soak import Moment, growth, soak

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory and CPU time from /proc")


def test_memory_stays_flat_while_stories_pour_in(tmp_path: Path) -> None:
    moments = list(soak(tmp_path, 12.0, 1.0, stories=2_000))
    assert len(moments) >= 10
    assert moments[-1].cpu > moments[0].cpu
    assert growth(moments) < 8.0, moments


def test_a_viewer_that_swells_is_noticed() -> None:
    swelling = [Moment(float(at), 80.0 + 2 * at, float(at)) for at in range(11)]
    assert growth(swelling) == pytest.approx(16.0)
