"""Titles given before the system, taken over into the register from the county's table."""

from datetime import date

import pytest

from designation.administration import entering
from designation.administration.tables import titles
from designation.administration.tables.judging import Judging
from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.lineage import Kind
from designation.organizations.models import Role
from designation.papers import given_numbers
from designation.papers.models import GivenNumber
from designation.register import giving, queries
from designation.register.models import Designation, DesignationDecision
from designation.register.standing import Act
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.designation.administration.filled_in import filled
from tests.designation.administration.test_reorganizing import new_unit, proposal, record
from tests.designation.administration.test_tables import (
    WHOLE,
    accept,
    last,
    on_the_desk,
    outcomes,
    page,
    press,
    seen_by,
    send,
    text_of,
    told,
)
from tests.public_addresses import public
from tests.sheets import Sheet
from tests.titles_given import paper
from tests.workflows.test_two_counties import Neighbour
from workflows.titles.acts import carry_out

pytestmark = pytest.mark.django_db

GIVEN = {
    "category": "农村",
    "deciding_body": "青山县委",
    "document_number": "青委〔2024〕12号",
    "decided_on": "2024-06-26",
    "valid_until": "2027-06-25",
}


@pytest.fixture
def system(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def officer(county):
    return county.deciding_officer


@pytest.fixture
def village(county):
    return county.village


def row(village, **other):
    return {"organization": village.name_zh} | GIVEN | other


def take_over(client, system, officer, *rows):
    send(client, system, filled(titles=rows))
    return accept(client, officer, "table_titles")


def test_a_former_title_enters_the_register_marked_as_taken_over(client, system, officer, village):
    shown = send(client, system, filled(titles=[row(village)]))
    assert "把以前授予的称号录入名册" not in text_of(shown), "that is not the administrator's"
    assert not Designation.objects.exists()

    accept(client, officer, "table_titles")

    title = Designation.objects.get()
    assert (title.organization, title.category) == (village, "NC")
    assert (title.designated_on, title.valid_until) == (date(2024, 6, 26), date(2027, 6, 25))
    assert (title.decision.document_number, title.decision.round) == ("青委〔2024〕12号", None)
    client.logout()
    shown = client.get(public("register:detail", args=[title.number]))
    assert "由旧名册录入" in text_of(shown)
    assert AuditEvent.objects.filter(action="title.give", actor=officer).count() == 1


def test_a_title_that_the_system_gave_is_not_marked(client, officer, village):
    decision = giving.record_decision(
        document_number="青委〔2026〕3号",
        decided_on=date(2026, 2, 10),
        deciding_body="青山县委",
        area_code=village.jurisdiction.code,
        actor=officer,
    )
    title = giving.give(
        village, category="NC", decision=decision, until=date(2029, 2, 9), actor=officer
    )

    shown = text_of(client.get(public("register:detail", args=[title.number])))

    assert title.number in shown
    assert "由旧名册录入" not in shown


def test_titles_of_one_document_share_it(client, county, system, officer, village):
    other = county.beside().village

    take_over(client, system, officer, row(village), row(other))

    assert DesignationDecision.objects.get().designations.count() == 2


def test_the_same_titles_twice_change_nothing(client, system, officer, village):
    take_over(client, system, officer, row(village))

    send(client, system, filled(titles=[row(village)]))

    assert set(outcomes().values()) == {"same"}
    assert "没有要录入的内容" in text_of(seen_by(client, officer))


@pytest.mark.parametrize("whose", ["the officer", "for whom they stand in"])
def test_who_belongs_to_an_organization_takes_over_no_title_of_it(
    client, county, system, officer, village, whose
):
    officer.home_organization = village
    officer.save()
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    mine = officer if whose == "the officer" else factories.deputy_in(officer.seats.get())

    answer = take_over(client, system, mine, row(county.beside().village), row(village))

    assert "第 5 行是您或者您代为办理的人所在组织的称号" in text_of(answer)
    assert "请由其他审定人确认录入" in text_of(answer)
    assert not Designation.objects.exists()
    accept(client, other, "table_titles")
    assert Designation.objects.count() == 2


def test_a_slip_that_was_set_right_is_the_same_title_when_the_right_table_comes_again(
    client, system, officer, village
):
    take_over(client, system, officer, row(village, valid_until="2072-06-25"))
    title = Designation.objects.get()
    send(client, system, filled(titles=[row(village)]))
    assert set(outcomes().values()) == {"fault"}
    assert "请审定人在称号的页面点“更正有效期”" in told("titles", 4)

    carry_out("correct", title, paper(title, "correct", until=date(2027, 6, 25)), actor=officer)

    send(client, system, filled(titles=[row(village)]))
    assert set(outcomes().values()) == {"same"}


def test_the_name_on_the_document_stays_beside_the_present_one(client, system, officer, village):
    take_over(client, system, officer, row(village, name_as_given="红旗大队党支部"))

    title = Designation.objects.get()
    assert title.name_zh == "红旗大队党支部"
    found = client.get(public("register:list"), {"text": village.name_zh}).content.decode()
    assert title.number in found


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"decided_on": "2199-01-01"}, "决定日期不能晚于今天"),
        ({"valid_until": "2024-06-26"}, "有效期至须在决定日期之后"),
        ({"decided_on": "去年"}, "日期"),
        ({"category": "乡村"}, "列表"),
        ({"organization": "没有的村"}, "没有名为“没有的村”的组织"),
        ({"document_number": None}, "必须填写"),
        ({"name_as_given": "红旗村党支部（王某341821199001011234）"}, "不要填写身份证号"),
        ({"name_as_given": "红旗村党支部１３８-１２３４-５６７８"}, "不要填写手机号"),
        ({"deciding_body": "青山县委（电话13812345678）"}, "不要填写手机号"),
        ({"document_number": "来函 13812345678"}, "不要填写手机号"),
        ({"document_number": "青" * 81}, "最多 80 字，现有 81 字"),
        ({"document_number": "㍿" * 40 + "〔2024〕1号"}, "最多 80 字，现有 168 字"),
        ({"deciding_body": "青" * 121}, "最多 120 字"),
        ({"name_as_given": "红" * 121}, "最多 120 字"),
    ],
)
def test_what_cannot_be_is_told_at_its_row(client, system, village, other, said):
    send(client, system, filled(titles=[row(village, **other)]))

    assert said in told("titles", 4)


