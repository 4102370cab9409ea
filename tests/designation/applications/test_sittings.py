"""Sittings: the log learns what was saved how often; how long it took is nobody's."""

from datetime import timedelta

import pytest

from designation.applications import sittings
from designation.applications.models import Room, Sitting, WorkTally
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site.tallies import Way
from workflows import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(county):
    return county.start()


@pytest.fixture
def save(county, application):
    def one(*names, actor=None, **how):
        sittings.note(
            application,
            names,
            room=Room.SELF_ASSESSMENT,
            actor=actor or county.preparer,
            role=Role.PREPARER,
            **how,
        )

    return one


def over(held_clock):
    held_clock.move(sittings.ENDS_AFTER)
    return sittings.end_those_over()


def test_one_event_a_person_application_and_sitting_with_fields_and_counts(
    save, county, application, held_clock
):
    save("NC-01 note")
    save("NC-01 note", "NC-02-C1")
    save("NC-02 note", actor=county.head)

    assert over(held_clock) == 2
    mine = AuditEvent.objects.get(action="application.fill_in", actor=county.preparer)
    assert mine.details == {"fields": {"NC-01 note": 2, "NC-02-C1": 1}, "saves": 2}
    assert mine.actor_role == Role.PREPARER
    assert mine.subject_id == str(application.pk)
    assert not Sitting.objects.exists()


def test_a_sitting_goes_on_until_half_an_hour_without_a_save(save, held_clock):
    save("NC-01 note")
    held_clock.move(timedelta(minutes=29))
    assert sittings.end_those_over() == 0
    save("NC-01 note")
    held_clock.move(timedelta(minutes=29))

    assert sittings.end_those_over() == 0


def test_the_next_sitting_has_an_event_of_its_own(save, held_clock):
    save("NC-01 note")
    over(held_clock)
    save("NC-01 note")
    over(held_clock)

    assert AuditEvent.objects.filter(action="application.fill_in").count() == 2


def test_active_time_counts_gaps_of_at_most_five_minutes(save, held_clock):
    save("NC-01 note")
    for minutes in (5, 6, 1):
        held_clock.move(timedelta(minutes=minutes))
        save("NC-01 note")
    over(held_clock)

    assert WorkTally.objects.get().active_seconds == 6 * 60


def test_how_long_and_how_narrow_is_added_up_by_application_without_a_person(
    save, county, application, held_clock
):
    save("NC-01 note", way=Way(is_narrow=True))
    held_clock.move(timedelta(minutes=2))
    save("NC-01 note")
    save("NC-02 note", actor=county.head)
    over(held_clock)

    tally = WorkTally.objects.get()
    assert (tally.application, tally.room) == (application, Room.SELF_ASSESSMENT)
    assert (tally.sittings, tally.narrow, tally.saves, tally.active_seconds) == (2, 1, 3, 120)
    assert not [f for f in WorkTally._meta.get_fields() if "person" in f.name]


def test_a_save_of_nothing_is_no_sitting(save):
    save()

    assert not Sitting.objects.exists()


def test_a_save_is_counted_in_one_statement(save, django_assert_num_queries):
    save("NC-01 note")

    with django_assert_num_queries(1):
        save("NC-01 note", "NC-02 note")


def test_the_worker_records_sittings_that_are_over(save, held_clock):
    save("NC-01 note")
    held_clock.move(sittings.ENDS_AFTER)

    tasks.end_sittings()

    assert AuditEvent.objects.filter(action="application.fill_in").exists()
