"""Who reviews whose application first: the round's rules, the superiors, the default body."""

from collections import Counter
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from designation.applications.models import Stage
from designation.audit import wording
from designation.audit.models import AuditEvent
from designation.organizations.models import BodyKind, Level, Organization, Role
from designation.rounds import copying, opening, places, routed, routing
from designation.rounds.configuring import RoundRefused
from designation.rounds.models import Round, RoutingRule
from designation.rounds.routing import LEFT_OVER, By
from designation.site.refusal import Refusal
from tests import factories
from tests.course import OPINION
from tests.sheets import Sheet, fill_in
from workflows.stages.self_assessment.starting import start

pytestmark = pytest.mark.django_db
REASON = "红旗镇党委机构调整。"


@pytest.fixture
def address(county):
    return reverse("rounds:routing", args=[county.round.pk])


@pytest.fixture
def coordinator(client, county):
    client.force_login(county.coordinator)
    return client


@pytest.fixture
def office(county):
    """A body of the county's own."""
    return body(county, "县委组织部")


@pytest.fixture
def draft(county):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    county.round.refresh_from_db()
    return county.round


@pytest.fixture
def next_draft(county):
    """A round that was never open, so that it can be opened; the test goes on with this one."""
    county.round_category = factories.RoundCategoryFactory(
        round__jurisdiction=county.jurisdiction, round__status=Round.Status.DRAFT
    )
    county.round = county.round_category.round
    return county.round


def body(county, name, kind=BodyKind.ORGANIZATION_DEPARTMENT, **more):
    return factories.TownshipCommitteeFactory(
        **{"jurisdiction": county.jurisdiction, "body_kind": kind, "name_zh": name, **more}
    )


def rule(county, reviewer, area=None, category="NC"):
    return RoutingRule.objects.create(
        round=county.round, area=area or county.jurisdiction, category=category, body=reviewer
    )


def route(county, organization=None):
    found = routing.of_round(Round.objects.get(pk=county.round.pk))
    return found.route(Organization.objects.get(pk=(organization or county.village).pk))


def orphan(county, name="无上级党支部"):
    """A village whose superior nobody entered."""
    return factories.VillageFactory(
        superior=None, jurisdiction=county.township.jurisdiction, name_zh=name
    )


def takes_enterprises(county):
    """By whatever standard: who reviews first does not look at it."""
    standard = county.round_category.standard
    factories.RoundCategoryFactory(round=county.round, category="LX", standard=standard)


def set_default(county, reviewer):
    Round.objects.filter(pk=county.round.pk).update(default_reviewing_body=reviewer)
    county.round.refresh_from_db()


def shown(answer):
    """The page's text, in one line."""
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


# Who it is


def test_without_a_rule_the_nearest_superior_of_a_fitting_kind_reviews(county):
    assert route(county) == routing.Route(county.township, By.SUPERIOR)


def test_whoever_has_no_superior_goes_to_the_default_body_and_is_not_orphaned(county, office):
    village = orphan(county)
    head = factories.seated(Role.HEAD, village)

    with pytest.raises(Refusal) as refused:
        start(county.round, village, actor=head)
    assert refused.value.codes == ("no_reviewing_body",)
    assert "默认初审机构" in str(refused.value.findings[0].message)
    set_default(county, office)
    application = start(county.round, village, actor=head)

    assert application.reviewing_body == office
    assert route(county, village) == routing.Route(office, By.DEFAULT)


def test_a_superior_that_is_dissolved_is_passed_over(county, office):
    set_default(county, office)
    Organization.objects.filter(pk=county.township.pk).update(is_active=False)

    assert route(county) == routing.Route(office, By.DEFAULT)


def test_a_superior_of_another_county_gives_way_to_the_default_body(county, office):
    other = factories.TownshipCommitteeFactory(
        jurisdiction=factories.TownshipFactory(
            code="350102100000", parent=factories.JurisdictionFactory(code="350102000000")
        )
    )
    Organization.objects.filter(pk=county.village.pk).update(superior=other)
    assert route(county).by == By.NOBODY
    set_default(county, office)

    assert route(county) == routing.Route(office, By.DEFAULT)


