"""Questions that are composed once a process answer as those that are composed each time."""

import sys
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.urls import get_resolver
from django.utils import translation

from designation.organizations.models import Organization, Role
from designation.organizations.rules import Seats
from designation.site import clock
from designation.site.prepared import Given, Prepared, one_of, within
from tests import factories

HOUSE = ("designation.", "workflows.", "notifications.", "reports.", "authoring.", "standards.")


@pytest.fixture
def asked():
    """A question of the tests' own, and how often it was composed."""
    times = []

    @Prepared
    def named(name):
        times.append(name)
        rows = Organization.objects.filter(name_zh=name).select_related("jurisdiction")
        return rows.order_by("pk")

    return named, times


def of_the_house():
    """By name, every prepared question that the house's modules hold."""
    get_resolver().url_patterns  # noqa: B018 - reads every page's module
    return {
        f"{module}.{name}": one
        for module, held in list(sys.modules.items())
        if module.startswith(HOUSE)
        for name, one in vars(held).items()
        if isinstance(one, Prepared)
    }


@pytest.mark.django_db
def test_it_is_composed_once_and_asked_with_other_values(asked):
    named, times = asked
    first, second = factories.VillageFactory.create_batch(2)

    assert named(first.name_zh) == [first]
    assert named(second.name_zh) == [second]
    assert named("无此组织") == []
    assert len(times) == 1
    assert isinstance(times[0], Given)


@pytest.mark.django_db
def test_what_is_read_along_costs_no_further_statement(asked, django_assert_num_queries):
    named, _times = asked
    village = factories.VillageFactory()

    with django_assert_num_queries(1):
        (found,) = named(village.name_zh)
        assert found.jurisdiction == village.jurisdiction


@pytest.mark.django_db
def test_a_value_is_a_value_whatever_stands_in_it(asked):
    named, _times = asked
    hostile = "一村' OR '1'='1 %s %% {0}"
    village = factories.VillageFactory(name_zh=hostile)
    factories.VillageFactory()

    assert named(hostile) == [village]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_may_have_any_length(count):
    villages = factories.VillageFactory.create_batch(3)

    @Prepared
    def among(keys):
        return Organization.objects.filter(one_of("pk", keys)).order_by("pk")

    assert among([one.pk for one in villages[:count]]) == villages[:count]


@pytest.mark.django_db
def test_a_scope_is_composed_each_time_and_keeps_its_order_among_the_values():
    here, there = factories.VillageFactory.create_batch(2)

    @Prepared
    def seen(name, scope, key):
        return Organization.objects.filter(within("pk", scope), name_zh=name, pk=key)

    for scope, expected in (
        (Organization.objects.filter(pk=here.pk), [here]),
        (Organization.objects.filter(pk__in=[here.pk, there.pk], name_zh=here.name_zh), [here]),
        (Organization.objects.exclude(pk=here.pk), []),
        (Organization.objects.none(), []),
    ):
        assert seen(here.name_zh, scope, here.pk) == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_another_thread_asks_on_its_own_connection(asked):
    named, _times = asked
    village = factories.VillageFactory()
    assert named(village.name_zh) == [village]
    found = []

    def ask():
        try:
            found.extend(named(village.name_zh))
            found.append(connections["default"].connection is not held)
        finally:
            connections["default"].close()

    held = connection.connection
    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [village, True]


def count_of(question):
    code = question.compose.__code__
    if code.co_flags & 0x04:  # as many as the kinds of what can be renamed
        return 3
    return code.co_argcount


@pytest.mark.django_db
def test_no_question_of_the_house_hangs_on_the_day_or_on_the_language(held_clock):
    questions = of_the_house()
    assert len(questions) > 12

    def composed():
        made = {name: one.composed(count_of(one)) for name, one in questions.items()}
        return {
            name: (one.pieces, [str(param) for param in one.params]) for name, one in made.items()
        }

    with translation.override("zh-hans"):
        today = composed()
    held_clock.move(timedelta(days=400))
    with translation.override("en"):
        assert composed() == today


@pytest.mark.django_db
def test_a_seat_that_begins_tomorrow_gives_its_right_tomorrow(held_clock):
    """The day is a value of the question about seats: it is not kept with it."""
    village = factories.VillageFactory()
    person = factories.seated(Role.PREPARER, village)
    person.seats.update(starts_on=clock.today() + timedelta(days=1))

    assert not Seats(person).held
    held_clock.move(timedelta(days=1))
    assert [one.role for one in Seats(person).held] == [Role.PREPARER]