@pytest.mark.parametrize("until", [None, "长期有效"])
def test_a_row_without_its_last_day_says_what_to_do_where_the_document_states_none(
    client, system, village, until
):
    send(client, system, filled(titles=[row(village, valid_until=until)]))

    assert outcomes() == {("titles", 4): "fault"}
    assert "先请审定机关书面明确" in told("titles", 4)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"valid_until": "2034-06-27"}, "有效期超过 10 年"),
        ({"valid_until": "2072-06-25"}, "有效期超过 10 年"),
        ({"decided_on": "1979-12-31", "valid_until": "1989-12-31"}, "早于1980年"),
        ({"category": "社区"}, "这个单位现在的类别是“农村”"),
    ],
)
def test_what_looks_like_a_slip_is_remarked_to_who_accepts_it(
    client, system, officer, village, other, said
):
    send(client, system, filled(titles=[row(village, **other)]))

    assert outcomes() == {("titles", 4): "new"}
    shown = text_of(seen_by(client, officer))
    assert said in shown
    assert "有提示的 1 行" in shown


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"valid_until": "2034-06-26"},
        {"decided_on": "1980-01-01"} | {"valid_until": "1990-01-01"},
    ],
)
def test_what_is_as_usual_is_not_remarked(client, system, village, other):
    send(client, system, filled(titles=[row(village, **other)]))

    assert outcomes() == {("titles", 4): "new"}
    assert not told("titles", 4)


def test_a_second_category_by_the_same_document_is_remarked(client, system, officer, village):
    take_over(client, system, officer, row(village, category="社区"))

    send(client, system, filled(titles=[row(village)]))

    assert "这份文件已授予这个单位“社区”称号" in told("titles", 4)
    assert "请县级经办人先在称号的页面把它注销" in told("titles", 4)