def test_a_rule_goes_before_the_superior_and_the_narrower_before_the_wider(county, office):
    township = county.township.jurisdiction
    everywhere = rule(county, office)
    assert route(county) == routing.Route(office, By.RULE, everywhere)
    all_there = rule(county, body(county, "园区党工委"), township, category="")
    assert route(county).rule == all_there
    named_there = rule(county, body(county, "社会工作部"), township)
    assert route(county).rule == named_there
    rule(county, body(county, "教育工委"), township, category="XX")
    assert route(county).rule == named_there


def test_the_order_in_which_rules_were_entered_is_of_no_account(county, office):
    township = county.township.jurisdiction
    rules = [
        rule(county, office),
        rule(county, body(county, "甲委"), category=""),
        rule(county, body(county, "乙委"), township, category=""),
        rule(county, body(county, "丙委"), township),
    ]
    found = {
        routing.Routing(county.round, way).route(county.village) for way in permutations(rules)
    }

    assert found == {routing.Route(rules[3].body, By.RULE, rules[3])}


@pytest.mark.parametrize("lack", ["inactive", "no_kind", "itself"])
def test_a_rule_whose_body_cannot_review_leaves_the_way_to_the_next(county, office, lack):
    rule(county, office if lack != "itself" else county.village)
    changed = {"inactive": {"is_active": False}, "no_kind": {"body_kind": ""}, "itself": {}}[lack]
    Organization.objects.filter(pk=office.pk).update(category="JG", **changed)
    if lack == "itself":
        Organization.objects.filter(pk=county.village.pk).update(body_kind="trade_committee")

    assert route(county) == routing.Route(county.township, By.SUPERIOR)


def test_an_application_keeps_the_body_with_which_it_was_begun(county, office):
    application = county.at(Stage.SUBMITTED)
    assert county.reviewer
    routing.set_routing(
        county.round,
        {(county.jurisdiction.code, "NC"): office},
        actor=county.coordinator,
        reason=REASON,
    )

    application.refresh_from_db()
    assert application.reviewing_body == county.township
    county.mark_all(application)
    county.act("recommend", application, county.reviewer, opinion=OPINION)
    assert county.beside().at(Stage.SUBMITTED).reviewing_body == office


