"""The list of each morning: what nobody can move, and whom nothing reaches."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role
from designation.site import clock
from notifications.delivery import deliver_waiting
from notifications.models import Delivery, Message
from notifications.unreached import PATIENCE
from tests import factories
from tests.course import NOTICE
from workflows.desk.daily import MOST
from workflows.stages.public_notice import notices
from workflows.tasks import tell_each_morning

pytestmark = pytest.mark.django_db

ADDRESS = reverse("daily")
# In Shanghai a quarter to eight of the held day.
MORNING = datetime(2026, 3, 2, 23, 45, tzinfo=UTC)


@pytest.fixture(autouse=True)
def seats_are_filled(county):
    """The county seats each person when first asked for."""
    assert all(person.pk for person in (county.reviewer, county.coordinator))


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def system(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def read(client):
    def get(person):
        client.force_login(person)
        return client.get(ADDRESS).content.decode()

    return get


def leaves(person):
    person.seats.update(ended_at=clock.now())


def told():
    deliver_waiting()
    return Message.objects.filter(event__action="jurisdiction.daily")


# What stands still


def test_the_coordinator_reads_the_case_and_what_to_do(county, read):
    county.at(Stage.SUBMITTED)
    leaves(county.reviewer)

    shown = read(county.coordinator)

    assert "无人可办：1 件" in shown
    assert county.village.name in shown
    assert "请安全管理员授予岗位" in shown


def test_the_security_administrator_reads_the_seat_and_no_case(county, security, read):
    county.at(Stage.SUBMITTED)
    leaves(county.reviewer)

    shown = read(security)

    assert f"{county.township.name} · 初审员" in shown
    assert county.village.name not in shown
    assert f"?role=first_reviewer&amp;organization={county.township.pk}" in shown


def test_the_way_to_the_missing_seat_fills_in_role_and_place(county, security, client):
    client.force_login(security)
    asked = {"role": "first_reviewer", "organization": county.township.pk}

    form = client.get(reverse("organizations:seat_add"), asked).context["form"]

    assert form["role"].value() == "first_reviewer"
    assert form["organization"].value() == str(county.township.pk)


def test_what_somebody_can_move_is_not_listed(county, read):
    county.at(Stage.SUBMITTED)

    assert "无人可办：0 件" in read(county.coordinator)


def test_who_verified_it_is_nobody_who_could_coordinate_it(county, read):
    """Two hands: the only coordinator was on the team, so nobody takes the next step."""
    application = county.at(Stage.VERIFIED)
    others = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    leaves(county.coordinator)
    assert "无人可办：0 件" in read(others)

    leaves(others)
    factories.SeatFactory(
        person=county.verifiers[0],
        role=Role.COUNTY_COORDINATOR,
        jurisdiction=county.jurisdiction,
    )

    shown = read(Person.objects.get(pk=county.verifiers[0].pk))
    assert "无人可办：1 件" in shown
    assert Application.objects.get(pk=application.pk).organization.name in shown


def test_a_notice_that_waits_for_nobody_is_a_seat_that_is_wanting(county, security, read):
    notices.propose(county.round, NOTICE, [county.at(Stage.CHOSEN)], actor=county.coordinator)

    assert "保密审查人" in read(security)


# Whom nothing reaches


def silent(county, *, days):
    """Somebody without e-mail who was told something so many days ago, and did not come."""
    county.at(Stage.SUBMITTED)
    deliver_waiting()
    message = Message.objects.filter(person=county.reviewer).latest("pk")
    Message.objects.filter(person=county.reviewer).update(
        created_at=clock.now() - timedelta(days=days)
    )
    return message


def test_who_has_no_mail_and_does_not_come_is_listed(county, system, read):
    silent(county, days=PATIENCE.days + 1)

    shown = read(system)

    assert county.reviewer.full_name in shown
    assert "没有邮箱，收到消息后一周没有登录" in shown
    assert reverse("organizations:person_edit", args=[county.reviewer.pk]) in shown


@pytest.mark.parametrize("how", ["early", "came", "mail", "read", "off"])
def test_who_can_be_reached_is_not(county, system, read, how):
    silent(county, days=PATIENCE.days + (-1 if how == "early" else 1))
    person = Person.objects.filter(pk=county.reviewer.pk)
    if how == "came":
        person.update(last_login=clock.now())
    elif how == "mail":
        person.update(email="r@example.com")
    elif how == "off":
        person.update(is_active=False)
    elif how == "read":
        Message.objects.filter(person=county.reviewer).update(read_at=clock.now())

    assert county.reviewer.full_name not in read(system)


@pytest.mark.parametrize(("last", "is_listed"), [("failed", True), ("sent", False)])
def test_the_last_letter_says_whether_mail_arrives(county, system, read, last, is_listed):
    first = silent(county, days=0)
    second = Message.objects.create(
        person=county.reviewer,
        event=first.event,
        role="none",
        leads_to=first.leads_to,
        subject="又一条",
        created_at=clock.now(),
    )
    Person.objects.filter(pk=county.reviewer.pk).update(email="r@example.com")
    for message, state in ((first, "failed"), (second, last)):
        Delivery.objects.create(message=message, channel="email", state=state)

    assert ("最近一封邮件没有送到" in read(system)) == is_listed


# The page


def test_the_page_costs_the_same_for_many_as_for_one(county, client, security):
    def cost():
        client.force_login(security)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(ADDRESS)
        return len(asked)

    county.at(Stage.SUBMITTED)
    leaves(county.reviewer)
    cost()
    one = cost()
    for _more in range(2):
        county.beside().at(Stage.SELF_ASSESSED)
    Application.objects.update(holder_role=Role.DECIDING_OFFICER, holder_organization=None)

    assert cost() <= one
    assert MOST == 50


def test_who_can_mend_nothing_has_no_such_page(county, client):
    client.force_login(county.reviewer)

    assert client.get(ADDRESS).status_code == 404


# Told each morning


def test_it_is_told_once_a_morning_to_those_who_can_mend_it(county, security, system, held_clock):
    county.at(Stage.SUBMITTED)
    leaves(county.reviewer)
    held_clock.move_to(MORNING)

    tell_each_morning()
    tell_each_morning()

    messages = told()
    assert {message.person for message in messages} == {security, system, county.coordinator}
    assert {message.subject for message in messages} == {"青山县今天无人可办 1 件，联系不上 0 人。"}
    held_clock.move(timedelta(days=1))
    tell_each_morning()
    assert told().count() == 6


def test_nothing_is_told_at_noon_nor_where_there_is_nothing(county, security, held_clock):
    held_clock.move_to(MORNING)
    tell_each_morning()
    assert not told()

    county.at(Stage.SUBMITTED)
    leaves(county.reviewer)
    held_clock.move(timedelta(hours=5))
    tell_each_morning()
    assert not told()
