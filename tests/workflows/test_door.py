"""One door for every course: what it asks, what it keeps, and that nothing passes it by."""

import pytest
from django.db import IntegrityError, connection, transaction

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.site.refusal import Refusal
from tests.course import OPINION
from workflows import door
from workflows.case.facts import Act
from workflows.stages.objections import objections
from workflows.stages.objections.models import ObjectionStep
from workflows.stages.public_notice.models import NoticeStep
from workflows.stages.verification.course import Standing, standing
from workflows.stages.verification.models import Visit, VisitStep

FINDING = "经调查，反映的情况属实。"


def test_every_course_is_known_by_its_kind():
    assert set(door.courses()) == {"application", "notice", "objection", "visit"}


@pytest.mark.parametrize("kind", ["application", "notice", "objection", "visit"])
def test_every_passage_of_a_course_has_its_words_and_who_may(kind):
    for transitions in door.courses()[kind].stage.get_transitions().values():
        for transition in transitions:
            assert str(transition.label)
            assert transition.custom["rule"].ways
            assert transition.conditions


def test_a_passage_keeps_in_whose_place_and_with_which_form(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)

    door.perform(
        "application.recommend",
        application.pk,
        actor=county.reviewer,
        act=Act(opinion=OPINION),
        acting_for=county.head,
        request_key="key of the form",
    )

    decision = application.decisions.get(transition="recommend")
    assert decision.acted_for == county.head
    assert decision.request_key == "key of the form"
    assert decision.actor_role == "first_reviewer"


def test_nobody_acts_in_their_own_place(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)

    with pytest.raises(IntegrityError, match="decision_is_for_another"), transaction.atomic():
        door.perform(
            "application.recommend",
            application.pk,
            actor=county.reviewer,
            act=Act(opinion=OPINION),
            acting_for=county.reviewer,
        )


def test_a_notice_passes_the_same_door(county):
    verified = county.at(Stage.VERIFIED)
    notice = county.compose_notice(verified)

    door.perform("notice.publish", notice.pk, actor=county.publisher, request_key="published once")

    step = NoticeStep.objects.get(notice=notice, act=NoticeStep.Act.PUBLISHED)
    assert (step.role, step.request_key) == ("notice_publisher", "published once")
    verified.refresh_from_db()
    assert verified.stage == Stage.ON_NOTICE


def test_a_refused_publication_leaves_no_trace_in_either_course(county):
    county.beside().at(Stage.ON_NOTICE)
    notice = county.compose_notice(county.at(Stage.VERIFIED))
    type(county.round_category).objects.update(quota=1)
    before = AuditEvent.objects.count()

    with pytest.raises(Refusal) as refused:
        door.perform("notice.publish", notice.pk, actor=county.publisher)

    assert "quota_full" in refused.value.codes
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
    objections.uphold(raised, finding=FINDING, reverify=True, actor=county.objection_officer)
    visit = Visit.objects.get()
    assert standing(visit) == Standing.CLOSED

    with pytest.raises(Refusal, match="已归档"):
        door.perform("visit.close", visit.pk, actor=county.objection_officer)
