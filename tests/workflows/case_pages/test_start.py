"""What is said before an application is begun, and what alone is asked then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from designation.applications.models import Answer, Application, Stage
from designation.organizations.models import Role, Seat
from designation.register.models import Designation
from designation.rounds.models import RecommendationQuota, Veto
from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.templatetags.moments import day
from tests import factories
from tests.sheets import Sheet, fill_in
from workflows import transitions

pytestmark = pytest.mark.django_db

DOCUMENT = "县委〔2026〕2号"
WEAK, DISCIPLINE = "NC-03-C4", "NC-09-C4"


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def address(county, organization=None):
    page = reverse("applications:start", args=[county.round.pk])
    return f"{page}?organization={organization.pk}" if organization else page


def said(county, person=None):
    root = html.fromstring(browser(person or county.preparer).get(address(county)).content.decode())
    terms = (" ".join(node.text_content().split()) for node in root.xpath("//main//dl/*"))
    return dict(zip(terms, terms, strict=True))


def a_veto(county, code, **more):
    return Veto.objects.create(round=county.round, check_code=code, document=DOCUMENT, **more)


@pytest.fixture
def vetoes(county):
    a_veto(county, WEAK)
    a_veto(county, DISCIPLINE, confirming_body="县纪委监委")


# What is known


def test_it_says_the_window_the_places_and_who_does_what(county):
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=2
    )
    county.beside().at(Stage.RECOMMENDED)
    names = county.preparer.full_name, county.head.full_name

    told = said(county)

    assert day(county.round.closes_at) in told["申报时间"]
    assert day(county.round.opens_at) in told["申报时间"]
    assert told["初审机构"] == county.township.name
    assert told["名额"] == f"青山县本类共 10 个。 {county.township.name}可推荐 2 个，已推荐 1 个。"
    assert told["现有称号"] == "没有有效的本类称号。"
    assert told["填报人"], told["确认人（单位负责人）"] == names


def test_it_says_who_is_missing(county):
    told = said(county)
    assert "还没有单位负责人的账号" in told["确认人（单位负责人）"]

    Seat.objects.filter(person=county.preparer).update(ended_at=clock.now())
    assert "由单位负责人填写" in said(county, county.head)["填报人"]


def test_where_nothing_limits_the_places_it_says_so(county):
    county.round_category.quota = None
    county.round_category.save()
    assert said(county)["名额"] == f"青山县本类个数不限。 {county.township.name}推荐个数不限。"

    county.village.superior = None
    county.village.save()
    told = said(county)
    assert told["初审机构"] == "没有找到"
    assert told["名额"] == "青山县本类个数不限。"


def test_a_round_that_takes_nothing_now_is_told_before_anything_is_pressed(county, held_clock):
    held_clock.move_to(county.round.closes_at + timedelta(days=1))
    assert "现在不在申报时间内" in said(county)["申报时间"]


@pytest.fixture
def titled(county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    return Designation.objects.get()


def test_a_title_says_until_when_it_lasts_and_from_when_it_may_be_renewed(county, titled):
    county.round = factories.RoundFactory(name_zh="2027年示范点评定")
    factories.RoundCategoryFactory(round=county.round)

    told = said(county)["现有称号"]

    assert day(titled.valid_until) in told
    assert day(titled.valid_until - timedelta(days=60)) in told
    assert "在本批次截止前不能提交" in told


def test_a_title_that_ends_soon_keeps_nobody_from_beginning(county, titled, held_clock):
    held_clock.move_to(clock.now() + (titled.valid_until - clock.today()) - timedelta(days=40))
    county.round = factories.RoundFactory(name_zh="再次评定")
    factories.RoundCategoryFactory(round=county.round)

    told = said(county)["现有称号"]

    assert day(titled.valid_until) in told
    assert "不能提交" not in told


# Whose


def test_of_several_organizations_one_is_chosen_first(county):
    second = factories.VillageFactory(superior=county.township)
    Seat.objects.create(person=county.preparer, role=Role.PREPARER, organization=second)
    client = browser(county.preparer)

    chosen_from = client.get(address(county)).content.decode()
    assert "为哪个组织申报" in chosen_from
    assert 'name="organization"' not in chosen_from
    chosen = client.get(address(county, second)).content.decode()

    assert f'name="organization" value="{second.pk}"' in chosen
    assert f'href="?organization={county.village.pk}"' in chosen
    assert client.post(address(county)).status_code == 404
    assert client.get(address(county) + "?organization=x").status_code == 404


def test_a_category_that_the_round_does_not_ask_is_told_when_it_is_pressed(county):
    county.round_category.category = "SQ"
    county.round_category.save()
    client = browser(county.preparer)
    assert "本批次不受理本类组织的申报" in client.get(address(county)).content.decode()

    answer = client.post(address(county), {"organization": county.village.pk})

    assert answer.status_code == 422
    assert "本批次不受理本类组织的申报" in answer.content.decode()


def test_who_withdrew_begins_again_from_the_desk_and_the_start_page(county):
    withdrawn, client = county.start(), browser(county.head)
    page = reverse("applications:withdraw", args=[withdrawn.pk])
    fill_in(client, page, opinion="写错了单位，撤回后重新申报。")
    assert address(county, county.village) in client.get(reverse("home")).content.decode()

    sheet = Sheet(client, address(county))

    assert "已有申报" not in sheet.text
    assert reverse("applications:case", args=[withdrawn.pk]) not in html.tostring(
        sheet.root.xpath("//main")[0], encoding="unicode"
    )
    begun = Application.objects.exclude(pk=withdrawn.pk)
    assert sheet.send().url == reverse("applications:case", args=[begun.get().pk])
    assert begun.get().stage == Stage.DRAFT


# The vetoes


def test_each_veto_is_asked_with_what_it_means_and_nothing_else(county, vetoes):
    sheet = Sheet(browser(county.preparer), address(county))

    asked = set(sheet.root.xpath("//input[@type='radio']/@name"))
    assert asked == {WEAK, DISCIPLINE}
    assert "是否发生过：被确定为软弱涣散基层党组织？" in sheet.text
    assert f"如有，本批次不能申报（依据：{DOCUMENT}；核实机关：县纪委监委）" in sheet.text


def test_an_answer_given_before_is_the_answer_in_the_draft(county, vetoes):
    sheet = Sheet(browser(county.preparer), address(county))

    answer = sheet.send({WEAK: "no", DISCIPLINE: "no"})

    application = Application.objects.get()
    assert answer.url == reverse("applications:case", args=[application.pk])
    stated = {row.item.code: row for row in Answer.objects.select_related("item")}
    assert {code: row.values for code, row in stated.items()} == {
        "NC-03": {WEAK: False},
        "NC-09": {DISCIPLINE: False},
    }
    assert {row.saved_by for row in stated.values()} == {county.preparer}
    page = browser(county.preparer).get(reverse("applications:section", args=[application.pk, 1]))
    (checked,) = html.fromstring(page.content.decode()).xpath(
        f"//input[@name='{WEAK}'][@checked]/@value"
    )
    assert checked == "no"


def test_a_veto_left_open_is_told_at_its_field_and_what_was_chosen_stays(county, vetoes):
    sheet = Sheet(browser(county.preparer), address(county))

    answer = sheet.send({WEAK: "no"})

    assert answer.status_code == 422
    again = sheet.shown_again(answer)
    assert "请先回答这一项" in again.root.get_element_by_id(f"field-{DISCIPLINE}").text_content()
    assert again.values[WEAK] == ["no"]
    assert not Application.objects.exists()


def test_a_veto_that_is_declared_begins_nothing_and_says_why(county, vetoes):
    sheet = Sheet(browser(county.preparer), address(county))

    answer = sheet.send({WEAK: "yes", DISCIPLINE: "no"})

    assert answer.status_code == 422
    told = sheet.shown_again(answer).root.get_element_by_id(f"field-{WEAK}").text_content()
    assert "属一票否决事项" in told
    assert not Application.objects.exists()
    # The same key may be sent again, once it was a mistake.
    assert sheet.send({WEAK: "no", DISCIPLINE: "no"}).status_code == 302


def test_what_is_asked_of_the_rest_is_not_answered_before(county, vetoes):
    application = transitions.start(
        county.round, county.village, actor=county.preparer, vetoes={"NC-03-C1": True, WEAK: False}
    )
    assert application.answers.get().values == {WEAK: False}

    with pytest.raises(Refusal):
        transitions.start(
            county.round, county.beside().village, actor=county.preparer, vetoes={WEAK: False}
        )
