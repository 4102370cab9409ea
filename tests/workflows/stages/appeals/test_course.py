"""An appeal: once, in time, heard by people who had no hand in it, answered in writing, final."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.calendar import reminding, terms
from designation.calendar.models import CalendarYear
from designation.calendar.reminders import Kind
from designation.calendar.templatetags.deadlines import deadline
from designation.calendar.working_days import calendar, end_of_day, forget
from designation.organizations.models import Level, Person, Role
from designation.rounds.models import AppealsTo
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.appealed import ANSWER, FOUND, REASON, REFUSED, Appealed
from tests.workflows.test_two_counties import Neighbour
from workflows.case.facts import Act, Case
from workflows.case.interests import Tie, ties_of, why_not_verify
from workflows.case.rules import is_deciding_officer
from workflows.desk.orphans import orphans
from workflows.stages.appeals import against as appealing
from workflows.stages.appeals.gates import the_appeal_is_upheld
from workflows.stages.appeals.models import Against, Appeal
from workflows.stages.appeals.queries import to_answer
from workflows.stages.appeals.reminding import remind as remind_of_answer
from workflows.stages.appeals.rules import readable

pytestmark = pytest.mark.django_db

Status = Appeal.Status
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def case(county, held_clock):
    return Appealed(county)


def refused(act, *args, **said):
    """The codes for which it is refused; nothing is written."""
    before = Appeal.objects.values_list("status", "version").first()
    with pytest.raises(Refusal) as refusal:
        act(*args, **said)
    assert Appeal.objects.values_list("status", "version").first() == before
    return refusal.value.codes


def told(person):
    delivery.deliver_waiting()
    return [message.subject for message in Message.objects.filter(person=person).order_by("pk")]


# The way through


@pytest.mark.parametrize(
    ("against", "back_at"),
    [
        (Against.FIRST_REVIEW, Stage.SUBMITTED),
        (Against.VERIFICATION, Stage.RECOMMENDED),
        (Against.NOT_CHOSEN, Stage.VERIFIED),
        (Against.NOT_NAMED, Stage.AWAITING_DESIGNATION),
    ],
)
def test_an_upheld_appeal_leads_a_case_back_to_exactly_the_stage_that_it_concerns(
    county, held_clock, against, back_at
):
    case = Appealed(county, against, wait=held_clock.move_to)
    open_visits = case.application.visits.filter(closed_at=None).count()
    case.answer("uphold")

    assert case.stage == back_at
    assert case.appeal.status == Status.UPHELD
    last = case.decision
    assert (last.transition, last.actor) == ("uphold_appeal", case.hearer)
    assert last.opinion == f"{ANSWER}（答复文号：青组函〔2026〕5号；本答复是最终答复。）"
    verified_anew = against == Against.VERIFICATION
    left = 0 if verified_anew else open_visits
    assert case.application.visits.filter(closed_at=None).count() == left


def test_what_was_decided_stands_for_good_where_the_appeal_is_not_upheld(case):
    case.answer("dismiss")

    assert case.stage == Stage.REJECTED
    assert case.appeal.status == Status.NOT_UPHELD
    assert refused(case.lodge) == ("appealed_already",)
    assert refused(case.act, "uphold") == ("appeal_moved",)


def test_a_unit_may_take_its_appeal_back_and_makes_no_second_one(case):
    case.lodge()
    case.act("take_up")
    case.act("withdraw", actor=case.county.head)

    assert (case.appeal.status, case.stage) == (Status.WITHDRAWN, Stage.REJECTED)
    assert not terms.open_terms(case.appeal).exists()
    assert refused(case.lodge) == ("appealed_already",)


def test_a_case_that_came_back_may_be_refused_and_appealed_against_again(case):
    case.answer("uphold")
    case.county.act(
        "reject", case.application, case.county.reviewer, opinion="重新审核，仍不达标。"
    )
    first = Appeal.objects.get()

    again = case.lodge()

    assert again.pk != first.pk
    assert again.decision == case.decision


def test_the_unit_that_met_the_standard_comes_before_the_next_meeting(county, held_clock):
    case = Appealed(county, Against.NOT_CHOSEN)
    case.answer("uphold")

    county.choose(case.application)

    assert case.stage == Stage.CHOSEN


def test_without_a_place_left_the_unit_can_come_in_reserve_and_takes_none_away(county, held_clock):
    county.round_category.quota = 1
    county.round_category.save()
    beside = county.beside()
    other = beside.at(Stage.VERIFIED)
    left_out = county.at(Stage.VERIFIED)
    county.choose(other, left_out=[left_out])
    case = Appealed.of(county, left_out, Against.NOT_CHOSEN)
    case.answer("uphold")

    assert "too_many_chosen" in refused(county.choose, case.application)
    county.choose(reserve=[case.application])

    assert case.stage == Stage.RESERVE
    other.refresh_from_db()
    assert other.stage == Stage.CHOSEN


def test_while_an_appeal_is_open_the_others_of_the_round_go_on(case):
    case.lodge()
    other = case.county.beside().at(Stage.SUBMITTED)

    case.county.mark_all(other)
    case.county.act("recommend", other, case.county.reviewer, opinion="同意推荐，各项均已达标。")

    other.refresh_from_db()
    assert other.stage == Stage.RECOMMENDED


# In time, and once


def test_the_time_to_appeal_is_five_working_days_and_ends_at_midnight_of_the_last(case, held_clock):
    last = calendar().add(clock.today(), 5)
    assert appealing.until(case.decision) == end_of_day(last)
    held_clock.move_to(end_of_day(last) - MINUTE)
    case.lodge()


def test_an_appeal_a_minute_late_is_told_until_when_it_could_have_been(case, held_clock):
    held_clock.move_to(appealing.until(case.decision))

    with pytest.raises(Refusal, match=r"申请复核的期限到2026年3月9日.+24:00为止") as refusal:
        case.lodge()

    (finding,) = refusal.value.findings
    assert (finding.code, finding.field) == ("appeal_late", "reason")
    assert not Appeal.objects.exists()


def test_a_round_may_give_more_days(county, held_clock):
    county.round.appeal_days = 10
    county.round.save()
    case = Appealed(county)
    held_clock.move_to(end_of_day(calendar().add(clock.today(), 10)) - MINUTE)

    case.lodge()


def test_the_time_to_appeal_is_written_down_with_the_decision(case):
    (term,) = terms.open_terms(case.decision)
    written = (term.kind, term.role, term.organization, term.began_at, term.days)
    decided_at = case.decision.at
    assert written == ("decided.appeal", Role.HEAD, case.application.organization, decided_at, 5)
    submitted = case.application.decisions.get(transition="submit")
    assert not terms.open_terms(submitted).exists()

    # More days that the round gives now are those of what is decided from now on.
    case.county.round.appeal_days = 10
    case.county.round.save()
    assert appealing.until(case.decision) == term.due_at


def test_what_was_decided_before_such_terms_were_kept_is_counted(case):
    until = appealing.until(case.decision)
    terms.end(terms.open_terms(case.decision).get(), at=clock.now(), as_=terms.Ending.OVERTAKEN)

    assert appealing.until(case.decision) == until


def test_nobody_is_late_where_nobody_can_count(county, held_clock):
    found = county.at(Stage.SUBMITTED)
    CalendarYear.objects.filter(year=2026).delete()
    forget()
    county.act("reject", found, county.reviewer, opinion=REFUSED)
    case = Appealed.of(county, found, Against.FIRST_REVIEW)
    county.head  # noqa: B018 - seated before anybody appeals
    held_clock.move(30 * DAY)

    appeal = case.lodge()

    assert appeal.term is None
    assert appealing.until(case.decision) is None


def test_the_database_takes_one_appeal_against_a_decision(case):
    case.lodge()
    row = case.appeal
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_only_what_ended_the_case_is_appealed_against(case):
    submitted = case.application.decisions.get(transition="submit")

    assert refused(case.lodge_against, submitted) == ("nothing_to_appeal",)


def test_a_step_stays_as_it_was_taken(case):
    case.lodge()
    for statement in (
        "UPDATE workflows_appealstep SET at = at",
        "DELETE FROM workflows_appealstep",
    ):
        with pytest.raises(IntegrityError, match="kept as it was taken"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("said", [{"reason": "太短"}, {"reason": "  "}])
def test_an_appeal_says_why(case, said):
    assert refused(case.lodge, **said) == ("too_short",)


@pytest.mark.parametrize("grounds", [(), ("taste",)])
def test_what_a_meeting_decided_is_appealed_on_facts_count_and_procedure_only(
    county, held_clock, grounds
):
    case = Appealed(county, Against.NOT_CHOSEN)

    assert refused(case.lodge, grounds=grounds) == ("no_ground",)
    appeal = case.lodge(grounds=("procedure", "count"))
    assert appeal.grounds == ["count", "procedure"]


# Whose it is


def test_the_head_alone_appeals(case):
    strangers = [
        case.county.preparer,
        case.county.reviewer,
        case.hearer,
        factories.seated(Role.HEAD, factories.VillageFactory()),
    ]
    for person in strangers:
        assert refused(case.lodge, actor=person) == ("not_permitted",)


def test_people_who_had_a_hand_in_it_do_not_hear_it_nor_read_it_before_the_answer(
    county, held_clock
):
    case = Appealed(county, Against.VERIFICATION)
    case.lodge()
    home = {"home_organization": county.village}
    verifier = county.verifiers[0]
    factories.SeatFactory(
        role=Role.OBJECTION_OFFICER, person=verifier, jurisdiction=county.jurisdiction
    )
    kept = [
        county.coordinator,
        verifier,
        county.reviewer,
        county.deciding_officer,
        factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction, **home),
        Neighbour().coordinator,
    ]
    for person in kept:
        assert refused(case.act, "take_up", actor=person) == ("not_permitted",)
        assert not readable(person).exists()
        assert to_answer(person, 10) == []
    assert to_answer(case.hearer, 10) == [case.appeal]
    case.act("take_up", actor=county.objection_officer)


def test_who_heard_an_appeal_neither_verifies_the_case_nor_decides_on_it(case):
    case.answer("uphold")
    ties = ties_of([case.application.pk])[case.application.pk]

    assert Tie.HEARD_APPEAL in ties[case.hearer.pk]
    assert "办理过它的复核" in why_not_verify(case.application, case.hearer, ties)
    decides = factories.SeatFactory(
        role=Role.DECIDING_OFFICER, person=case.hearer, jurisdiction=case.county.jurisdiction
    ).person
    decides = Person.objects.get(pk=decides.pk)

    assert not is_deciding_officer(Case(case.application), decides)


def test_where_the_round_names_the_superior_nobody_of_the_county_hears_it(county, held_clock):
    county.round.appeals_to = AppealsTo.SUPERIOR
    county.round.save()
    case = Appealed(county, Against.NOT_CHOSEN)
    case.lodge()
    city = factories.JurisdictionFactory(
        code="341800000000", name_zh="某市", level=Level.PREFECTURE
    )
    above = factories.seated(Role.COUNTY_COORDINATOR, city)

    assert refused(case.act, "take_up") == ("not_permitted",)
    assert to_answer(case.hearer, 10) == []
    assert to_answer(above, 10) == [case.appeal]
    no_meeting = {"meeting_name": "", "meeting_on": None, "meeting_attendance": ""}
    case.act("take_up", actor=above)
    case.act("report", actor=above)
    case.act("uphold", actor=above, meeting_result="", **no_meeting)
    assert case.stage == Stage.VERIFIED


def test_what_nobody_may_hear_stands_on_the_list_of_what_nobody_can_do(county, held_clock):
    case = Appealed(county, Against.VERIFICATION)
    case.lodge()
    name = county.village.name_zh
    (orphan,) = orphans(county.coordinator)
    assert (orphan.name, "县级经办人" in orphan.what_to_do) == (name, True)
    assert str(case.application.pk) in orphan.address

    city = factories.JurisdictionFactory(
        code="341800000000", name_zh="某市", level=Level.PREFECTURE
    )
    factories.seated(Role.OBJECTION_OFFICER, city)

    assert orphans(county.coordinator) == []


def test_for_the_superior_alone_a_colleague_does_not_take_it_off_that_list(county, held_clock):
    county.round.appeals_to = AppealsTo.SUPERIOR
    county.round.save()
    case = Appealed(county, Against.NOT_CHOSEN)
    case.lodge()
    assert case.hearer

    assert len(orphans(county.coordinator)) == 1


# The answer


def test_what_a_meeting_decided_is_looked_into_before_it_is_laid_before_it_again(
    county, held_clock
):
    case = Appealed(county, Against.NOT_CHOSEN)
    case.lodge()
    case.act("take_up")
    assert refused(case.act, "uphold") == ("not_reported",)
    assert refused(case.act, "report", facts="", count="短") == ("too_short", "too_short")
    case.act("report")

    empty = {
        "meeting_name": " ",
        "meeting_attendance": "",
        "meeting_result": "",
        "meeting_on": None,
    }
    assert refused(case.act, "uphold", **empty) == ("no_meeting",) * 3 + ("dated_wrong",)
    case.act("dismiss", meeting_result="维持原来的研究结果。")

    assert case.appeal.procedure == FOUND
    assert case.appeal.meeting_result == "维持原来的研究结果。"


def test_what_no_meeting_decided_is_answered_at_once(case):
    case.lodge()
    case.act("take_up")

    assert refused(case.act, "report") == ("no_meeting_decided",)
    case.act("dismiss")
    assert case.appeal.meeting_name == ""


def test_an_answer_is_written_with_its_number_and_day(case):
    case.lodge()
    case.act("take_up")
    empty = {"document_number": " ", "answered_on": None, "answer": "不行"}

    assert refused(case.act, "dismiss", **empty) == ("no_document", "dated_wrong", "too_short")
    for day in (clock.today() + DAY, clock.today() - DAY):
        assert refused(case.act, "dismiss", answered_on=day) == ("dated_wrong",)


def test_it_is_answered_only_after_somebody_took_it_up(case):
    case.lodge()

    assert refused(case.act, "uphold") == ("appeal_moved",)


def test_of_two_who_answer_at_once_one_wins_and_the_other_is_told_what_stands(case):
    case.up_to_the_answer()
    seen = case.appeal.version
    other = factories.seated(Role.COUNTY_COORDINATOR, case.county.jurisdiction)
    case.act("dismiss", seen=seen)

    with pytest.raises(Refusal, match="现为“维持原决定”，已由他人办理") as refusal:
        case.act("uphold", seen=seen, actor=other)

    assert refusal.value.codes == ("appeal_moved",)
    assert case.stage == Stage.REJECTED


def test_a_form_that_is_sent_twice_is_answered_as_the_first_time(case):
    case.up_to_the_answer()
    sent = {"request_key": "k" * 32, "seen": case.appeal.version}

    case.act("uphold", **sent)
    case.act("uphold", **sent)

    assert [step.act for step in case.appeal.steps.all()] == ["lodged", "taken_up", "upheld"]


# Who is told, and when


def test_the_unit_and_those_who_may_hear_it_are_told_and_nobody_who_had_a_hand(county, held_clock):
    case = Appealed(county, Against.VERIFICATION)
    assert case.hearer
    name = county.village.name_zh
    case.lodge()

    asked = f"{name}申请复核，请在2026年3月23日(周一) 24:00前书面答复。"
    assert told(case.hearer)[-1] == asked
    assert not [one for one in told(county.coordinator) if "申请复核，请" in one]
    assert f"已收到{name}的复核申请，2026年3月23日(周一) 24:00前书面答复。" in told(county.preparer)


def test_nobody_of_the_county_is_asked_to_answer_what_its_superior_alone_hears(county, held_clock):
    county.round.appeals_to = AppealsTo.SUPERIOR
    county.round.save()
    case = Appealed(county, Against.NOT_CHOSEN)
    city = factories.JurisdictionFactory(
        code="341800000000", name_zh="某市", level=Level.PREFECTURE
    )
    above = factories.seated(Role.COUNTY_COORDINATOR, city)
    assert case.hearer
    case.lodge()

    assert any("申请复核，请" in one for one in told(above))
    assert not any("申请复核" in one for one in told(case.hearer))


def test_who_stands_in_for_the_coordinator_it_is_about_is_not_asked_to_answer(county, held_clock):
    case = Appealed(county, Against.VERIFICATION)
    deputy = factories.deputy_in(county.coordinator.seats.get())
    case.lodge()

    assert not any("申请复核" in one for one in told(deputy))
    assert refused(case.act, "take_up", actor=deputy) == ("not_permitted",)


def test_whose_decision_it_is_does_not_hear_that_the_answer_is_late(county, held_clock):
    case = Appealed(county, Against.NOT_NAMED, wait=held_clock.move_to)
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    case.lodge()
    (term,) = terms.open_terms(case.appeal)
    remind_of_answer(term, Kind.TO_SUPERIOR)

    assert any("复核" in subject for subject in told(other))
    assert not any("复核" in subject for subject in told(county.deciding_officer))


def test_the_answer_that_does_not_uphold_it_says_that_it_is_final(case):
    case.answer("dismiss")
    delivery.deliver_waiting()

    message = Message.objects.filter(person=case.county.head).latest("pk")
    assert message.subject.endswith("申请复核的答复：维持原决定。")
    for part in (ANSWER, "青组函〔2026〕5号", "本答复是最终答复，不能再次申请复核。"):
        assert part in message.body


def test_an_appeal_is_to_be_answered_in_fifteen_working_days_and_reminded_of(case, held_clock):
    case.lodge()
    assert case.hearer
    (term,) = terms.open_terms(case.appeal)
    assert term.due_at == end_of_day(calendar().add(clock.today(), 15))
    held_clock.move_to(term.due_at - 6 * timedelta(hours=1))
    reminding.remind()
    assert any("答复复核申请" in subject for subject in told(case.hearer))

    case.act("take_up")
    case.act("dismiss", answered_on=clock.today())

    assert not terms.open_terms(case.appeal).exists()


def test_every_step_stands_in_the_log_with_what_it_is_against(case):
    case.answer("dismiss")

    found = AuditEvent.objects.filter(action__startswith="appeal.").order_by("sequence")
    assert [event.action for event in found] == [
        "appeal.lodged",
        "appeal.taken_up",
        "appeal.not_upheld",
    ]
    assert found.last().details["against"] == "不予推荐"
    assert found.last().actor_id == case.hearer.pk


def test_a_deputy_of_the_head_appeals_in_their_place(case):
    seat = case.county.head.seats.get()
    own = factories.SeatFactory(role=Role.HEAD, organization=factories.VillageFactory())
    deputy = factories.deputy_in(seat, own=own)

    case.lodge(actor=deputy, reason=REASON)

    step = case.appeal.steps.get()
    assert (step.actor, step.acted_for) == (deputy, case.county.head)


def test_an_answer_is_not_dated_before_the_meeting_that_it_tells_of(county, held_clock):
    case = Appealed(county, Against.NOT_CHOSEN)
    case.up_to_the_answer()
    lodged_on = clock.today()
    held_clock.move(DAY)

    early = {"meeting_on": clock.today(), "answered_on": lodged_on}

    assert refused(case.act, "dismiss", **early) == ("dated_wrong",)


def test_a_case_goes_back_by_an_appeal_that_was_upheld_alone(county):
    case = Appealed(county)
    case.lodge()
    act = Act(appeal_id=case.appeal.pk)

    (finding,) = the_appeal_is_upheld(Case(case.application, actor=case.hearer, act=act))

    assert finding.code == "no_upheld_appeal"


# What its decision says of it


@pytest.mark.parametrize(
    "against",
    [Against.FIRST_REVIEW, Against.VERIFICATION, Against.NOT_CHOSEN, Against.NOT_NAMED],
)
def test_the_message_about_a_decision_says_until_when_and_where_to_appeal(
    county, held_clock, against
):
    county.head  # noqa: B018 - seated before anybody is told
    case = Appealed(county, against, wait=held_clock.move_to)
    delivery.deliver_waiting()

    last = Message.objects.filter(person=county.head).latest("pk")

    until = deadline(appealing.until(case.decision))
    assert f"单位负责人可以在{until}前申请复核一次" in last.body
    assert f"书面申请交{county.jurisdiction.name_zh}的县级经办人" in last.body
    first = Message.objects.filter(person=county.head).earliest("pk")
    assert "申请复核" not in first.body


def test_where_nobody_can_count_the_message_says_where_and_not_until_when(county, held_clock):
    found = county.at(Stage.SUBMITTED)
    CalendarYear.objects.filter(year=2026).delete()
    forget()
    county.head  # noqa: B018 - seated before anybody is told
    county.act("reject", found, county.reviewer, opinion=REFUSED)
    delivery.deliver_waiting()

    last = Message.objects.filter(person=county.head).latest("pk")

    assert "申请复核一次" not in last.body
    assert "申请复核：在本系统中提交" in last.body
