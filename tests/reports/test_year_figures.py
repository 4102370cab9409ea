"""The year of a county, a prefecture or a province: place by place, each figure with its list."""

import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Jurisdiction, Level, Role
from designation.rounds.models import Round
from designation.rounds.rules import opened_in
from tests import factories
from tests.course import OPINION
from tests.reports.figures import counted_behind, in_another_township, leading, told

pytestmark = pytest.mark.django_db

ADDRESS = "reports:year_figures"
STEPS, PLACES, LEFT = "走到哪一步", "各地进展", "在哪个环节终止"


def year(client, person, **asked):
    client.force_login(person)
    answer = client.get(reverse(ADDRESS), asked)
    assert answer.status_code == 200
    return {table.title: table for table in answer.context["tables"]}


@pytest.fixture
def province(county):
    found = Jurisdiction.objects.filter(code="340000000000").first()
    return found or factories.JurisdictionFactory(
        code="340000000000", level=Level.PROVINCE, name_zh="某省"
    )


def in_another_county(county, number):
    """A county of the province with a round of its own, and one application handed in."""
    other = copy.copy(county)
    other.jurisdiction = factories.JurisdictionFactory(
        code=f"34{number:04d}000000", name_zh=f"第{number}县"
    )
    other.round_category = factories.RoundCategoryFactory(round__jurisdiction=other.jurisdiction)
    other.round = other.round_category.round
    factories.define_terms(other.jurisdiction)
    in_another_township(other, code=f"34{number:04d}101000").at(Stage.SUBMITTED)
    return other.jurisdiction


def test_of_a_province_each_county_is_a_line(client, county, province):
    county.at(Stage.RECOMMENDED)
    rejected = county.beside().at(Stage.SUBMITTED)
    county.act("reject", rejected, county.reviewer, opinion=OPINION)
    other = in_another_county(county, 1922)

    found = year(client, factories.seated(Role.COUNTY_COORDINATOR, province))

    assert told(found[PLACES]) == {
        county.jurisdiction.name: ["2", "1", "0", "0", "0", "0", "1", "—"],
        other.name: ["1", "0", "0", "0", "0", "0", "0", "—"],
    }
    assert [line.bar for line in found[PLACES].lines] == [100, 50]
    assert told(found[STEPS])["已申报"] == ["3", "100%"]
    assert told(found[LEFT]) == {"待审核": ["0", "1", "0"]}


def test_each_figure_leads_to_a_list_of_as_many(client, county, province):
    county.at(Stage.RECOMMENDED)
    rejected = county.beside().at(Stage.SUBMITTED)
    county.act("reject", rejected, county.reviewer, opinion=OPINION)
    in_another_county(county, 1922)

    led = leading(year(client, factories.seated(Role.COUNTY_COORDINATOR, province)))

    assert len(led) == 2 + 3 + 1 + 1
    for figure in led:
        assert counted_behind(client, figure) == int(figure.text), figure.address


def test_a_county_leads_on_to_its_townships(client, county, province):
    county.at(Stage.SUBMITTED)
    other = in_another_township(county)
    other.at(Stage.RECOMMENDED)
    (line,) = year(client, factories.seated(Role.COUNTY_COORDINATOR, province))[PLACES].lines

    tables = {one.title: one for one in client.get(line.address).context["tables"]}

    assert told(tables[PLACES]) == {
        county.township.jurisdiction.name: ["1", "0", "0", "0", "0", "0", "0", "—"],
        "云岭镇": ["1", "1", "0", "0", "0", "0", "0", "—"],
    }
    assert [one.address for one in tables[PLACES].lines] == ["", ""]


def test_what_a_county_has_of_its_own_is_a_line_with_its_own_list(client, county):
    county.at(Stage.SUBMITTED)
    of_the_county = county.beside()
    of_the_county.village = factories.VillageFactory(
        superior=county.township, jurisdiction=county.jurisdiction
    )
    own = of_the_county.at(Stage.RECOMMENDED)

    line = year(client, county.coordinator)[PLACES].lines[0]

    assert line.words == f"{county.jurisdiction.name}（本级）"
    assert [row.pk for row in client.get(line.figures[0].address).context["page"]] == [own.pk]
    assert line.address == ""


def test_the_first_area_of_ones_own_is_shown_and_no_other_may_be_asked_for(
    client, county, province
):
    client.force_login(county.deciding_officer)

    assert client.get(reverse(ADDRESS)).context["area"] == county.jurisdiction
    for code in (province.code, "341922000000", county.township.jurisdiction.code, "x"):
        assert client.get(reverse(ADDRESS), {"area": code}).status_code == 404


@pytest.mark.parametrize("who", ["preparer", "head", "reviewer"])
def test_without_an_area_there_is_no_year(client, county, who):
    client.force_login(getattr(county, who))

    assert client.get(reverse(ADDRESS)).status_code == 404


def test_a_round_belongs_to_the_year_in_which_it_was_opened(client, county):
    county.at(Stage.SUBMITTED)

    def applied(number):
        return told(year(client, county.coordinator, year=number)[STEPS])["已申报"][0]

    assert [applied(number) for number in (2025, 2026, 0, 99999999)] == ["0", "1", "1", "0"]


def test_the_turn_of_the_year_is_that_of_beijing(county):
    """1 January 2026, 00:00 in Beijing, is 16:00 of the day before by the world's clock."""
    turn = county.round.opens_at.replace(
        year=2025, month=12, day=31, hour=16, minute=0, second=0, microsecond=0
    )

    def years(moment):
        Round.objects.filter(pk=county.round.pk).update(opens_at=moment)
        return [n for n in (2025, 2026) if Round.objects.filter(opened_in(n)).exists()]

    assert years(turn) == [2026]
    assert years(turn - timedelta(seconds=1)) == [2025]


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


def test_the_year_of_a_province_takes_the_same_statements_for_two_counties_and_for_five(
    client, county, province
):
    county.at(Stage.SUBMITTED)
    in_another_county(county, 1922)
    client.force_login(factories.seated(Role.COUNTY_COORDINATOR, province))
    address = f"{reverse(ADDRESS)}?area={province.code}&year=2026"
    of_two = statements(client, address)
    for number in (1923, 1924, 2021):
        in_another_county(county, number)

    assert statements(client, address) == of_two <= 12
    assert len(client.get(address).context["tables"][1].lines) == 5
