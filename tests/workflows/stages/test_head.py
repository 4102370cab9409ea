"""The head reads it all on one page, gives their word or sends it back to the preparer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from designation.applications.models import Application, Conclusion, Stage
from designation.audit.models import AuditEvent
from designation.site import clock
from notifications.models import Message
from notifications.tasks import deliver_outbox
from standards import catalogue, copying, publishing
from standards.models import Check
from tests import factories
from tests.course import OPINION, PDF
from tests.sheets import Sheet, fill_in
from workflows.case.records import Decision, Part

pytestmark = pytest.mark.django_db

REASON = "第三条的人数与名册不一致，请核对后再送。"
CORRECTIONS = {"NC-01": "请补充会议记录。"}


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


def read(person, application, name="confirm"):
    return browser(person).get(page(name, application)).content.decode()


@pytest.fixture
def filled(county):
    """A draft in which nothing is wanting."""
    assert county.head
    application = county.start()
    county.prepare(application)
    return application


@pytest.fixture
def corrected(county):
    """A correction of one item, answered."""
    application = county.at(Stage.SUBMITTED)
    county.act("return_for_correction", application, county.reviewer, corrections=CORRECTIONS)
    application.corrections.update(reply="已补充。")
    return Application.objects.get(pk=application.pk)


def told(person, words):
    return Message.objects.filter(person=person, subject__contains=words)


def send_to_head(county, application):
    address = page("case", application)
    return fill_in(browser(county.preparer), address, to="/send_to_head/")


def return_it(county, application, reason=REASON):
    address = page("return_to_preparer", application)
    return fill_in(browser(county.head), address, opinion=reason)


# Read


def test_the_head_reads_every_answer_on_one_page_by_section(county, filled):
    content = read(county.head, filled)
    words = html.fromstring(content).text_content()

    for section in filled.standard.sections.prefetch_related("items__checks"):
        assert section.title_printed in content
        for item in section.items.all():
            assert item.text in words
            for check in item.checks.all():
                assert f'id="{check.code}"' in content, "each answer has its place"
    assert "<details" not in content.split('class="sworn"', 1)[1], "nothing is folded away"
    assert filled.summary in content
    assert f"{filled.approving_meeting_on.day}日" in content
    assert filled.evidence.first().title in content
    assert "承诺所填内容和材料真实、不涉密" in content


def test_what_falls_short_stands_on_top_with_a_way_to_its_place(county, filled):
    answer = filled.answers.get(item__code="NC-13")
    answer.values["NC-13-C2"] = 10
    answer.conclusion, answer.note = Conclusion.NOT_MET, ""
    answer.save()
    content = read(county.head, filled)

    top, below = content.split('class="sworn"', 1)
    assert "没有达到要求的" in top
    assert 'href="#NC-13"' in top
    assert 'id="NC-13"' in below
    assert f'href="{reverse("applications:section", args=[filled.pk, 1])[:-2]}' in below


def test_an_advisory_miss_with_its_reason_is_named_apart(county, corrected):
    answer = corrected.answers.get(item__code="NC-13")
    answer.values["NC-13-C2"], answer.note = 10, "正在扩建，年底完成。"
    answer.save()

    top = read(county.head, corrected).split('class="sworn"', 1)[0]

    assert "低于原则性要求、已说明原因的" in top
    assert 'href="#NC-13-C2"' in top


def test_what_came_back_beside_the_items_stands_with_its_reason(county):
    application = county.at(Stage.SUBMITTED)
    listed = {Part.SUMMARY.value: "简介没有写人口。"}
    county.act("return_for_correction", application, county.reviewer, corrections=listed)

    assert "简介没有写人口。" in read(county.head, application).split('class="sworn"', 1)[0]


def test_a_file_that_stands_for_no_item_is_read_as_well(county, filled):
    filled.evidence.get().items.clear()

    content = read(county.head, filled)

    assert "没有对应条目的材料" in content
    assert filled.evidence.get().title in content


def test_an_application_that_lacks_nothing_says_so(county, filled):
    assert "检查没有发现不足" in read(county.head, filled)


def test_the_page_costs_at_most_twenty_statements(county, filled, django_assert_max_num_queries):
    head = browser(county.head)
    head.get(page("confirm", filled))

    with django_assert_max_num_queries(20):
        head.get(page("confirm", filled))


# Against last time


@pytest.fixture
def second(county, held_clock):
    """Filled in like the one that was handed in a year ago."""
    year, this_year = timedelta(days=365), (county.round, county.round_category)
    held_clock.move(-year)
    county.round = factories.RoundFactory(name_zh="2025年示范点评定")
    county.round_category = factories.RoundCategoryFactory(round=county.round)
    assert county.at(Stage.SUBMITTED)
    held_clock.move(year)
    county.round, county.round_category = this_year
    application = county.start()
    county.prepare(application)
    return application


def change(application):
    answer = application.answers.get(item__code="NC-13")
    answer.values["NC-13-C2"] = 999
    answer.save()


def test_what_is_other_than_last_time_is_marked_in_its_place_and_listed_on_top(county, second):
    change(second)

    root = html.fromstring(read(county.head, second))

    (top,) = root.xpath("//section[@id='compared']")
    assert [link.get("href") for link in top.xpath(".//a")] == ["#NC-13"]
    (marked,) = root.xpath("//*[@class='last-time']")
    assert marked.getparent().getprevious().get("id") == "NC-13-C2"
    assert "△ 与上次不同 去年：" in " ".join(marked.text_content().split())
    assert "新版本" not in top.text_content()


def test_another_conclusion_note_or_file_is_named_at_its_item(county, second):
    answer = second.answers.get(item__code="NC-13")
    answer.note = "另有说明"
    answer.save()
    county.attach(second, PDF + b"% another")

    root = html.fromstring(read(county.head, second))

    (top,) = root.xpath("//section[@id='compared']")
    assert [link.get("href") for link in top.xpath(".//a")] == ["#NC-01", "#NC-13"]
    named = {one.get("id"): one.text_content() for one in root.xpath("//article")}
    assert "与上次不同 佐证材料" in " ".join(named["NC-01"].split())
    assert "与上次不同 说明" in " ".join(named["NC-13"].split())


def test_the_same_answers_again_are_said_to_be_the_same(county, second):
    assert "各条的答复、结论、说明和材料与上次相同。" in read(county.head, second)


def test_what_a_new_version_of_the_standard_asks_is_named(county, second):
    version = copying.copy(catalogue.current("NC"), area_code=county.jurisdiction.code)
    asked = Check.objects.get(item__version=version, code="NC-03-C2")
    asked.metric_zh = "班子健全且配齐"
    asked.save()
    publishing.publish(version, at=clock.now())
    Application.objects.filter(pk=second.pk).update(standard=version)

    root = html.fromstring(read(county.head, second))

    (top,) = root.xpath("//section[@id='compared']")
    assert "标准有了新版本" in top.text_content()
    (answer,) = root.xpath("//dt[@id='NC-03-C2']/following-sibling::dd[1]")
    assert "△ 标准有改动 去年：是" in " ".join(answer.text_content().split())


def test_a_first_application_is_compared_with_nothing(county, filled):
    assert "与上次申报相比" not in read(county.head, filled)


# Given


def test_what_the_preparer_changed_meanwhile_is_named_and_nothing_is_confirmed(county, filled):
    opened = Sheet(browser(county.head), page("confirm", filled))
    answer = filled.answers.get(item__code="NC-02")
    answer.note = "刚刚改过"
    answer.save()

    answered = opened.send(truth="yes")

    assert answered.status_code == 422
    told = answered.content.decode()
    assert "您打开页面以后，这些内容又有改动：NC-02。" in told
    assert "刚刚改过" in told, "what stands now is shown to be read"
    filled.refresh_from_db()
    assert filled.stage == Stage.DRAFT
    assert Sheet.of(answered)
    fill_in(browser(county.head), page("confirm", filled), truth="yes")
    filled.refresh_from_db()
    assert filled.stage == Stage.SELF_ASSESSED


def test_a_press_that_showed_nothing_confirms_nothing(county, filled):
    answered = browser(county.head).post(page("confirm", filled), {"truth": "yes"})

    assert answered.status_code == 422
    assert "全部内容" in answered.content.decode()


def test_the_same_form_twice_is_answered_as_the_first_time(county, filled):
    opened = Sheet(browser(county.head), page("confirm", filled))

    answers = [opened.send(truth="yes") for _turn in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert Decision.objects.filter(transition="confirm").count() == 1


def test_a_correction_is_handed_in_from_the_same_page_with_its_replies(county, corrected):
    content = read(county.head, corrected)
    assert "请补充会议记录。" in content
    assert "已补充。" in content
    opened = Sheet(browser(county.head), page("confirm", corrected))
    corrected.corrections.update(reply="又改了说明。")

    assert "NC-01" in opened.send(truth="yes").content.decode()

    fill_in(browser(county.head), page("confirm", corrected), truth="yes")
    corrected.refresh_from_db()
    assert corrected.stage == Stage.SUBMITTED


def test_the_case_page_leads_the_head_there_first(county, filled):
    content = read(county.head, filled, "case")

    (foremost,) = html.fromstring(content).xpath("//main//a[contains(@class, 'btn-primary')]")
    assert foremost.get("href") == page("confirm", filled)
    assert page("confirm", filled) not in read(county.preparer, filled, "case")
    assert 'name="truth"' not in content, "the word is given where it all can be read"


# Between preparer and head


def test_sending_it_to_the_head_tells_the_head_to_act(county, filled, held_clock):
    send_to_head(county, filled)
    held_clock.move(timedelta(minutes=2))
    deliver_outbox()

    (message,) = told(county.head, "请单位负责人核对并承诺")
    assert "请您办理下一步" in message.body
    assert not told(county.preparer, "请单位负责人核对并承诺")
    assert not told(county.head, "等待单位负责人确认"), "once"
    assert "送负责人确认" in read(county.head, filled, "case").split("</section>")[0]


def test_what_lacks_something_is_not_sent(county, filled):
    filled.answers.get(item__code="NC-02").delete()

    answered = send_to_head(county, filled)

    assert answered.status_code == 422
    assert not Decision.objects.filter(transition="send_to_head").exists()


def test_it_goes_back_to_the_preparer_with_the_reason_on_top(county, filled):
    send_to_head(county, filled)
    return_it(county, filled)

    filled.refresh_from_db()
    assert filled.stage == Stage.DRAFT
    top = read(county.preparer, filled, "case").split('class="stepper"', 1)[0]
    assert "退回填报人" in top
    assert REASON in top
    decision = Decision.objects.get(transition="return_to_preparer")
    assert (decision.actor, decision.actor_role) == (county.head, "head")
    assert AuditEvent.objects.filter(action="application.return_to_preparer").exists()
    deliver_outbox()
    (message,) = told(county.preparer, "退回填报人修改")
    assert REASON in message.body
    assert "请您办理下一步" in message.body


def test_a_return_without_a_reason_is_refused_and_keeps_what_was_typed(county, filled):
    answered = return_it(county, filled, "不对")

    assert answered.status_code == 422
    assert "请写明要改什么、为什么，不少于 10 个字。" in answered.content.decode()
    assert ">不对</textarea>" in answered.content.decode()
    assert not Decision.objects.filter(transition="return_to_preparer").exists()


def test_it_is_sent_again_and_confirmed_after_a_return(county, filled):
    send_to_head(county, filled)
    return_it(county, filled)
    send_to_head(county, filled)
    deliver_outbox()

    assert len(told(county.head, "请单位负责人核对并承诺")) == 2
    fill_in(browser(county.head), page("confirm", filled), truth="yes")
    filled.refresh_from_db()
    assert filled.stage == Stage.SELF_ASSESSED


def test_the_head_takes_back_a_confirmation_with_a_reason(county):
    application = county.at(Stage.SELF_ASSESSED)

    return_it(county, application)

    application.refresh_from_db()
    assert application.stage == Stage.DRAFT
    assert REASON in read(county.preparer, application, "case").split('class="stepper"', 1)[0]


def test_a_correction_goes_back_and_forth_under_its_own_deadline(county, corrected):
    due, since = corrected.due_at, corrected.stage_since
    send_to_head(county, corrected)
    return_it(county, corrected)

    corrected = Application.objects.get(pk=corrected.pk)
    assert (corrected.stage, corrected.due_at) == (Stage.RETURNED, due)
    assert corrected.stage_since == since
    top = read(county.preparer, corrected, "case").split('class="stepper"', 1)[0]
    assert top.index(REASON) < top.index("请补充会议记录。"), "the head's word, then the list"


def test_nobody_else_reads_what_passed_between_them(county, corrected):
    return_it(county, corrected)
    county.act("resubmit", corrected, county.head, truth_confirmed=True)

    for reader in (county.reviewer, county.coordinator):
        content = read(reader, corrected, "case")
        assert REASON not in content
        assert "退回填报人" not in content.split('id="picture"', 1)[0]
    assert REASON in read(county.preparer, corrected, "case")


def test_the_head_is_not_told_of_what_was_typed_before_it_came_back(county, filled, held_clock):
    item = page("item", filled, "NC-01")
    fill_in(browser(county.preparer), item, {"note": "已落实"}, to="/items/NC-01/")
    county.act("confirm", filled, county.head, truth_confirmed=True)
    held_clock.move(timedelta(minutes=2))
    county.act("return_to_preparer", filled, county.head, opinion=OPINION + REASON)
    held_clock.move(timedelta(minutes=2))
    deliver_outbox()

    assert not told(county.head, "等待单位负责人确认")
