"""By when each step of a round is done: the rule, around festivals, and what the page says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from designation.applications.models import Stage
from designation.calendar.models import CalendarYear
from designation.calendar.working_days import WorkingCalendar, calendar, forget
from designation.organizations.models import Role
from designation.rounds.models import DayUnit, Round
from designation.rounds.timetable import Plan, Remark, Step, remarks, timetable
from tests import factories

# Without festivals: what is counted is the week.
PLAIN = WorkingCalendar(years=frozenset({2026, 2027}), exceptions={})
PLAN = Plan(
    opens_on=date(2026, 3, 2),
    closes_on=date(2026, 3, 31),
    first_review_days=10,
    correction_days=5,
    returns_allowed=2,
    paper_check_days=10,
    verification_days=20,
    notice_days=5,
    notice_unit=DayUnit.WORKING,
    notice_counts_first_day=False,
    objection_days=12,
    designation_days=10,
)
AFTER_ANOTHER = [
    Step.CLOSING,
    Step.FIRST_REVIEW,
    Step.PAPER_CHECK,
    Step.VERIFICATION,
    Step.SELECTION,
    Step.NOTICE,
    Step.DESIGNATION,
]


def ends(plan, counted=PLAIN, *, latest=False):
    return {
        line.step: (line.latest if latest else line.in_time).last
        for line in timetable(plan, counted)
    }


# The rule


@pytest.mark.django_db
def test_a_round_of_march_is_done_before_july():
    """The example of the county's documents, by the official calendar of 2026."""
    assert ends(PLAN, calendar()) == {
        Step.OPENING: date(2026, 3, 2),
        Step.CLOSING: date(2026, 3, 31),
        Step.FIRST_REVIEW: date(2026, 4, 15),
        Step.CORRECTIONS: date(2026, 4, 22),
        Step.PAPER_CHECK: date(2026, 4, 29),
        Step.VERIFICATION: date(2026, 5, 29),
        Step.SELECTION: date(2026, 6, 1),
        Step.NOTICE: date(2026, 6, 9),
        Step.OBJECTIONS: date(2026, 6, 26),
        Step.DESIGNATION: date(2026, 6, 24),
    }
    (notice,) = [line for line in timetable(PLAN, calendar()) if line.step == Step.NOTICE]
    assert notice.in_time.first == date(2026, 6, 3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("closes", "days", "expected"),
    [
        # Spring Festival: 15 to 23 February off, 14 and 28 February worked.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 17), 1, date(2026, 2, 24)),
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        # National Day: 1 to 7 October off, 20 September and 10 October worked.
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
    ],
)
def test_festivals_and_the_days_worked_for_them_are_counted(closes, days, expected):
    plan = replace(PLAN, closes_on=closes, first_review_days=days)

    assert ends(plan, calendar())[Step.FIRST_REVIEW] == expected


def test_each_return_costs_its_period_and_a_day_to_go_on():
    """As the terms run: sent back on the last day, the reviewer has one day left."""
    latest = ends(PLAN, latest=True)

    assert latest[Step.FIRST_REVIEW] == PLAIN.add(PLAN.closes_on, 10 + 2 * (5 + 1))
    assert PLAIN.add(latest[Step.CORRECTIONS], 1) == latest[Step.FIRST_REVIEW]
    assert latest[Step.PAPER_CHECK] == PLAIN.add(latest[Step.FIRST_REVIEW], 10 + 2 * (5 + 1))


def test_a_notice_that_counts_its_first_day_ends_a_day_earlier():
    usual, other = (
        next(line.in_time for line in timetable(plan, PLAIN) if line.step == Step.NOTICE)
        for plan in (PLAN, replace(PLAN, notice_counts_first_day=True))
    )

    assert other.first + timedelta(days=1) == usual.first
    assert PLAIN.add(other.last, 1) == usual.last


