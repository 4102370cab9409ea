"""The day on which a row was entered: asked of the clock then, and never before."""

from datetime import date

import pytest

from designation.organizations.models import Person
from designation.site import clock

GIVEN = date(2026, 1, 5)


def test_a_person_who_is_not_entered_yet_asks_the_clock_nothing(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: pytest.fail("the clock was asked"))

    assert Person(username="new").used_on is None


@pytest.mark.django_db
def test_one_and_many_are_entered_with_the_day():
    one = Person.objects.create(username="one", full_name="甲")
    many = Person.objects.bulk_create([Person(username="many", full_name="乙")])

    assert {person.used_on for person in (one, *many)} == {clock.today()}


@pytest.mark.django_db
def test_a_day_that_is_given_stays():
    person = Person.objects.create(username="given", full_name="甲", used_on=GIVEN)
    person.full_name = "乙"
    person.save()

    assert Person.objects.get(pk=person.pk).used_on == GIVEN
