"""Which applications a person sees, and which wait for them."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories
from workflows.case.scoping import visible_applications, waiting_for

pytestmark = pytest.mark.django_db


def sees(person, application):
    return visible_applications(person).filter(pk=application.pk).count() == 1


def waits(person, application):
    return waiting_for(person).filter(pk=application.pk).count() == 1


def test_a_draft_is_seen_by_the_applicants_own_people_only(county):
    draft = county.start()

    assert sees(county.preparer, draft)
    assert sees(county.head, draft)
    for outsider in (county.reviewer, county.coordinator, county.verifiers[0]):
        assert not sees(outsider, draft)


def test_what_was_handed_in_is_seen_by_the_reviewing_body_and_the_county(county):
    submitted = county.at(Stage.SUBMITTED)

    for person in (county.reviewer, county.coordinator, county.publisher, county.deciding_officer):
        assert sees(person, submitted)
    assert not sees(county.verifiers[0], submitted)


def test_a_recalled_application_is_private_again(county):
    application = county.at(Stage.SUBMITTED)
    county.act("recall", application, county.head)

    assert not sees(county.reviewer, application)
    assert sees(county.head, application)


def test_a_verifier_sees_an_application_once_however_many_visits(county):
    application = county.at(Stage.VERIFYING)

    assert sees(county.verifiers[0], application)
    assert not sees(factories.seated(Role.VERIFIER, county.jurisdiction), application)


def test_another_township_or_county_sees_nothing(county):
    submitted = county.at(Stage.SUBMITTED)
    other_township = factories.TownshipCommitteeFactory()
    other_county = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")

    assert not sees(factories.seated(Role.FIRST_REVIEWER, other_township), submitted)
    assert not sees(factories.seated(Role.COUNTY_COORDINATOR, other_county), submitted)
    assert not sees(factories.seated(Role.HEAD, factories.VillageFactory()), submitted)


@pytest.mark.parametrize(
    "role",
    [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR],
)
def test_administrators_see_no_case(county, role):
    submitted = county.at(Stage.SUBMITTED)

    assert not sees(factories.seated(role, county.jurisdiction), submitted)


@pytest.mark.parametrize(
    ("stage", "holders"),
    [
        (Stage.DRAFT, ["preparer", "head"]),
        (Stage.SELF_ASSESSED, ["head"]),
        (Stage.SUBMITTED, ["reviewer"]),
        (Stage.RECOMMENDED, ["coordinator"]),
        (Stage.VERIFIED, ["coordinator"]),
        (Stage.CHOSEN, ["coordinator"]),
        (Stage.ON_NOTICE, ["objection_officer"]),
    ],
)
def test_an_application_waits_for_the_one_who_holds_it(county, stage, holders):
    application = county.at(stage)
    people = (
        "preparer",
        "head",
        "reviewer",
        "coordinator",
        "objection_officer",
        "publisher",
        "deciding_officer",
    )

    assert [name for name in people if waits(getattr(county, name), application)] == holders


def test_a_site_visit_waits_for_its_team_only(county):
    application = county.at(Stage.VERIFYING)

    assert all(waits(person, application) for person in county.verifiers)
    assert not waits(factories.seated(Role.VERIFIER, county.jurisdiction), application)


def test_everything_out_of_scope_is_not_found_rather_than_forbidden(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(factories.seated(Role.PREPARER, factories.VillageFactory()))

    for name in ("case", "review", "visit", "verify", "summary", "withdraw"):
        address = reverse(f"applications:{name}", args=[application.pk])
        assert client.get(address).status_code == 404, name
