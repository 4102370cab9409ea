"""The round at a glance: what it counts is what stands, and each figure leads to its list."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from designation.applications.models import PRIVATE_STAGES, Stage
from designation.organizations.models import Level, Role
from designation.rounds.models import RecommendationQuota
from reports.board import counts
from standards.categories import Category
from tests import factories
from tests.course import OPINION

pytestmark = pytest.mark.django_db


def board(client, county, person=None, **asked):
    client.force_login(person or county.coordinator)
    return client.get(reverse("reports:board", args=[county.round.pk]), asked)


def line_of(answer, place):
    (found,) = [one for one in answer.context["lines"] if one["line"].head == place.code[:9]]
    return found


def figures_of(line):
    """Each figure that is not zero, with the list that it leads to."""
    counts_ = [(count, f"stage={stage}") for stage, _words, count in line["cells"]]
    counts_.append((line["line"].late, "late=yes"))
    return [(count, f"{line['list']}&{asked}") for count, asked in counts_ if count]


def counted_in_sql(round_, stage):
    """Of each township, by a statement of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(area_code, 1, 9), count(*) FROM applications_application"
            " WHERE round_id = %s AND stage = %s GROUP BY 1",
            [round_.pk, str(stage)],
        )
        return dict(cursor.fetchall())


def brought_to(stage, county, wait):
    """Off the main line by what leads there."""
    off = {
        Stage.RETURNED: lambda: county.act(
            "return_for_correction",
            county.at(Stage.SUBMITTED),
            county.reviewer,
            corrections={"NC-13": "请补充依据。"},
        ),
        Stage.RESERVE: lambda: county.choose(reserve=[county.at(Stage.VERIFIED)]),
        Stage.NOT_CHOSEN: lambda: county.choose(left_out=[county.at(Stage.VERIFIED)]),
        Stage.REJECTED: lambda: county.act(
            "reject", county.at(Stage.SUBMITTED), county.reviewer, opinion=OPINION
        ),
        Stage.WITHDRAWN: lambda: county.act("withdraw", county.at(Stage.SUBMITTED), county.head),
    }
    return off.get(stage, lambda: county.at(stage, wait=wait))()


@pytest.mark.parametrize("stage", Stage)
def test_at_every_stage_the_glance_equals_a_count_in_sql(county, held_clock, stage):
    brought_to(stage, county, held_clock.move_to)
    county.beside().at(Stage.SUBMITTED)
    assert counted_in_sql(county.round, stage)

    found = counts.of(county.round)

    for one in Stage:
        in_sql = counted_in_sql(county.round, one)
        assert {line.head: line.at[one] for line in found.lines if line.at[one]} == in_sql
        assert found.total.at[one] == sum(in_sql.values())


def test_who_has_not_begun_and_who_has_not_handed_in_are_numbers_without_names(client, county):
    county.start()
    waiting = county.beside().village
    factories.VillageFactory(superior=county.township, is_active=False)
    factories.VillageFactory(superior=county.township, category=Category.SQ)

    answer = board(client, county)

    line = line_of(answer, county.township.jurisdiction)["line"]
    assert (line.not_begun, line.drafts) == (1, 1)
    page = answer.content.decode()
    assert waiting.name not in page
    assert county.village.name not in page


def test_a_withdrawn_application_leaves_its_organization_among_those_that_have_not_begun(county):
    county.act("withdraw", county.at(Stage.SUBMITTED), county.head, opinion="本年不再申报。")

    (line,) = counts.of(county.round).lines

    assert (line.not_begun, line.at[Stage.WITHDRAWN]) == (1, 1)


def test_each_figure_leads_to_a_list_of_as_many(client, county, held_clock):
    county.at(Stage.RECOMMENDED)
    late = county.beside().at(Stage.SUBMITTED)
    held_clock.move_to(late.due_at + timedelta(days=1))
    answer = board(client, county)

    line = line_of(answer, county.township.jurisdiction)
    leading = [*figures_of(line), *figures_of(answer.context["total"])]
    assert len(leading) == 6
    for count, address in leading:
        assert escape(address) in answer.content.decode()
        listing = client.get(address).context["listing"]
        assert not listing.filters.errors
        assert listing.page.paginator.count == count


