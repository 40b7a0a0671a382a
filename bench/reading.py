"""Stories through the rooms: read, folded, weighed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figures import RATE, Figure
from bench.filled import A_FETCH, pipeline
from bench.machine import WARWATCH, environment, run
from bench.news import as_json_lines, news


def evidence(folder: Path) -> Iterator[Figure]:
    """``warwatch evidence`` as a process, its start taken off."""
    few, many = folder / "few.jsonl", folder / "many.jsonl"
    for path, count in ((few, 1), (many, 3001)):
        path.write_text(as_json_lines(news(count)), "utf-8")
    command, env = [*WARWATCH, "evidence"], environment(folder)
    start, whole = (median(run(command, env, path).cpu for _ in range(3)) for path in (few, many))
    yield Figure(
        "evidence", 3000 / (whole - start), "stories/s", 3000, RATE, "3,001 stories, CPU, 40% on the war"
    )


def pipe(folder: Path) -> Iterator[Figure]:
    """Read, fold and weigh, without net and archive; how it holds up as evidence gathers."""
    del folder
    stories, way, rates = news(4000), pipeline(), []
    for thousand in range(0, len(stories), 1000):
        began = time.process_time()
        for start in range(thousand, thousand + 1000, A_FETCH):
            some = stories[start : start + A_FETCH]
            way.take(some, some[-1].received)
        rates.append(1000 / (time.process_time() - began))
    yield Figure("pipeline", median(rates), "stories/s", 1000, RATE, "4,000 stories, CPU, 40% on the war")
    yield Figure(
        "pipeline-fade", rates[0] / rates[-1], "x", 1.5, how="first thousand's rate over the fourth's"
    )
