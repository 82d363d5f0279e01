"""Calendar arithmetic: bounds of points and stretches, and moving days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.finding import calendar
from qingdan.finding.calendar import Stretch

YEARS = st.integers(1, 9998)
MONTHS = st.integers(1, 12)
DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))


@pytest.mark.parametrize(
    ("stretch", "edtf", "first", "last"),
    [
        (calendar.point(2015), "2015", "2015-01-01", "2015-12-31"),
        (calendar.point(2016, 2), "2016-02", "2016-02-01", "2016-02-29"),
        (calendar.point(1900, 2), "1900-02", "1900-02-01", "1900-02-28"),
        (calendar.point(2015, 6, 22), "2015-06-22", "2015-06-22", "2015-06-22"),
        (calendar.point(987), "0987", "0987-01-01", "0987-12-31"),
        (calendar.part_of_year(2015, 21), "2015-21", "2015-03-01", "2015-05-31"),
        (calendar.part_of_year(2015, 24), "2015-24", "2015-12-01", "2016-02-29"),
        (calendar.part_of_year(2015, 33), "2015-33", "2015-01-01", "2015-03-31"),
        (calendar.part_of_year(2015, 41), "2015-41", "2015-07-01", "2015-12-31"),
        (calendar.decade(1990), "199X", "1990-01-01", "1999-12-31"),
        (calendar.century(1900), "19XX", "1900-01-01", "1999-12-31"),
        (calendar.third_of_month(2016, 2, 2), "2016-02-21/2016-02-29", "2016-02-21", "2016-02-29"),
        (calendar.third_of_month(2015, 10, 0), "2015-10-01/2015-10-10", "2015-10-01", "2015-10-10"),
        (calendar.week_from(date(2015, 8, 3)), "2015-08-03/2015-08-09", "2015-08-03", "2015-08-09"),
        (calendar.week_of(date(2015, 6, 24)), "2015-06-22/2015-06-28", "2015-06-22", "2015-06-28"),
        (calendar.around(date(2015, 6, 24), 1, 0, 0), "2015-06-24/2016-06-24", "2015-06-24", "2016-06-24"),
        (calendar.around(date(2015, 6, 24), 0, -6, 0), "2014-12-24/2015-06-24", "2014-12-24", "2015-06-24"),
    ],
)
def test_stretches(stretch: Stretch | None, edtf: str, first: str, last: str) -> None:
    assert stretch == Stretch(edtf, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("day", [(2015, 6, 31), (2015, 2, 29), (2015, 13, 1), (2015, 0, 1), (2015, 1, 0), (0, 1, 1), (10000, 1, 1)])
def test_what_the_calendar_lacks(day: tuple[int, int, int]) -> None:
    assert calendar.point(*day) is None


@given(YEARS, MONTHS)
def test_thirds_make_up_a_month(year: int, month: int) -> None:
    whole = calendar.point(year, month)
    thirds = [calendar.third_of_month(year, month, third) for third in range(3)]
    assert whole is not None
    days = [day for third in thirds if third and third.first and third.last for day in (third.first, third.last)]
    assert (days[0], days[5]) == (whole.first, whole.last)
    assert days[2] - days[1] == days[4] - days[3] == timedelta(days=1)


@given(YEARS)
def test_quarters_and_halves_make_up_a_year(year: int) -> None:
    whole = calendar.point(year)
    quarters = [calendar.part_of_year(year, code) for code in (33, 34, 35, 36)]
    halves = [calendar.part_of_year(year, code) for code in (40, 41)]
    assert whole is not None
    assert (quarters[0].first, quarters[3].last) == (halves[0].first, halves[1].last) == (whole.first, whole.last)
    assert (quarters[1].last, quarters[2].first) == (halves[0].last, halves[1].first)


@given(DAYS, st.integers(-900, 900), st.integers(-900, 900))
def test_shifting_by_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, years: int, months: int) -> None:
    there = calendar.shifted(day, years, months)
    assert there is not None
    assert there.year * 12 + there.month - (day.year * 12 + day.month) == years * 12 + months
    assert there.day == day.day or (there.day < day.day and (there + timedelta(days=1)).day == 1)


@pytest.mark.parametrize("years", [9999, -9999])
def test_shifting_beyond_the_calendar_gives_nothing(years: int) -> None:
    assert calendar.shifted(date(2015, 6, 24), years) is None
    assert calendar.around(date(2015, 6, 24), years, 0, 0) is None


@given(DAYS)
def test_a_week_is_monday_to_sunday_and_holds_its_day(day: date) -> None:
    week = calendar.week_of(day)
    assert week is not None
    assert week.first is not None
    assert week.last is not None
    assert (week.first.weekday(), week.last.weekday()) == (0, 6)
    assert week.first <= day <= week.last


@given(DAYS, DAYS)
def test_a_range_runs_forward(a: date, b: date) -> None:
    whole = calendar.between(calendar.point(a.year, a.month, a.day), calendar.point(b.year, b.month, b.day))
    assert whole == (Stretch(f"{a}/{b}", a, b) if a <= b else None)


def test_bounds_are_open_on_one_side() -> None:
    month = calendar.point(2015, 9)
    assert month is not None
    assert calendar.until(month) == Stretch("../2015-09", None, date(2015, 9, 30))
    assert calendar.since(month) == Stretch("2015-09/..", date(2015, 9, 1), None)
    assert calendar.about(month) == Stretch("2015-09~", month.first, month.last)
    assert calendar.about(calendar.about(month)) == calendar.about(month)
    assert calendar.until(calendar.about(month)) == calendar.until(month)