def test_drafts_and_who_has_not_begun_lead_nowhere(client, county):
    county.start()
    county.beside()

    page = board(client, county).content.decode()

    addresses = re.findall(r'href="(/applications/[^"]*)"', page)
    led_to = [parse_qs(urlparse(address).query) for address in addresses]
    asked = {one["stage"][0] for one in led_to if "stage" in one}
    assert asked.isdisjoint(map(str, PRIVATE_STAGES))


def test_what_belongs_to_the_county_itself_stands_in_a_line_of_its_own(client, county, held_clock):
    """A body of the county reviews its own organs; its list holds them and no township's."""
    county.at(Stage.SUBMITTED)
    of_the_county = county.beside()
    of_the_county.village = factories.VillageFactory(
        superior=county.township, jurisdiction=county.jurisdiction
    )
    own = of_the_county.at(Stage.SUBMITTED)

    answer = board(client, county)

    (line,) = [one for one in answer.context["lines"] if one["is_own"]]
    ((count, address),) = figures_of(line)
    assert "（本级）" in answer.content.decode()
    rows = list(client.get(address).context["page"])
    assert (count, [row.pk for row in rows]) == (1, [own.pk])


def test_places_and_how_many_are_recommended_stand_beside_each_other(client, county):
    county.at(Stage.RECOMMENDED)
    county.beside().at(Stage.SUBMITTED)
    RecommendationQuota.objects.create(
        round=county.round,
        reviewing_body=county.township,
        category=county.round_category.category,
        places=3,
    )

    line = line_of(board(client, county), county.township.jurisdiction)["line"]

    assert (line.recommended, line.places) == (1, 3)


def test_one_category_is_counted_alone(client, county):
    county.at(Stage.SUBMITTED)
    factories.RoundCategoryFactory(round=county.round, category=Category.SQ)

    assert board(client, county, category="NC").context["total"]["line"].at[Stage.SUBMITTED] == 1
    assert board(client, county, category="SQ").context["total"]["line"].at[Stage.SUBMITTED] == 0
    assert board(client, county, category="none").context["total"]["line"].at[Stage.SUBMITTED] == 1


def test_a_round_of_a_prefecture_is_counted_by_county_and_then_by_township(client, county):
    prefecture = county.jurisdiction.parent or factories.JurisdictionFactory(
        code="341800000000", level=Level.PREFECTURE, name_zh="某市"
    )
    factories.define_terms(prefecture)
    county.round.jurisdiction = prefecture
    county.round.save()
    county.at(Stage.SUBMITTED)
    coordinator = factories.seated(Role.COUNTY_COORDINATOR, prefecture)

    whole = board(client, county, coordinator)
    ((line,),) = [whole.context["lines"]]
    assert line["line"].head == county.jurisdiction.code[:6]
    within = client.get(line["within"])

    assert line_of(within, county.township.jurisdiction)["line"].at[Stage.SUBMITTED] == 1
    assert line_of(within, county.township.jurisdiction)["within"] == ""


@pytest.mark.parametrize("area", ["341822000000", "3418", "x", "３４１８２１０００００００"])
def test_a_place_outside_the_round_is_not_there(client, county, area):
    assert board(client, county, area=area).status_code == 404


@pytest.mark.parametrize("townships", [1, 4])
def test_the_glance_takes_ten_statements_whatever_it_counts(client, county, townships):
    for number in range(1, townships):
        area = factories.TownshipFactory(code=f"34182109{number}000", parent=county.jurisdiction)
        body = factories.TownshipCommitteeFactory(jurisdiction=area)
        factories.VillageFactory(superior=body)
    county.at(Stage.SUBMITTED)
    client.force_login(county.coordinator)
    address = reverse("reports:board", args=[county.round.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as counted:
        client.get(address)

    assert len(counted) == 10
