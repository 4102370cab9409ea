"""The record of a notice day by day: what counted, what did not, and what came on which day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from designation.applications.models import Stage
from designation.calendar.working_days import CalendarUnknown, WorkingCalendar
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.day_by_day import DayKind, Span, day_by_day
from workflows.stages.public_notice.models import Cause

# 2 May, a Saturday, is worked for the Monday after it, which is off.
MAY = WorkingCalendar(frozenset({2026}), {date(2026, 5, 2): True, date(2026, 5, 4): False})
THURSDAY = date(2026, 4, 30)


def span(days=5, *, counts_first_day=False, stopped_on=None):
    period = MAY.period(THURSDAY, days, counts_first_day=counts_first_day)
    return Span(THURSDAY, period.first_day, period.last_day, stopped_on)


def told(days):
    return [(one.day.day, one.kind, one.place) for one in days]


def test_each_day_says_whether_it_counted_and_why_not():
    assert told(day_by_day(span(4), MAY, {})) == [
        (30, DayKind.OPENING, None),
        (1, DayKind.WORKING, 1),
        (2, DayKind.MAKE_UP, 2),
        (3, DayKind.WEEKEND, None),
        (4, DayKind.HOLIDAY, None),
        (5, DayKind.WORKING, 3),
        (6, DayKind.WORKING, 4),
    ]


def test_the_day_of_publication_counts_where_the_round_says_so():
    first = day_by_day(span(counts_first_day=True), MAY, {})[0]

    assert (first.day, first.kind, first.place) == (THURSDAY, DayKind.WORKING, 1)


def test_where_calendar_days_count_so_do_those_off():
    period = MAY.calendar_period(THURSDAY, 4)
    told_of = Span(THURSDAY, period.first_day, period.last_day, counts_calendar_days=True)

    # The fourth of them is off: the period ends on the day after it.
    assert told(day_by_day(told_of, MAY, {})) == [
        (30, DayKind.OPENING, None),
        (1, DayKind.WORKING, 1),
        (2, DayKind.MAKE_UP, 2),
        (3, DayKind.WEEKEND, 3),
        (4, DayKind.HOLIDAY, 4),
        (5, DayKind.WORKING, 5),
    ]


def test_from_the_day_of_the_break_on_nothing_counts():
    days = day_by_day(span(5, stopped_on=date(2026, 5, 5)), MAY, {})

    assert [one.place for one in days if one.place] == [1, 2]
    assert {one.kind for one in days if one.day >= date(2026, 5, 5)} == {DayKind.BROKEN_OFF}


def test_objections_stand_at_the_day_on_which_they_came():
    days = day_by_day(span(), MAY, {date(2026, 5, 3): 2})

    assert {one.day: one.objections for one in days if one.objections} == {date(2026, 5, 3): 2}


def test_a_day_without_an_official_calendar_is_not_guessed():
    late = Span(date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2))

    with pytest.raises(CalendarUnknown):
        day_by_day(late, MAY, {})


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    days=st.integers(1, 15),
    counts_first_day=st.booleans(),
    moved=st.dictionaries(
        st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=9
    ),
)
def test_as_many_days_count_as_the_period_has_and_the_last_of_them_ends_it(
    start, days, counts_first_day, moved
):
    calendar = WorkingCalendar(frozenset({2026}), moved)
    period = calendar.period(start, days, counts_first_day=counts_first_day)

    told = day_by_day(Span(start, period.first_day, period.last_day), calendar, {})

    assert [one.place for one in told if one.place] == list(range(1, days + 1))
    assert told[-1].place == days
    assert [one.day for one in told] == [start + timedelta(n) for n in range(len(told))]


# On the page


@pytest.fixture
def notice(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get().notice


def rows(client, county, notice):
    client.force_login(county.coordinator)
    page = client.get(reverse("notices:manage", args=[notice.pk])).content.decode()
    _before, _title, table = page.partition("逐日公示记录")
    cells = table.split("</table>")[0].split("<tr>")[2:]
    return [" ".join(cell.replace("<", " <").split()) for cell in cells]


@pytest.mark.django_db
def test_who_handles_a_notice_reads_it_day_by_day_with_what_came(
    client, county, notice, held_clock
):
    held_clock.move_to(datetime(2026, 3, 3, 16, 30, tzinfo=UTC))
    objections.raise_objection(notice.entries.get(), facts="面积不实，请查。", identity=None)

    table = rows(client, county, notice)

    assert len(table) == 8
    assert "发布当日，次日起计算" in table[0]
    assert "不计入" in table[0]
    assert "第 1 日" in table[1]
    # Half past midnight by the clock of the county.
    assert "2026年3月4日" in table[2]
    assert "<td>1 </td>" in table[2]
    assert "周末" in table[5]
    assert "第 5 日" in table[7]


@pytest.mark.django_db
def test_of_a_notice_that_was_broken_off_it_says_which_days_did_not_count(
    client, county, notice, held_clock
):
    held_clock.move_to(datetime(2026, 3, 5, 2, tzinfo=UTC))
    said = {"cause": Cause.UNREACHABLE, "reason": "网站检修一天，公示页面无法访问。"}
    draft = notices.restart(notice, actor=county.publisher, **said)

    table = rows(client, county, notice)

    assert sum("公示已终止" in one for one in table) == 5
    assert "第 3 日" not in " ".join(table)
    assert rows(client, county, draft) == []
