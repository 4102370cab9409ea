"""Whether somebody can act: no application may stand where nobody, and no time, moves it."""

from designation.applications.models import Application
from designation.organizations.models import Role
from designation.organizations.rules import seats
from designation.register.models import Designation
from designation.site import clock
from workflows import gates, transitions
from workflows.case.facts import Act, Case
from workflows.case.scoping import visible_applications, waiting_for
from workflows.stages.first_review.marks import may_mark
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.facts import Noticed
from workflows.stages.public_notice.models import Notice
from workflows.stages.self_assessment.editing import unlocked_items
from workflows.stages.verification.facts import OnSite
from workflows.stages.verification.visits import may_arrange, may_change_team, may_record

from .neighbourhood import FINAL, HOLDERS

WAITING = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def assert_somebody_can_act(application, person, coordinator):
    """``person`` is whom the application waits for, by the walk's own table."""
    if application.stage in FINAL:
        assert application.holder_role == ""
        return
    assert application.holder_role
    assert waiting_for(person).filter(pk=application.pk).exists(), "the holder's desk lacks it"
    assert visible_applications(person).filter(pk=application.pk).exists(), "the holder is blind"
    case = Case(application, actor=person)
    assert _can_act(case, person, coordinator), f"nobody can act on {application.stage}"


def _can_act(case, person, coordinator):
    by_stage = {
        "draft": lambda: unlocked_items(case, person),
        "returned": lambda: unlocked_items(case, person),
        "self_assessed": lambda: _is_offered(case, person),
        "submitted": lambda: may_mark(case, person),
        "recommended": lambda: may_arrange(case, person),
        "verifying": lambda: _team_can_work(case, coordinator),
        "verified": lambda: _may_choose(case, coordinator),
        "chosen": lambda: _notice_can_move(case.application),
        "reserve": lambda: _leaves_the_reserve(case, coordinator),
        "on_notice": lambda: _time_or_the_objection_officer_moves(case),
        "awaiting_designation": lambda: _decision_can_come(case),
    }
    assert set(by_stage) == set(HOLDERS)
    return by_stage[case.application.stage]()


def _is_offered(case, person):
    offered = transitions.offered(case, person)
    return any(not finding for _transition, finding in offered)


def _team_can_work(case, coordinator):
    """A member may record, or has but to declare no interest; else the team is replaced."""
    declared = [member.person for member in OnSite.of(case).team if member.no_interest_declared_at]
    if any(may_record(case, person) for person in declared):
        return True
    return may_change_team(case, coordinator)


def _may_choose(case, coordinator):
    """A meeting may decide on it, whatever it says."""
    return seats(coordinator).holds_over(case.application.area_code, Role.COUNTY_COORDINATOR)


def _leaves_the_reserve(case, coordinator):
    """It waits for a place; whenever there is something new, another meeting decides on it."""
    by_name = {way.slug: found for way, found in transitions.offered(case, coordinator)}
    return {finding.code for finding in by_name["put_back"]} == {"opinion_too_short"}


def _notice_can_move(application):
    """The coordinator may propose it, or take the draft back that lists it."""
    entry = application.notice_entries.filter(dropped_at=None).select_related("notice").first()
    if entry is None:
        return notices.eligible(application.round).filter(pk=application.pk).exists()
    return entry.notice.status == Notice.Status.DRAFT


def _time_or_the_objection_officer_moves(case):
    ends_at = Noticed.of(case).entry.notice.ends_at
    if ends_at is None or case.application.due_at != ends_at:
        return False
    later = Case(case.application, now=max(clock.now(), ends_at))
    blocking = gates.findings("end_notice", later)
    return not blocking or {finding.code for finding in blocking} == {"objection_open"}


def _decision_can_come(case):
    """The deciding officer can decide, once the objection officer has closed what is open."""
    decided = Case(case.application, actor=case.actor, act=Act(decision_id=0))
    left = {finding.code for finding in gates.findings("designate", decided)}
    return left <= {"objection_open", "objection_unhandled", "register_not_closed"}


def assert_register_is_the_designated():
    titled = Designation.objects.values_list("application_id", flat=True)
    designated = Application.objects.filter(stage="designated").values_list("pk", flat=True)
    assert set(titled) == set(designated)
