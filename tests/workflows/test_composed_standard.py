"""A county's own standard with a condition, alternatives and a rate, from form to gate."""

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from designation.applications.models import Stage
from designation.rounds.models import Veto
from designation.site import clock
from designation.site.refusal import Refusal
from standards import catalogue, copying, publishing
from standards.models import Check, Item
from tests.public_addresses import public
from workflows import transitions
from workflows.case.facts import Act
from workflows.stages.verification.models import Measurement

pytestmark = pytest.mark.django_db

RATE = {
    "derive": "satisfied / valid",
    "figures": {
        "satisfied": {"zh": "满意份数", "en": "Satisfied sheets"},
        "valid": {"zh": "有效份数", "en": "Valid sheets"},
    },
    "least": 10,
}


def own_standard(jurisdiction):
    """The village standard as this county changes it: NC-13 conditional, NC-14 by alternatives."""
    version = copying.copy(catalogue.current("NC"), area_code=jurisdiction.code)
    Item.objects.filter(version=version, code="NC-13").update(
        condition_zh="有外出流动党员", condition_en="Members work away from the village"
    )
    Check.objects.filter(item__version=version, code__in=["NC-14-C1", "NC-14-C2"]).update(
        group="收入", strictness="strict"
    )
    Check.objects.filter(item__version=version, code="NC-09-C2").update(parameters=RATE)
    publishing.publish(version, at=clock.now())
    return version


@pytest.fixture
def composed(county):
    county.round_category.standard = own_standard(county.jurisdiction)
    county.round_category.save()
    return county


@pytest.fixture
def draft(composed, client):
    client.force_login(composed.preparer)
    return composed.start()


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


def card(client, application, code):
    """The words of the item's card on the page of its section."""
    shown = client.get(page("item", application, code), follow=True).content.decode()
    return html.fromstring(shown).get_element_by_id(code).text_content()


def confirm(county, application):
    act = Act(truth_confirmed=True)
    return transitions.perform("confirm", application.pk, actor=county.head, act=act)


def kept(application, code):
    return application.answers.get(item__code=code).values


def test_a_condition_is_asked_first_and_no_takes_the_item_out(client, draft):
    address = page("item", draft, "NC-13")
    shown = client.get(address, follow=True).content.decode()
    assert "有外出流动党员" in shown
    assert "选“否”的，本条不适用" in shown

    data = {"NC-13-IF": "no", "conclusion": "not_applicable", "note": "没有流动党员"}
    answer = client.post(address, data | {"save": ""}, follow=True)
    assert kept(draft, "NC-13") == {"NC-13-IF": False}
    assert "已填" in card(client, draft, "NC-13")
    assert answer.status_code == 200


def test_the_gate_asks_nothing_of_an_item_that_does_not_apply(composed, client, draft):
    composed.prepare(draft)
    answer = draft.answers.get(item__code="NC-13")
    answer.values, answer.conclusion, answer.note = {"NC-13-IF": False}, "not_applicable", "没有"
    answer.save()

    assert confirm(composed, draft).stage == Stage.SELF_ASSESSED


def test_the_gate_asks_for_the_condition_itself(composed, draft):
    composed.prepare(draft)
    draft.answers.filter(item__code="NC-13").update(values={"NC-13-C1": True})

    with pytest.raises(Refusal) as refused:
        confirm(composed, draft)
    assert [(f.code, f.check_code) for f in refused.value.findings] == [
        ("not_answered", "NC-13-IF")
    ]


def test_one_of_the_alternatives_is_enough_on_the_page_and_at_the_gate(composed, client, draft):
    composed.prepare(draft)
    draft.answers.filter(item__code="NC-14").update(
        values=kept(draft, "NC-14") | {"NC-14-C1": "", "NC-14-C2": 6}
    )
    assert "已填" in card(client, draft, "NC-14")
    assert confirm(composed, draft).stage == Stage.SELF_ASSESSED


def test_a_rate_is_typed_as_two_counts_and_shown_as_a_rate(client, draft):
    address = page("item", draft, "NC-09")
    client.post(
        address,
        {"NC-09-C2-satisfied": "46", "NC-09-C2-valid": "50 份", "conclusion": "met", "save": ""},
    )
    assert kept(draft, "NC-09") == {"NC-09-C2": {"satisfied": 46, "valid": 50}}

    shown = client.get(address, follow=True).content.decode()
    assert 'value="46"' in shown
    assert 'value="50"' in shown
    assert "46 / 50 = 92%" in client.get(page("case", draft)).content.decode()


