"""One door for every course: what it asks, what it keeps, and that nothing passes it by."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.calendar import terms
from designation.calendar.models import Term
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.course import OPINION, County
from tests.hearings import heard
from tests.terms import end_those_over
from workflows import door
from workflows.case import held
from workflows.case.facts import Act
from workflows.stages.first_review.holding import held_review
from workflows.stages.objections import objections
from workflows.stages.objections.models import ObjectionStep
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import NoticeStep
from workflows.stages.verification.course import Standing, standing
from workflows.stages.verification.models import Visit, VisitStep

FINDING = "经调查，反映的情况属实。"


COURSES = ("appeal", "application", "notice", "objection", "recheck", "title", "visit")


def test_every_course_is_known_by_its_kind():
    assert set(door.courses()) == set(COURSES)


@pytest.mark.parametrize("kind", COURSES)
def test_every_passage_of_a_course_has_its_words_and_who_may(kind):
    for transitions in door.courses()[kind].stage.get_transitions().values():
        for transition in transitions:
            assert str(transition.label)
            assert transition.custom["rule"].ways
            assert transition.conditions


def test_a_passage_keeps_in_whose_place_and_with_which_form(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)

    deputy = factories.deputy_in(county.reviewer.seats.get())
    door.perform(
        "application.recommend",
        application.pk,
        actor=deputy,
        act=Act(opinion=OPINION),
        request_key="key of the form",
    )

    decision = application.decisions.get(transition="recommend")
    assert (decision.actor, decision.acted_for) == (deputy, county.reviewer)
    assert decision.request_key == "key of the form"
    assert decision.actor_role == "first_reviewer"


def test_nobody_acts_in_their_own_place(county):
    decided = county.at(Stage.SUBMITTED).decisions.latest("pk")
    decided.pk, decided.acted_for = None, decided.actor

    with pytest.raises(IntegrityError, match="decision_is_for_another"), transaction.atomic():
        decided.save()


def test_a_notice_passes_the_same_door(county):
    verified = county.at(Stage.CHOSEN)
    notice = county.compose_notice(verified)

    door.perform("notice.publish", notice.pk, actor=county.publisher, request_key="published once")

    step = NoticeStep.objects.get(notice=notice, act=NoticeStep.Act.PUBLISHED)
    assert (step.role, step.request_key) == ("notice_publisher", "published once")
    verified.refresh_from_db()
    assert verified.stage == Stage.ON_NOTICE


def test_a_refused_publication_leaves_no_trace_in_either_course(county):
    notice = county.compose_notice(county.at(Stage.CHOSEN), county.beside().at(Stage.CHOSEN))
    county.village.jurisdiction = factories.JurisdictionFactory(code="341822000000")
    county.village.save()
    before = AuditEvent.objects.count()

    with pytest.raises(Refusal) as refused:
        door.perform("notice.publish", notice.pk, actor=county.publisher)

    assert "outside_the_area" in refused.value.codes
    assert AuditEvent.objects.count() == before
    assert not notice.steps.filter(act=NoticeStep.Act.PUBLISHED).exists()


@pytest.fixture
def raised(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    return objections.raise_objection(entry, facts="反映的情况", identity=None)


def test_each_handling_of_an_objection_is_kept(county, raised):
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    objections.dismiss(raised, finding=FINDING, actor=county.objection_officer)

    steps = list(ObjectionStep.objects.filter(objection=raised))
    assert [(step.act, step.role) for step in steps] == [
        ("accepted", "objection_officer"),
        ("dismissed", "objection_officer"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE workflows_objectionstep SET reason = ''")


def test_a_visit_goes_along_with_its_case(county):
    application = county.at(Stage.RECOMMENDED)
    visit = county.arrange_visit(application)
    assert standing(visit) == Standing.PLANNED

    county.act("begin_verification", application, county.coordinator)
    visit.refresh_from_db()
    assert standing(visit) == Standing.UNDER_WAY

    county.measure_all(application)
    county.act("complete_verification", application, county.verifiers[0])
    visit.refresh_from_db()
    assert standing(visit) == Standing.CONCLUDED
    assert list(VisitStep.objects.filter(visit=visit).values_list("act", "role")) == [
        ("begin", "county_coordinator"),
        ("conclude", "verifier"),
    ]
    assert AuditEvent.objects.filter(action="visit.conclude", subject_id=str(visit.pk)).exists()


def test_a_closed_visit_goes_nowhere_any_more(county, raised):
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    objections.uphold(heard(raised), finding=FINDING, reverify=True, actor=county.objection_officer)
    visit = Visit.objects.get()
    assert standing(visit) == Standing.CLOSED

    with pytest.raises(Refusal, match="已归档"):
        door.perform("visit.close", visit.pk, actor=county.objection_officer)


# The term under which a row stands


def ran(application):
    return [(term.kind.partition(".")[2], term.ended_as) for term in terms_of(application)]


def terms_of(row):
    return Term.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk)).order_by(
        "pk"
    )


def test_each_passage_ends_the_term_that_ran_and_begins_the_next(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    assert ran(application) == [
        ("draft", "met"),
        ("self_assessed", "met"),
        ("submitted", "met"),
        ("recommended", "met"),
        ("verifying", "met"),
        ("on_notice", "over"),
        ("awaiting_designation", "met"),
    ]
    assert application.term is None


def test_a_term_says_whose_turn_it_is(county):
    application = county.at(Stage.SUBMITTED)

    term = application.term
    assert (term.role, term.organization) == ("first_reviewer", application.reviewing_body)
    assert (term.days, term.then) == (county.round.first_review_days, "")
    assert term.jurisdiction_code == application.area_code


def test_a_return_pauses_the_reviewers_term_and_the_correction_interrupts_it(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    assert ran(application) == [
        ("draft", "met"),
        ("self_assessed", "met"),
        ("submitted", ""),
        ("returned", ""),
    ]

    application.corrections.update(reply="已补充")
    county.act("resubmit", application, county.head, truth_confirmed=True)

    *_before, reviewers, correction, goes_on = terms_of(application)
    assert (reviewers.ended_as, correction.ended_as) == ("resumed", "met")
    assert (goes_on.kind, goes_on.continues) == ("application.submitted", reviewers)
    assert correction.interrupts == reviewers


def test_who_withdraws_from_a_correction_leaves_no_term_open(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    county.act("withdraw", application, county.head)

    assert [ended for _kind, ended in ran(application)][-2:] == ["overtaken", "overtaken"]


@pytest.mark.parametrize(("name", "stage"), [("reopen", "self_assessed"), ("recall", "submitted")])
def test_what_is_taken_back_is_overtaken(county, name, stage):
    application = county.at(stage)
    county.act(name, application, county.head)

    assert ran(application)[-2:] == [(stage, "overtaken"), ("draft", "")]


def test_a_term_that_was_ended_beside_the_door_shuts_it(county):
    application = county.at(Stage.SELF_ASSESSED)
    terms.end(application.term, at=clock.now(), as_=Term.Ending.OVERTAKEN)

    with pytest.raises(Refusal, match="已经结束"):
        county.act("submit", application, county.head)

    application.refresh_from_db()
    assert application.stage == Stage.SELF_ASSESSED


def test_where_the_calendar_ends_a_correction_is_not_asked_for(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    held_clock.move_to(datetime(2026, 12, 30, 1, 0, tzinfo=UTC))

    with pytest.raises(Refusal) as refused:
        county.act(
            "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
        )

    assert refused.value.codes == ("calendar_unknown",)
    application.refresh_from_db()
    assert (application.stage, application.term.paused_at) == (Stage.SUBMITTED, None)


# What time does


def test_the_end_of_a_notice_is_a_passage_of_its_own_course(county, held_clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    held_clock.move_to(notice.ends_at)

    end_those_over()

    notice.refresh_from_db()
    (event,) = AuditEvent.objects.filter(action="notice.end")
    (term,) = terms_of(notice)
    assert notice.status == notice.Status.ENDED
    assert (event.actor, event.actor_role, event.subject_id) == (None, "system", str(notice.pk))
    assert (term.then, term.ended_as) == ("notice.end", "over")
    assert not NoticeStep.objects.filter(notice=notice, act="ended").exists()


def test_nobody_ends_a_notice_and_time_does_so_once(county, held_clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    with pytest.raises(Refusal, match="公示期未满"):
        door.perform("notice.end", notice.pk, actor=None)
    with pytest.raises(Refusal, match="不能办理这一步"):
        door.perform("notice.end", notice.pk, actor=county.publisher)

    held_clock.move_to(notice.ends_at)
    door.perform("notice.end", notice.pk, actor=None)
    with pytest.raises(Refusal, match="没有在公示期内"):
        door.perform("notice.end", notice.pk, actor=None)


def test_who_closes_the_register_before_time_came_by_ends_the_notice(county, held_clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    held_clock.move_to(notice.ends_at)

    notices.close_register(notice, actor=county.objection_officer)

    assert notice.status == notice.Status.ENDED
    assert not terms.open_terms(notice).exists()
    end_those_over()
    assert not AuditEvent.objects.filter(action="notice.end").exists()


def test_an_objection_keeps_the_last_term_that_ran(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    objection = objections.raise_objection(entry, facts="不实", identity=None)
    assert (objection.term.kind, objection.term.days) == ("objection.received", 2)

    objections.accept(objection, reason=FINDING, actor=county.objection_officer)
    due = objection.due_at
    assert (objection.term.kind, objection.term.days) == ("objection.accepted", 10)
    objections.dismiss(objection, finding=FINDING, actor=county.objection_officer)

    assert [ended for _kind, ended in ran(objection)] == ["met", "met"]
    assert objection.due_at == due


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_lock_reads_the_term_that_runs_then(reference_data, held_clock):
    county, seen = County(), []
    application = county.at(Stage.SELF_ASSESSED)

    def reads():
        with transaction.atomic():
            (row,) = held.lock([application.pk])
            seen.append((row.term, row.term_id, row.submission))

    one_waits_for_the_other(lambda: county.act("submit", application, county.head), reads)

    application.refresh_from_db()
    assert seen == [(application.term, application.term_id, application.submission)]
    assert application.term.kind == "application.submitted"


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_waited_for_what_is_handed_in_again_is_of_that(reference_data, held_clock):
    county, kept = County(), []
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
    )
    application.corrections.update(reply="已补充")

    def marks():
        with held_review(application.pk, county.reviewer) as case:
            kept.append(case.application.submission)

    one_waits_for_the_other(
        lambda: county.act("resubmit", application, county.head, truth_confirmed=True), marks
    )

    application.refresh_from_db()
    assert kept == [application.submission]
    assert application.submission.number == 2


def one_waits_for_the_other(first, second):
    """``second`` begins once ``first`` holds its rows, and waits until that is committed."""
    holds = threading.Event()

    def acts_first():
        with transaction.atomic():
            first()
            holds.set()
            wait_for_a_waiter()
        connection.close()

    def acts_then():
        holds.wait()
        second()
        connection.close()

    threads = [threading.Thread(target=one) for one in (acts_first, acts_then)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_for_a_waiter():
    """Until another connection stands before a lock; the database says so."""
    waiting = """
        SELECT count(*) FROM pg_locks AS asked
        WHERE NOT granted AND EXISTS (
          SELECT FROM pg_locks AS here JOIN pg_database ON pg_database.oid = here.database
          WHERE here.pid = asked.pid AND datname = current_database()
        )
    """
    with connection.cursor() as cursor:
        for _turn in range(100_000):
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits.")
