"""The list of applications: what an office may narrow it by, and what one has done oneself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Stage
from designation.rounds.models import Round
from designation.site import clock
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = reverse("applications:list")


def listed(client, person, **asked):
    client.force_login(person)
    listing = client.get(ADDRESS, asked).context["listing"]
    assert not listing.filters.errors
    return {row.pk for row in listing.page}


def asked_for(client, person):
    client.force_login(person)
    return set(client.get(ADDRESS).context["listing"].filters.filters)


def test_it_is_narrowed_by_round_and_by_township(client, county):
    one = county.at(Stage.SUBMITTED)
    elsewhere = factories.TownshipFactory(code="341821099000", parent=county.jurisdiction)

    assert listed(client, county.coordinator, round=county.round.pk) == {one.pk}
    assert listed(client, county.coordinator, round=county.round.pk + 1000) == set()
    township = county.township.jurisdiction.code
    assert listed(client, county.coordinator, area=township) == {one.pk}
    assert listed(client, county.coordinator, area=county.jurisdiction.code) == {one.pk}
    assert listed(client, county.coordinator, area=elsewhere.code) == set()


def test_it_shows_what_is_late(client, county, held_clock):
    late = county.at(Stage.SUBMITTED)
    held_clock.move_to(late.due_at + timedelta(days=1))
    county.beside().start()

    assert listed(client, county.coordinator, late="yes") == {late.pk}


def test_it_shows_what_was_once_returned_also_when_it_is_back(client, county):
    returned = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction",
        returned,
        county.reviewer,
        opinion="请补充有关材料后再报。",
        corrections={"NC-01": "请补充"},
    )
    county.beside().at(Stage.SUBMITTED)

    assert listed(client, county.coordinator, once_returned="yes") == {returned.pk}
    county.act_on_correction(returned, "NC-01")
    assert listed(client, county.coordinator, once_returned="yes") == {returned.pk}


def test_what_is_due_first_can_stand_first(client, county, held_clock):
    first = county.at(Stage.SUBMITTED)
    held_clock.move_to(clock.now() + timedelta(days=1))
    second = county.beside().at(Stage.SUBMITTED)
    client.force_login(county.coordinator)

    page = client.get(ADDRESS, {"order": "due"}).context["page"]

    assert [row.pk for row in page] == [first.pk, second.pk]


def test_what_a_person_has_passed_on_is_found_again(client, county):
    done = county.at(Stage.RECOMMENDED)
    county.beside().at(Stage.SUBMITTED)

    assert listed(client, county.reviewer, done=1) == {done.pk}
    assert "我已办的申报" in client.get(ADDRESS, {"done": 1}).content.decode()
    assert listed(client, county.coordinator, done=1) == set()


def test_whoever_applies_is_spared_the_questions_of_an_office(client, county):
    county.at(Stage.SUBMITTED)
    of_an_office = {"round", "area", "late", "once_returned"}

    assert asked_for(client, county.coordinator) >= of_an_office
    assert asked_for(client, county.reviewer) >= of_an_office - {"area"}
    assert "area" not in asked_for(client, county.reviewer)
    assert asked_for(client, county.preparer).isdisjoint(of_an_office)


def test_what_figures_count_is_nobodys_own(client, county):
    """Whoever applies has none of it, whatever they ask for."""
    application = county.at(Stage.SUBMITTED)

    assert listed(client, county.preparer, overseen=1) == set()
    assert listed(client, county.reviewer, overseen=1) == {application.pk}
    assert listed(client, county.reviewer, overseen=1, reached="submitted") == {application.pk}
    assert listed(client, county.reviewer, overseen=1, reached="recommended") == set()
    assert listed(client, county.coordinator, overseen=1, year=2025) == set()


@pytest.mark.parametrize(("who", "statements"), [("coordinator", 8), ("reviewer", 8)])
def test_an_office_pays_two_statements_for_what_it_may_choose_from(client, county, who, statements):
    county.at(Stage.SUBMITTED)
    client.force_login(getattr(county, who))
    client.get(ADDRESS)

    with CaptureQueriesContext(connection) as counted:
        client.get(ADDRESS)

    assert len(counted) == statements


def test_the_rounds_on_offer_are_those_of_ones_own_places(client, county):
    county.at(Stage.SUBMITTED)
    of_the_county = factories.RoundFactory(jurisdiction=county.jurisdiction)
    factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    factories.RoundFactory(jurisdiction=factories.JurisdictionFactory(code="350102000000"))

    for person in (county.coordinator, county.reviewer):
        client.force_login(person)
        field = client.get(ADDRESS).context["listing"].filters.form.fields["round"]
        offered = {value for value, _name in field.widget.choices}
        assert offered == {"", str(county.round.pk), str(of_the_county.pk)}
