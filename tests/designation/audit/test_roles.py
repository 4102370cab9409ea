"""The role in which each act is recorded: the one by which the rule let the person in."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import IntegrityError

from authoring.replays import requesting
from designation.administration.seating import end_seat, give_seat
from designation.applications.models import Application, Stage
from designation.audit import events
from designation.audit.models import AuditEvent, WithoutSeat
from designation.organizations.models import Role
from designation.rounds import opening
from designation.site import clock
from designation.site.refusal import Refusal
from standards.models import StandardVersion
from tests import factories
from tests.course import NOTICE, OPINION
from tests.hearings import heard
from workflows import transitions
from workflows.case.records import Decision
from workflows.flow import Course
from workflows.stages.objections import erasure, objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db

# Who may carry out what, by transition and the stage it leaves: the table of docs/architecture.md.
TRANSITIONS = {
    # A first reviewer is let in where they type an application from its signed paper.
    ("confirm", "draft"): ["head", "first_reviewer"],
    ("send_to_head", "draft"): ["preparer"],
    ("send_to_head", "returned"): ["preparer"],
    ("return_to_preparer", "draft"): ["head"],
    ("return_to_preparer", "self_assessed"): ["head"],
    ("return_to_preparer", "returned"): ["head"],
    ("reopen", "self_assessed"): ["head", "preparer", "first_reviewer"],
    ("submit", "self_assessed"): ["head", "preparer", "first_reviewer"],
    ("recall", "submitted"): ["head", "preparer", "first_reviewer"],
    ("recommend", "submitted"): ["first_reviewer"],
    ("return_for_correction", "submitted"): ["first_reviewer"],
    ("return_for_correction", "recommended"): ["county_coordinator"],
    ("reject", "submitted"): ["first_reviewer"],
    ("reject", "recommended"): ["county_coordinator"],
    ("reject", "verifying"): ["county_coordinator"],
    ("take_back_return", "returned"): ["first_reviewer", "county_coordinator"],
    ("take_back_recommendation", "recommended"): ["first_reviewer"],
    ("resubmit", "returned"): ["head", "first_reviewer"],
    ("end_overdue", "returned"): ["first_reviewer", "county_coordinator"],
    ("begin_verification", "recommended"): ["county_coordinator"],
    ("complete_verification", "verifying"): ["verifier"],
    ("return_to_review", "recommended"): ["county_coordinator"],
    ("return_to_review", "verified"): ["county_coordinator"],
    ("choose", "verified"): ["county_coordinator"],
    ("put_in_reserve", "verified"): ["county_coordinator"],
    ("leave_out", "verified"): ["county_coordinator"],
    ("move_up", "reserve"): ["county_coordinator"],
    ("end_reserve", "reserve"): ["county_coordinator"],
    ("put_back", "chosen"): ["county_coordinator", "deciding_officer"],
    ("put_back", "reserve"): ["county_coordinator", "deciding_officer"],
    ("publish", "chosen"): ["notice_publisher"],
    ("extend_notice", "on_notice"): ["notice_publisher"],
    ("stop_notice", "on_notice"): ["notice_publisher"],
    ("stop_notice", "awaiting_designation"): ["notice_publisher"],
    ("publish_anew", "on_notice"): ["notice_publisher"],
    ("end_notice", "on_notice"): ["system"],
    **{
        ("uphold_objection", stage): ["objection_officer"]
        for stage in (
            "submitted",
            "returned",
            "recommended",
            "verifying",
            "verified",
            "chosen",
            "reserve",
            "on_notice",
            "awaiting_designation",
        )
    },
    **{
        ("reverify", stage): ["objection_officer"]
        for stage in ("verified", "chosen", "reserve", "on_notice", "awaiting_designation")
    },
    ("designate", "awaiting_designation"): ["deciding_officer"],
    ("decline", "awaiting_designation"): ["deciding_officer"],
    ("uphold_appeal", "rejected"): ["county_coordinator", "objection_officer"],
    ("uphold_appeal", "not_chosen"): ["county_coordinator", "objection_officer"],
    **{("end_barred", stage): ["system"] for stage in Stage if not stage.is_end},
    **{
        ("withdraw", stage): ["head", "first_reviewer", "system"]
        for stage in ("draft", "self_assessed")
    },
    **{
        ("withdraw", stage): ["head", "system"]
        for stage in (
            "submitted",
            "returned",
            "recommended",
            "verifying",
            "verified",
            "chosen",
            "reserve",
        )
    },
}


def roles_by_action(**of):
    found = defaultdict(set)
    for event in AuditEvent.objects.filter(**of):
        found[event.action].add(event.actor_role)
    return found


def test_each_transition_names_the_roles_it_lets_in():
    found = {
        (one.slug, str(one.source)): [str(role) for role, _holds in one.custom["rule"].ways]
        for stage in Stage
        for one in Course.stage.get_outgoing_transitions(stage)
    }
    assert found == TRANSITIONS


@pytest.mark.parametrize(
    ("somebody", "role"),
    [
        (True, None),
        (True, ""),
        (True, "county"),
        (True, WithoutSeat.SYSTEM),
        (True, WithoutSeat.PUBLIC),
        (False, None),
        (False, Role.HEAD),
        (False, WithoutSeat.SELF),
    ],
)
def test_an_act_without_a_role_of_its_actor_is_not_recorded(somebody, role):
    area = factories.JurisdictionFactory()
    actor = factories.PersonFactory() if somebody else None
    with pytest.raises(events.RoleMissing):
        events.Entry(actor, "round.open", area, area.code, role)


def test_the_database_keeps_no_event_without_a_role():
    area = factories.JurisdictionFactory()
    entry = events.Entry(None, "round.add", area, area.code, WithoutSeat.SYSTEM)
    object.__setattr__(entry, "role", "")
    with pytest.raises(IntegrityError, match="audit_event_has_its_role"):
        events.append(entry)


def test_the_database_keeps_no_decision_of_a_person_without_the_role(county):
    with pytest.raises(IntegrityError, match="decision_of_a_person_has_its_role"):
        Decision.objects.create(
            application=county.start(),
            transition="submit",
            to_stage=Stage.SUBMITTED,
            actor=county.head,
            at=clock.now(),
        )


def test_the_whole_course_says_in_which_role_each_acted(county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    assert roles_by_action() == {
        "application.start": {"preparer"},
        "application.confirm": {"head"},
        "application.submit": {"preparer"},
        "application.recommend": {"first_reviewer"},
        "visit.arrange": {"county_coordinator"},
        "visit.declare": {"verifier"},
        "visit.begin": {"county_coordinator"},
        "visit.conclude": {"verifier"},
        "application.begin_verification": {"county_coordinator"},
        "visit.sign": {"verifier"},
        "application.complete_verification": {"verifier"},
        "selection.record": {"county_coordinator"},
        "application.choose": {"county_coordinator"},
        "notice.propose": {"county_coordinator"},
        "notice.secrecy_reviewed": {"secrecy_reviewer"},
        "notice.approved": {"deciding_officer"},
        "notice.publish": {"notice_publisher"},
        "application.publish": {"notice_publisher"},
        "application.end_notice": {"system"},
        "notice.end": {"system"},
        "notice.close_register": {"objection_officer"},
        "application.designate": {"deciding_officer"},
    }


def test_an_objection_says_who_acted_in_which_role(county, held_clock):
    application = county.at(Stage.ON_NOTICE)
    entry = application.notice_entries.get()
    officer = county.objection_officer
    named = objections.raise_objection(
        entry, facts="事实和理由。" * 5, identity={"name": "张三", "contact": "0563-1"}
    )
    by_phone = objections.raise_objection(
        entry, facts="来电反映。" * 5, identity=None, channel="phone", actor=officer
    )
    objections.identity(named, actor=officer)
    objections.accept(named, reason="受理，开展调查。", actor=officer)
    objections.dismiss(named, finding="经调查不属实，不成立。", actor=officer)
    objections.refuse(by_phone, reason="没有具体事实。", actor=officer)
    held_clock.move(timedelta(days=400))
    erasure.erase_identities()

    told = AuditEvent.objects.filter(action__startswith="objection.").order_by("sequence")
    assert [(event.action, event.actor_role) for event in told] == [
        ("objection.receive", "public"),
        ("objection.receive", "objection_officer"),
        ("objection.view_identity", "objection_officer"),
        ("objection.accepted", "objection_officer"),
        ("objection.dismissed", "objection_officer"),
        ("objection.refused", "objection_officer"),
        ("objection.erase_identity", "system"),
    ]


def test_who_is_head_and_preparer_acts_as_the_one_that_the_rule_asks_for(county):
    both = factories.seated(Role.PREPARER, county.village)
    factories.SeatFactory(person=both, role=Role.HEAD, organization=county.village)
    county.__dict__["preparer"] = county.__dict__["head"] = both
    application = county.at(Stage.SELF_ASSESSED)

    assert [d.actor_role for d in application.decisions.all()] == ["head", "head"]


def test_who_decides_and_receives_objections_is_recorded_as_what_they_did(county):
    """An upheld objection is the objection officer's act, whoever else that person may be."""
    for role in (Role.DECIDING_OFFICER, Role.COUNTY_COORDINATOR):
        factories.SeatFactory(
            person=county.objection_officer, role=role, jurisdiction=county.jurisdiction
        )
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    objection = objections.raise_objection(entry, facts="事实和理由。" * 5, identity=None)
    objections.accept(objection, reason="受理。", actor=county.objection_officer)
    objections.uphold(
        heard(objection),
        finding="经调查属实，异议成立，不予命名。",
        reverify=False,
        actor=county.objection_officer,
    )

    moved = Application.objects.get(pk=entry.application_id)
    assert moved.decisions.last().actor_role == "objection_officer"