def test_a_number_that_is_on_record_with_another_day_is_told(client, system, officer, village):
    take_over(client, system, officer, row(village))

    send(client, system, filled(titles=[row(village, decided_on="2024-06-27")]))

    assert "决定日期是2024年6月26日" in told("titles", 4)


def test_a_table_does_not_change_what_the_register_holds(client, system, officer, village):
    take_over(client, system, officer, row(village))

    send(client, system, filled(titles=[row(village, valid_until="2028-06-25")]))

    assert "有效期至2027年6月25日" in told("titles", 4)
    assert "请审定人在称号的页面点“更正有效期”" in told("titles", 4)
    assert Designation.objects.get().valid_until == date(2027, 6, 25)


def test_a_holder_of_the_same_file_is_entered_first(client, system, officer):
    new = {"organization": "新设村", "area_code": "341821088000"} | GIVEN
    rows = {name: WHOLE[name] for name in ("jurisdictions", "organizations")}
    send(client, system, filled(**rows, titles=[new]))
    assert "这一部分要等辖区、组织和人员录入之后" in text_of(seen_by(client, officer))

    accept(client, system)
    accept(client, officer, "table_titles")

    assert Designation.objects.get().organization.name_zh == "新设村"


def test_titles_that_wait_are_told_to_the_officer_and_kept(client, system, officer, village):
    send(client, system, filled(titles=[row(village)]))
    table = last()
    assert on_the_desk(client, officer)

    send(client, system, filled(people=WHOLE["people"][1:]))

    client.force_login(officer)
    assert page("table", table.pk) in client.get("/", follow=True).content.decode()
    press(client, Sheet(client, page("table", table.pk), to=page("table_titles", table.pk)))
    assert Designation.objects.get().organization == village


def test_the_officer_of_another_county_takes_nothing_over(client, system, village):
    send(client, system, filled(titles=[row(village)]))
    elsewhere = factories.JurisdictionFactory(code="341822000000")
    client.force_login(factories.seated(Role.DECIDING_OFFICER, elsewhere))

    assert client.get(page("table", last().pk)).status_code == 404
    assert client.post(page("table_titles", last().pk)).status_code == 404


def test_the_officer_accepts_titles_and_nothing_else(client, system, officer):
    send(client, system, filled(**WHOLE))
    client.force_login(officer)

    assert client.post(page("table_accept", last().pk)).status_code == 404
    assert client.post(page("table_seats", last().pk)).status_code == 404
    assert client.get(page("table_add")).status_code == 404


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"decided_on": "2024-06-27"}, "第 4 行的发文字号相同，决定日期是2024年6月26日"),
        ({"deciding_body": "中共青山县委"}, "审定机关写作“青山县委”"),
        ({"deciding_body": "青山縣委"}, "请写得一字不差"),
        ({"document_number": "青委[2024]第012号", "deciding_body": "县委"}, "第 4 行"),
    ],
)
def test_a_document_that_is_told_in_two_ways_is_told_at_the_second(
    client, county, system, officer, village, other, said
):
    beside = county.beside().village

    send(client, system, filled(titles=[row(village), row(beside, **other)]))

    assert outcomes() == {("titles", 4): "new", ("titles", 5): "fault"}
    assert said in told("titles", 5)
    assert "还有出错的行" in text_of(seen_by(client, officer))


def test_a_letter_without_a_number_may_be_of_two_bodies_and_not_of_two_days(
    client, county, system, village
):
    letter = {"document_number": "来函"}
    second, third = county.beside().village, county.beside().village

    rows = row(second, **letter, deciding_body="县组"), row(third, **letter, decided_on="2024-6-27")
    send(client, system, filled(titles=[row(village, **letter), *rows]))

    assert list(outcomes().values()) == ["new", "new", "fault"]
    assert "第 4 行" in told("titles", 6)