def test_a_notice_in_calendar_days_counts_its_weekend_and_the_rest_follows_in_working_days():
    """Published on Tuesday 2 June: seven days to the Tuesday after it."""
    plan = replace(PLAN, notice_days=7, notice_unit=DayUnit.CALENDAR)

    lines = {line.step: line for line in timetable(plan, PLAIN)}

    noticed = lines[Step.NOTICE].in_time
    assert (noticed.last - noticed.first).days + 1 == 7
    assert PLAIN.add(noticed.last, 10) == lines[Step.DESIGNATION].in_time.last
    assert (lines[Step.NOTICE].unit, lines[Step.DESIGNATION].unit) == ("calendar", "working")


def test_where_nothing_is_sent_back_there_is_no_step_of_corrections():
    plan = replace(PLAN, returns_allowed=0)

    assert Step.CORRECTIONS not in ends(plan)
    assert ends(plan) == ends(plan, latest=True)


def test_a_year_that_is_not_loaded_is_named_and_nothing_is_guessed():
    plan = replace(PLAN, opens_on=date(2026, 11, 2), closes_on=date(2026, 12, 1))
    known = WorkingCalendar(years=frozenset({2026}), exceptions={})
    lines = {line.step: line.in_time for line in timetable(plan, known)}

    assert lines[Step.PAPER_CHECK].last == date(2026, 12, 29)
    for step in (Step.VERIFICATION, Step.SELECTION, Step.NOTICE, Step.DESIGNATION):
        assert (lines[step].last, lines[step].unknown) == (None, 2027)
    assert list(remarks(plan, known)) == [Remark.UNKNOWN_YEAR, Remark.PAST_THE_YEAR]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"closes_on": date(2026, 9, 15)}, [Remark.PAST_THE_YEAR_AT_THE_LATEST]),
        ({"closes_on": date(2026, 11, 30)}, [Remark.PAST_THE_YEAR]),
        ({"closes_on": date(2026, 3, 28)}, [Remark.CLOSES_ON_A_DAY_OFF]),
        ({"notice_days": 4}, [Remark.SHORT_NOTICE]),
        ({"notice_days": 6, "notice_unit": DayUnit.CALENDAR}, [Remark.SHORT_NOTICE]),
        ({"notice_days": 7, "notice_unit": DayUnit.CALENDAR}, []),
        ({"closes_on": date(2028, 1, 3)}, [Remark.UNKNOWN_YEAR, Remark.PAST_THE_YEAR]),
    ],
)
def test_what_is_unusual_is_remarked(more, expected):
    assert list(remarks(replace(PLAN, **more), PLAIN)) == expected


SPANS = st.integers(1, 25)
PLANS = st.builds(
    Plan,
    opens_on=st.just(date(2026, 1, 5)),
    closes_on=st.dates(date(2026, 1, 6), date(2026, 5, 1)),
    first_review_days=SPANS,
    correction_days=st.integers(1, 10),
    returns_allowed=st.integers(0, 3),
    paper_check_days=SPANS,
    verification_days=SPANS,
    notice_days=st.integers(3, 15),
    notice_unit=st.sampled_from(DayUnit.values),
    notice_counts_first_day=st.booleans(),
    objection_days=SPANS,
    designation_days=SPANS,
)
OFF = st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 6, 30)), st.booleans(), max_size=20)


@given(PLANS, OFF)
def test_each_step_ends_on_a_working_day_after_the_one_before_it(plan, exceptions):
    counted = WorkingCalendar(years=PLAIN.years | {2028}, exceptions=exceptions)

    for latest in (False, True):
        found = ends(plan, counted, latest=latest)
        days = [found[step] for step in AFTER_ANOTHER]
        assert days == sorted(set(days))
        assert all(counted.is_working(day) for day in days[1:])


