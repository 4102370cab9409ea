"""Who stands in for another acts "for" them: both names on record, both free of interests."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.register.models import Designation
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.course import MEETING, NOTICE, OPINION
from tests.departments import FOUND, NOTHING, department, sent
from workflows.case.facts import Case
from workflows.case.interests import Tie, ties_of
from workflows.case.scoping import visible_applications, waiting_for
from workflows.case.vacancies import with_vacancies
from workflows.stages.conferral.decisions import designate
from workflows.stages.objections import gates
from workflows.stages.opinions import answering, instead
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import NoticeStep
from workflows.stages.selection import choosing
from workflows.stages.selection.models import SelectionRow

pytestmark = pytest.mark.django_db


def page_of(person, name, *args):
    browser = Client()
    browser.force_login(person)
    return browser.get(reverse(name, args=args)).content.decode()


def anew(person):
    """The person as a new request reads them."""
    return Person.objects.get(pk=person.pk)


def deputy_of(person, **seat):
    return factories.deputy_in(person.seats.get(), **seat)


@pytest.fixture
def submitted(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    return application


@pytest.fixture
def deputy(county):
    """Of the first reviewer."""
    return deputy_of(county.reviewer)


def recommend(county, application, person):
    county.act("recommend", application, anew(person), opinion=OPINION)


# What a deputy may, and what is kept of it


def test_what_waits_for_a_seat_waits_for_its_deputy_too(county, submitted, deputy):
    assert submitted in visible_applications(deputy)
    assert submitted in waiting_for(deputy)
    assert submitted in waiting_for(county.reviewer), "whoever holds the seat goes on acting"


def test_a_deputy_decides_for_and_both_names_stand_in_record_history_and_log(
    county, submitted, deputy
):
    recommend(county, submitted, deputy)

    decision = submitted.decisions.get(transition="recommend")
    assert (decision.actor, decision.acted_for) == (deputy, county.reviewer)
    assert decision.actor_role == Role.FIRST_REVIEWER
    event = AuditEvent.objects.get(action="application.recommend")
    assert (event.actor, event.details["acted_for"]) == (deputy, county.reviewer.full_name)
    history = page_of(county.coordinator, "applications:case", submitted.pk)
    assert f"{deputy.full_name}代{county.reviewer.full_name}" in history


def test_in_ones_own_seat_one_acts_for_oneself(county, submitted, deputy):
    recommend(county, submitted, county.reviewer)

    assert submitted.decisions.get(transition="recommend").acted_for is None
    assert "acted_for" not in AuditEvent.objects.get(action="application.recommend").details


def test_whoever_holds_the_same_seat_elsewhere_acts_for_the_other_only_there(county, submitted):
    elsewhere = factories.SeatFactory(
        role=Role.FIRST_REVIEWER, organization=factories.TownshipCommitteeFactory()
    )
    deputy = factories.deputy_in(county.reviewer.seats.get(), own=elsewhere)

    recommend(county, submitted, deputy)

    assert submitted.decisions.get(transition="recommend").acted_for == county.reviewer
    event = AuditEvent.objects.get(action="application.recommend")
    assert event.details["acted_for"] == county.reviewer.full_name


def test_the_desk_and_the_case_say_for_whom_one_acts(county, submitted, deputy):
    name = county.reviewer.full_name

    assert f"您代{name}办理" in page_of(deputy, "home")
    case = page_of(deputy, "applications:case", submitted.pk)
    assert f"您代{name}办理，记录中写明双方姓名。" in case
    assert "您代" not in page_of(county.reviewer, "home")


def test_what_asks_the_seat_to_act_is_told_to_its_deputy_too(county, deputy):
    application = county.at(Stage.SUBMITTED)

    deliver_waiting()

    told = Message.objects.filter(person__in=[deputy, county.reviewer])
    subjects = told.values_list("person", "event__subject_id")
    assert set(subjects) >= {
        (deputy.pk, str(application.pk)),
        (county.reviewer.pk, str(application.pk)),
    }


def test_a_notice_says_in_whose_place_it_was_proposed(county):
    application = county.at(Stage.CHOSEN)
    deputy = deputy_of(county.coordinator)

    notice = notices.propose(county.round, NOTICE, [application], actor=deputy)

    step = NoticeStep.objects.get(notice=notice)
    assert (step.actor, step.acted_for) == (deputy, county.coordinator)
    event = AuditEvent.objects.get(action="notice.propose")
    assert event.details["acted_for"] == county.coordinator.full_name
    page = page_of(county.secrecy_reviewer, "notices:manage", notice.pk)
    assert f"{deputy.full_name}代{county.coordinator.full_name}" in page


def test_a_title_says_in_whose_place_it_was_given_to_the_office_alone(county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    notices.close_register(application.notice_entries.get().notice, actor=county.objection_officer)
    own = factories.SeatFactory(role=Role.VERIFIER, jurisdiction=county.jurisdiction)
    deputy = factories.deputy_in(county.deciding_officer.seats.get(), own=own)

    designate(
        county.round,
        [application],
        document_number="青发〔2026〕1号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        actor=deputy,
    )

    title = Designation.objects.get()
    given = title.steps.get()
    assert (given.actor, given.acted_for) == (deputy, county.deciding_officer)
    both = f"{deputy.full_name}代{county.deciding_officer.full_name}"
    assert both in page_of(county.coordinator, "titles:title", title.pk)
    assert both not in page_of(county.reviewer, "register:detail", title.number)


def test_a_department_says_in_whose_place_it_answered_first_and_at_last(county):
    safety = department(county, "县应急管理局")
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    own = factories.SeatFactory(role=Role.VERIFIER, jurisdiction=county.jurisdiction)
    deputy = deputy_of(safety.clerk, own=own)
    line = safety.line(application)
    answering.hand_in(safety.list, {line.pk: NOTHING}, actor=deputy)

    answering.correct(safety.list, {line.pk: FOUND}, "经核对", actor=anew(safety.clerk))

    assert list(line.opinions.values_list("actor", "acted_for")) == [
        (deputy.pk, safety.clerk.pk),
        (safety.clerk.pk, None),
    ]
    event = AuditEvent.objects.get(action="opinion_list.hand_in")
    assert event.details["acted_for"] == safety.clerk.full_name
    page = page_of(county.coordinator, "opinions:sheet", safety.list.pk)
    assert f"{deputy.full_name}代{safety.clerk.full_name}" in page
    assert f"{safety.clerk.full_name}（部门承办人）" in page


def test_what_the_office_enters_from_paper_says_in_whose_place(county):
    safety = department(county, "县应急管理局")
    application = county.at(Stage.RECOMMENDED)
    sent(county)
    deputy = deputy_of(county.coordinator)
    letter = instead.Letter("应急〔2026〕7号", clock.today())

    instead.enter_paper(safety.list, letter, {safety.line(application).pk: NOTHING}, actor=deputy)

    opinion = safety.line(application).opinions.get()
    assert (opinion.actor, opinion.acted_for) == (deputy, county.coordinator)


def test_the_record_of_a_meeting_says_in_whose_place_it_was_written(county):
    application = county.at(Stage.VERIFIED)
    deputy = deputy_of(county.coordinator)

    selection = choosing.record(
        county.round_category,
        MEETING,
        {application.pk: choosing.Said(SelectionRow.Outcome.CHOSEN)},
        actor=deputy,
    )

    page = page_of(county.deciding_officer, "selections:meeting", selection.pk)
    assert f"{deputy.full_name}代{county.coordinator.full_name}" in page


# Over at once


@pytest.mark.parametrize("ended", ["the seat", "the deputy's own", "the account", "its days"])
def test_a_deputy_loses_every_right_at_once(county, submitted, deputy, held_clock, ended):
    """Asked when used: whatever wrote the end down, or did not yet."""
    if ended == "the seat":
        county.reviewer.seats.update(ended_at=clock.now())
    elif ended == "the deputy's own":
        deputy.seats.filter(deputy_of=None).update(ended_at=clock.now())
    elif ended == "the account":
        Person.objects.filter(pk=county.reviewer.pk).update(is_active=False)
    else:
        held_clock.move(timedelta(days=31))

    assert submitted not in waiting_for(anew(deputy))
    with pytest.raises(Refusal):
        recommend(county, submitted, deputy)


def test_nobody_acts_before_the_first_day(county, submitted):
    later = clock.today() + timedelta(days=1)
    deputy = deputy_of(county.reviewer, starts_on=later)

    with pytest.raises(Refusal):
        recommend(county, submitted, deputy)


# Interests count for both


@pytest.mark.parametrize("tied", ["deputy", "deputised"])
def test_neither_belongs_to_the_applicant(county, submitted, deputy, tied):
    person = deputy if tied == "deputy" else county.reviewer
    Person.objects.filter(pk=person.pk).update(home_organization=county.village)

    with pytest.raises(Refusal):
        recommend(county, submitted, deputy)


def test_a_deputy_does_not_review_what_they_filled_in(county, submitted):
    own = county.preparer.seats.get()
    deputy = factories.deputy_in(county.reviewer.seats.get(), own=own)

    with pytest.raises(Refusal):
        recommend(county, submitted, deputy)


def test_what_a_deputy_does_ties_the_person_in_whose_place_they_did_it(county, submitted, deputy):
    recommend(county, submitted, deputy)

    ties = ties_of([submitted.pk], [Tie.REVIEWED])[submitted.pk]
    assert Tie.REVIEWED in ties[deputy.pk]
    assert Tie.REVIEWED in ties[county.reviewer.pk]


def test_a_case_is_vacant_though_a_deputy_is_left_of_who_has_to_step_aside(
    county, submitted, deputy
):
    Person.objects.filter(pk=county.reviewer.pk).update(home_organization=county.village)

    assert with_vacancies(Application.objects.all()).get(pk=submitted.pk).is_vacant


def test_a_preparer_does_not_give_the_heads_word_as_a_deputy(county):
    application = county.at(Stage.DRAFT)
    county.prepare(application)
    own = county.preparer.seats.get()
    deputy = factories.deputy_in(county.head.seats.get(), own=own)

    with pytest.raises(Refusal):
        county.act("confirm", application, deputy, truth_confirmed=True)


# Four eyes: a step that one hand took is not taken by the other


TAKES = {
    "coordinator": lambda county, notice, who: notices.propose(
        county.round, NOTICE, notice, actor=who
    ),
    "secrecy_reviewer": lambda _county, notice, who: notices.review_secrecy(notice, actor=who),
    "deciding_officer": lambda _county, notice, who: notices.approve(notice, actor=who),
    "publisher": lambda _county, notice, who: notices.publish(notice, actor=who),
}
STEPS = list(TAKES)


def come_to(county, step, taken_by=None):
    """A notice of which everything before ``step`` is done, by ``taken_by`` where they say."""
    found = [county.at(Stage.CHOSEN)]
    for name in STEPS[: STEPS.index(step)]:
        who = (taken_by or {}).get(name) or getattr(county, name)
        found = TAKES[name](county, found, anew(who)) or found
    return found


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("coordinator", "secrecy_reviewer"),
        ("coordinator", "deciding_officer"),
        ("secrecy_reviewer", "deciding_officer"),
        ("coordinator", "publisher"),
        ("deciding_officer", "publisher"),
    ],
)
def test_who_took_a_step_does_not_take_the_other_as_somebodys_deputy(county, earlier, later):
    own = getattr(county, earlier).seats.get()
    deputy = factories.deputy_in(getattr(county, later).seats.get(), own=own)
    notice = come_to(county, later)

    with pytest.raises(Refusal):
        TAKES[later](county, notice, anew(deputy))


@pytest.mark.parametrize("later", ["secrecy_reviewer", "deciding_officer"])
def test_nor_does_the_person_in_whose_place_it_was_proposed(county, later):
    """Who holds both seats, and let a deputy take the one."""
    both = county.coordinator
    role = getattr(county, later).seats.get().role
    factories.SeatFactory(person=both, role=role, jurisdiction=county.jurisdiction)
    deputy = factories.deputy_in(
        both.seats.get(role=Role.COUNTY_COORDINATOR),
        own=factories.SeatFactory(role=Role.NOTICE_PUBLISHER, jurisdiction=county.jurisdiction),
    )
    notice = come_to(county, later, {"coordinator": deputy})

    with pytest.raises(Refusal):
        TAKES[later](county, notice, anew(both))


def test_nor_does_a_deputy_of_who_took_the_other_step(county):
    """The one who is deputised proposed it: nobody approves it in their place."""
    both = county.coordinator
    given = factories.SeatFactory(
        person=both, role=Role.DECIDING_OFFICER, jurisdiction=county.jurisdiction
    )
    own = factories.SeatFactory(role=Role.OBJECTION_OFFICER, jurisdiction=county.jurisdiction)
    deputy = factories.deputy_in(given, own=own)
    notice = come_to(county, "deciding_officer")

    with pytest.raises(Refusal):
        notices.approve(notice, actor=deputy)


def test_who_let_a_deputy_propose_a_notice_gives_no_title_by_it(county, held_clock):
    both = county.coordinator
    factories.SeatFactory(person=both, role=Role.DECIDING_OFFICER, jurisdiction=county.jurisdiction)
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    deputy = factories.PersonFactory()
    # As if it had been proposed by a deputy: the row says who pressed, the step for whom.
    notice = NoticeStep.objects.filter(act=NoticeStep.Act.PROPOSED).latest("pk").notice
    type(notice).objects.filter(pk=notice.pk).update(proposed_by=deputy)
    NoticeStep.objects.create(
        notice=notice,
        act=NoticeStep.Act.PROPOSED,
        actor=deputy,
        acted_for=both,
        role=Role.COUNTY_COORDINATOR,
        at=clock.now(),
    )

    found = gates.the_register_was_closed_by_another(Case(application, actor=anew(both)))

    assert [finding.code for finding in found] == ["decider_is_proposer"]
