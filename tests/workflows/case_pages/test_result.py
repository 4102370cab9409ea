"""A case begins with what became of it: by whom, why, on which items, until when, what next."""

import re

import pytest
from django.urls import reverse

from designation.applications.models import Application, Conclusion, Stage
from tests.course import NOTICE, OPINION
from tests.markup import flat
from workflows import declared
from workflows.case.scoping import waiting_for
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Cause

pytestmark = pytest.mark.django_db

# What the page says between its result's opening and its end.
RESULT = re.compile(r'<section[^>]*id="result">(.*?)</section>')


def told(client, person, application):
    client.force_login(person)
    page = flat(client.get(reverse("applications:case", args=[application.pk])).content)
    found = RESULT.search(page)
    return found[1] if found else ""


def sent_back(county, corrections):
    application = county.at(Stage.SUBMITTED)
    county.act("return_for_correction", application, county.reviewer, corrections=corrections)
    return application


def test_every_stage_says_what_comes_next_to_both_sides():
    for place in declared.places().values():
        assert place.told.onward, place.stage
        assert place.told.onward_for_applicant, place.stage


def test_one_that_was_only_begun_has_no_result(client, county):
    assert told(client, county.preparer, county.start()) == ""


def test_an_applicant_reads_who_returned_it_why_which_items_until_when_and_what_to_do(
    client, county
):
    application = sent_back(county, {"NC-13": "补依据", "NC-14": "照片看不清"})
    due = Application.objects.get(pk=application.pk).due_at

    said = told(client, county.preparer, application)

    assert "<h2>退回补正</h2>" in said
    assert county.township.name in said
    assert county.reviewer.full_name in said
    for code, reason in (("NC-13", "补依据"), ("NC-14", "照片看不清")):
        link = reverse("applications:item", args=[application.pk, code])
        assert f'<a href="{link}">{code}</a></b>{reason}' in said
    assert f"{due.day}日" in said
    assert "请逐条补正并写明补正说明，由单位负责人重新提交" in said


def test_staff_read_of_a_return_what_they_wait_for(client, county):
    application = sent_back(county, {"NC-13": "补依据"})

    said = told(client, county.reviewer, application)

    assert "补依据" in said
    assert "#item-NC-13" in said
    assert "接着由申报单位逐条补正" in said


