"""Places of townships on a page: typed, pasted from a table, never under what is taken."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit import wording
from designation.audit.models import AuditEvent
from designation.organizations.models import BodyKind, Role
from designation.rounds import places
from designation.rounds.models import RecommendationQuota, Round
from designation.site.refusal import Refusal
from tests import factories
from tests.course import OPINION
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(county):
    factories.RoundCategoryFactory(round=county.round, category="SQ")
    factories.RoundCategoryFactory(round=county.round, category="JG")
    return reverse("rounds:places", args=[county.round.pk])


@pytest.fixture
def coordinator(client, county):
    client.force_login(county.coordinator)
    return client


def cell(body, category):
    return f"places-{body.pk}-{category}"


def stands(county):
    rows = RecommendationQuota.objects.filter(round=county.round)
    return {(row.reviewing_body_id, row.category): row.places for row in rows}


def recommend_one(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    county.act("recommend", application, county.reviewer, opinion=OPINION)


def test_places_are_given_to_each_body_for_the_categories_it_reviews(coordinator, county, address):
    organs = factories.TownshipCommitteeFactory(
        jurisdiction=county.jurisdiction, body_kind=BodyKind.ORGANS_COMMITTEE, name_zh="机关工委"
    )
    elsewhere = factories.TownshipCommitteeFactory(
        jurisdiction=factories.TownshipFactory(
            code="350102100000", parent=factories.JurisdictionFactory(code="350102000000")
        )
    )
    names = coordinator.get(address).content.decode()

    assert cell(county.township, "NC") in names
    assert cell(organs, "NC") not in names
    assert cell(elsewhere, "NC") not in names
    typed = {cell(county.township, "NC"): "5", cell(organs, "JG"): "０"}
    assert fill_in(coordinator, address, typed).status_code == 302
    assert stands(county) == {(county.township.pk, "NC"): 5, (organs.pk, "JG"): 0}
    assert fill_in(coordinator, address, {cell(county.township, "NC"): ""}).status_code == 302
    assert stands(county) == {(organs.pk, "JG"): 0}
    event = AuditEvent.objects.filter(action="round.places").latest("sequence")
    assert wording.details(event) == [(f"{county.township.name_zh} · 农村", "5 → （空）")]


def test_places_are_not_lowered_under_what_is_taken_and_the_figure_is_told(
    coordinator, county, address
):
    recommend_one(county)
    refused = fill_in(coordinator, address, {cell(county.township, "NC"): "0"})

    assert refused.status_code == 422
    assert "已推荐 1 个，名额不能少于这个数。" in refused.content.decode()
    assert stands(county) == {}
    assert fill_in(coordinator, address, {cell(county.township, "NC"): "1"}).status_code == 302
    with pytest.raises(Refusal) as full:
        recommend_one(county.beside())
    assert full.value.codes == ("recommendation_quota_full",)


def test_a_recommendation_made_while_the_page_was_open_is_counted(coordinator, county, address):
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=3
    )
    sheet = Sheet(coordinator, address)
    recommend_one(county)

    refused = sheet.send({cell(county.township, "NC"): "0"})

    assert refused.status_code == 422
    assert stands(county) == {(county.township.pk, "NC"): 3}


def test_of_two_who_change_the_same_place_the_second_is_asked(county, address):
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    sheets = []
    for person in (county.coordinator, other):
        client = Client()
        client.force_login(person)
        sheets.append(Sheet(client, address))
    nc, sq = (cell(county.township, one) for one in ("NC", "SQ"))
    assert sheets[0].send({nc: "3"}).status_code == 302

    asked = sheets[1].send({nc: "5", sq: "2"})

    assert asked.status_code == 422
    told = sheets[1].shown_again(asked)
    assert f"在您填写期间，{county.coordinator.full_name}于 2026年3月2日" in told.text
    assert told.values[nc] == ["5"]
    assert told.send({f"choose-{nc}": told.choice(nc, "mine")}).status_code == 302
    assert stands(county) == {(county.township.pk, "NC"): 5, (county.township.pk, "SQ"): 2}


def test_a_table_is_pasted_from_a_spreadsheet(coordinator, county, address):
    second = factories.TownshipCommitteeFactory(jurisdiction=county.township.jurisdiction)
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=second, category="NC", places=9
    )
    table = f"初审机构\t农村\t社区\t\n\n{county.township.name_zh}\t５\t2\n {second.name_zh} \t\t3"

    assert fill_in(coordinator, address, {"table": table}).status_code == 302
    assert stands(county) == {
        (county.township.pk, "NC"): 5,
        (county.township.pk, "SQ"): 2,
        (second.pk, "SQ"): 3,
    }


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("机构\t农村\n没有的镇\t3", "第 2 行第 1 列“没有的镇”：没有这个初审机构。"),
        ("机构\t农村\n{body}\t三", "第 2 行第 2 列“三”：应是 0 至 1000 的整数。"),
        ("机构\t农村\n{body}\t-1", "第 2 行第 2 列“-1”：应是 0 至 1000 的整数。"),
        ("机构\t农村\n{body}\t1001", "第 2 行第 2 列“1001”：应是 0 至 1000 的整数。"),
        ("机构\t学校\n{body}\t1", "第 1 行第 2 列“学校”：不是本批次的类别。"),
        ("机构\n{body}", "第 1 行应写类别"),
        ("机构\t农村\n{body}\t1\n{body}\t2", "第 3 行：这个初审机构前面已有一行。"),
        ("机构\t机关\n{organs}\t1\n{body}\t1", ""),
        ("机构\t农村\n{organs}\t1", "“机关工委”不负责初审“农村”，请清空这一格。"),
        ("机构\t农村\n同名党委\t1", "第 2 行第 1 列“同名党委”：有几个同名的初审机构。"),
        ("机构\t农村\n" + "{body}\t1\n" * 2100, "表格行数过多，请分次粘贴。"),
    ],
)
def test_a_wrong_table_is_told_cell_by_cell_and_nothing_is_lost(
    coordinator, county, address, table, told
):
    factories.TownshipCommitteeFactory(
        jurisdiction=county.jurisdiction, body_kind=BodyKind.ORGANS_COMMITTEE, name_zh="机关工委"
    )
    for _body in range(2):
        factories.TownshipCommitteeFactory(
            name_zh="同名党委", jurisdiction=factories.TownshipFactory(parent=county.jurisdiction)
        )
    pasted = table.format(body=county.township.name_zh, organs="机关工委")
    other = cell(county.township, "SQ")

    refused = fill_in(coordinator, address, {"table": pasted, other: "4"})

    assert refused.status_code == 422
    page_now = Sheet.of(refused)
    assert told in page_now.text
    assert page_now.values["table"][0].splitlines()[:3] == pasted.splitlines()[:3]
    assert page_now.values[other] == ["4"]
    assert stands(county) == {}


def test_while_the_round_runs_places_may_change_and_once_it_is_over_no_more(
    coordinator, county, address
):
    sheet = Sheet(coordinator, address)
    Round.objects.update(status=Round.Status.CLOSED)

    assert sheet.send({cell(county.township, "NC"): "1"}).status_code == 404
    assert coordinator.get(address).status_code == 404
    with pytest.raises(Refusal, match="批次已经结束"):
        places.set_recommendations(
            county.round, {(county.township.pk, "NC"): 1}, actor=county.coordinator
        )


def test_the_act_itself_refuses_what_is_not_of_the_round(county):
    strange = factories.TownshipCommitteeFactory(
        jurisdiction=factories.TownshipFactory(
            code="350102100000", parent=factories.JurisdictionFactory(code="350102000000")
        )
    )
    for given in ({(strange.pk, "NC"): 1}, {(county.township.pk, "SQ"): 1}):
        with pytest.raises(Refusal, match="没有这个初审机构"):
            places.set_recommendations(county.round, given, actor=county.coordinator)
    other = factories.seated(Role.COUNTY_COORDINATOR, strange.jurisdiction.parent)
    with pytest.raises(Refusal, match="只有本辖区的县级经办人"):
        places.set_recommendations(county.round, {(county.township.pk, "NC"): 1}, actor=other)


def test_the_act_itself_judges_compares_and_records_what_it_is_given(county):
    place = (county.township.pk, "NC")
    name = f"places-{county.township.pk}-NC"

    def act(count, **named):
        places.set_recommendations(county.round, {place: count}, actor=county.coordinator, **named)

    def refused(count, **named):
        with pytest.raises(Refusal) as why:
            act(count, **named)
        return [(finding.field, finding.code) for finding in why.value.findings]

    act(3)
    events = AuditEvent.objects.filter(action="round.places")
    called = f"places-{county.township.name_zh} · 农村"
    assert [event.details["changed"] for event in events] == [{called: ["", "3"]}]
    act(3)
    assert events.count() == 1
    assert refused(1001) == [(name, "places")]
    assert refused(5, before={place: None}) == [(name, "changed_meanwhile")]
    act(None, before={place: 3})
    assert not RecommendationQuota.objects.exists()


def test_a_round_without_categories_says_what_comes_first(county):
    draft = factories.RoundFactory(jurisdiction=county.jurisdiction, status=Round.Status.DRAFT)
    client = Client()
    client.force_login(county.coordinator)
    page = client.get(reverse("rounds:places", args=[draft.pk])).content.decode()

    assert "请先选择申报类别" in page
