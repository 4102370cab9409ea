"""When people are reminded of a term: worked out from the calendar, and only from it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designation.calendar import reminders
from designation.calendar.reminders import Kind
from designation.calendar.week import DAY
from designation.calendar.working_days import WorkingCalendar

# The week of Qingming 2026: 4 to 6 April are off, and the Monday is one of them.
QINGMING = WorkingCalendar(frozenset([2026]), {date(2026, 4, 6): False})
DUE = date(2026, 4, 7)
DAYS = st.dates(date(2026, 2, 1), date(2026, 11, 1))


@st.composite
def calendars(draw):
    """Any calendar of the year, whatever its days off and its make-up days."""
    exceptions = draw(st.dictionaries(DAYS, st.booleans(), max_size=60))
    return WorkingCalendar(frozenset([2026]), exceptions)


def working_days(calendar, after, until):
    span = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(map(calendar.is_working, span))


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 4, 1), None),
        (date(2026, 4, 2), Kind.BEFORE),
        (date(2026, 4, 6), Kind.BEFORE),
        (date(2026, 4, 7), Kind.ON_THE_DAY),
        (date(2026, 4, 8), Kind.AFTER),
        (date(2026, 4, 9), Kind.AFTER),
        (date(2026, 4, 10), Kind.TO_SUPERIOR),
        (date(2026, 6, 1), Kind.TO_SUPERIOR),
    ],
)
def test_over_a_holiday_two_working_days_before_are_days_that_are_worked(today, kind):
    assert reminders.latest(DUE, today, QINGMING) == kind


def test_on_a_last_day_that_is_not_worked_it_comes_on_the_working_day_before():
    monday_off = date(2026, 4, 6)
    assert reminders.latest(monday_off, date(2026, 4, 2), QINGMING) == Kind.BEFORE
    assert reminders.latest(monday_off, date(2026, 4, 3), QINGMING) == Kind.ON_THE_DAY
    assert reminders.latest(monday_off, date(2026, 4, 7), QINGMING) == Kind.AFTER


@given(calendar=calendars(), last=DAYS, today=DAYS)
def test_each_comes_with_the_working_days_that_are_left_or_over(calendar, last, today):
    left = working_days(calendar, today, last)
    late = working_days(calendar, last, today)
    expected = None
    if late >= 3:
        expected = Kind.TO_SUPERIOR
    elif late:
        expected = Kind.AFTER
    elif left == 0:
        expected = Kind.ON_THE_DAY
    elif left <= 2:
        expected = Kind.BEFORE
    assert reminders.latest(last, today, calendar) == expected


@given(calendar=calendars(), last=DAYS, today=DAYS)
def test_none_is_taken_back_as_the_days_pass(calendar, last, today):
    came = [reminders.latest(last, day, calendar) for day in (today, today + DAY)]
    order = [None, *Kind]
    assert order.index(came[0]) <= order.index(came[1])


@given(calendar=calendars(), last=DAYS, today=DAYS, more=st.integers(1, 90))
def test_more_time_brings_none_nearer(calendar, last, today, more):
    order = [None, *Kind]
    soon, later = (
        reminders.latest(day, today, calendar) for day in (last, last + timedelta(days=more))
    )
    assert order.index(later) <= order.index(soon)


@given(calendar=calendars(), last=DAYS, today=DAYS)
def test_what_is_given_up_is_late_by_twenty_working_days(calendar, last, today):
    is_given_up = last < reminders.given_up(today, calendar)
    assert is_given_up == (working_days(calendar, last, today) >= 20)


def test_where_the_known_years_end_nothing_is_raised_and_nothing_guessed():
    new_years_eve = date(2026, 12, 31)
    came = reminders.came_on(new_years_eve, QINGMING)
    assert came[Kind.BEFORE] == came[Kind.ON_THE_DAY] == date(2027, 1, 1)
    first = reminders.came_on(date(2026, 1, 1), QINGMING)
    assert first[Kind.TO_SUPERIOR] == date(2025, 12, 31)