def test_a_coordinator_sends_back_as_coordinator_and_a_reviewer_as_reviewer(county):
    both = county.reviewer
    factories.SeatFactory(
        person=both, role=Role.COUNTY_COORDINATOR, jurisdiction=county.jurisdiction
    )
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    county.act("recommend", application, both, opinion=OPINION)
    county.act("reject", application, both, opinion=OPINION)

    roles = [d.actor_role for d in application.decisions.filter(actor=both)]
    assert roles == ["first_reviewer", "county_coordinator"]


def test_rounds_seats_and_replays_say_the_role(county):
    round_ = factories.RoundCategoryFactory(round__status="draft").round
    opening.open_round(round_, actor=county.coordinator)
    opening.close_round(round_, actor=county.coordinator)
    security = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    seat = give_seat(county.head, Role.PREPARER, county.village, actor=security)
    end_seat(seat, actor=security)
    version = StandardVersion.objects.get(pk=county.round_category.standard_id)
    replay = requesting.request(
        county.round_category, version, thresholds={}, basis="", actor=county.coordinator
    )
    requesting.cancel(replay, actor=county.coordinator)

    assert roles_by_action() == {
        "round.open": {"county_coordinator"},
        "round.closed": {"county_coordinator"},
        "seat.give": {"security_administrator"},
        "seat.end": {"security_administrator"},
        "replay.begin": {"county_coordinator"},
        "replay.cancel": {"county_coordinator"},
    }


def test_a_notice_taken_back_says_the_role(county):
    notice = notices.propose(
        county.round, NOTICE, [county.at(Stage.CHOSEN)], actor=county.coordinator
    )
    notices.discard(notice, actor=county.coordinator)

    assert roles_by_action(action="notice.discard") == {"notice.discard": {"county_coordinator"}}


def test_who_may_not_start_is_refused_before_anything_is_recorded(county):
    with pytest.raises(Refusal):
        transitions.start(county.round, county.village, actor=county.coordinator)
    assert not AuditEvent.objects.exists()