@given(PLANS, OFF)
def test_as_many_working_days_lie_in_a_step_as_its_rule_gives(plan, exceptions):
    counted = WorkingCalendar(years=PLAIN.years | {2028}, exceptions=exceptions)
    found = ends(plan, counted)

    def between(one, other):
        span = (found[other] - found[one]).days
        return sum(counted.is_working(found[one] + timedelta(n)) for n in range(1, span + 1))

    assert between(Step.CLOSING, Step.FIRST_REVIEW) == plan.first_review_days
    assert between(Step.FIRST_REVIEW, Step.PAPER_CHECK) == plan.paper_check_days
    assert between(Step.PAPER_CHECK, Step.VERIFICATION) == plan.verification_days
    assert between(Step.NOTICE, Step.DESIGNATION) == plan.designation_days
    (notice,) = [line for line in timetable(plan, counted) if line.step == Step.NOTICE]
    span = (notice.in_time.last - notice.in_time.first).days
    worked = sum(counted.is_working(notice.in_time.first + timedelta(n)) for n in range(span + 1))
    if plan.notice_unit == DayUnit.WORKING:
        assert worked == plan.notice_days
    else:
        assert span + 1 >= plan.notice_days


@given(PLANS, st.sampled_from(["first_review_days", "correction_days", "verification_days"]))
def test_a_longer_period_makes_nothing_end_earlier(plan, name):
    longer = replace(plan, **{name: getattr(plan, name) + 1})

    for latest in (False, True):
        before, after = (ends(one, latest=latest) for one in (plan, longer))
        assert all(after[step] >= day for step, day in before.items())


@given(PLANS)
def test_the_latest_is_never_before_what_is_in_time(plan):
    in_time, latest = ends(plan), ends(plan, latest=True)

    assert all(latest[step] >= day for step, day in in_time.items())


# On the page


@pytest.fixture
def lines(client, county):
    """The rows of the timetable as the coordinator reads them."""
    client.force_login(county.coordinator)

    def read():
        answer = client.get(reverse("rounds:detail", args=[county.round.pk]))
        root = html.fromstring(answer.content.decode())
        rows = root.xpath("//section[@id='timetable']//tbody/tr")
        return [" ".join(row.text_content().split()) for row in rows]

    return read


def told(client, county):
    answer = client.get(reverse("rounds:detail", args=[county.round.pk]))
    return answer.content.decode()


@pytest.mark.django_db
def test_a_draft_shows_every_step_with_its_days_and_its_rule(county, lines):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    rows = lines()

    assert len(rows) == 10
    assert rows[2].startswith("初审 10 个工作日 批次信息：初审期限")
    assert "2026年" in rows[2]
    assert "待办" not in " ".join(rows)
    Round.objects.filter(pk=county.round.pk).update(first_review_days=11, returns_allowed=0)
    rows = lines()
    assert len(rows) == 9
    assert rows[2].startswith("初审 11 个工作日")


@pytest.mark.django_db
def test_an_open_round_shows_how_far_its_cases_have_come(county, lines):
    county.at(Stage.SUBMITTED)
    county.beside().at(Stage.RECOMMENDED)
    county.beside().at(Stage.DRAFT)

    rows = lines()

    assert rows[1].endswith("待办 1 已办 2")
    assert rows[2].endswith("待办 1 已办 1")
    assert rows[4].endswith("待办 1 已办 0")


@pytest.mark.django_db
def test_where_the_next_year_is_not_loaded_the_page_says_so_and_who_can_do_it(client, county):
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    client.force_login(county.coordinator)
    assert "算不出" not in told(client, county)
    CalendarYear.objects.filter(year=2026).delete()
    forget()

    text = told(client, county)

    assert "算不出（缺 2026 年日历）" in text
    assert f"请系统管理员（{administrator.full_name}）在“工作日历”中载入" in text


@pytest.mark.django_db
def test_the_timetable_is_the_coordinators(client, county):
    assert 'id="timetable"' not in told(client, county)
    client.force_login(county.head)
    assert 'id="timetable"' not in told(client, county)
