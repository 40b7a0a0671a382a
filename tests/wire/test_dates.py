"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.wire.dates import read_date

NOON = datetime(2021, 8, 12, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "Thu, 12 Aug 2021 12:00:00 GMT",
        "Thu, 12 Aug 2021 16:30:00 +0430",
        "Thu, 12 Aug 2021 14:00:00 CEST",
        "Thu, 12 Aug 2021 08:00:00 EDT",
        "12 Aug 21 12:00 UT",
        "Thu,  12 Aug 2021\n12:00:00 Z",
        "2021-08-12T12:00:00Z",
        "2021-08-12T16:30:00+04:30",
        "2021-08-12T12:00:00.000Z",
        "2021-08-12 12:00:00",
        "2021-08-12T05:00-0700",
        "20210812T120000Z",
        "August 12, 2021 12:00 PM",
        "2021/08/12 12:00",
        "2021年08月12日 12:00",
    ],
)
def test_dates_are_read(said: str) -> None:
    assert read_date(said) == NOON


@pytest.mark.parametrize(
    "said",
    [
        "",
        "yesterday",
        "2021-13-45",
        "99999999999999",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1",
        "2021-08-12T99:00:00Z",
        "Thu, 32 Aug 2021 12:00:00 GMT",
        "x" * 1000,
    ],
)
def test_what_is_no_date_is_none(said: str) -> None:
    assert read_date(said) is None


@given(
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{2,5} \d{2}:\d{2}:\d{2} [A-Z+-]\w{0,5}\Z"),
    )
)
def test_nothing_that_is_said_for_a_date_is_fatal(said: str) -> None:
    found = read_date(said)
    assert found is None or found.tzinfo is UTC


@given(st.datetimes(datetime(1990, 1, 2), datetime(2200, 1, 1)))  # noqa: DTZ001
def test_every_moment_comes_back(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert read_date(aware.isoformat()) == aware
