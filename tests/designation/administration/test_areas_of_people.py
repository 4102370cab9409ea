"""A person belongs to the area whose administrator entered them; another county sees nothing."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from designation.audit import events
from designation.audit.models import AuditEvent, WithoutSeat
from designation.organizations.models import Level, Person, Role
from designation.organizations.scoping import area_code
from tests import factories

pytestmark = pytest.mark.django_db

HERE, THERE = "341821000000", "350102000000"


class Areas:
    """Two counties, each with its three administrators, and a prefecture above the first."""

    def __init__(self):
        self.here = factories.JurisdictionFactory(code=HERE)
        self.there = factories.JurisdictionFactory(code=THERE, name_zh="他县")
        self.above = factories.JurisdictionFactory(
            code="341800000000", name_zh="示例市", level=Level.PREFECTURE
        )

    def administrator(self, kind, area):
        return factories.seated(Role(f"{kind}_administrator"), area)


@pytest.fixture
def areas():
    return Areas()


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def page(name, *arguments):
    return reverse(f"organizations:{name}", args=arguments)


def enter(administrator, username, **more):
    data = {"username": username, "full_name": f"人{username}", "language": "zh-hans"}
    answer = browser_of(administrator).post(
        page("person_add"), data | {"is_active": "on"} | more, follow=True
    )
    return answer, Person.objects.filter(username=username).first()


def test_who_is_entered_belongs_to_the_area_of_the_administrator(areas):
    _answer, person = enter(areas.administrator("system", areas.here), "new.here")

    assert person.jurisdiction == areas.here
    assert AuditEvent.objects.get(action="person.add").jurisdiction_code == HERE


def test_another_county_finds_neither_the_person_nor_their_number(areas):
    mine, theirs = (areas.administrator("system", area) for area in (areas.here, areas.there))
    _answer, person = enter(mine, "new.here")

    assert person.full_name in browser_of(mine).get(page("people")).content.decode()
    for address in (page("people"), page("people") + "?text=new.here"):
        listed = browser_of(theirs).get(address)
        assert person.full_name not in listed.content.decode()
        assert person not in listed.context["page"].object_list
    assert browser_of(theirs).get(page("person_edit", person.pk)).status_code == 404
    assert browser_of(theirs).post(page("person_edit", person.pk), {}).status_code == 404


def test_another_countys_security_administrator_seats_and_links_nobody_of_here(areas):
    _answer, person = enter(areas.administrator("system", areas.here), "new.here")
    theirs = browser_of(areas.administrator("security", areas.there))

    assert person.full_name not in theirs.get(page("seat_add")).content.decode()
    refused = theirs.post(
        page("seat_add"),
        {"person": person.pk, "role": Role.VERIFIER, "jurisdiction": areas.there.pk},
    )
    assert refused.status_code == 422
    assert not person.seats.exists()
    assert person.full_name not in theirs.get(page("password_links")).content.decode()
    assert theirs.get(page("password_link", person.pk)).status_code == 404
    assert theirs.post(page("password_link", person.pk)).status_code == 404


def test_their_events_are_read_here_and_above_and_not_there(areas):
    _answer, person = enter(areas.administrator("system", areas.here), "new.here")
    security = areas.administrator("security", areas.here)
    browser_of(security).post(page("password_link", person.pk))
    Client().post(page("login"), {"username": person.username, "password": "wrong"})

    def read_by(area):
        auditor = areas.administrator("audit", area)
        answer = browser_of(auditor).get(reverse("audit:list"))
        return [row["event"].action for row in answer.context["rows"]]

    assert read_by(areas.there) == []
    for area in (areas.here, areas.above):
        assert read_by(area) == [
            "account.sign_in_failed",
            "account.password_link",
            "person.add",
        ]


def test_what_was_recorded_of_them_without_an_area_is_read_where_they_belong(areas):
    person = factories.PersonFactory(jurisdiction=areas.here)
    events.append(
        events.Entry(None, "person.add", person, events.WHOLE_SITE, role=WithoutSeat.SYSTEM)
    )
    Client().post(page("login"), {"username": "no.such.person", "password": "wrong"})

    def read_by(area):
        answer = browser_of(areas.administrator("audit", area)).get(reverse("audit:list"))
        return [row["event"].action for row in answer.context["rows"]]

    assert read_by(areas.there) == ["account.sign_in_failed"]
    for area in (areas.here, areas.above):
        assert read_by(area) == ["account.sign_in_failed", "person.add"]


def test_a_seat_here_shows_a_person_here_but_leaves_them_to_their_own_area(areas):
    person = factories.PersonFactory(jurisdiction=areas.there, full_name="客座核查员")
    factories.SeatFactory(person=person, role=Role.VERIFIER, jurisdiction=areas.here)
    security = browser_of(areas.administrator("security", areas.here))
    system = browser_of(areas.administrator("system", areas.here))

    assert person.full_name in security.get(page("seats")).content.decode()
    assert person.full_name in security.get(page("seat_add")).content.decode()
    assert security.get(page("password_link", person.pk)).status_code == 404
    assert system.get(page("person_edit", person.pk)).status_code == 404


def test_a_seat_that_ended_leaves_nothing_to_see(areas, held_clock):
    person = factories.PersonFactory(jurisdiction=areas.there, full_name="前核查员")
    factories.SeatFactory(
        person=person, role=Role.VERIFIER, jurisdiction=areas.here, ended_at=held_clock.now()
    )
    security = browser_of(areas.administrator("security", areas.here))

    assert person.full_name not in security.get(page("seat_add")).content.decode()


def test_the_narrowest_known_place_names_the_area_of_an_event(areas):
    village = factories.VillageFactory()
    placed = factories.PersonFactory(jurisdiction=areas.here, home_organization=village)
    seated = factories.seated(Role.VERIFIER, areas.there)

    assert area_code(placed) == village.jurisdiction.code
    assert area_code(factories.PersonFactory(jurisdiction=areas.here)) == HERE
    assert area_code(seated) == THERE
    assert area_code(factories.PersonFactory()) == ""


def assign():
    migration = import_module("designation.organizations.migrations.0005_people_belong")
    migration.assign(apps, None)


def area_of(person):
    person.refresh_from_db()
    return person.jurisdiction


def test_people_of_before_belong_where_the_log_says_they_were_entered(areas):
    there = areas.administrator("system", areas.there)
    areas.administrator("system", areas.here)
    person = factories.PersonFactory(home_organization=factories.VillageFactory())
    events.append(
        events.Entry(there, "person.add", person, events.WHOLE_SITE, role=Role.SYSTEM_ADMINISTRATOR)
    )
    events.append(
        events.Entry(None, "account.sign_in", person, events.WHOLE_SITE, role=WithoutSeat.SYSTEM)
    )

    assign()

    assert area_of(person) == areas.there


def test_else_to_their_home_else_to_their_first_seat(areas):
    village = factories.VillageFactory()
    at_home = factories.PersonFactory(home_organization=village)
    seated = factories.seated(Role.VERIFIER, areas.there)
    in_organization = factories.seated(Role.PREPARER, village)

    assign()

    assert area_of(at_home) == village.jurisdiction
    assert area_of(seated) == areas.there
    assert area_of(in_organization) == village.jurisdiction


@pytest.mark.parametrize("counties", [1, 2])
def test_else_to_the_one_area_that_is_administered(areas, counties):
    for area in (areas.here, areas.there)[:counties]:
        areas.administrator("system", area)
    person = factories.PersonFactory()

    assign()

    assert area_of(person) == (areas.here if counties == 1 else None)