def test_a_title_that_is_told_twice_is_told_at_the_second(client, system, village):
    number = row(village, document_number="青委[2024]12号")
    code = row(village, area_code=village.jurisdiction.code)

    send(client, system, filled(titles=[row(village), number, code]))

    assert list(outcomes().values()) == ["new", "fault", "fault"]
    assert "与第 4 行重复" in told("titles", 5)
    assert "与第 4 行重复" in told("titles", 6)


def test_a_number_that_another_paper_bears_is_told_before_anything_is_pressed(
    client, system, village
):
    paper = given_numbers.Document("bar.lift", "青委〔2024〕12号", "青山县委", date(2024, 6, 26))
    given_numbers.give(paper, village.jurisdiction.code)

    send(client, system, filled(titles=[row(village)]))

    assert "“解除限制申报”的文号" in told("titles", 4)
    assert GivenNumber.objects.count() == 1, "asking takes none"


def test_no_row_adds_a_name_to_what_a_round_here_decided(client, county, held_clock, system):
    decision = county.at(Stage.DESIGNATED, wait=held_clock.move_to).designation.decision
    document = {
        "deciding_body": decision.deciding_body,
        "document_number": decision.document_number,
        "decided_on": decision.decided_on.isoformat(),
        "valid_until": "2031-01-01",
    }

    send(client, system, filled(titles=[row(county.beside().village, **document)]))

    assert "不能由表添加" in told("titles", 4)
    assert county.round.name_zh in told("titles", 4)


def test_no_row_adds_a_name_to_what_a_round_of_the_prefecture_decided(client, system, village):
    decision = factories.decided_above(number=GIVEN["document_number"])
    said = {
        "deciding_body": decision.deciding_body,
        "decided_on": decision.decided_on.isoformat(),
        "valid_until": "2031-01-01",
    }

    send(client, system, filled(titles=[row(village, **said)]))

    assert "不能由表添加" in told("titles", 4)


def test_a_title_stands_whatever_county_its_decision_was_recorded_for(
    client, system, officer, village
):
    """One of before that named villages of two counties went on record for the first alone."""
    elsewhere = factories.JurisdictionFactory(code="341822000000")
    decision = giving.record_decision(
        document_number=GIVEN["document_number"],
        decided_on=date(2024, 6, 26),
        deciding_body=GIVEN["deciding_body"],
        area_code=elsewhere.code,
        actor=factories.seated(Role.DECIDING_OFFICER, elsewhere),
    )
    decision.county = "341821"  # as it gave the title; on record it stays the other's
    giving.give(village, category="NC", decision=decision, until=date(2027, 6, 25), actor=officer)

    send(client, system, filled(titles=[row(village, document_number="青委[2024]12号")]))

    assert outcomes() == {("titles", 4): "same"}


@pytest.fixture
def of_the_prefecture(county):
    """Whose tables tell of several counties."""
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, factories.prefecture())


def test_above_the_county_a_title_told_twice_is_told_whichever_row_leaves_out_the_area(
    client, of_the_prefecture, village
):
    code = row(village, area_code=village.jurisdiction.code)

    for rows in ([row(village), code], [code, row(village)]):
        send(client, of_the_prefecture, filled(titles=rows))
        assert list(outcomes().values()) == ["new", "fault"]
        assert "与第 4 行重复" in told("titles", 5)


def test_above_the_county_a_document_told_in_two_ways_is_told_where_no_row_says_the_area(
    client, county, of_the_prefecture, village
):
    beside = county.beside().village
    rows = [row(village), row(beside, decided_on="2024-06-27")]

    send(client, of_the_prefecture, filled(titles=rows))

    assert "第 4 行的发文字号相同，决定日期是2024年6月26日" in told("titles", 5)


def test_above_the_county_a_row_without_area_is_of_the_county_of_its_holder(
    client, of_the_prefecture, village
):
    theirs = Neighbour().village
    rows = [row(village), row(theirs, decided_on="2024-06-27")]

    for _turn in range(2):
        send(client, of_the_prefecture, filled(titles=rows))
        assert outcomes() == {("titles", 4): "new", ("titles", 5): "new"}
        rows.reverse()


