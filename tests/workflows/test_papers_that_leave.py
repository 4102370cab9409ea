"""Papers that leave the house are made from the record, and taken from the page of their thing."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from designation.administration import reorganizing
from designation.applications.models import Application, Stage
from designation.organizations import succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Role
from designation.organizations.succession import Document as Basis
from designation.organizations.succession import Proposal
from designation.papers.dates import span
from designation.rounds.models import DayUnit, Round
from designation.site import clock
from tests import factories
from tests.course import NOTICE
from tests.hearings import heard
from tests.terms import end_those_over
from tests.titles_given import DAY, REASON, Title
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Cause, Notice
from workflows.stages.public_notice.text import notice_sha256

pytestmark = pytest.mark.django_db

DOCUMENT = Basis("青民发〔2026〕12号", "青山县人民政府")


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def of_word(person, name, *args):
    """All that the Word file says, line by line, rows of its table included."""
    answer = as_(person).get(reverse(name, args=[*args, "docx"]))
    assert answer.status_code == 200
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in document.paragraphs] + rows


def of_pdf(person, name, *args):
    answer = as_(person).get(reverse(name, args=[*args, "pdf"]))
    content = b"".join(answer.streaming_content)
    return answer, "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.fixture
def awaiting(county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    notices.close_register(application.notice_entries.get().notice, actor=county.objection_officer)
    return application


def test_the_decision_is_a_draft_until_its_number_is_known(county, awaiting):
    officer, round_ = county.deciding_officer, county.round
    page = as_(officer).get(reverse("designations:designate", args=[round_.pk]))
    assert reverse("designations:draft", args=[round_.pk, "pdf"]) in page.content.decode()

    said = of_word(officer, "designations:draft", round_.pk)

    assert "草稿" in said
    assert county.village.name_zh in said
    assert not any("青发〔2026〕1号" in line for line in said)


def test_the_decision_says_its_number_its_names_and_their_terms(county, awaiting):
    county.designate(awaiting)
    decision, title = county.round.decisions.get(), awaiting.__class__.objects.get().designation
    page = as_(county.deciding_officer).get(
        reverse("designations:designate", args=[county.round.pk])
    )
    assert reverse("designations:decision", args=[decision.pk, "docx"]) in page.content.decode()

    said = of_word(county.deciding_officer, "designations:decision", decision.pk)

    assert "青发〔2026〕1号" in said
    assert "草稿" not in said
    assert {title.number, county.village.name_zh} <= set(said)
    assert any("依据本县评定方案" in line for line in said)
    answer, printed = of_pdf(county.coordinator, "designations:decision", decision.pk)
    assert "inline" in answer["Content-Disposition"]
    assert "2029年3月10日" in printed


def test_whose_title_is_declined_is_told_so_with_the_reason(county, awaiting):
    county.act("decline", awaiting, county.deciding_officer, opinion="公示后发现主要数据不实。")
    decision = awaiting.decisions.get(transition="decline")
    page = as_(county.head).get(reverse("applications:papers", args=[awaiting.pk]))
    address = reverse("applications:letter", args=[awaiting.pk, decision.pk, "pdf"])
    assert address in page.content.decode()

    said = of_word(county.head, "applications:letter", awaiting.pk, decision.pk)

    assert f"{county.village.name_zh}：" in said
    assert "公示后发现主要数据不实。" in said
    assert any("决定不予命名" in line for line in said)


def of_an_appeal(said):
    return [line for line in said if "申请复核" in line]


def test_who_is_not_named_reads_in_the_paper_who_may_appeal_until_when_and_where(county, awaiting):
    county.act("decline", awaiting, county.deciding_officer, opinion="公示后发现主要数据不实。")
    decision = awaiting.decisions.get(transition="decline")
    letter = ("applications:letter", awaiting.pk, decision.pk)

    (line,) = of_an_appeal(of_word(county.head, *letter))

    # Five working days after 10 March, the last one whole.
    assert line == (
        "对本决定不服的，你单位负责人可以在2026年3月17日前（含当天）申请复核一次，在本系统中提交，"
        "或者把书面申请交青山县的县级经办人。"
    )


def test_the_paper_of_what_an_objection_ended_names_no_appeal_for_there_is_none(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    officer = county.objection_officer
    objections.accept(raised, reason="有具体事实，可以核查。", actor=officer)
    finding = "经核查，主要数据不实。"
    objections.uphold(heard(raised), finding=finding, reverify=False, actor=officer)
    case = entry.application
    decision = case.decisions.get(transition="uphold_objection")

    said = of_word(county.head, "applications:letter", case.pk, decision.pk)

    assert finding in "".join(said)
    assert of_an_appeal(said) == []


def test_a_revocation_says_who_may_appeal_until_when_and_still_says_so_afterwards(
    county, held_clock
):
    title = Title(county)
    revoked = title.act("revoke")
    paper = ("titles:paper", title.row.pk, revoked.pk)
    at_once = of_an_appeal(of_word(county.coordinator, *paper))
    held_clock.move(20 * DAY)

    assert of_an_appeal(of_word(county.coordinator, *paper)) == at_once
    assert at_once == [
        (
            f"对本决定不服的，{title.row.name_zh}负责人可以在2026年3月9日前（含当天）申请复核一次，"
            "在本系统中提交，或者把书面申请交青山县的县级经办人。"
        )
    ]


def test_a_correction_notice_lists_what_came_back_with_its_reason(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction",
        application,
        county.reviewer,
        opinion="请按清单补正。",
        corrections={"NC-01": "请补充会议记录。"},
    )
    decision = application.decisions.get(transition="return_for_correction")

    said = of_word(county.preparer, "applications:letter", application.pk, decision.pk)

    assert {"NC-01", "请补充会议记录。", "请按清单补正。"} <= set(said)
    assert f"{county.township.name_zh}关于补正申报材料的通知" in "".join(said)


def test_a_correction_notice_says_the_last_day_of_the_case_page_also_once_it_was_answered(
    county, held_clock
):
    application = county.at(Stage.SUBMITTED)
    asked = {"opinion": "请按清单补正。", "corrections": {"NC-01": "请补充会议记录。"}}
    county.act("return_for_correction", application, county.reviewer, **asked)
    decision = application.decisions.get(transition="return_for_correction")
    letter = (county.head, "applications:letter", application.pk, decision.pk)
    page = as_(county.head).get(reverse("applications:case", args=[application.pk]))
    assert "2026年3月9日(周一) 24:00" in page.content.decode()

    said = of_word(*letter)

    assert any("请在2026年3月9日前（含当天）补正后重新提交" in line for line in said)
    held_clock.move(DAY)
    county.act_on_correction(application, "NC-01")
    assert of_word(*letter) == said
    assert "2026年3月9日前（含当天）" in of_pdf(*letter)[1].replace("\n", "")


def test_a_passage_without_a_letter_has_none(county):
    application = county.at(Stage.SUBMITTED)
    decision = application.decisions.latest("pk")

    for address in ([application.pk, decision.pk, "pdf"], [application.pk, 0, "pdf"]):
        answer = as_(county.preparer).get(reverse("applications:letter", args=address))
        assert answer.status_code == 404


def test_an_order_and_a_revocation_are_the_papers_of_their_steps(county, held_clock):
    title = Title(county)
    order = title.act("order")
    held_clock.move(31 * DAY)
    revoked = title.act("revoke")

    ordered = of_word(county.coordinator, "titles:paper", title.row.pk, order.pk)
    taken = of_word(county.coordinator, "titles:paper", title.row.pk, revoked.pk)

    assert {order.document_number, REASON} <= set(ordered)
    assert any("整改到位" in line for line in ordered)
    assert any("决定撤销" in line for line in taken)
    page = as_(county.coordinator).get(reverse("titles:title", args=[title.row.pk]))
    for step in (order, revoked):
        address = reverse("titles:paper", args=[title.row.pk, step.pk, "pdf"])
        assert address in page.content.decode()


# What became of the unit since


def merge(county, held_clock, unit, on=None):
    """The unit becomes part of another: recorded some days later, as of ``on`` or of that day."""
    held_clock.move(3 * DAY)
    into = factories.VillageFactory(superior=county.township, name_zh="青绿村党支部")
    proposal = Proposal(Kind.MERGED, on or clock.today(), (unit,), (into,), DOCUMENT)
    reorganizing.reorganize(
        proposal,
        chosen={},
        seen=reorganizing.Outlook(succession.fates(proposal)).digest,
        actor=factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction),
    )
    held_clock.move(3 * DAY)
    return into


def test_the_order_to_a_unit_that_was_merged_since_names_it_and_a_later_one_its_successor(
    county, held_clock
):
    title = Title(county)
    unit = title.row.organization
    order = title.act("order")
    before = of_word(county.coordinator, "titles:paper", title.row.pk, order.pk)

    into = merge(county, held_clock, unit)

    after = of_word(county.coordinator, "titles:paper", title.row.pk, order.pk)
    assert f"{unit.name_zh}：" in before
    assert after == before
    held_clock.move(31 * DAY)
    revoked = title.act("revoke")
    later = of_word(county.deciding_officer, "titles:paper", title.row.pk, revoked.pk)
    assert any(f"撤销{into.name_zh}" in line for line in later)


def test_a_merger_of_before_that_is_recorded_after_an_order_leaves_the_order_as_it_went_out(
    county, held_clock
):
    title = Title(county)
    held_clock.move(3 * DAY)
    merged_on = clock.today()
    held_clock.move(3 * DAY)
    order = title.act("order")
    before = of_word(county.coordinator, "titles:paper", title.row.pk, order.pk)

    merge(county, held_clock, title.row.organization, on=merged_on)

    assert of_word(county.coordinator, "titles:paper", title.row.pk, order.pk) == before


def test_a_correction_notice_names_who_was_asked_though_another_went_on_with_it(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    asked = {"opinion": "请按清单补正。", "corrections": {"NC-01": "请补充会议记录。"}}
    county.act("return_for_correction", application, county.reviewer, **asked)
    decision = application.decisions.get(transition="return_for_correction")
    letter = ("applications:letter", application.pk, decision.pk)

    into = merge(county, held_clock, county.village)

    application.refresh_from_db()
    assert application.organization == into
    said = of_word(county.reviewer, *letter)
    assert f"{county.village.name_zh}：" in said
    assert not any(into.name_zh in line for line in said)


def test_a_step_without_a_paper_and_that_of_another_title_have_none(county):
    one, other = Title(county), Title(county.beside())
    warned, ordered = one.act("warn"), other.act("order")

    for step in (warned, ordered):
        address = reverse("titles:paper", args=[one.row.pk, step.pk, "pdf"])
        assert as_(county.coordinator).get(address).status_code == 404


def objected(county, **identity):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    return objections.raise_objection(entry, facts="面积不实", identity=identity or None)


def test_the_answer_to_an_objection_calls_nobody_by_name(county):
    raised = objected(county, name="张三", contact="13800000000")
    address = reverse("notices:letter", args=[raised.pk, "pdf"])
    officer = county.objection_officer
    objections.accept(raised, reason="符合受理条件。", actor=officer)
    objections.dismiss(raised, finding="经核查，面积属实。", actor=officer)
    assert as_(officer).get(address).status_code == 404, "not answered yet"
    objections.answer(raised, answer="经核查，面积属实，您反映的问题不成立。", actor=officer)

    said = of_word(county.objection_officer, "notices:letter", raised.pk)

    assert "异议人：" in said
    assert "经核查，面积属实，您反映的问题不成立。" in said
    assert "张三" not in "".join(said)
    page = as_(county.objection_officer).get(reverse("notices:objection", args=[raised.pk]))
    assert address in page.content.decode()


def test_who_gave_no_name_is_written_no_answer(county):
    raised = objected(county)
    objections.refuse(raised, reason="没有可以核实的线索。", actor=county.objection_officer)

    address = reverse("notices:letter", args=[raised.pk, "pdf"])

    assert as_(county.objection_officer).get(address).status_code == 404


def test_a_notice_has_no_red_head(county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice

    said = of_word(county.publisher, "notices:paper", notice.pk)
    _answer, printed = of_pdf(county.publisher, "notices:paper", notice.pk)

    assert said[0] == "关于拟命名示范点名单的公示"
    assert county.village.name_zh in said
    assert not any("文件" in line for line in said)
    assert "公示期5个工作日" in printed.replace("\n", "")


def test_a_file_of_another_kind_is_not_there(county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice

    answer = as_(county.publisher).get(reverse("notices:paper", args=[notice.pk, "odt"]))

    assert answer.status_code == 404


def printed_at(person, address):
    answer = as_(person).get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return said.replace("\n", "")


def test_the_record_of_a_visit_is_printed_once_a_decision_released_it(county):
    application = county.at(Stage.VERIFYING)
    county.measure_all(application)
    visit = application.visits.get()
    address = reverse("applications:visit_record", args=[application.pk, visit.pk])
    assert as_(county.coordinator).get(address).status_code == 404
    county.act("complete_verification", application, county.verifiers[0])

    said = printed_at(county.head, address)

    assert "实地核查记录" in said
    assert "村党群服务中心" in said
    for member in county.verifiers:
        assert member.full_name in said
    page = as_(county.head).get(reverse("applications:papers", args=[application.pk]))
    assert address in page.content.decode()
    other = reverse("applications:visit_record", args=[application.pk, 0])
    assert as_(county.head).get(other).status_code == 404


def test_the_record_of_a_visit_and_the_report_say_of_what_each_answer_is(county):
    application = county.at(Stage.VERIFIED)
    visit = application.visits.get()
    check = application.standard.items.get(code="NC-03").checks.first()

    papers = [
        printed_at(
            county.head, reverse("applications:visit_record", args=[application.pk, visit.pk])
        ),
        printed_at(
            county.head, reverse("applications:paper", args=[application.pk, "report", "pdf"])
        ),
    ]

    for said in papers:
        assert f"{check.metric_zh}：" in said
        assert "C1" not in said


def test_the_sheet_of_a_meeting_is_printed_as_it_was_recorded(county):
    county.at(Stage.CHOSEN)
    selection = county.round.selections.get()
    address = reverse("selections:meeting_sheet", args=[selection.pk])

    said = printed_at(county.coordinator, address)

    assert "择优研究汇总表" in said
    assert "应到9人" in said
    assert "拟命名" in said
    assert "会议研究决定" in said
    assert "（）" not in said, "no document names the method"
    page = as_(county.coordinator).get(reverse("selections:meeting", args=[selection.pk]))
    assert address in page.content.decode()


def test_the_record_of_a_visit_and_the_sheet_of_a_meeting_keep_the_name_of_who_was_seen(
    county, held_clock
):
    application = county.at(Stage.CHOSEN, wait=held_clock.move_to)
    visit, selection = application.visits.get(), county.round.selections.get()
    papers = (
        reverse("applications:visit_record", args=[application.pk, visit.pk]),
        reverse("selections:meeting_sheet", args=[selection.pk]),
    )

    into = merge(county, held_clock, county.village)

    application.refresh_from_db()
    assert application.organization == into
    for paper in papers:
        said = printed_at(county.coordinator, paper)
        assert county.village.name_zh in said
        assert into.name_zh not in said


def test_a_decision_on_names_of_two_notices_says_the_period_and_basis_of_each(county, held_clock):
    first = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    held_clock.move(3 * DAY)
    second = county.beside().at(Stage.ON_NOTICE).notice_entries.get().notice
    Notice.objects.filter(pk=second.pk).update(basis="依据青组〔2026〕3号。")
    Notice.objects.filter(pk=second.pk).update(
        text_sha256=notice_sha256(Notice.objects.get(pk=second.pk))
    )
    held_clock.move_to(second.ends_at)
    end_those_over()
    for one in Notice.objects.all():
        notices.close_register(one, actor=county.objection_officer)
    draft = ("designations:draft", county.round.pk)
    drafted = "".join(of_word(county.deciding_officer, *draft))
    county.designate(*Application.objects.filter(stage=Stage.AWAITING_DESIGNATION))
    decision = county.round.decisions.get()

    decided = "".join(of_word(county.deciding_officer, "designations:decision", decision.pk))

    for said in (drafted, decided):
        for noticed in (first, second):
            assert span(noticed.first_day, noticed.last_day) in said
        assert "并分别经" in said
        assert "依据本县评定方案；依据青组〔2026〕3号。" in said


def test_a_decision_says_nothing_of_the_period_of_a_notice_that_was_broken_off(county, held_clock):
    application = county.at(Stage.ON_NOTICE)
    broken = application.notice_entries.get().notice
    held_clock.move(DAY)
    stop = {"cause": Cause.UNREACHABLE, "reason": "网站停机三天，公示中断。"}
    draft = notices.restart(broken, **stop, actor=county.publisher)
    notices.propose_again(draft, NOTICE, [application], actor=county.coordinator)
    notices.review_secrecy(draft, actor=county.secrecy_reviewer)
    notices.approve(draft, actor=county.deciding_officer)
    notices.publish(draft, actor=county.publisher)
    published = Notice.objects.get(pk=draft.pk)
    held_clock.move_to(published.ends_at)
    end_those_over()
    notices.close_register(published, actor=county.objection_officer)
    county.designate(Application.objects.get(pk=application.pk))

    decision = county.round.decisions.get()
    said = "".join(of_word(county.deciding_officer, "designations:decision", decision.pk))

    assert f"并经{span(published.first_day, published.last_day)}公示" in said
    assert span(broken.first_day, broken.last_day) not in said


@pytest.mark.parametrize(
    ("unit", "days"), [(DayUnit.WORKING, "5个工作日"), (DayUnit.CALENDAR, "7个自然日")]
)
def test_an_extended_notice_says_the_period_of_its_date_and_since_when_it_is_longer(
    county, held_clock, unit, days
):
    count = {DayUnit.WORKING: 5, DayUnit.CALENDAR: 7}[unit]
    Round.objects.filter(pk=county.round.pk).update(notice_unit=unit, notice_days=count)
    county.round.refresh_from_db()
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    before = of_word(county.publisher, "notices:paper", notice.pk)
    assert f"公示期{days}，自2026年3月3日至2026年3月9日。" in before
    held_clock.move(2 * DAY)
    for _time in range(2):
        notice.refresh_from_db()
        reason = "网站停机一天，公示页面无法访问。"
        notices.extend(notice, days=1, reason=reason, actor=county.publisher)

    after = of_word(county.publisher, "notices:paper", notice.pk)

    longer = "本公示期于2026年3月4日延长至2026年3月10日，于2026年3月4日延长至2026年3月11日。"
    assert [line for line in after if line != longer] == before
    assert longer in after
    assert longer in of_pdf(county.publisher, "notices:paper", notice.pk)[1].replace("\n", "")
