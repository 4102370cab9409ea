"""The plan of a visit: when, where, by whom, and what of the standard is to be seen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.site import filling
from designation.site.refusal import Finding

from .models import Visit, VisitMember

# The rule's own number.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """``team`` and ``leader`` are keys of people; ``items`` are codes, none for the whole."""

    planned_on: date | None = None
    place: str = ""
    team: frozenset[int] = frozenset()
    leader: int | None = None
    items: tuple[str, ...] = ()

    @classmethod
    def of(cls, visit: Visit | None, team: Iterable[VisitMember]) -> "Plan":
        """The plan of a visit with its present team; that of none is empty."""
        if visit is None or visit.pk is None:
            return cls()
        leads = {member.person_id: member.is_leader for member in team}
        leader = next((person for person, is_leader in leads.items() if is_leader), None)
        items = tuple(sorted(visit.items))
        return cls(visit.planned_on, visit.place, frozenset(leads), leader, items)

    def differs_for_who_stays(self, before: "Plan") -> bool:
        plan = (self.planned_on, self.place, self.leader)
        return plan != (before.planned_on, before.place, before.leader)

    def changes(self, before: "Plan") -> filling.Changes:
        """Field by field what was planned before and what is planned now."""
        both = ((name, getattr(before, name), getattr(self, name)) for name in self.__slots__)
        return {name: (was, now) for name, was, now in both if was != now}


def of_day(planned_on: date, *, before: date | None, today: date) -> Iterable[Finding]:
    """That a visit is planned for a day to come; one that was planned for a day stays so."""
    if planned_on < today and planned_on != before:
        yield Finding("in_past", "", _("核查日期不能早于今天。"), field="planned_on")


def of_team(team: Collection[Any], leader: Any) -> Iterable[Finding]:
    """That a team has its least number, and is led by one of it."""
    if len(set(team)) < FEWEST:
        yield Finding("too_few", "", _("核查组至少 2 人。"), field="team")
    if leader and team and leader not in team:
        yield Finding("leader_not_on_team", "", _("组长须是核查组成员。"), field="leader")


def as_recorded(changes: filling.Changes) -> dict[str, Any]:
    """What the log holds: who is on the team stands beside the visit, so it is named alone."""
    people = [name for name in ("team", "leader") if name in changes]
    rest = {name: values for name, values in changes.items() if name not in people}
    told: dict[str, Any] = {}
    if rest:
        told["changed"] = filling.in_words(Visit(), rest)
    if people:
        told["fields"] = people
    return told


def overtaken(before: Plan | None, now: Plan) -> Iterable[Finding]:
    """The fields in which somebody has planned otherwise since ``before`` was read."""
    if before is not None:
        for name in now.changes(before):
            yield filling.changed_meanwhile(name)
