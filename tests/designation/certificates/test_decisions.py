"""The office sees of each decision how many titles it gave and how far their certificates are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from designation.certificates import issuing
from designation.register.models import DesignationDecision
from tests import factories
from tests.titles_given import paper
from tests.visits_apart import title_given_before
from tests.workflows.test_two_counties import Neighbour
from workflows.titles import acts as titles

pytestmark = pytest.mark.django_db

LIST = reverse("certificates:decisions")


def read(person, **asked):
    client = Client()
    client.force_login(person)
    return client.get(LIST, asked)


def rows(person, **asked):
    return list(read(person, **asked).context["page"])


def figures(row):
    return row.given, row.issued, row.lacking


def issue(county, title):
    return issuing.issue(title, actor=county.deciding_officer)


@pytest.fixture
def title(county):
    # It and its decision must not happen to bear the same key: that would hide which is asked for.
    table = DesignationDecision._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1000000)", [table])
    return title_given_before(county)


def test_a_decision_says_how_many_it_named_issued_and_lacks(county, title):
    (before,) = rows(county.coordinator)
    assert figures(before) == (1, 0, 1)

    issue(county, title)

    (after,) = rows(county.coordinator)
    assert figures(after) == (1, 1, 0)


def test_a_certificate_in_the_place_of_another_counts_once(county, title):
    issue(county, title)
    type(title.organization).objects.filter(pk=title.organization_id).update(name_zh="红旗村")
    factories.certificate_design(county.jurisdiction, county.coordinator)
    issue(county, title)

    assert title.certificates.count() == 2
    assert figures(rows(county.coordinator)[0]) == (1, 1, 0)


def test_a_title_that_is_not_in_force_lacks_none(county, title, held_clock):
    titles.carry_out("revoke", title, paper(title, "revoke"), actor=county.deciding_officer)
    assert figures(rows(county.coordinator)[0]) == (1, 0, 0)

    over = title_given_before(county)
    held_clock.move(timedelta(days=800))
    told = {row.pk: figures(row) for row in rows(county.coordinator)}
    assert told[over.decision_id] == (1, 0, 0)


def test_who_gives_titles_is_led_to_issue_and_the_coordinator_to_the_file(county, title):
    page = reverse("certificates:decision", args=[title.decision_id])

    for person, offered in (
        (county.deciding_officer, "发证并打包"),
        (county.coordinator, "打包下载"),
    ):
        said = read(person).content.decode()
        assert page in said
        assert offered in said


def test_the_list_of_plaques_is_offered_while_the_county_makes_any(county, title):
    plaques = reverse("certificates:decision", args=[title.decision_id]) + "#plaques"
    assert plaques not in read(county.coordinator).content.decode()

    factories.certificate_design(county.jurisdiction, county.coordinator, makes_plaques=True)
    assert plaques in read(county.coordinator).content.decode()

    factories.certificate_design(county.jurisdiction, county.coordinator, makes_plaques=False)
    assert plaques not in read(county.coordinator).content.decode()


def test_the_office_looks_for_what_is_still_to_be_issued(county, title):
    done = title_given_before(county)
    issue(county, done)

    assert [row.pk for row in rows(county.coordinator, issued="lacking")] == [title.decision_id]
    assert [row.pk for row in rows(county.coordinator, issued="complete")] == [done.decision_id]
    number = done.decision.document_number
    assert [row.pk for row in rows(county.coordinator, text=number)] == [done.decision_id]


def test_another_county_sees_nothing_of_it_and_who_looks_after_no_titles_has_no_such_page(
    county, title
):
    neighbour = Neighbour()

    for person in (neighbour.coordinator, neighbour.deciding_officer):
        assert rows(person) == []
    for person in (county.head, county.publisher):
        assert read(person).status_code == 404


def test_the_navigation_of_the_office_leads_there(county):
    for person, leads in ((county.coordinator, True), (county.head, False)):
        client = Client()
        client.force_login(person)
        assert (f'href="{LIST}"' in client.get(reverse("home")).content.decode()) is leads