def test_giving_refuses_a_former_title_of_what_a_round_decided(county, officer):
    decision = giving.record_decision(
        document_number="青委〔2026〕3号",
        decided_on=date(2026, 2, 10),
        deciding_body="青山县委",
        actor=officer,
        round_=county.round,
    )

    with pytest.raises(Refusal, match="不能由表添加"):
        giving.give(
            county.village,
            category="NC",
            decision=decision,
            until=date(2029, 2, 9),
            actor=officer,
            is_imported=True,
        )

    assert not decision.designations.exists()


@pytest.mark.parametrize("day", ["2024-06-26", "2024-06-27"])
def test_a_document_of_another_county_with_the_same_words_is_another(
    client, county, system, officer, village, day
):
    """The committee of either county calls itself 县委, and counts its documents from 1."""
    take_over(client, system, officer, row(village, deciding_body="县委"))
    neighbour = Neighbour()
    theirs = (
        factories.seated(Role.SYSTEM_ADMINISTRATOR, neighbour.jurisdiction),
        factories.seated(Role.DECIDING_OFFICER, neighbour.jurisdiction),
    )

    take_over(client, *theirs, row(neighbour.village, deciding_body="县委", decided_on=day))

    decisions = DesignationDecision.objects.order_by("pk")
    assert [one.county for one in decisions] == ["341821", "341822"]
    assert [one.recorded_by for one in decisions] == [officer, theirs[1]]
    assert [one.designations.count() for one in decisions] == [1, 1]


def test_a_title_that_is_told_under_a_former_name_goes_to_who_bore_it(
    client, system, officer, village
):
    former = village.name_zh
    entering.change(village, {"name_zh": "更名后的村党支部"}, actor=system)

    shown = send(client, system, filled(titles=[row(village, organization=former)]))
    assert f"“{former}”现在叫“更名后的村党支部”" in text_of(shown)
    accept(client, officer, "table_titles")

    title = Designation.objects.get()
    assert (title.organization, title.name_zh) == (village, former)


def test_a_former_name_of_two_asks_for_the_area(client, county, system, village):
    other = county.beside().village
    for one in (village, other):
        entering.change(one, {"name_zh": "曾用名村党支部"}, actor=system)
        entering.change(one, {"name_zh": f"现名村{one.pk}党支部"}, actor=system)

    send(client, system, filled(titles=[row(village, organization="曾用名村党支部")]))

    assert "有几个组织都叫“曾用名村党支部”" in told("titles", 4)


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_code_that_is_not_of_its_area_says_where_the_unit_is(client, system, village, is_renamed):
    said = row(village, area_code="341821000000")
    if is_renamed:
        entering.change(village, {"name_zh": "更名后的村党支部"}, actor=system)

    send(client, system, filled(titles=[said]))

    assert "不在 341821000000" in told("titles", 4)
    assert village.jurisdiction.code in told("titles", 4)


def test_the_same_title_by_either_name_is_told_at_the_second(client, system, village):
    former = village.name_zh
    entering.change(village, {"name_zh": "更名后的村党支部"}, actor=system)

    send(client, system, filled(titles=[row(village), row(village, organization=former)]))

    assert list(outcomes().values()) == ["new", "fault"]
    assert "与第 4 行重复" in told("titles", 5)


# Units that are no more: the title is held by who lives on in them, or is not taken over

MERGED_ON = date(2025, 1, 10)


@pytest.fixture
def beside(county):
    return county.beside().village


def is_held(title):
    """By whom, as the register says it for the day after the merger and the one before."""
    return [
        queries.titles(day).get(pk=title.pk)._then for day in (MERGED_ON, MERGED_ON.replace(day=9))
    ]