def test_a_rejection_names_its_reason_and_the_items_that_were_not_met(client, county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    application.marks.filter(item__code="NC-13").update(
        verdict=Conclusion.NOT_MET, comment="面积不足"
    )
    county.act("reject", application, county.reviewer, opinion=OPINION)

    said = told(client, county.head, application)

    assert "<h2>不予推荐</h2>" in said
    assert OPINION in said
    assert "面积不足" in said
    assert "NC-14" not in said
    assert "下一批次开始申报后可以再次申报" in said


def test_in_english_a_rejection_reads_as_what_happened(client, county):
    application = county.at(Stage.SUBMITTED)
    county.act("reject", application, county.reviewer, opinion=OPINION)
    client.cookies["django_language"] = "en"

    assert "<h2>Not recommended</h2>" in told(client, county.head, application)


def test_what_the_county_found_wanting_on_site_is_named(client, county):
    application = county.at(Stage.VERIFYING)
    county.measure_all(application)
    found = application.visits.get().measurements.filter(item__code="NC-13")
    found.update(verdict=Conclusion.NOT_MET, basis="实测 310 平方米")
    county.act("reject", application, county.coordinator, opinion=OPINION)

    said = told(client, county.head, application)

    assert "<h2>核查不通过</h2>" in said
    assert county.jurisdiction.name in said
    assert "实测 310 平方米" in said


def test_of_one_that_its_own_head_withdrew_nothing_is_listed(client, county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application, verdict=Conclusion.NOT_MET)
    county.act("withdraw", application, county.head, opinion="另行申报")

    said = told(client, county.head, application)

    assert "<h2>撤回申报</h2>" in said
    assert "result-items" not in said


def test_one_in_reserve_reads_its_number_and_the_meeting(client, county):
    application = county.at(Stage.VERIFIED)
    county.choose(reserve=[application])

    said = told(client, county.head, application)

    assert "<h2>列为候补</h2>" in said
    assert "县委常委会会议研究，列为候补第 1 位" in said
    assert "名额空出时按候补次序递补" in said


def test_one_that_met_the_standard_and_was_not_chosen_reads_that_it_may_come_again(client, county):
    application = county.at(Stage.VERIFIED)
    county.choose(left_out=[application])

    said = told(client, county.head, application)

    assert "因名额有限没有入选" in said
    assert "没有间隔限制" in said


def test_one_that_was_named_reads_the_document_and_until_when(client, county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    said = told(client, county.head, application)

    assert "青发〔2026〕1号" in said
    assert "中共青山县委" in said
    assert "有效期至" in said


def test_what_time_did_is_said_to_be_done_by_nobody(client, county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)

    said = told(client, county.head, application)

    assert "系统（到期自动办理）" in said
    assert "接着由审定人作出命名决定" in said


def test_a_case_that_was_sent_back_to_its_reviewer_tells_why(client, county):
    application = county.at(Stage.VERIFIED)
    county.act(
        "return_to_review",
        application,
        county.coordinator,
        opinion="初审时遗漏了一条，请重新审核。",
    )

    said = told(client, county.reviewer, application)

    assert "<h2>退回初审</h2>" in said
    assert "初审时遗漏了一条" in said


def test_the_picture_of_the_process_is_folded(client, county):
    client.force_login(county.head)
    page = client.get(reverse("applications:case", args=[county.start().pk])).content.decode()

    folded = re.search(r"<details[^>]*id=\"picture\"[^>]*>", page)
    assert " open" not in folded[0]
    assert 'class="picture-place"' in page.split(folded[0])[1]


@pytest.fixture
def notice(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get().notice


def test_of_a_longer_notice_period_everybody_reads_why_until_when_and_that_it_goes_on(
    client, county, notice
):
    reason = "网站检修一天，公示页面无法访问。"
    notices.extend(notice, days=2, reason=reason, actor=county.publisher)
    application = county.round.applications.get()

    for reader, onward in (
        (county.preparer, "到上面写的期限为止，您不需要操作"),
        (county.coordinator, "期内可以提出异议，由异议受理人处理"),
    ):
        said = told(client, reader, application)
        assert "<h2>延长公示期</h2>" in said
        assert reason in said
        assert "2026年3月11日(周三) 24:00" in said
        assert onward in said
        page = client.get(reverse("applications:case", args=[application.pk])).content.decode()
        assert "请填报人" not in page


def test_of_a_notice_that_was_broken_off_everybody_reads_that_the_coordinator_goes_on(
    client, county, notice
):
    stop = {"cause": Cause.UNREACHABLE, "reason": "网站停机三天，公示中断。"}
    draft = notices.restart(notice, **stop, actor=county.publisher)
    application = county.round.applications.get()

    assert waiting_for(county.coordinator).get() == application
    assert not waiting_for(county.objection_officer).exists()
    for reader in (county.preparer, county.coordinator):
        said = told(client, reader, application)
        assert "<h2>终止公示</h2>" in said
        assert "接着由县级经办人" in said
        assert "公示期内" not in said
        page = flat(client.get(reverse("applications:case", args=[application.pk])).content)
        assert "请填报人" not in page
        assert "<dt>现在由谁办理</dt><dd>县级经办人" in page

    notices.propose_again(draft, NOTICE, [application], actor=county.coordinator)
    notices.review_secrecy(draft, actor=county.secrecy_reviewer)
    notices.approve(draft, actor=county.deciding_officer)
    notices.publish(draft, actor=county.publisher)

    said = told(client, county.preparer, application)
    assert "<h2>重新公示</h2>" in said
    assert "公示期内任何人可以提出异议" in said
    assert waiting_for(county.objection_officer).get() == application
