"""Who is told of a visit: whoever is sent there, stays, or goes no more; and who waits for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, Turn, tell
from designation.announcements.receivers import Over, Those, WhoseTurn
from designation.organizations.models import Person, Role
from designation.site import clock

from ...door import Done
from .models import Visit
from .standing import Standing
from .subject import VISIT

_WHEN_AND_WHERE = (
    _("计划核查日期：%(planned_on)s"),
    _("核查地点：%(place)s"),
    _("组长：%(leader)s"),
)
# Why one goes, by what the event says of it: of what round, or for which reason.
_WHY = {"visit.arrange": _("批次：%(round)s"), "visit.send": _("核查事由：%(errand)s")}
# Where one that stands apart ends, and what is said of it.
ENDS = (Standing.CONCLUDED, Standing.CALLED_OFF)
_ENDED: Mapping[str, tuple[Any, Sequence[Any]]] = {
    "visit.conclude": (
        _("对%(organization)s的实地核查已作出结论。"),
        (_("核查事由：%(errand)s"), _("请查看核查记录，据此继续办理。")),
    ),
    "visit.call_off": (
        _("对%(organization)s的实地核查已取消。"),
        (_("核查事由：%(errand)s"), _("理由：%(reason)s")),
    ),
}


def declare() -> None:
    for action, field in (("visit.arrange", "round"), ("visit.send", "errand")):
        store(
            action,
            said=("organization", field, "planned_on", "place", "leader"),
            parties=("appointed", "staying", "released"),
        )
        announce(*_arrangement(action))
    name_fields({"planned_on": _("计划核查日期"), "leader": _("组长"), "errand": _("核查事由")})
    for action, (words, why) in _ENDED.items():
        store(action, said=("organization", "errand", "reason"), parties=("released", "turn"))
        announce(*_end(action, words, why))
    subjects.register("workflows.visit", VISIT)


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


def _end(action: str, words: Any, why: Sequence[Any]) -> Iterable[Announcement]:
    """Who was to go need not; who waits for what was found goes on."""
    if action == "visit.call_off":
        yield Announcement(
            action,
            (Those("released", _("不必再去的核查员"), Role.VERIFIER),),
            _("对%(organization)s的实地核查已取消，您不必前往。"),
            why,
        )
    yield Announcement(action, (WhoseTurn(), Over(Role.COUNTY_COORDINATOR)), words, why)


def arranged(
    visit: Visit,
    *,
    appointed: Iterable[int],
    staying: Iterable[int],
    released: Iterable[int],
    leader: Person,
    actor: Person,
    role: Role = Role.COUNTY_COORDINATOR,
) -> None:
    """Tell of an arrangement: keys of those who are new, whom a change concerns, and who left."""
    about, is_apart = visit.about, visit.application is None
    why = (
        {"errand": said.words(Visit.Reason(visit.reason).label)}
        if is_apart
        else {"round": said.of_round(about.round)}
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
            role=role,
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


def ended(visit: Visit, done: Done) -> None:
    """Tell that a visit that stands apart was concluded or called off.

    It was asked for by who hears the objection, or else by the coordinator of the area.
    """
    about = visit.about
    turn = Turn(Role.OBJECTION_OFFICER).stored() if visit.objection_id else None
    team = visit.members.filter(left_at__isnull=True).values_list("person_id", flat=True)
    tell(
        Event(
            action=f"visit.{done.name}",
            subject=visit,
            jurisdiction_code=about.area_code,
            actor=done.asked.actor,
            role=done.role,
            said={
                "organization": said.name(about.organization),
                "errand": said.words(Visit.Reason(visit.reason).label),
                "reason": visit.called_off_because,
            },
            parties={"released": sorted(team), "turn": turn},
            at=done.at,
        )
    )
