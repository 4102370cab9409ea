"""The same content handed in elsewhere is hinted at, as far as the reader may see."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from tests import factories
from workflows.case import used_elsewhere
from workflows.case.facts import Case

pytestmark = pytest.mark.django_db

HINT = "内容相同的文件还用于："
UNSEEN = "您无权查看的申报。"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def read(client, person, application, page="review"):
    client.force_login(person)
    return client.get(reverse(f"applications:{page}", args=[application.pk])).content.decode()


def test_a_reviewer_reads_the_name_of_what_they_may_see(client, county):
    other = county.beside()
    theirs, ours = other.at(Stage.SUBMITTED), county.at(Stage.RECOMMENDED)

    page = read(client, county.coordinator, ours)

    assert HINT in page
    assert str(theirs) in page
    assert reverse("applications:case", args=[theirs.pk]) in page
    assert UNSEEN not in page


def test_of_what_a_reviewer_may_not_see_only_that_it_is(client, county):
    other = county.beside()
    elsewhere = factories.VillageFactory(superior=county.township)
    theirs, ours = other.at(Stage.SUBMITTED), county.at(Stage.SUBMITTED)
    type(theirs).objects.filter(pk=theirs.pk).update(reviewing_body=elsewhere)

    page = read(client, county.reviewer, ours)

    assert HINT in page
    assert UNSEEN in page
    assert str(theirs.organization) not in page


def test_a_draft_of_somebody_else_says_nothing(client, county):
    other = county.beside()
    other.attach(other.start())

    page = read(client, county.reviewer, county.at(Stage.SUBMITTED))

    assert HINT not in page


def test_an_applicant_learns_nothing(client, county):
    other = county.beside()
    other.at(Stage.SUBMITTED)
    ours = county.at(Stage.SUBMITTED)

    assert HINT not in read(client, county.preparer, ours, "case")


def test_of_many_a_few_are_named(county, monkeypatch):
    monkeypatch.setattr(used_elsewhere, "MOST_NAMED", 0)
    county.beside().at(Stage.SUBMITTED)
    case = Case(county.at(Stage.SUBMITTED))

    used_elsewhere.read(case, county.coordinator)

    assert case.evidence[0].elsewhere == used_elsewhere.Elsewhere((), more=True)


def test_it_is_asked_in_the_statement_that_reads_the_evidence(county, django_assert_num_queries):
    county.beside().at(Stage.SUBMITTED)
    case = Case(county.at(Stage.SUBMITTED))
    coordinator = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    # Their seats are read once a request.
    used_elsewhere.read(case, coordinator)

    with django_assert_num_queries(1):
        used_elsewhere.read(case, coordinator)
    assert [file.elsewhere.more for file in case.evidence] == [False]