def test_a_count_that_does_not_fit_is_told_at_its_own_field_and_the_last_good_one_is_kept(
    client, draft
):
    address = page("item", draft, "NC-09")
    good = {"NC-09-C2-satisfied": "46", "NC-09-C2-valid": "50", "conclusion": "met"}
    client.post(address, good | {"save": ""})
    answer = client.post(address, good | {"NC-09-C2-satisfied": "51", "save": ""})

    assert answer.status_code == 422
    question = html.fromstring(answer.content.decode()).get_element_by_id("NC-09-C2")
    (told,) = question.find_class("field-refused")
    assert "“满意份数”不能大于“有效份数”，请核对。" in told.text_content()
    assert told.xpath(".//input[@name='NC-09-C2-satisfied']")
    assert 'value="51"' in answer.content.decode()
    assert kept(draft, "NC-09")["NC-09-C2"] == {"satisfied": 46, "valid": 50}


def test_the_days_looked_at_stand_at_the_field(client, draft):
    draft.term_began_on = date(2021, 3, 1)
    draft.save()
    assert (
        "考察时段：2021年3月1日以来。"
        in client.get(page("item", draft, "NC-09"), follow=True).content.decode()
    )
    year = client.get(page("item", draft, "NC-06"), follow=True).content.decode()
    assert "考察时段：2025年" in year
    english = client.get(
        page("item", draft, "NC-09"), follow=True, headers={"accept-language": "en"}
    )
    assert "Period looked at: since 1 March 2021." in english.content.decode()


def test_a_term_without_its_first_day_is_asked_for_before_submission(composed, client, draft):
    composed.prepare(draft)
    draft.refresh_from_db()
    draft.term_began_on = None
    draft.save()
    assert "请在申报简介中填写任期开始日期" in client.get(page("case", draft)).content.decode()

    future = {"summary": "简介", "term_began_on": "2099-01-01"}
    answer = client.post(page("summary", draft), future)
    assert answer.status_code == 422
    assert "任期开始日期不能晚于今天" in answer.content.decode()
    client.post(page("summary", draft), future | {"term_began_on": "2021-03-01"})
    draft.refresh_from_db()
    assert draft.term_began_on == date(2021, 3, 1)


def test_a_veto_needs_the_answer_of_the_body_that_confirms_the_fact(composed, client):
    Veto.objects.create(
        round=composed.round,
        check_code="NC-03-C4",
        document="县委办〔2026〕3号",
        confirming_body="县委组织部",
    )
    verifying = composed.at(Stage.VERIFYING)
    composed.measure_all(verifying)
    Measurement.objects.filter(item__code="NC-03").update(basis="")
    client.force_login(composed.verifiers[0])
    shown = client.get(page("measure", verifying, "NC-03")).content.decode()
    assert "由县委组织部核实，请在核查依据中写明其答复" in shown

    def shut():
        case_page = client.get(page("verify", verifying)).content.decode()
        return "请在核查依据中写明县委组织部的答复" in case_page

    assert shut()
    Measurement.objects.filter(item__code="NC-03").update(basis="县委组织部复函：否，〔2026〕8号")
    assert not shut()


def test_the_site_record_asks_for_the_same_counts(composed, client):
    verifying = composed.at(Stage.VERIFYING)
    client.force_login(composed.verifiers[0])
    client.post(
        page("measure", verifying, "NC-09"),
        {"NC-09-C2-satisfied": "30", "NC-09-C2-valid": "50", "verdict": "met", "save": ""},
    )
    measurement = Measurement.objects.get(item__code="NC-09")
    assert measurement.values == {"NC-09-C2": {"satisfied": 30, "valid": 50}}


def test_the_public_page_of_a_county_s_own_standard_shows_how_it_is_put_together(composed, client):
    shown = client.get(public("standards:detail", args=["NC"])).content.decode()
    assert "只在“有外出流动党员”时适用" in shown
    assert "与本条“收入”组的其他检查点，满足其一即可" in shown


def test_a_period_is_named_also_while_its_days_are_not_known(client, draft):
    address = page("item", draft, "NC-03")
    assert "考察时段：本届班子任期以来。" in client.get(address, follow=True).content.decode()
    shown = client.get(address, follow=True, headers={"accept-language": "en"}).content.decode()
    assert "Period looked at: since the present leadership" in shown
    assert "。Period" not in shown