def test_the_database_refuses_a_second_rule_for_the_same(county, office):
    rule(county, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(county, county.township)


def test_who_stands_above_a_superior_that_is_no_body_reviews(county):
    """An enterprise under a community that is under a street."""
    community = factories.VillageFactory(superior=county.township, category="SQ")
    enterprise = factories.VillageFactory(superior=community, category="LX")
    takes_enterprises(county)

    assert route(county, enterprise) == routing.Route(county.township, By.SUPERIOR)
    assert routed.without_a_body(routing.of_round(county.round)) == 0


@given(st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_table_says_of_every_organization_what_it_is_told_when_it_begins(county, office, data):
    """Counted by groups and asked one by one, whatever superiors, rules and default there are."""
    with transaction.atomic():
        _drawn_county(county, office, data.draw)
        round_ = Round.objects.get(pk=county.round.pk)
        routes = routing.of_round(round_)
        one_by_one = Counter(
            (organization.category, route_.by, route_.body)
            for organization in Organization.objects.exclude(category="").filter(is_active=True)
            for route_ in [routes.route(organization)]
        )
        counted = Counter()
        for line in routed.picture(round_).lines:
            for category, shares in line.cells:
                for share in shares:
                    counted[category.value, share.by, share.body] += share.count
        nobody = sum(n for (_category, by, _body), n in one_by_one.items() if by == By.NOBODY)
        assert counted == one_by_one
        assert routed.without_a_body(routes) == nobody
        transaction.set_rollback(True)


def _drawn_county(county, office, draw):
    """Two townships with organizations under one another, rules, and a default or none."""
    other = factories.TownshipCommitteeFactory(is_active=draw(st.booleans()))
    reviewers = [county.township, other, office]
    made = [county.village]
    for category in draw(st.lists(st.sampled_from(["NC", "LX"]), min_size=1, max_size=5)):
        above = draw(st.sampled_from([None, *reviewers, *made]))
        where = draw(st.sampled_from(reviewers)).jurisdiction
        kind = draw(st.sampled_from(["", "trade_committee"]))
        more = {"category": category, "body_kind": kind, "jurisdiction": where}
        made.append(factories.VillageFactory(superior=above, **more))
    takes_enterprises(county)
    cells = st.tuples(st.sampled_from(reviewers), st.sampled_from(["", "NC", "LX"]))
    for place, category in draw(st.lists(cells, max_size=3, unique=True)):
        named = draw(st.sampled_from([*reviewers, *made]))
        RoutingRule.objects.update_or_create(
            round=county.round,
            area=place.jurisdiction,
            category=category,
            defaults={"body": named},
        )
    default = draw(st.sampled_from([None, *reviewers, *made]))
    Round.objects.filter(pk=county.round.pk).update(default_reviewing_body=default)


# On the page


def test_the_page_says_for_every_township_who_reviews_whom_and_who_is_left_over(
    coordinator, county, address, office
):
    factories.RoundCategoryFactory(round=county.round, category="SQ")
    orphan(county)
    told = shown(coordinator.get(address))

    assert "1 个组织没有机构初审，不能申报。" in told
    assert "无上级党支部" in told
    assert f"{county.township.name_zh} 1 个" in told
    assert "农村 社区" in told
    assert "—" in told
    assert "最近的上级中的乡镇(街道)党(工)委" in told
    set_default(county, office)
    told = shown(coordinator.get(address))
    assert (
        "1 个组织没有规则、也找不到上级党组织，由默认初审机构“县委组织部”初审： 无上级党支部"
        in told
    )
    assert "县委组织部 1 个 ! 默认" in told


def test_a_rule_is_told_in_words_with_how_many_it_decides_for(coordinator, county, address, office):
    rule(county, office)

    told = shown(coordinator.get(address))

    assert f"{county.jurisdiction.name}的农村，由“县委组织部”初审（现有 1 个组织）。" in told
    assert "县委组织部 1 个 按规则" in told


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("inactive", "✕ 无效"),
        ("inactive", "“县委组织部”已停用，请改填别的机构，或者清空。"),
        ("no_kind", "“县委组织部”不是审核机构"),
        ("category", "本批次没有“中小学校”这一类，请清空这一条。"),
        ("elsewhere", "在别的县，不能初审"),
        ("outside", "不在本批次的范围内，请清空这一条。"),
        ("empty", "空：这个辖区没有这一类的组织，可以清空。"),
        ("shadowed", "不起作用：更小的辖区或者指明类别的规则都已管到，可以清空。"),
        ("same", "重复：没有这条规则，也由这个机构初审，可以清空。"),
        ("default", "“县委组织部”已停用，请改填别的机构，或者清空。"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_what_to_do(
    coordinator, county, address, office, case, told
):
    far = factories.TownshipFactory(
        code="350102100000", parent=factories.JurisdictionFactory(code="350102000000")
    )
    township = county.township.jurisdiction
    match case:
        case "inactive":
            rule(county, office)
            Organization.objects.filter(pk=office.pk).update(is_active=False)
        case "no_kind":
            rule(county, office)
            Organization.objects.filter(pk=office.pk).update(body_kind="", category="JG")
        case "category":
            rule(county, office, category="XX")
        case "elsewhere":
            rule(county, body(county, "外县党委", jurisdiction=far))
        case "outside":
            rule(county, office, far)
        case "empty":
            rule(county, office, factories.TownshipFactory(code="341821105000"))
        case "shadowed":
            rule(county, office)
            rule(county, body(county, "园区党工委"), township)
        case "same":
            rule(county, county.township, township)
        case "default":
            set_default(county, office)
            Organization.objects.filter(pk=office.pk).update(is_active=False)

    assert told in shown(coordinator.get(address))


def test_rules_are_typed_by_name_changed_and_taken_out(coordinator, county, address, draft, office):
    township = county.township.jurisdiction
    typed = {
        "route-default": "县委组织部",
        "new1-area": township.name_zh,
        "new1-category": "NC",
        "new1-body": " 县委组织部 ",
        "new2-body": county.township.name_zh,
    }
    assert fill_in(coordinator, address, typed).status_code == 302

    found = routing.standing(routing.of_round(Round.objects.get(pk=draft.pk)))
    there, all_over = (township.code, "NC"), (county.jurisdiction.code, "")
    assert found == {LEFT_OVER: office, there: office, all_over: county.township}
    event = AuditEvent.objects.get(action="round.routing")
    assert dict(wording.details(event)) == {
        "默认初审机构": "（空） → 县委组织部",
        f"{township.name_zh} · 农村": "（空） → 县委组织部",
        f"{county.jurisdiction.name_zh} · 全部类别": f"（空） → {county.township.name_zh}",
    }
    changes = {routing.field_of(there): county.township.name_zh, routing.field_of(all_over): ""}
    assert fill_in(coordinator, address, changes).status_code == 302
    found = routing.standing(routing.of_round(Round.objects.get(pk=draft.pk)))
    assert found == {LEFT_OVER: office, there: county.township}
    assert fill_in(coordinator, address, {"route-default": ""}).status_code == 302
    assert Round.objects.get(pk=draft.pk).default_reviewing_body is None
    assert AuditEvent.objects.filter(action="round.routing").count() == 3


def test_an_area_may_be_called_by_its_code(coordinator, county, address, draft, office):
    typed = {"new1-area": county.township.jurisdiction.code, "new1-body": "县委组织部"}

    assert fill_in(coordinator, address, typed).status_code == 302
    assert RoutingRule.objects.get().area == county.township.jurisdiction


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"route-default": "没有的党委"}, "route-default", "没有这个审核机构"),
        ({"route-default": "同名工委"}, "route-default", "有几个机构用这个名称"),
        ({"route-default": "长" * 121}, "route-default", "120"),
        ({"new1-category": "NC"}, "new1-body", "请填写由哪个机构初审"),
        ({"new2-area": "不存在镇", "new2-body": "县委组织部"}, "new2-area", "没有这个辖区"),
        ({"new2-area": "同名镇", "new2-body": "县委组织部"}, "new2-area", "请改填区划代码"),
        ({"new1-category": "ZZ", "new1-body": "县委组织部"}, "new1-category", "不在现在的选项中"),
        (
            {"new1-body": "县委组织部", "new3-body": "同名的另一个"},
            "new3-body",
            "没有这个审核机构",
        ),
        (
            {"new1-body": "县委组织部", "new3-body": "{township}"},
            "new3-body",
            "这个辖区和类别已有规则，由“县委组织部”初审。",
        ),
        (
            {"new1-category": "NC", "new1-body": "{township}"},
            "new1-body",
            "这个辖区和类别已有规则，由“县委组织部”初审。",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    coordinator, county, address, draft, office, typed, field, told
):
    for one in (1, 2):
        there = factories.TownshipFactory(
            name_zh="同名镇", code=f"34182120{one}000", is_old_double=True
        )
        body(county, "同名工委", jurisdiction=there)
    rule(county, office)
    typed = {name: said.format(township=county.township.name_zh) for name, said in typed.items()}

    answer = fill_in(coordinator, address, typed)

    assert answer.status_code == 422
    sheet = Sheet.of(answer)
    at_field = sheet.root.get_element_by_id(f"field-{field}").text_content()
    assert told in at_field
    assert {name: sheet.values[name] for name in typed if name != "new1-category"} == {
        name: [said] for name, said in typed.items() if name != "new1-category"
    }
    assert [one.body for one in RoutingRule.objects.all()] == [office]
    assert Round.objects.get(pk=draft.pk).default_reviewing_body is None


def test_a_body_below_the_area_of_another_county_is_refused(county, draft):
    far = body(
        county,
        "外县党委",
        jurisdiction=factories.JurisdictionFactory(code="350102000000"),
    )
    with pytest.raises(RoundRefused) as refused:
        routing.set_routing(draft, {LEFT_OVER: far}, actor=county.coordinator)
    assert refused.value.codes == ("body_elsewhere",)
    with pytest.raises(RoundRefused) as refused:
        routing.set_routing(draft, {("999999000000", ""): far}, actor=county.coordinator)
    assert refused.value.codes == ("no_such_area",)


def test_a_wider_round_is_shown_by_its_counties_and_takes_no_body_of_another(client, county):
    prefecture = county.jurisdiction.parent or factories.JurisdictionFactory(
        code="341800000000", level=Level.PREFECTURE, name_zh="宣州市"
    )
    beside = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    far = body(county, "邻县组织部", jurisdiction=beside)
    Round.objects.filter(pk=county.round.pk).update(jurisdiction=prefecture)
    client.force_login(factories.seated(Role.COUNTY_COORDINATOR, prefecture))
    page = reverse("rounds:routing", args=[county.round.pk])
    assert f"{county.jurisdiction.name} {county.township.name} 1 个" in shown(client.get(page))

    typed = {"new1-area": county.jurisdiction.name_zh, "new1-body": far.name_zh, "reason": REASON}
    answer = fill_in(client, page, typed)

    assert answer.status_code == 422
    field = Sheet.of(answer).root.get_element_by_id("field-new1-body").text_content()
    assert f"“邻县组织部”在别的县，不能初审{county.jurisdiction.name}的组织" in field
    assert not RoutingRule.objects.exists()


def test_sent_twice_it_is_made_once(coordinator, county, address, draft, office):
    sheet = Sheet(coordinator, address)
    for _press in (1, 2):
        assert sheet.send({"new1-body": "县委组织部"}).status_code == 302

    assert RoutingRule.objects.count() == 1
    assert AuditEvent.objects.filter(action="round.routing").count() == 1


def test_of_two_who_change_the_same_rule_the_second_is_asked(county, address, draft, office):
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    rule(county, office)
    name = routing.field_of((county.jurisdiction.code, "NC"))
    sheets = []
    for person in (county.coordinator, other):
        client = Client()
        client.force_login(person)
        sheets.append(Sheet(client, address))
    assert (
        sheets[0].send({name: county.township.name_zh, "new1-body": "县委组织部"}).status_code
        == 302
    )

    asked = sheets[1].send({name: "", "new1-body": county.township.name_zh})

    assert asked.status_code == 422
    told = sheets[1].shown_again(asked)
    assert f"在您填写期间，{county.coordinator.full_name}于 2026年3月2日" in told.text
    assert "这个辖区和类别已有规则，由“县委组织部”初审。" in told.text
    again = {name: "", f"choose-{name}": told.choice(name, "mine"), "new1-body": ""}
    assert told.send(again).status_code == 302
    assert [(one.category, one.body) for one in RoutingRule.objects.all()] == [("", office)]


def test_two_who_write_at_once_do_not_overwrite_each_other(county, draft, office):
    cell = (county.jurisdiction.code, "NC")
    routing.set_routing(draft, {cell: office}, before={cell: None}, actor=county.coordinator)

    with pytest.raises(RoundRefused) as refused:
        routing.set_routing(
            draft, {cell: county.township}, before={cell: None}, actor=county.coordinator
        )
    assert refused.value.codes == ("changed_meanwhile",)


# While the round is prepared, runs, and is over


def test_an_open_round_asks_for_the_reason_and_keeps_it(coordinator, county, address, office):
    assert "仍由原来的初审机构办理" in shown(coordinator.get(address))

    refused = fill_in(coordinator, address, {"new1-body": "县委组织部"})
    assert refused.status_code == 422
    assert "批次已经开展，请写明改动的原因。" in refused.content.decode()
    assert (
        fill_in(coordinator, address, {"new1-body": "县委组织部", "reason": REASON}).status_code
        == 302
    )
    event = AuditEvent.objects.get(action="round.routing")
    assert event.details["reason"] == REASON


def test_a_closed_round_is_not_changed(coordinator, county, address, office):
    sheet = Sheet(coordinator, address)
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.CLOSED)

    assert coordinator.get(address).status_code == 404
    assert sheet.send({"new1-body": "县委组织部", "reason": REASON}).status_code == 404
    with pytest.raises(RoundRefused) as refused:
        routing.set_routing(
            county.round, {LEFT_OVER: office}, actor=county.coordinator, reason=REASON
        )
    assert refused.value.codes == ("round_closed",)


