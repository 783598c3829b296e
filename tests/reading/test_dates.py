"""When was it published, and how precisely do we know?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Period
from firsthand.reading.dates import BadDate, parse_period

DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("words", "start", "width"),
    [
        ("8 November 2022, 07:44", "2022-11-08T07:44", MINUTE),
        ("8.11.22", "2022-11-08", DAY),
        ("21/08/2015", "2015-08-21", DAY),
        ("12/25/2020", "2020-12-25", DAY),
        ("03-03-2020 16.05", "2020-03-03T16:05", MINUTE),
        ("Fri 9 Feb 2024 1450", "2024-02-09T14:50", MINUTE),
        ("9 February 2024, 5 p.m.", "2024-02-09T17:00", timedelta(hours=1)),
        ("May 3rd, 2011 at 12:15 am", "2011-05-03T00:15", MINUTE),
        ("Mon, 11 Mar 2019 20:15:00 +0200", "2019-03-11T18:15", SECOND),
        ("2022-11-08T08:58:00Z", "2022-11-08T08:58", SECOND),
        ("2022-11-08T23:58-05:00", "2022-11-09T04:58", MINUTE),
        ("2024-02-09 18:20 CET", "2024-02-09T17:20", MINUTE),
        ("Dienstag, 3. März 2020, 16.20 Uhr", "2020-03-03T16:20", MINUTE),
        ("1er août 2020 à 17h05", "2020-08-01T17:05", MINUTE),
        ("3 de marzo de 2020", "2020-03-03", DAY),
        ("July 2010", "2010-07-01", timedelta(days=31)),
        ("décembre 2010", "2010-12-01", timedelta(days=31)),
        ("2010-02", "2010-02-01", timedelta(days=28)),
        ("2010", "2010-01-01", timedelta(days=365)),
        ("2011-04-02/2011-04-07", "2011-04-02", timedelta(days=6)),
        ("2011-04-02/2011-04", "2011-04-02", timedelta(days=29)),
        ("Posted on September 29, 2023 by A. Reed", "2023-09-29", DAY),
    ],
)
def test_a_period_is_as_wide_as_the_words_are_vague(words: str, start: str, width: timedelta) -> None:
    period = parse_period(words)
    assert period.start == datetime.fromisoformat(start)
    assert period.end - period.start == width
    assert period.text == words


@pytest.mark.parametrize(
    "words",
    [
        "Friday",
        "vendredi soir",
        "Dienstag, 16.20 Uhr",
        "6 March",
        "today",
        "31 September 2023",
        "2023-02-29",
        "0000-01-01",
        "2011-04-07/2011-04-02",
        "2 hours ago",
    ],
)
def test_words_that_name_no_day_that_exists_are_no_date(words: str) -> None:
    with pytest.raises(BadDate):
        parse_period(words)


def test_hours_ago_count_back_from_when_the_page_was_fetched() -> None:
    seen = parse_period("2022-11-08T12:30:00Z")
    period = parse_period("3 hours ago", seen)
    assert period.start == datetime(2022, 11, 8, 8, 30)
    assert period.end == datetime(2022, 11, 8, 9, 30, 1)


@given(st.dates(min_value=datetime(1, 1, 2).date(), max_value=datetime(9998, 12, 31).date()))
def test_every_day_is_read_back_from_its_iso_form(day: object) -> None:
    period = parse_period(str(day))
    assert (str(period.start.date()), period.end - period.start) == (str(day), DAY)


@given(st.text(max_size=60) | st.from_regex(r"[0-9 ./:,+-]{1,40}", fullmatch=True))
def test_any_words_are_a_date_or_are_not(words: str) -> None:
    try:
        period = parse_period(words)
    except BadDate:
        return
    assert isinstance(period, Period)
    assert period.start < period.end
