"""A role is declared once: forms, the log, messages and rules know it from then on."""

import copy
import pickle

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from designation.administration.seating import SeatRefused, end_seat, give_seat
from designation.applications.models import Application, Stage
from designation.audit import events, wording
from designation.audit.models import AuditEvent
from designation.organizations.models import Seat
from designation.organizations.roles import NOTICE_ROLES, HeldIn, Office, Role
from designation.organizations.rules import holds, seats
from tests import factories
from tests.invented import roles as invented
from workflows.case import rules
from workflows.case.facts import Case


@pytest.fixture
def mediator():
    with invented.mediator() as role:
        yield role


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


def shown(person, name, *arguments):
    browser = Client()
    browser.force_login(person)
    return browser.get(reverse(name, args=arguments)).content.decode()


# What each role has


def lacking(role):
    """What is missing of a role, in words."""
    with translation.override("zh-hans"):
        chinese = str(role.label)
    with translation.override("en"):
        english = str(role.label)
    if not chinese:
        yield "a name"
    if english == chinese:
        yield "an English name"
    if not isinstance(role.office, Office):
        yield "an office"
    if not isinstance(role.held_in, HeldIn):
        yield "where it is held"
    if role.given_by not in Role or not Role(role.given_by).is_administrator:
        yield "an administrator who gives it"


@pytest.mark.parametrize("role", Role.values)
def test_a_role_lacks_nothing(role):
    assert not list(lacking(Role(role)))


def test_what_a_role_lacks_is_named():
    role = Role.declare("half_done", "半成品", office=Office.COUNTY_OFFICE, given_by="head")
    try:
        assert list(lacking(role)) == ["an English name", "an administrator who gives it"]
    finally:
        Role.withdraw(role)


@pytest.mark.parametrize(
    ("code", "office"),
    [
        ("head", Office.APPLICANT),
        ("Mediator", Office.COUNTY_OFFICE),
        ("role 1", Office.COUNTY_OFFICE),
        ("", Office.COUNTY_OFFICE),
        ("a" * 25, Office.COUNTY_OFFICE),
        ("backup_administrator", Office.COUNTY_OFFICE),
        ("backup_keeper", Office.ADMINISTRATION),
    ],
)
def test_a_code_that_cannot_be_one_is_refused(code, office):
    before = Role.values
    with pytest.raises(ValueError, match=r"declared already|no code|administrators"):
        Role.declare(code, "某", office=office)
    assert Role.values == before


def test_a_role_reads_like_the_text_of_its_code():
    assert Role("preparer") is Role.PREPARER
    assert str(Role.PREPARER) == Role.PREPARER.value == "preparer"
    assert next(iter(Role)) is Role.PREPARER
    assert Role.choices[0] == ("preparer", "填报人")
    for copied in (copy.deepcopy(Role.HEAD), pickle.loads(pickle.dumps(Role.HEAD))):  # noqa: S301
        assert copied is Role.HEAD
    for no_role in ("county", "", None, []):
        with pytest.raises(ValueError, match="no role"):
            Role(no_role)
    assert len(NOTICE_ROLES) == len(list(NOTICE_ROLES)) >= 5


# An invented one


@pytest.mark.django_db
def test_an_invented_role_is_given_by_the_administrators_page(county, security, mediator):
    person = factories.PersonFactory(jurisdiction=county.jurisdiction)
    browser = Client()
    browser.force_login(security)
    assert "调解员" in browser.get(reverse("organizations:seat_add")).content.decode()

    browser.post(
        reverse("organizations:seat_add"),
        {"person": person.pk, "role": "mediator", "jurisdiction": county.jurisdiction.pk},
    )

    assert holds(person, mediator)
    assert "调解员" in shown(security, "organizations:seats")
    assert "调解员" in shown(person, "home")


@pytest.mark.django_db
def test_an_invented_role_may_be_held_in_an_organization(county, security):
    person = factories.PersonFactory()
    with invented.mediator(held_in=HeldIn.ORGANIZATION) as role:
        assert "单位负责人、初审员、部门承办人、调解员须选组织。" in shown(
            security, "organizations:seat_add"
        )
        with pytest.raises(SeatRefused, match="不在这样的地方担任"):
            give_seat(person, role, county.jurisdiction, actor=security)
        give_seat(person, role, county.village, actor=security)
        assert seats(person).holds_in(county.village.pk, role)


@pytest.mark.django_db
def test_an_invented_role_is_named_in_the_log_in_both_languages(county, security, mediator):
    person = factories.PersonFactory()
    give_seat(person, mediator, county.jurisdiction, actor=security)
    given = AuditEvent.objects.get(action="seat.give")
    done = events.Entry(person, "seat.give", person, county.jurisdiction.code, mediator)

    assert ("角色", "调解员") in wording.details(given)
    assert wording.role(done.role) == "调解员"
    with translation.override("en"):
        assert ("Role", "Mediator") in wording.details(given)


@pytest.mark.django_db
def test_an_invented_role_is_asked_by_a_rule_and_named_as_holder(county, mediator):
    application = county.at(Stage.SUBMITTED)
    person = factories.seated(mediator, county.jurisdiction)
    may = rules.lets_in(mediator)(
        lambda case, person: seats(person).holds_over(case.application.area_code, mediator)
    )

    assert may.role(Case(application), person) is mediator
    assert may.role(Case(application), county.reviewer) is None
    Application.objects.update(holder_role=mediator)
    assert "调解员" in shown(county.head, "applications:case", application.pk)


@pytest.mark.django_db
def test_a_role_that_is_declared_no_more_gives_no_right_and_can_be_ended(county, security):
    with invented.mediator() as role:
        person = factories.seated(role, county.jurisdiction)
    seat = Seat.objects.get(person=person)

    assert not seats(person).held
    assert "mediator" in shown(security, "organizations:seats")
    end_seat(seat, actor=security)

    seat.refresh_from_db()
    assert seat.ended_at is not None


@pytest.mark.django_db
def test_an_invented_role_is_no_migration(mediator):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_a_role_is_given_by_the_holder_of_the_role_it_names(county, security):
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    person = factories.PersonFactory(jurisdiction=county.jurisdiction)
    role = Role.declare(
        "mediator", "调解员", office=Office.COUNTY_OFFICE, given_by=Role.SYSTEM_ADMINISTRATOR
    )
    try:
        with pytest.raises(SeatRefused, match="不由您授予"):
            give_seat(person, role, county.jurisdiction, actor=security)
        assert "调解员" not in shown(security, "organizations:seat_add")
        form = shown(system, "organizations:seat_add")
        seat = give_seat(person, role, county.jurisdiction, actor=system)
        with pytest.raises(SeatRefused, match="不由您终止"):
            end_seat(seat, actor=security)
    finally:
        Role.withdraw(role)

    assert "调解员" in form
    assert "县级经办人" not in form
    assert AuditEvent.objects.get(action="seat.give").actor_role == Role.SYSTEM_ADMINISTRATOR
