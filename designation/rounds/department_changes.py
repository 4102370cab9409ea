"""Departments of a round that is open: one more is asked, or one is not, each with its reason.

A draft round sets them as it likes (``departments``). Once open a change is a row of its own. A
department that was asked of anybody stays: what it answered, or did not, is on record.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.site import clock, endings
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding
from standards.characters import kept, line

from . import configuring, departments
from .departments import MOST, AskedOf
from .models import DepartmentChange, Round, RoundDepartment
from .rules import managing_role

REASON = "reason"
_ACTIONS = {
    DepartmentChange.Way.ADDED: "round.department_added",
    DepartmentChange.Way.REMOVED: "round.department_removed",
}
_Asked = Callable[[Round], set[int]]


def _nobody(_round: Round) -> set[int]:
    return set()


_were_asked: _Asked = _nobody


def asked_by(were_asked: _Asked) -> None:
    """Said by the room of the opinions when it starts: which departments were asked of anybody."""
    global _were_asked  # noqa: PLW0603 - told once, when the site starts
    _were_asked = were_asked


def removable(round_: Round) -> set[int]:
    """The departments of the round that were asked of nobody yet, by key of the organization."""
    if round_.department_days is None:
        return set()
    return set(round_.departments.values_list("department", flat=True)) - _were_asked(round_)


@endings.act()
def add(
    round_: Round, one: AskedOf, *, days: int | None = None, reason: str, actor: Person
) -> None:
    """Ask one more department of whoever is not settled yet.

    ``days`` counts where the round asked nobody so far. Raises RoundRefused.
    """
    held, role = _held(round_, actor)
    given = AskedOf(one.department, line(one.question), one.secrecy, tuple(one.vetoes))
    found = [*departments.faults_of(held, given, str), *_no_room(held, given), *_without(reason)]
    if held.department_days is None:
        held.department_days = days
        found += departments.faults_of_days(days)
    configuring.refuse(found)
    held.save(update_fields=["department_days"])
    departments.ask(held, given)
    _write(held, given, DepartmentChange.Way.ADDED, reason=reason, actor=actor, role=role)


@endings.act()
def remove(round_: Round, department: RoundDepartment, *, reason: str, actor: Person) -> None:
    """Ask a department of nobody any more. Raises RoundRefused, also where it was asked already."""
    held, role = _held(round_, actor)
    row = held.departments.select_related("department").filter(pk=department.pk).first()
    if row is None:
        told = _("这个部门已经撤下，请返回批次页面查看。")
        configuring.refuse([Finding("removed_already", "", told)])
        return
    if row.department_id in _were_asked(held):
        told = _("%(name)s已收到征求意见单，不能撤下；它的答复留在记录里。")
        configuring.refuse([Finding("asked_already", "", told % {"name": row.department.name})])
    configuring.refuse(_without(reason))
    gone = departments.of_round(held)[row.position]
    row.delete()
    if not held.departments.exists():
        held.department_days = None
        held.save(update_fields=["department_days"])
    _write(held, gone, DepartmentChange.Way.REMOVED, reason=reason, actor=actor, role=role)


def _held(round_: Round, actor: Person) -> tuple[Round, Role]:
    held = configuring.hold(round_)
    role = managing_role(actor, held)
    if role is None:
        told = _("只有本辖区的县级经办人可以调整征求意见的部门。")
        configuring.refuse([Finding("not_allowed", "", told)])
    elif held.status != Round.Status.OPEN:
        told = _("批次已开展、还没有结束时，才在这里调整部门。")
        configuring.refuse([Finding("not_open", "", told)])
    assert role is not None  # noqa: S101 - refused above
    return held, role


def _no_room(round_: Round, given: AskedOf) -> list[Finding]:
    standing = departments.of_round(round_).values()
    if given.department in [one.department for one in standing]:
        told = _("本批次已经征求这个部门的意见。")
        return [Finding("asked_anyway", "", told, field="name")]
    if len(standing) < MOST:
        return []
    told = _("一个批次最多征求 %(most)d 个部门的意见。") % {"most": MOST}
    return [Finding("too_many", "", told)]


def _without(reason: str) -> list[Finding]:
    if len(kept(reason)) >= LEAST_REASON:
        return []
    told = _("请写明理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON}
    return [Finding("reason_too_short", "", told, field=REASON)]


def _write(
    round_: Round,
    one: AskedOf,
    way: DepartmentChange.Way,
    *,
    reason: str,
    actor: Person,
    role: Role,
) -> None:
    DepartmentChange.objects.create(
        round=round_,
        department=one.department,
        way=way,
        question=one.question,
        reason=kept(reason),
        actor=actor,
        role=role,
        at=clock.now(),
    )
    details = {
        "department": one.department.name_zh,
        "question": one.question,
        "reason": kept(reason),
    }
    configuring.record(round_, _ACTIONS[way], details, actor=actor, role=role)