def test_a_title_of_a_unit_that_was_merged_is_held_by_the_other_since(
    client, system, officer, village, beside
):
    record(proposal(Kind.MERGED, [village], [beside], on=MERGED_ON), system)

    shown = text_of(send(client, system, filled(titles=[row(village)])))
    assert f"由“{beside.name_zh}”持有（重新认定）" in shown
    assert "青民发〔2026〕12号" in shown, "the document is named"
    accept(client, officer, "table_titles")

    title = Designation.objects.get()
    assert (title.organization, queries.holder(title)) == (village, beside)
    assert is_held(title) == [beside.pk, village.pk]
    assert queries.in_force(clock.today()).filter(queries.held_by([beside])).exists()
    step = title.steps.get(act=Act.RECOGNISED)
    assert (step.actor, step.effective_on) == (officer, MERGED_ON)
    assert AuditEvent.objects.filter(action="title.recognised", actor=officer).count() == 1
    send(client, system, filled(titles=[row(village)]))
    assert outcomes() == {("titles", 4): "same"}


def test_a_title_passes_with_each_merger_since_and_not_before_it_was_given(
    client, county, system, officer, village, beside
):
    third = county.beside().village
    record(proposal(Kind.MERGED, [village], [beside], on=date(2024, 6, 1)), system)
    record(proposal(Kind.MERGED, [beside], [third], on=MERGED_ON), system)

    take_over(client, system, officer, row(village))

    title = Designation.objects.get()
    steps = title.steps.filter(act=Act.RECOGNISED).values_list("organization", "effective_on")
    assert list(steps) == [(beside.pk, title.designated_on), (third.pk, MERGED_ON)]
    assert queries.holder(title) == third


def test_a_title_that_had_run_out_before_the_merger_stays_as_it_was(
    client, system, officer, village, beside
):
    record(proposal(Kind.MERGED, [village], [beside], on=MERGED_ON), system)

    take_over(client, system, officer, row(village, valid_until="2025-01-09"))

    assert queries.holder(Designation.objects.get()) == village


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Kind.DISSOLVED, "请删去这一行"), (Kind.SPLIT, "“青绿村党支部”、“青水村党支部”")],
)
def test_a_title_that_none_or_several_may_hold_is_told_with_the_document(
    client, county, system, officer, village, kind, said
):
    after = [new_unit(county), new_unit(county, "青水村党支部")] if kind == Kind.SPLIT else []
    record(proposal(kind, [village], after, on=MERGED_ON), system)

    send(client, system, filled(titles=[row(village)]))

    assert said in told("titles", 4)
    assert "青山县人民政府 青民发〔2026〕12号" in told("titles", 4)
    assert "还有出错的行" in text_of(seen_by(client, officer))


def test_a_merger_since_the_preview_is_shown_before_the_title_is_entered(
    client, system, officer, village, beside
):
    send(client, system, filled(titles=[row(village)]))
    client.force_login(officer)
    sheet = Sheet(client, page("table", last().pk), to=page("table_titles", last().pk))
    record(proposal(Kind.MERGED, [village], [beside], on=MERGED_ON), system)

    answer = press(client, sheet)

    assert "有内容在您打开预览之后变了" in text_of(answer)
    assert not Designation.objects.exists()
    accept(client, officer, "table_titles")
    assert queries.holder(Designation.objects.get()) == beside


def test_a_merger_between_judging_and_entering_leaves_nothing_of_the_title(
    client, system, officer, village, beside
):
    send(client, system, filled(titles=[row(village)]))
    verdict = Judging(last(), officer).judge(last().rows.get())
    record(proposal(Kind.MERGED, [village], [beside], on=MERGED_ON), system)

    with pytest.raises(Refusal, match="刚刚登记了机构变更"):
        titles.enter(verdict.values, actor=officer)

    assert not Designation.objects.exists()
    assert not DesignationDecision.objects.exists()


def test_a_deputy_passes_a_title_on_in_whose_place_they_give_it(
    client, system, officer, village, beside
):
    record(proposal(Kind.MERGED, [village], [beside], on=MERGED_ON), system)
    deputy = factories.deputy_in(officer.seats.get())

    take_over(client, system, deputy, row(village))

    step = Designation.objects.get().steps.get(act=Act.RECOGNISED)
    assert (step.actor, step.acted_for) == (deputy, officer)
