"""The pages by which a unit appeals, and at which an appeal is heard and answered."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.calendar.loading import DATA
from designation.calendar.models import CalendarLoad
from designation.calendar.working_days import calendar, forget
from designation.organizations.models import Role
from tests import factories
from tests.appealed import ANSWER, FOUND, REASON, Appealed
from tests.sheets import Sheet
from tests.workflows.test_two_counties import Neighbour
from workflows.stages.appeals import against as appealing
from workflows.stages.appeals.models import Against, Appeal

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county, held_clock):
    return Appealed(county)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def lodging(case):
    return reverse("appeals:against_decision", args=[case.decision.pk])


def act_page(case, name):
    return reverse("appeals:act", args=[case.appeal.pk, name])


def shown(person, address):
    answer = as_(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def case_page(case, person):
    return shown(person, reverse("applications:case", args=[case.application.pk]))


SAID = {"reason": REASON, "sure": "yes"}
ANSWERED = {
    "document_number": "青组函〔2026〕5号",
    "answered_on": "2026年3月2日",
    "answer": ANSWER,
    "sure": "yes",
}


def test_the_case_says_to_its_unit_until_when_it_may_appeal_and_leads_the_head_there(case):
    assert "在2026年3月9日(周一) 24:00前申请复核一次" in case_page(case, case.county.head)
    assert lodging(case) in case_page(case, case.county.head)
    assert "前申请复核一次" in case_page(case, case.county.preparer)
    assert lodging(case) not in case_page(case, case.county.preparer)
    assert "前申请复核一次" not in case_page(case, case.county.reviewer)


def test_a_calendar_brought_in_later_leaves_the_last_day_as_it_was_told(case, held_clock):
    """Saturday is worked now: counted anew, the time would end a working day before."""
    _work_on(case.county.jurisdiction, "2026-03-07", instead_of="2026-03-20")
    try:
        assert calendar().deadline(case.decision.at, 5) < appealing.until(case.decision)
        told = "在2026年3月9日(周一) 24:00前申请复核一次"
        assert told in case_page(case, case.county.head)
        held_clock.move_to(calendar().deadline(case.decision.at, 5))

        answer = as_(case.county.head).post(lodging(case), SAID, follow=True)

        assert "复核申请已提交" in answer.content.decode()
    finally:
        forget()


def _work_on(area, day, *, instead_of):
    """Another calendar of 2026, loaded by one person and confirmed by another."""
    administrators = [factories.seated(Role.SYSTEM_ADMINISTRATOR, area) for _each in range(2)]
    lines = [one for one in DATA.read_text().splitlines() if one[:4] == "2026"]
    lines += [f"{day},make_up", f"{instead_of},holiday"]
    file = SimpleUploadedFile("2026.csv", "\n".join(["date,kind", *lines]).encode())
    sheet = Sheet(as_(administrators[0]), reverse("calendar:add"))
    assert sheet.send({"file": file, "document": "国办发明电〔2026〕9号"}).status_code == 302
    load = reverse("calendar:load", args=[CalendarLoad.objects.latest("pk").pk])
    sheet = Sheet(as_(administrators[1]), load, to="/confirm/")
    assert sheet.send({"compared": "on"}).status_code == 302
    forget()


def test_the_head_appeals_and_follows_it_on_its_page(case):
    client = as_(case.county.head)
    assert "对“不予推荐”的决定可以申请复核一次" in client.get(lodging(case)).content.decode()

    answer = client.post(lodging(case), SAID, follow=True)

    text = answer.content.decode()
    assert "复核申请已提交" in text
    assert REASON in text
    assert "待受理" in case_page(case, case.county.head)
    assert lodging(case) not in case_page(case, case.county.head)


def test_an_appeal_sent_a_minute_late_is_told_at_its_field_and_nothing_typed_is_lost(
    case, held_clock
):
    held_clock.move_to(appealing.until(case.decision))

    answer = as_(case.county.head).post(lodging(case), SAID)

    assert answer.status_code == 422
    (told,) = answer.context["form"].errors["reason"]
    assert told == "申请复核的期限到2026年3月9日(周一) 24:00为止，已经过了，不能再申请。"
    assert REASON in answer.content.decode()
    assert not Appeal.objects.exists()
    # Whoever comes then reads why, before anything is typed.
    page = shown(case.county.head, lodging(case))
    assert "已经过了，不能再申请" in page
    assert "提交复核申请" not in page


def test_without_the_tick_and_with_a_number_of_a_person_nothing_is_sent(case):
    said = {"reason": "身份证号 110101199003078515 的人员没有参加过会议。"}

    answer = as_(case.county.head).post(lodging(case), said)

    assert set(answer.context["form"].errors) == {"reason", "sure"}
    assert not Appeal.objects.exists()


def test_nobody_else_comes_to_the_form(case):
    people = [case.county.preparer, case.county.reviewer, case.hearer, Neighbour().head]
    for person in people:
        assert as_(person).get(lodging(case)).status_code == 404


def test_an_open_appeal_is_read_by_its_unit_and_those_who_may_hear_it(county, held_clock):
    case = Appealed(county, Against.VERIFICATION)
    case.lodge()
    address = reverse("appeals:appeal", args=[case.appeal.pk])
    for person in (county.head, county.preparer, case.hearer):
        assert REASON in shown(person, address)
    for person in (county.coordinator, county.reviewer, Neighbour().coordinator):
        assert as_(person).get(address).status_code == 404
    assert address not in case_page(case, county.coordinator)

    case.act("take_up")
    case.act("dismiss")

    assert ANSWER in shown(county.coordinator, address)
    assert address in case_page(case, county.coordinator)
    assert as_(Neighbour().coordinator).get(address).status_code == 404


def test_somebody_uninvolved_takes_it_up_and_upholds_it_from_their_desk(case):
    case.lodge()
    client = as_(case.hearer)
    address = reverse("appeals:appeal", args=[case.appeal.pk])
    assert address in shown(case.hearer, reverse("home"))
    client.post(act_page(case, "take_up"), {"version": case.appeal.version, "sure": "yes"})
    said = {**ANSWERED, "version": case.appeal.version}

    answer = client.post(act_page(case, "uphold"), said, follow=True)

    assert "答复已登记" in answer.content.decode()
    assert case.stage == Stage.SUBMITTED
    result = case_page(case, case.county.head)
    assert "复核成立，重新办理" in result
    assert ANSWER in result
    assert address not in shown(case.hearer, reverse("home"))


def test_the_answer_stands_on_the_case_with_its_number_and_that_it_is_final(case):
    case.answer("dismiss")

    for person in (case.county.head, case.county.reviewer):
        page = case_page(case, person)
        assert ANSWER in page
        assert "青组函〔2026〕5号" in page
        assert "本答复是最终答复" in page


def test_what_is_amiss_is_told_at_its_field_and_nothing_typed_is_lost(case):
    case.lodge()
    case.act("take_up")
    said = {**ANSWERED, "version": case.appeal.version, "answered_on": "2026年3月3日"}

    answer = as_(case.hearer).post(act_page(case, "dismiss"), said)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"answered_on": ["日期不能晚于今天。"]}
    assert ANSWER in answer.content.decode()


def test_of_two_who_answer_at_once_the_second_keeps_what_they_typed(case):
    case.up_to_the_answer()
    said = {**ANSWERED, "version": case.appeal.version}
    case.act("dismiss")

    answer = as_(case.county.objection_officer).post(act_page(case, "uphold"), said)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "现为“维持原决定”，已由他人办理" in text
    assert ANSWER in text
    assert case.stage == Stage.REJECTED


def test_the_form_asks_for_the_meeting_only_where_one_is_held(county, held_clock):
    case = Appealed(county, Against.NOT_CHOSEN)
    assert "集体研究的决定，只复核事实、统计和程序" in shown(county.head, lodging(case))
    case.lodge()
    case.act("take_up")
    client = as_(case.hearer)
    assert "集体研究的决定，先核实事实、统计和程序" in shown(case.hearer, act_page(case, "uphold"))
    report = dict.fromkeys(("facts", "count", "procedure"), FOUND)
    client.post(act_page(case, "report"), {**report, "version": case.appeal.version})

    fields = client.get(act_page(case, "uphold")).context["form"].fields

    assert "meeting_name" in fields
    page = reverse("appeals:appeal", args=[case.appeal.pk])
    assert FOUND in shown(case.hearer, page)
    assert FOUND not in shown(county.head, page)


def test_what_is_not_to_be_done_is_no_page(case):
    case.lodge()
    client = as_(case.hearer)
    for name in ("uphold", "withdraw", "destroy"):
        assert client.get(act_page(case, name)).status_code == 404
