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
from .models import Visit

_PLAN = (
    _("批次：%(round)s"),
    _("计划核查日期：%(planned_on)s"),
    _("核查地点：%(place)s"),
    _("组长：%(leader)s"),
)


def declare() -> None:
    store(
        "visit.arrange",
        said=("organization", "round", "planned_on", "place", "leader"),
        parties=("appointed", "staying", "released"),
    )
    announce(
        Announcement(
            "visit.arrange",
            (Those("appointed", _("新安排的核查员"), Role.VERIFIER),),
            _("您被安排参加对%(organization)s的实地核查。"),
            (*_PLAN, _("请先签署回避承诺，再按期前往核查。")),
        ),
        Announcement(
            "visit.arrange",
            (Those("staying", _("安排有变动的核查员"), Role.VERIFIER),),
            _("对%(organization)s的实地核查，安排有变动。"),
            _PLAN,
        ),
        Announcement(
            "visit.arrange",
            (Those("released", _("不再参加的核查员"), Role.VERIFIER),),
            _("您不再参加对%(organization)s的实地核查。"),
            (_("批次：%(round)s"),),
        ),
    )
    name_fields({"planned_on": _("计划核查日期"), "leader": _("组长")})
    subjects.register(
        "workflows.visit",
        SubjectKind(
            opens=_("查看核查安排"),
            page=lambda visit: ("applications:verify", [visit.application_id]),
            may_see=_may_see,
        ),
    )


def _may_see(person: Person, visit: str) -> bool:
    return visible_applications(person).filter(visits__pk=visit).exists()


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
    application = visit.application
    people: dict[str, Any] = {
        "appointed": sorted(appointed),
        "staying": sorted(staying),
        "released": sorted(released),
    }
    tell(
        Event(
            action="visit.arrange",
            subject=visit,
            jurisdiction_code=application.area_code,
            actor=actor,
            role=Role.COUNTY_COORDINATOR,
            said={
                "organization": said.name(application.organization),
                "round": said.name(application.round),
                "planned_on": said.day(visit.planned_on),
                "place": visit.place,
                "leader": leader.full_name,
            },
            parties=people,
            at=clock.now(),
        )
    )
