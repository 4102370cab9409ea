"""People are reminded of what they have to do: before it is late, when it is, and never twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from designation.applications.models import Application, Stage
from designation.calendar import by_time, reminding, terms, working_days
from designation.calendar.models import CalendarException, Term, TermReminder
from designation.calendar.reminders import Kind
from designation.calendar.tasks import remind_of_terms
from designation.organizations.models import Role
from designation.rounds.models import Round
from designation.site.clock import SHANGHAI
from notifications import delivery, succession
from notifications.models import Message
from notifications.tasks import deliver_outbox
from tests import factories
from tests.departments import department, sent
from workflows.stages.objections import objections

pytestmark = pytest.mark.django_db

# Ten working days from this Monday end on Tuesday 7 April: 4 to 6 April are off.
HANDED_IN = date(2026, 3, 23)


@pytest.fixture(autouse=True)
def calendar_read_anew():
    working_days.forget()
    yield
    working_days.forget()


@pytest.fixture
def at_nine(held_clock):
    """A day, nine in the morning, when the worker looks what there is to remind of."""

    def come(day, *, hour=9):
        held_clock.move_to(datetime.combine(day, time(hour), SHANGHAI))
        remind_of_terms()
        delivery.deliver_waiting()

    return come


@pytest.fixture
def submitted(county, at_nine):
    at_nine(HANDED_IN)
    application = county.at(Stage.SUBMITTED)
    assert county.reviewer
    assert county.coordinator
    return application


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def april(day):
    return date(2026, 4, day)


def reminders(person):
    rows = Message.objects.filter(person=person, event__action__startswith="term.").order_by("pk")
    return [
        (row.created_at.astimezone(SHANGHAI).date(), row.event.action.partition(".")[2])
        for row in rows
    ]


# The course of a term


def test_a_term_is_reminded_of_before_on_the_day_after_and_then_above(county, submitted, at_nine):
    for day in days(HANDED_IN, april(30)):
        at_nine(day)
        at_nine(day, hour=15)

    # Two working days before the 7th is the 2nd: the holiday lies between.
    assert reminders(county.reviewer) == [
        (april(2), "before"),
        (april(7), "on_the_day"),
        (april(8), "after"),
    ]
    assert reminders(county.coordinator) == [(april(10), "to_superior")]
    assert reminders(county.head) == []


def test_a_worker_that_stood_still_tells_the_latest_only(county, submitted, at_nine):
    for day in days(HANDED_IN, april(6)):
        at_nine(day)
    # Nobody runs on the 7th and 8th.
    for day in days(april(9), april(20)):
        at_nine(day)

    assert reminders(county.reviewer) == [(april(2), "before"), (april(9), "after")]
    assert reminders(county.coordinator) == [(april(10), "to_superior")]


def test_over_two_holidays_and_a_stop_of_two_days_each_comes_once_and_no_other(
    county, at_nine, mailoutbox
):
    """Mid-Autumn and National Day 2026; Sunday 20 September and Saturday 10 October are worked."""
    Round.objects.filter(pk=county.round.pk).update(closes_at=datetime(2026, 9, 30, 9, tzinfo=UTC))
    county.round.refresh_from_db()
    assert county.coordinator
    county.reviewer.email = "reviewer@example.cn"
    county.reviewer.save()
    at_nine(date(2026, 9, 18))
    application = county.at(Stage.SUBMITTED)
    assert application.term.due_at.astimezone(SHANGHAI).date() == date(2026, 10, 10)

    stopped = {date(2026, 9, 30), date(2026, 10, 1)}
    for day in days(date(2026, 9, 19), date(2026, 10, 25)):
        if day not in stopped:
            for hour in (9, 15):
                at_nine(day, hour=hour)
                deliver_outbox()

    # Two working days before 9 October is the last one before the holiday, on which nobody ran.
    came = [
        (date(2026, 10, 8), "before"),
        (date(2026, 10, 9), "on_the_day"),
        (date(2026, 10, 10), "after"),
    ]
    assert reminders(county.reviewer) == came
    assert [kind for _day, kind in reminders(county.coordinator)] == ["to_superior"]
    assert len([mail for mail in mailoutbox if "办理期限" in mail.subject]) == len(came)


def test_after_a_long_stop_whoever_has_to_act_learns_it_once_with_their_superior(
    county, submitted, at_nine
):
    at_nine(april(15))
    at_nine(april(16))
    assert reminders(county.reviewer) == [(april(15), "after")]
    assert reminders(county.coordinator) == [(april(15), "to_superior")]


def test_what_is_late_for_a_month_already_stands_on_the_board_alone(county, submitted, at_nine):
    at_nine(date(2026, 6, 1))
    assert not TermReminder.objects.exists()


def test_nobody_is_reminded_in_the_night_or_on_a_day_off(submitted, at_nine):
    at_nine(april(2), hour=7)
    at_nine(april(5))
    assert not TermReminder.objects.exists()
    at_nine(april(7), hour=8)
    assert TermReminder.objects.get().kind == Kind.ON_THE_DAY


def test_where_no_official_calendar_says_so_no_day_is_worked(submitted, at_nine):
    at_nine(date(2027, 4, 7))
    assert not TermReminder.objects.exists()


def test_what_was_done_is_not_reminded_of(county, submitted, at_nine):
    county._recommend(submitted)
    at_nine(april(7))
    assert reminders(county.reviewer) == []


def test_a_reminder_says_of_what_of_which_round_and_until_when(county, submitted, at_nine):
    at_nine(april(2))
    at_nine(april(10))

    message = Message.objects.get(person=county.reviewer, event__action="term.before")
    assert message.asks_to_act
    assert message.subject == (
        f"{county.village.name_zh}（待审核）的办理期限快到了，请在2026年4月7日(周二) 24:00前办理。"
    )
    assert county.round.name_zh in message.body
    assert "请您办理下一步。" in message.body
    above = Message.objects.get(event__action="term.to_superior")
    assert not above.asks_to_act
    assert "办理人：初审员" in above.body


def test_whoever_takes_the_seat_gets_what_still_asks_it(county, submitted, at_nine):
    at_nine(april(8))
    at_nine(april(10))
    successor = factories.seated(Role.FIRST_REVIEWER, county.township)
    succession.hand_over(successor.seats.get())
    assert reminders(successor) == [(april(8), "after")]


# Planned anew


def test_a_change_of_the_calendar_moves_what_has_not_come(county, submitted, at_nine):
    at_nine(april(1))
    assert reminders(county.reviewer) == []
    # The 3rd is declared off: two working days before the 7th is the 1st now.
    CalendarException.objects.create(date=april(3), year_id=2026, kind="holiday")
    working_days.forget()
    at_nine(april(1), hour=14)
    assert reminders(county.reviewer) == [(april(1), "before")]


def test_a_change_of_the_calendar_repeats_nothing_that_came(county, submitted, at_nine):
    at_nine(april(2))
    for day in (april(3), april(6)):
        CalendarException.objects.update_or_create(
            date=day, defaults={"year_id": 2026, "kind": "make_up" if day.day == 6 else "holiday"}
        )
    working_days.forget()
    at_nine(april(6))
    assert reminders(county.reviewer) == [(april(2), "before")]


def test_more_time_is_reminded_of_as_a_term_of_its_own(county, submitted, at_nine):
    at_nine(april(7))
    longer = terms.extend(
        submitted.term,
        actor=county.coordinator,
        role=Role.COUNTY_COORDINATOR,
        reason="清明停工",
        at=reminding.clock.now(),
        days=5,
    )
    Application.objects.filter(pk=submitted.pk).update(term=longer)
    for day in days(april(8), april(14)):
        at_nine(day)
    assert reminders(county.reviewer) == [
        (april(7), "on_the_day"),
        (april(10), "before"),
        (april(14), "on_the_day"),
    ]


def test_what_begins_shortly_before_its_end_is_told_once(county, at_nine):
    """Whoever is told today that it is their turn until the day after tomorrow knows it."""
    county.round.correction_days = 2
    county.round.save(update_fields=["correction_days"])
    at_nine(date(2026, 3, 9))
    application = county.at(Stage.SUBMITTED)
    _returned(county, application)
    for day in days(date(2026, 3, 9), date(2026, 3, 11)):
        at_nine(day)
    assert reminders(county.preparer) == [(date(2026, 3, 11), "on_the_day")]


# Whom


def test_a_draft_is_nobodys_but_its_own(county, at_nine):
    at_nine(HANDED_IN)
    county.at(Stage.SELF_ASSESSED)
    county.beside().start()
    for day in days(HANDED_IN, april(10)):
        at_nine(day)
    assert not TermReminder.objects.exists()


def _returned(county, application):
    corrections = {"NC-13": "请补充场所的产权证明"}
    county.act("return_for_correction", application, county.reviewer, corrections=corrections)


def test_an_applicant_under_correction_is_reminded_and_then_its_reviewer(county, at_nine):
    at_nine(date(2026, 3, 9))
    _returned(county, county.at(Stage.SUBMITTED))
    for day in days(date(2026, 3, 9), date(2026, 3, 31)):
        at_nine(day)

    came = ["before", "on_the_day", "after"]
    for person in (county.preparer, county.head):
        assert [kind for _day, kind in reminders(person)] == came
    # The reviewer's own term stands still meanwhile.
    assert [kind for _day, kind in reminders(county.reviewer)] == ["to_superior"]


def test_of_verifiers_those_are_reminded_who_are_sent_there(county, at_nine):
    at_nine(date(2026, 3, 9))
    county.at(Stage.VERIFYING)
    elsewhere = factories.seated(Role.VERIFIER, county.jurisdiction)
    for day in days(date(2026, 3, 9), april(20)):
        at_nine(day)
    assert [kind for _day, kind in reminders(county.verifiers[0])] == [
        "before",
        "on_the_day",
        "after",
    ]
    assert reminders(elsewhere) == []


def test_what_the_coordinator_leaves_lying_is_told_to_whoever_decides(county, at_nine):
    at_nine(date(2026, 3, 9))
    assert county.coordinator
    assert county.deciding_officer
    county.at(Stage.RECOMMENDED)
    for day in days(date(2026, 3, 9), april(5)):
        at_nine(day)
    assert [kind for _day, kind in reminders(county.coordinator)] == [
        "before",
        "on_the_day",
        "after",
    ]
    assert [kind for _day, kind in reminders(county.deciding_officer)] == ["to_superior"]


def test_of_a_notice_that_runs_nobody_is_reminded(county, at_nine):
    at_nine(date(2026, 3, 9))
    county.at(Stage.ON_NOTICE)
    for day in days(date(2026, 3, 9), date(2026, 3, 13)):
        at_nine(day)
    assert not TermReminder.objects.exists()


def test_who_hears_an_objection_is_reminded_of_it(county, at_nine):
    at_nine(date(2026, 3, 9))
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    assert county.objection_officer
    assert county.coordinator
    objections.raise_objection(entry, facts="面积不实", identity=None)
    for day in days(date(2026, 3, 9), date(2026, 3, 20)):
        at_nine(day)
    assert reminders(county.objection_officer) == [
        (date(2026, 3, 11), "on_the_day"),
        (date(2026, 3, 12), "after"),
    ]
    assert [kind for _day, kind in reminders(county.coordinator)] == ["to_superior"]


def test_a_department_is_reminded_before_and_when_its_time_is_over(county, at_nine):
    at_nine(date(2026, 3, 9))
    police = department(county, "县公安局")
    county.at(Stage.RECOMMENDED)
    sent(county)
    for day in days(date(2026, 3, 9), date(2026, 3, 20)):
        at_nine(day)
        by_time.carry_out()
        delivery.deliver_waiting()
    assert reminders(police.clerk) == [
        (date(2026, 3, 12), "before"),
        (date(2026, 3, 16), "on_the_day"),
    ]
    assert Message.objects.filter(person=police.clerk, event__action="opinion_list.remind").exists()


# Once


def test_a_reminder_is_kept_as_it_was_sent(submitted, at_nine):
    at_nine(april(2))
    told = TermReminder.objects.get()
    for change in (told.delete, lambda: TermReminder.objects.update(kind=Kind.AFTER)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_reminder_that_breaks_is_tried_again_and_keeps_no_other(
    county, submitted, at_nine, monkeypatch
):
    other = county.beside().at(Stage.SUBMITTED)
    told = reminding.awaited.teller("applications.application")

    def breaks(term, kind):
        if term.subject_id == str(submitted.pk):
            raise RuntimeError
        told(term, kind)

    monkeypatch.setitem(reminding.awaited._TELLERS, "applications.application", breaks)
    at_nine(april(2))
    assert [row.term.subject_id for row in TermReminder.objects.all()] == [str(other.pk)]
    monkeypatch.undo()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_two_workers_at_once_remind_once(county, submitted, held_clock):
    held_clock.move_to(datetime.combine(april(2), time(9), SHANGHAI))
    together = threading.Barrier(2)

    def look():
        try:
            together.wait()
            return reminding.remind()[Kind.BEFORE]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        told = [worker.result() for worker in [workers.submit(look) for _worker in range(2)]]

    assert sum(told) == 1
    assert TermReminder.objects.filter(term=Term.objects.get(pk=submitted.term_id)).count() == 1
    delivery.deliver_waiting()
    assert Message.objects.filter(event__action="term.before").count() == 1
