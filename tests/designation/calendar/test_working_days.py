"""Counting working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from designation.calendar import working_days
from designation.calendar.loading import DATA, calendar_changed, make_official
from designation.calendar.proposals import proposed_in
from designation.calendar.working_days import CalendarUnknown, WorkingCalendar, calendar
from designation.site.clock import SHANGHAI
from tests.calendars import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def freshly_read():
    working_days.forget()
    yield
    working_days.forget()


def on(month, day, year=2026):
    return date(year, month, day)


# Start of the act; last day of 5 days with it, 5 without it, 7 with it.
VECTORS = [
    (on(1, 1), on(1, 8), on(1, 8), on(1, 12)),
    (on(2, 11), on(2, 24), on(2, 25), on(2, 26)),
    (on(2, 13), on(2, 26), on(2, 27), on(2, 28)),
    (on(4, 3), on(4, 10), on(4, 13), on(4, 14)),
    (on(9, 18), on(9, 23), on(9, 24), on(9, 28)),
    (on(9, 29), on(10, 10), on(10, 12), on(10, 13)),
    (on(11, 23), on(11, 27), on(11, 30), on(12, 1)),
    (on(12, 23), on(12, 29), on(12, 30), on(12, 31)),
]
RULES = [(5, True), (5, False), (7, True)]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector[0]))
def test_periods_end_on_the_day_the_official_calendar_gives(vector):
    start, *last_days = vector
    counted = [
        calendar().period(start, days, counts_first_day=counts).last_day for days, counts in RULES
    ]
    assert counted == last_days


@pytest.mark.parametrize(("days", "counts_first_day"), RULES)
def test_a_period_that_leaves_the_known_years_is_refused(days, counts_first_day):
    with pytest.raises(CalendarUnknown) as refused:
        calendar().period(on(12, 28), days, counts_first_day=counts_first_day)
    assert refused.value.year == 2027
    with translation.override("zh-hans"):
        message = str(CalendarUnknown(2027))
    assert "2027" in message
    assert "请系统管理员在“工作日历”中" in message


def test_a_year_before_the_known_ones_is_refused_too():
    with pytest.raises(CalendarUnknown):
        calendar().is_working(on(12, 31, year=2003))


@pytest.mark.parametrize(("year", "worked"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_of_its_notice(year, worked):
    days = (on(1, 1, year) + timedelta(days=n) for n in range(366))
    assert sum(calendar().is_working(day) for day in days if day.year == year) == worked


def test_a_period_keeps_the_rule_that_counted_it():
    without = calendar().period(on(3, 2), 5)
    assert (without.first_day, without.last_day) == (on(3, 3), on(3, 9))
    assert not without.counts_first_day
    with_it = calendar().period(on(3, 2), 5, counts_first_day=True)
    assert (with_it.first_day, with_it.last_day) == (on(3, 2), on(3, 6))
    assert with_it.counts_first_day
    assert with_it.days == without.days == 5


@pytest.mark.parametrize(
    ("start", "first", "last", "worked"),
    [
        # An ordinary week, its weekend counted.
        (on(3, 2), on(3, 3), on(3, 9), 5),
        # The seventh day a Saturday, the seventh a Sunday: to the Monday after it.
        (on(3, 7), on(3, 8), on(3, 16), 6),
        (on(3, 8), on(3, 9), on(3, 16), 6),
        # Its last day a Saturday that is worked for the festival: it ends there.
        (on(2, 21), on(2, 22), on(2, 28), 5),
        # Into Spring Festival, 15 to 23 February off: to the day after it.
        (on(2, 9), on(2, 10), on(2, 24), 6),
        # Its seventh day in the National Day holiday.
        (on(9, 28), on(9, 29), on(10, 8), 3),
    ],
)
def test_a_period_of_seven_calendar_days_ends_on_a_day_that_is_worked(start, first, last, worked):
    period = calendar().calendar_period(start, 7)

    assert (period.first_day, period.last_day, period.days) == (first, last, worked)


def test_calendar_days_begin_with_the_day_of_the_act_where_the_rule_says_so():
    period = calendar().calendar_period(on(3, 3), 7, counts_first_day=True)

    assert (period.first_day, period.last_day) == (on(3, 3), on(3, 9))
    assert period.counts_first_day


def test_calendar_days_are_not_counted_into_a_year_without_official_data():
    with pytest.raises(CalendarUnknown):
        calendar().calendar_period(on(12, 28), 7)
    with pytest.raises(ValueError, match="at least one"):
        calendar().calendar_period(on(3, 2), 0)


MOVED = st.dictionaries(st.dates(on(1, 1), on(12, 31)), st.booleans(), max_size=9)


@given(
    start=st.dates(on(1, 1), on(11, 1)), days=st.integers(1, 15), counts=st.booleans(), off=MOVED
)
def test_calendar_days_are_never_fewer_than_asked_and_more_only_by_days_off(
    start, days, counts, off
):
    known = WorkingCalendar(frozenset({2026}), off)

    period = known.calendar_period(start, days, counts_first_day=counts)

    asked = period.first_day + timedelta(days - 1)
    assert period.first_day == (start if counts else start + timedelta(1))
    assert known.is_working(period.last_day)
    beyond = (period.last_day - asked).days
    assert beyond >= 0
    assert not any(known.is_working(asked + timedelta(n)) for n in range(beyond))


def test_a_period_ends_at_the_midnight_that_closes_its_last_day_in_shanghai():
    period = calendar().period(on(3, 2), 5)
    assert period.ends_at == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)


def test_a_handling_period_does_not_count_the_day_it_opens():
    opened = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
    due_at = calendar().deadline(opened, 10)
    assert due_at == datetime(2026, 3, 17, 0, 0, tzinfo=SHANGHAI)
    assert due_at.tzinfo is UTC


def test_the_day_of_a_moment_is_its_day_in_shanghai():
    just_past_midnight = datetime(2026, 3, 2, 16, 1, tzinfo=UTC)
    assert calendar().deadline(just_past_midnight, 1) == datetime(2026, 3, 5, 0, 0, tzinfo=SHANGHAI)


def test_a_make_up_saturday_counts_and_a_holiday_monday_does_not():
    assert calendar().is_working(on(2, 28))
    assert not calendar().is_working(on(2, 16))


def test_a_period_has_at_least_one_day():
    with pytest.raises(ValueError, match="at least one"):
        calendar().add(on(3, 2), 0)


def test_days_left_run_from_all_of_them_to_none():
    opened = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    due_at = calendar().deadline(opened, 5)
    left = [calendar().left(opened + timedelta(days=n), due_at) for n in range(9)]
    # Monday to the Monday of the deadline, with a weekend between, and the day after.
    assert left == [5, 4, 3, 2, 1, 1, 1, 0, 0]


def test_the_calendar_is_read_with_one_statement_and_kept(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar()
        calendar()


def test_a_load_makes_the_kept_calendar_go(
    tmp_path, django_capture_on_commit_callbacks, django_assert_num_queries
):
    calendar()
    with django_capture_on_commit_callbacks(execute=True):
        make_official(proposed_in(written(tmp_path)), "test")
    assert calendar().period(on(12, 28), 5).last_day == on(1, 5, year=2027)


def test_a_refusal_makes_the_next_question_ask_the_database(django_assert_num_queries):
    stale = calendar()
    with pytest.raises(CalendarUnknown):
        stale.is_working(on(1, 1, year=2027))
    with django_assert_num_queries(1):
        calendar()


def test_listening_to_loads_is_what_forgets():
    kept = calendar()
    calendar_changed.send(sender=None)
    assert calendar() is not kept


def test_a_changed_calendar_never_moves_a_stored_end(tmp_path, django_capture_on_commit_callbacks):
    stored = calendar().period(on(3, 2), 5)
    lines = DATA.read_text(encoding="utf-8").splitlines()
    changed = [line for line in lines if line.startswith("2026")] + ["2026-03-07,make_up"]
    with django_capture_on_commit_callbacks(execute=True):
        make_official(proposed_in(written(tmp_path, changed)), "test")
    assert calendar().period(on(3, 2), 5).last_day == on(3, 7)
    assert stored.last_day == on(3, 9)
    assert stored.ends_at == datetime(2026, 3, 10, 0, 0, tzinfo=SHANGHAI)