def test_a_draft_does_not_open_while_somebody_would_be_orphaned(
    coordinator, county, next_draft, office
):
    village = orphan(county)
    page = reverse("rounds:detail", args=[next_draft.pk])

    with pytest.raises(opening.NotReady) as refused:
        opening.open_round(next_draft, actor=county.coordinator)
    assert "nobody_reviews" in refused.value.codes
    told = coordinator.get(page).content.decode()
    assert "有 1 个组织没有机构初审，将不能申报。" in told
    assert f'<a href="{reverse("rounds:routing", args=[next_draft.pk])}">去填写</a>' in told
    set_default(county, office)
    opening.open_round(county.round, actor=county.coordinator)
    county.round.refresh_from_db()
    assert (
        start(county.round, village, actor=factories.seated(Role.HEAD, village)).reviewing_body
        == office
    )


def test_the_default_body_cannot_review_itself(county, draft, office):
    Organization.objects.filter(pk=office.pk).update(category="NC")
    set_default(county, office)

    assert [one.code for one in routed.obstacles(county.round)] == ["nobody_reviews"]


@pytest.mark.parametrize("where", ["rule", "default"])
def test_a_draft_does_not_open_by_an_invalid_rule(county, draft, office, where):
    if where == "rule":
        rule(county, office)
    else:
        set_default(county, office)
    Organization.objects.filter(pk=office.pk).update(is_active=False)
    county.round.refresh_from_db()

    with pytest.raises(opening.NotReady) as refused:
        opening.open_round(county.round, actor=county.coordinator)
    assert refused.value.codes == ("routing_invalid",)


