"""What of a round is not at its end: by stage, so many by name, the rest in the list."""

from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse
from lxml import html

from designation.applications.models import Stage
from workflows.case_pages import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def four_villages(county):
    """Three handed in, one of them recommended, and a draft that is nobody's to see."""
    county.at(Stage.SUBMITTED)
    county.beside().at(Stage.SUBMITTED)
    county.beside().at(Stage.RECOMMENDED)
    county.beside().start()


def test_each_stage_has_its_own_and_drafts_are_not_named(county, four_villages):
    found = {one.stage: (len(one.named), one.more) for one in standing.standing(county.round)}

    assert found == {Stage.SUBMITTED: (2, 0), Stage.RECOMMENDED: (1, 0)}


def test_what_is_beyond_leads_to_the_list_of_this_round_and_stage(
    client, county, four_villages, monkeypatch
):
    monkeypatch.setattr(standing, "MOST_NAMED", 1)
    client.force_login(county.coordinator)

    page = client.get(reverse("applications:standing", args=[county.round.pk])).content

    (more,) = html.fromstring(page).xpath("//a[contains(., '还有 1 份')]")
    asked = parse_qs(urlparse(more.get("href")).query)
    assert asked == {"round": [str(county.round.pk)], "stage": ["submitted"]}
    assert client.get(more.get("href")).context["listing"].page.paginator.count == 2


def test_it_is_one_statement_however_many_there_are(
    county, four_villages, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = standing.standing(county.round)

    assert sum(one.count for one in found) == 3
