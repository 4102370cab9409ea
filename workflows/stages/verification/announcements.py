"""Who is told of a visit: whoever is sent there, stays when it is changed, or goes no more."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import Those
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role
from designation.site import clock

from ...case.scoping import visible_applications
from . import apart
from .models import Visit

_WHEN_AND_WHERE = (
    _("计划核查日期：%(planned_on)s"),
    _("核查地点：%(place)s"),
    _("组长：%(leader)s"),
)
# Why one goes, by what the event says of it: of what round, or for which reason.
_WHY = {"visit.arrange": _("批次：%(round)s"), "visit.send": _("核查事由：%(errand)s")}


def declare() -> None:
    for action, field in (("visit.arrange", "round"), ("visit.send", "errand")):
        store(
            action,
            said=("organization", field, "planned_on", "place", "leader"),
            parties=("appointed", "staying", "released"),
        )
        announce(*_arrangement(action))
    name_fields({"planned_on": _("计划核查日期"), "leader": _("组长"), "errand": _("核查事由")})
    subjects.register(
        "workflows.visit",
        SubjectKind(
            opens=_("查看核查安排"),
            page=_page,
            may_see=_may_see,
        ),
    )


def _arrangement(action: str) -> Iterable[Announcement]:
    plan = (_WHY[action], *_WHEN_AND_WHERE)
    yield Announcement(
        action,
        (Those("appointed", _("新安排的核查员"), Role.VERIFIER),),
        _("您被安排参加对%(organization)s的实地核查。"),
        (*plan, _("请先签署回避承诺，再按期前往核查。")),
    )
    yield Announcement(
        action,
        (Those("staying", _("安排有变动的核查员"), Role.VERIFIER),),
        _("对%(organization)s的实地核查，安排有变动。"),
        plan,
    )
    yield Announcement(
        action,
        (Those("released", _("不再参加的核查员"), Role.VERIFIER),),
        _("您不再参加对%(organization)s的实地核查。"),
        (_WHY[action],),
    )


def _page(visit: Visit) -> tuple[str, list[int]]:
    if visit.application_id is None:
        return "visits:verify", [visit.pk]
    return "applications:verify", [visit.application_id]


def _may_see(person: Person, visit: str) -> bool:
    along = visible_applications(person).filter(visits__pk=visit)
    return along.exists() or apart.in_scope(person).filter(pk=visit).exists()


def arranged(
    visit: Visit,
    *,
    appointed: Iterable[int],
    staying: Iterable[int],
    released: Iterable[int],
    leader: Person,
    actor: Person,
) -> None:
    """Tell of an arrangement: keys of those who are new, whom a change concerns, and who left."""
    about, is_apart = visit.about, visit.application is None
    why = (
        {"errand": said.words(Visit.Reason(visit.reason).label)}
        if is_apart
        else {"round": said.name(about.round)}
    )
    people: dict[str, Any] = {
        "appointed": sorted(appointed),
        "staying": sorted(staying),
        "released": sorted(released),
    }
    tell(
        Event(
            action="visit.send" if is_apart else "visit.arrange",
            subject=visit,
            jurisdiction_code=about.area_code,
            actor=actor,
            role=Role.COUNTY_COORDINATOR,
            said={
                "organization": said.name(about.organization),
                **why,
                "planned_on": said.day(visit.planned_on),
                "place": visit.place,
                "leader": leader.full_name,
            },
            parties=people,
            at=clock.now(),
        )
    )