def test_whoever_opens_is_told_that_the_routing_changed_meanwhile(
    coordinator, county, draft, office
):
    sheet = Sheet(coordinator, reverse("rounds:detail", args=[draft.pk]), to="/open/")
    routing.set_routing(draft, {(county.jurisdiction.code, "NC"): office}, actor=county.coordinator)

    refused = sheet.send()

    assert refused.status_code == 422
    assert "这个批次在您打开页面后有改动" in refused.content.decode()


def test_a_named_body_has_places_and_is_asked_for_its_people(coordinator, county, draft, office):
    rule(county, office)
    set_default(county, body(county, "教育工委", BodyKind.EDUCATION_COMMITTEE))

    named = {one.name_zh for one in places.bodies(Round.objects.get(pk=draft.pk))}
    assert named == {county.township.name_zh, "县委组织部", "教育工委"}
    page = coordinator.get(reverse("rounds:places", args=[draft.pk])).content.decode()
    assert f"places-{office.pk}-NC" in page
    told = shown(coordinator.get(reverse("rounds:detail", args=[draft.pk])))
    assert "各初审机构：“初审”无人担任“初审员”" in told


def test_a_copy_has_the_routing_but_not_what_was_dissolved(county, office):
    gone = body(county, "撤销的工委")
    rule(county, office)
    rule(county, gone, category="")
    rule(county, office, county.township.jurisdiction, category="XX")
    set_default(county, gone)
    Organization.objects.filter(pk=gone.pk).update(is_active=False)
    county.round.refresh_from_db()

    made = copying.copy(county.round, actor=county.coordinator)

    assert [(one.category, one.body) for one in made.routing_rules.all()] == [("NC", office)]
    assert made.default_reviewing_body is None


def test_the_page_costs_the_same_for_one_village_and_for_many(
    coordinator, county, address, django_assert_max_num_queries
):
    for _more in range(3):
        village = factories.VillageFactory()
        factories.VillageFactory(superior=village.superior)
    with django_assert_max_num_queries(14):
        coordinator.get(address)
