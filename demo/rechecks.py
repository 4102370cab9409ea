"""A year of re-checks in the demo: drawn, one done, one self-report handed in, the rest to do.

The one before its expiry comes to be late when the clock is moved on past April.
"""

from collections.abc import Mapping, Sequence

from designation.applications.models import Conclusion
from designation.organizations.models import Jurisdiction, Person, Role, Seat
from designation.register import queries as register
from designation.register.models import Designation
from designation.site import clock
from workflows import door
from workflows.rechecks import acts, reports, yearly
from workflows.rechecks.case import RecheckAct
from workflows.rechecks.models import Outcome, Recheck
from workflows.stages.verification import queries, visits

_SEED, _SOURCE = "05 12 17 21 28 33 + 08", "福彩双色球2026年第22期开奖号码（演示内容）"


def hold(county: Jurisdiction, people: Mapping[str, Person]) -> None:
    """Whoever is drawn is the one that is done: it hangs on the numbers of the day."""
    coordinator = people["county.coordinator"]
    team = [people["verifier.one"], people["verifier.two"]]
    draw = yearly.draw(county, seed=_SEED, source=_SOURCE, count=None, actor=coordinator)
    report = draw.self_reports.select_related("title").order_by("title__number")[0]
    reports.hand_in(report, changes={}, actor=_head(report.title))
    drawn = draw.rechecks.select_related("title").filter(why=Recheck.Why.DRAWN)[0]
    _visit(drawn.title, team, coordinator)
    acts.carry_out("answer", drawn, RecheckAct("无异议。（演示内容）"), actor=_head(drawn.title))
    said = RecheckAct("核查的条目达标，称号保留。（演示内容）", Outcome.KEPT)
    acts.carry_out("conclude", drawn, said, actor=coordinator)


def _head(title: Designation) -> Person:
    seats = Seat.objects.select_related("person")
    return seats.get(role=Role.HEAD, organization=register.holder(title)).person


def _visit(title: Designation, team: Sequence[Person], coordinator: Person) -> None:
    """One item seen and found met; signed by all, and so the unit is told."""
    standard = queries.standard_for(title)
    assert standard is not None  # noqa: S101 - the standards are loaded before the demo
    item, leader, now = standard.items.all()[0], team[0], clock.now()
    visit = visits.arrange(
        title,
        planned_on=clock.today(),
        place=title.name_zh,
        team=team,
        leader=leader,
        items=[item.code],
        standard=standard,
        actor=coordinator,
    )
    for member in visit.members.all():
        visits.declare_no_interest(member)
    door.perform("visit.begin", visit.pk, actor=coordinator)
    visit.refresh_from_db()
    visits.measure(visit, item, values={}, verdict=Conclusion.MET, actor=leader)
    visits.record_visit(visit, started_at=now, ended_at=now, summary="", actor=leader)
    for member in visit.members.all():
        visits.sign(member)
    door.perform("visit.conclude", visit.pk, actor=leader)
