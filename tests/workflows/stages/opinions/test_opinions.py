"""Departments are asked, answer or are silent; what is on record of it opens the gate, or not."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.calendar import by_time
from designation.organizations.models import Role
from designation.rounds.models import Secrecy
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.departments import DOCUMENT, FOUND, NOTHING, department, sent, with_veto
from workflows import gates
from workflows.case.facts import Case
from workflows.stages.opinions import answering, asking, instead
from workflows.stages.opinions.answering import Answer
from workflows.stages.opinions.instead import Letter
from workflows.stages.opinions.models import Opinion, OpinionLine, OpinionList
from workflows.stages.selection.choosing import NotDecided

pytestmark = pytest.mark.django_db

LETTER = Letter("安监〔2026〕5号", date(2026, 3, 2))


@pytest.fixture
def police(county):
    return department(county, "县公安局")


def found(name, application):
    case = Case(Application.objects.get(pk=application.pk))
    return [
        finding.code
        for finding in gates.findings(name, case)
        if finding.code.startswith("department_")
    ]


def told(person):
    deliver_waiting()
    return [message.subject for message in Message.objects.filter(person=person).order_by("pk")]


# Asked


def test_each_department_gets_the_names_and_what_tells_them_apart(county, safety, police):
    application = county.at(Stage.RECOMMENDED)
    lists = sent(county)

    assert {one.department for one in lists} == {safety.organization, police.organization}
    line = safety.line(application)
    assert (line.name, line.superior) == (county.village.name_zh, county.township.name_zh)
    assert line.area == f"{county.jurisdiction.name_zh}{county.village.jurisdiction.name_zh}"
    assert safety.list.term.days == 5
    assert told(safety.clerk) == ["请县应急管理局对 1 家单位答复意见。"]


def test_a_name_that_comes_later_is_asked_about_on_a_list_of_its_own(county, safety):
    county.at(Stage.RECOMMENDED)
    sent(county)
    later = county.beside().at(Stage.RECOMMENDED)
    sent(county)

    assert [line.application for line in safety.list.lines.all()] == [later]
    assert OpinionList.objects.count() == 2
    with pytest.raises(Refusal, match="没有还要征求"):
        sent(county)


def test_a_department_is_not_asked_about_itself(county, safety):
    application = county.at(Stage.RECOMMENDED)
    Application.objects.filter(pk=application.pk).update(organization=safety.organization)

    assert found("begin_verification", application) == []
    with pytest.raises(Refusal, match="没有还要征求"):
        sent(county)


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.DRAFT])
def test_what_did_not_come_to_the_county_is_not_asked_about(county, safety, stage):
    county.at(stage)
    with pytest.raises(Refusal, match="没有还要征求"):
        sent(county)


def test_only_the_coordinator_asks(county, safety):
    county.at(Stage.RECOMMENDED)
    for person in (county.deciding_officer, county.reviewer, safety.clerk):
        with pytest.raises(Refusal, match="县级经办人"):
            asking.send(county.round, actor=person)


def test_where_the_calendar_ends_nothing_is_sent(county, safety, held_clock):
    county.at(Stage.RECOMMENDED)
    held_clock.move(timedelta(days=4000))
    with pytest.raises(Refusal):
        sent(county)
    assert not OpinionList.objects.exists()


# The gates


def test_a_visit_does_not_begin_before_the_departments_are_asked(county, safety, police):
    application = county.at(Stage.RECOMMENDED)
    assert found("begin_verification", application) == ["department_not_asked"] * 2
    sent(county)
    assert found("begin_verification", application) == []


def test_a_meeting_chooses_whom_every_department_has_answered(county, safety, police):
    application = _verified(county)
    assert found("choose", application) == ["department_silent"] * 2
    with pytest.raises(NotDecided, match=r"县公安局对.*还没有答复，答复期限"):
        county.choose(application)
    safety.answer()
    assert found("choose", application) == ["department_silent"]
    police.answer(FOUND)
    county.choose(application)
    assert Application.objects.get(pk=application.pk).stage == Stage.CHOSEN


@pytest.mark.parametrize("name", ["choose", "put_in_reserve"])
def test_silence_is_no_consent_however_long(county, safety, held_clock, name):
    application = _verified(county)
    held_clock.move(timedelta(days=60))
    by_time.carry_out()
    assert found(name, application) == ["department_silent"]


def test_a_round_that_asks_nobody_has_no_such_gate(county):
    application = county.at(Stage.VERIFIED)
    assert found("choose", application) == []


def test_whom_nobody_was_asked_about_is_not_chosen_either(county):
    application = county.at(Stage.VERIFIED)
    department(county, "县应急管理局")
    assert found("choose", application) == ["department_not_asked"]


def _verified(county):
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    county._begin_verification(application)
    county._complete_verification(Application.objects.get(pk=application.pk))
    return Application.objects.get(pk=application.pk)


# Answered


def test_a_list_is_handed_in_whole_or_not_at_all(county, safety):
    first, second = county.at(Stage.RECOMMENDED), county.beside().at(Stage.RECOMMENDED)
    sent(county)
    line = safety.line(second)
    only = {safety.line(first).pk: NOTHING}
    with pytest.raises(Refusal) as refused:
        answering.hand_in(safety.list, only, actor=safety.clerk)

    assert [one.field for one in refused.value.findings] == [f"answer-{line.pk}"]
    assert not Opinion.objects.exists()
    safety.answer()
    assert Opinion.objects.count() == 2
    assert safety.list.handed_in_at == clock.now()
    assert safety.list.term.ended_as == "met"
    assert told(county.coordinator)[-1:] == ["县应急管理局已答复征求的意见（2 家单位）。"]


def test_who_says_that_it_is_there_says_what(county, safety):
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    with pytest.raises(Refusal) as refused:
        safety.answer(Answer(is_found=True))
    assert [one.field for one in refused.value.findings] == [
        f"remark-{safety.line(application).pk}"
    ]


def test_a_fact_that_ends_an_application_needs_its_document(county):
    police = department(county, "县公安局", vetoes=["NC-03-C4"])
    application = _verified(county)
    # The visit had named what it rests on; what the department knows came after it.
    with_veto(county, "NC-03-C4")
    with pytest.raises(Refusal) as refused:
        police.answer(FOUND)
    key = police.line(application).pk
    wanted = {f"document-{key}", f"number-{key}", f"dated-{key}"}
    assert {one.field for one in refused.value.findings} == wanted
    tomorrow = DOCUMENT | {"document_date": clock.today() + timedelta(days=1)}
    with pytest.raises(Refusal, match="不能晚于今天"):
        police.answer(Answer(is_found=True, remark="属实", **tomorrow))

    police.answer(Answer(is_found=True, remark="属实", **DOCUMENT))
    assert found("choose", application) == ["department_found_veto"]
    assert found("move_up", application) == ["department_found_veto"]
    with pytest.raises(NotDecided, match="一票否决的事实"):
        county.choose(application)


def test_a_veto_that_the_round_does_not_have_asks_for_no_document(county):
    police = department(county, "县公安局", vetoes=["NC-03-C4"])
    application = _verified(county)
    police.answer(FOUND)
    assert found("choose", application) == []


def test_no_longer_asked_is_what_has_ended_meanwhile(county, safety):
    ended = county.at(Stage.RECOMMENDED)
    other = county.beside().at(Stage.RECOMMENDED)
    sent(county)
    county.act("withdraw", ended, county.head)
    answers = {safety.line(other).pk: NOTHING}
    answering.hand_in(safety.list, answers, actor=safety.clerk)
    assert [one.line.application for one in Opinion.objects.all()] == [other]


def test_nobody_else_answers_for_a_department(county, safety, police):
    county.at(Stage.RECOMMENDED)
    sent(county)
    for person in (police.clerk, county.coordinator, county.reviewer, county.head):
        with pytest.raises(Refusal, match="该部门的承办人"):
            answering.hand_in(safety.list, {}, actor=person)


def test_who_belongs_to_a_name_leaves_the_list_to_a_colleague(county, safety):
    county.at(Stage.RECOMMENDED)
    sent(county)
    factories.SeatFactory(person=safety.clerk, role=Role.HEAD, organization=county.village)
    with pytest.raises(Refusal, match="另一位承办人"):
        safety.answer()


def test_a_list_is_handed_in_once(county, safety):
    county.at(Stage.RECOMMENDED)
    sent(county)
    safety.answer()
    with pytest.raises(Refusal, match="已由本部门的人交回"):
        safety.answer()


# Corrected


def test_a_correction_takes_the_place_of_what_stays_on_record(county, safety):
    application = county.at(Stage.RECOMMENDED)
    other = county.beside().at(Stage.RECOMMENDED)
    sent(county)
    safety.answer()
    keys = [safety.line(one).pk for one in (application, other)]
    corrected = {keys[0]: FOUND, keys[1]: NOTHING}
    with pytest.raises(Refusal, match="更正的原因"):
        answering.correct(safety.list, corrected, " ", actor=safety.clerk)
    answering.correct(safety.list, corrected, "漏查一起", actor=safety.clerk)

    former, present = Opinion.objects.filter(line=keys[0]).order_by("pk")
    assert (former.is_found, present.is_found) == (False, True)
    assert (present.replaces, present.reason) == (former, "漏查一起")
    assert Opinion.objects.filter(line=keys[1]).count() == 1
    assert told(county.coordinator)[-1] == "县应急管理局更正了对 1 家单位的答复。"
    with pytest.raises(Refusal, match="没有可更正的"):
        answering.correct(safety.list, corrected, "再交一次", actor=safety.clerk)


def test_what_was_not_handed_in_is_not_corrected(county, safety):
    county.at(Stage.RECOMMENDED)
    sent(county)
    with pytest.raises(Refusal, match="还没有交回"):
        answering.correct(safety.list, {}, "更正", actor=safety.clerk)


# Silent


def test_when_the_time_is_over_everybody_is_reminded_once(county, safety, held_clock):
    county.at(Stage.RECOMMENDED)
    sent(county)
    held_clock.move_to(safety.list.due_at)
    for _run in range(2):
        by_time.carry_out()

    late = "答复期限已到：县应急管理局还有 1 家单位没有答复。"
    assert told(safety.clerk).count(late) == 1
    assert told(county.coordinator).count("县应急管理局逾期没有答复（1 家单位）。") == 1


def test_nobody_is_reminded_of_what_was_answered_or_has_ended(county, safety, police, held_clock):
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    safety.answer()
    due = police.list.due_at
    county.act("withdraw", application, county.head)
    held_clock.move_to(due)
    by_time.carry_out()
    assert len(told(police.clerk)) == len(told(safety.clerk)) == 1


def test_the_answer_on_paper_stands_with_its_number(county, safety):
    application = _verified(county)
    key = safety.line(application).pk
    blank = Letter("", None)
    with pytest.raises(Refusal) as refused:
        instead.enter_paper(safety.list, blank, {key: NOTHING}, actor=county.coordinator)
    fields = [one.field for one in refused.value.findings]
    assert fields == ["document_number", "document_date"]
    later = Letter("5号", clock.today() + timedelta(days=1))
    with pytest.raises(Refusal, match="不能晚于今天"):
        instead.enter_paper(safety.list, later, {key: NOTHING}, actor=county.coordinator)
    with pytest.raises(Refusal, match="至少填写"):
        instead.enter_paper(safety.list, LETTER, {key: Answer()}, actor=county.coordinator)
    found_there = {key: Answer(is_found=True)}
    with pytest.raises(Refusal, match="是什么情况"):
        instead.enter_paper(safety.list, LETTER, found_there, actor=county.coordinator)

    instead.enter_paper(safety.list, LETTER, {key: NOTHING}, actor=county.coordinator)
    opinion = Opinion.objects.get()
    assert (opinion.source, opinion.document_number) == ("paper", "安监〔2026〕5号")
    assert safety.list.term.ended_as == "met"
    assert found("choose", application) == []
    assert told(safety.clerk)[-1] == "已登记县应急管理局对 1 家单位的书面答复。"


def test_a_letter_that_says_nothing_of_one_name_leaves_it_waiting(county, safety):
    first, second = county.at(Stage.RECOMMENDED), county.beside().at(Stage.RECOMMENDED)
    sent(county)
    answers = {safety.line(first).pk: NOTHING, safety.line(second).pk: Answer()}
    instead.enter_paper(safety.list, LETTER, answers, actor=county.coordinator)
    assert Opinion.objects.count() == 1
    assert safety.list.term.ended_at is None


def test_it_is_not_waited_for_once_its_time_is_over_and_with_a_reason(county, safety, held_clock):
    application = _verified(county)
    with pytest.raises(Refusal, match="期限还没有到"):
        instead.wait_no_more(safety.list, "机构正在合并", actor=county.coordinator)
    held_clock.move_to(safety.list.due_at)
    with pytest.raises(Refusal, match="理由"):
        instead.wait_no_more(safety.list, " ", actor=county.coordinator)

    instead.wait_no_more(safety.list, "机构正在合并", actor=county.coordinator)
    assert Opinion.objects.get().source == "unanswered"
    assert found("choose", application) == []
    with pytest.raises(Refusal, match="没有还在等候"):
        instead.wait_no_more(safety.list, "机构正在合并", actor=county.coordinator)
    assert told(safety.clerk)[-1] == "县应急管理局对 1 家单位没有答复，已不再等候。"


def test_an_answer_that_comes_after_all_takes_the_place_of_silence(county, safety, held_clock):
    application = _verified(county)
    held_clock.move_to(safety.list.due_at)
    instead.wait_no_more(safety.list, "机构正在合并", actor=county.coordinator)
    safety.answer(FOUND)
    last = Opinion.objects.latest("pk")
    assert (last.is_found, last.replaces.source) == (True, "unanswered")
    assert found("choose", application) == []


def test_a_letter_takes_the_place_of_silence(county, safety, held_clock):
    application = _verified(county)
    held_clock.move_to(safety.list.due_at)
    instead.wait_no_more(safety.list, "机构正在合并", actor=county.coordinator)
    answers = {safety.line(application).pk: NOTHING}
    instead.enter_paper(safety.list, LETTER, answers, actor=county.coordinator)
    assert Opinion.objects.latest("pk").replaces.source == "unanswered"


def test_only_the_coordinator_enters_for_a_department(county, safety, held_clock):
    county.at(Stage.RECOMMENDED)
    sent(county)
    held_clock.move_to(safety.list.due_at)
    for person in (safety.clerk, county.deciding_officer):
        with pytest.raises(Refusal, match="县级经办人"):
            instead.enter_paper(safety.list, LETTER, {}, actor=person)
        with pytest.raises(Refusal, match="县级经办人"):
            instead.wait_no_more(safety.list, "合并", actor=person)


def test_a_coordinator_of_the_applicant_enters_nothing_for_a_department(county, safety, held_clock):
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    held_clock.move_to(safety.list.due_at)
    person = county.coordinator
    person.home_organization = county.village
    person.save(update_fields=["home_organization"])
    with pytest.raises(Refusal, match="应当回避"):
        instead.wait_no_more(safety.list, "机构正在合并", actor=person)
    answers = {safety.line(application).pk: NOTHING}
    with pytest.raises(Refusal, match="应当回避"):
        instead.enter_paper(safety.list, LETTER, answers, actor=person)


# Kept


def test_the_log_says_that_it_was_answered_and_not_what(county):
    secret = department(county, "县纪委监委", secrecy=Secrecy.COORDINATOR)
    county.at(Stage.RECOMMENDED)
    sent(county)
    secret.answer(FOUND)
    event = AuditEvent.objects.get(action="opinion_list.hand_in")
    assert event.details == {"department": "县纪委监委", "count": 1}
    assert event.actor_role == Role.DEPARTMENT_CLERK


@pytest.mark.parametrize(
    "change",
    [
        lambda: Opinion.objects.update(is_found=True, remark="改"),
        lambda: Opinion.objects.all()._raw_delete("default"),
        lambda: OpinionLine.objects.update(name="改"),
        lambda: OpinionList.objects.update(question="改"),
        lambda: OpinionList.objects.update(handed_in_at=None),
        lambda: OpinionList.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_keeps_it_as_it_was_given(county, safety, change):
    county.at(Stage.RECOMMENDED)
    sent(county)
    safety.answer()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
