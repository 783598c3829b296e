"""Does the timeline draw a time as wide as it is said, and say where accounts differ?"""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

from firsthand.model import Period
from firsthand.views.dates import Band, Bar, draw_dates, find_scale, is_at_odds

DAY = timedelta(days=1)


def make_period(month: int, day: int, days: int = 1) -> Period:
    start = datetime(2031, month, day)
    return Period(start=start, end=start + days * DAY)


def make_bar(month: int, day: int, days: int = 1, **told) -> Bar:
    return Bar(number=1, label="then", period=make_period(month, day, days), **told)


def draw(*bars: Bar, published: tuple[Period, ...] = (), width: float = 1216.0, differs: bool = False) -> str:
    return draw_dates(
        published or (make_period(3, 1), make_period(6, 1)), [Band(title="A claim", bars=bars, differs=differs)], width
    )


def test_a_day_is_a_dot_and_a_month_a_bar():
    assert 'class="dot other"' in draw(make_bar(4, 2))
    month = draw(make_bar(4, 1, 30))
    assert 'class="dot other"' not in month
    assert 'class="when"' in month


def test_a_bar_is_as_long_as_its_stretch():
    published = (make_period(3, 1), make_period(6, 1))
    band = Band(title="A claim", bars=(make_bar(4, 1, 30),))
    scale = find_scale(published, [band], (250.0, 1132.0))
    drawn = draw_dates(published, [band], 1216.0)
    start = scale.place(datetime(2031, 4, 1).toordinal())
    end = scale.place(datetime(2031, 5, 1).toordinal())
    assert f"M{start:.1f}" in drawn
    assert f"H{end:.1f}" in drawn


@pytest.mark.parametrize("bound", ["before", "until", "since", "after"])
def test_an_open_end_has_an_arrow_and_the_known_end_is_where_it_is_said(bound):
    published = (make_period(1, 1), make_period(12, 1))
    bar = make_bar(6, 10, bound=bound)
    scale = find_scale(published, [Band(title="A claim", bars=(bar,))], (250.0, 1132.0))
    drawn = draw_dates(published, [Band(title="A claim", bars=(bar,))], 1216.0)
    known = bar.period.start if bound in ("before", "since") else bar.period.end
    assert f"H{scale.place(known.toordinal()):.1f}" in drawn
    assert drawn.count('class="when"') == 2


def test_what_may_be_any_of_several_days_is_dashed():
    assert 'class="when loose"' in draw(make_bar(4, 2, 5, loose=True))


def test_accounts_differ_only_where_no_day_is_left_to_all():
    assert is_at_odds([make_bar(4, 2), make_bar(4, 5)])
    assert not is_at_odds([make_bar(4, 2), make_bar(4, 1, 30)])
    assert not is_at_odds([make_bar(4, 2), make_bar(4, 5, bound="before")])
    assert is_at_odds([make_bar(4, 5), make_bar(4, 5, bound="before")])
    assert not is_at_odds([make_bar(4, 5), make_bar(4, 5, bound="until")])
    assert is_at_odds([make_bar(4, 5), make_bar(4, 5, bound="after")])
    assert not is_at_odds([])


def test_a_difference_stands_there_in_words():
    assert "≠ differs" in draw(make_bar(4, 2), differs=True)
    assert "differs" not in draw(make_bar(4, 2))


@pytest.mark.parametrize("width", [1216.0, 358.0])
def test_many_reports_of_one_day_are_counted_and_not_piled_to_the_sky(width):
    published = (make_period(3, 1),) * 900 + tuple(make_period(2, 1 + n % 20, 9) for n in range(300))
    drawn = draw(make_bar(4, 2), published=published, width=width)
    assert ">900<" in drawn
    assert "more whose day is not known" in drawn
    assert drawn.count('class="report"') < 12
    assert float(ElementTree.fromstring(drawn).get("height")) < 500


def test_nothing_dated_is_drawn_without_a_fault():
    assert ElementTree.fromstring(draw_dates((), [], 358.0)) is not None


def test_a_hostile_label_stays_text():
    bar = Bar(number=1, label="<b>now</b>", period=make_period(4, 1), href="#date-1")
    assert "<b>" not in draw(bar)
