"""A visit that no application carries along, for whatever needs one."""

from datetime import timedelta

from designation.applications.models import Conclusion
from designation.register import giving
from designation.register.models import DesignationDecision
from designation.site import clock
from workflows import door
from workflows.stages.verification import visits

ITEM = "NC-13"


def title_given_before(county, document_number=""):
    """That of a village beside, given before the system: it has no application."""
    number = document_number or f"青发〔2020〕{DesignationDecision.objects.count() + 9}号"
    decision = giving.record_decision(
        document_number=number,
        decided_on=clock.today() - timedelta(days=30),
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    return giving.give(
        county.beside().village,
        category="NC",
        decision=decision,
        until=clock.today() + timedelta(days=700),
        actor=county.deciding_officer,
    )


def plan(county, made_for, *items, team=None, actor=None, **more):
    """``team`` are the verifiers of the county, the first of them leads."""
    team = team or county.verifiers
    return visits.arrange(
        made_for,
        planned_on=clock.today(),
        place="村党群服务中心",
        team=team,
        leader=team[0],
        actor=actor or county.coordinator,
        items=items,
        **more,
    )


def begin(county, visit, actor=None):
    """The visit, begun once all of its team have declared."""
    for member in visit.members.filter(left_at=None):
        visits.declare_no_interest(member)
    door.perform("visit.begin", visit.pk, actor=actor or county.coordinator)
    visit.refresh_from_db()
    return visit


def recheck(county, *items):
    """Of a title given before, planned."""
    title = title_given_before(county)
    return plan(county, title, *items, standard=county.round_category.standard)


def seen(county, visit, leader=None):
    """The visit, with its one item found met and signed by all of its team."""
    leader, now = leader or county.verifiers[0], clock.now()
    item = visit.about.standard.items.get(code=ITEM)
    visits.measure(visit, item, values={}, verdict=Conclusion.MET, actor=leader)
    visits.record_visit(visit, started_at=now, ended_at=now, summary="", actor=leader)
    for member in visit.members.filter(left_at=None):
        visits.sign(member)


def conclude(county, visit, leader=None):
    """The visit, concluded once its one item was found met and all of its team have signed."""
    leader = leader or county.verifiers[0]
    seen(county, visit, leader)
    door.perform("visit.conclude", visit.pk, actor=leader)
    visit.refresh_from_db()
    return visit
