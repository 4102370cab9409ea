"""Whether the seats of a round are staffed: enough different people for every township's cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.organizations.divisions import codes_around
from designation.organizations.models import Organization, Role, Seat
from designation.site.refusal import Finding

from . import places, staffing
from .models import NoticePeople, Round
from .staffing import Lack

# By step its words and the role that takes it.
_STEPS: Mapping[str, tuple[Any, Role]] = {
    staffing.REVIEW: (gettext_lazy("初审"), Role.FIRST_REVIEWER),
    staffing.COORDINATE: (gettext_lazy("组织核查"), Role.COUNTY_COORDINATOR),
    staffing.VERIFY: (gettext_lazy("实地核查"), Role.VERIFIER),
    staffing.VERIFY_TOO: (gettext_lazy("实地核查（第二人）"), Role.VERIFIER),
    staffing.PROPOSE: (gettext_lazy("提出公示"), Role.COUNTY_COORDINATOR),
    staffing.SECRECY: (gettext_lazy("保密审查"), Role.SECRECY_REVIEWER),
    staffing.APPROVE: (gettext_lazy("审批公示"), Role.DECIDING_OFFICER),
    staffing.PUBLISH: (gettext_lazy("发布公示"), Role.NOTICE_PUBLISHER),
    staffing.REGISTER: (gettext_lazy("关闭异议登记"), Role.OBJECTION_OFFICER),
    staffing.DESIGNATE: (gettext_lazy("命名"), Role.DECIDING_OFFICER),
}
# Beyond so many bodies with the same gap their number is told; our default.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Held:
    """A seat in force, as far as it is asked for here."""

    person: str
    role: str
    organization_id: int | None
    area: str
    home_area: str


def gaps(round_: Round) -> list[Finding]:
    """What is not staffed, by name; the same gap of several bodies is told once.

    Remarks: a round may open, and people be given seats later. Three statements.
    """
    bodies = list(places.bodies(round_).select_related("jurisdiction"))
    if not bodies:
        told = _("本辖区还没有录入初审机构，请系统管理员先录入。")
        return [Finding("no_body", "", told, blocking=False)]
    held, names = _held(round_, bodies)
    found: dict[Lack, list[str]] = {}
    four = round_.notice_people == NoticePeople.FOUR
    for body in bodies:
        for lack in staffing.lacking(_people(body, held), four=four):
            found.setdefault(lack, []).append(body.name)
    return [
        _finding(lack, where, names, is_everywhere=len(where) == len(bodies))
        for lack, where in found.items()
    ]


def _held(round_: Round, bodies: list[Organization]) -> tuple[list[_Held], dict[str, str]]:
    """The seats that may take a step of the round's cases, and the names of their holders."""
    area = round_.jurisdiction
    within = Q(jurisdiction__code__startswith=area.prefix)
    over = within | Q(jurisdiction__code__in=codes_around(area.code)) | Q(organization__in=bodies)
    roles = {role for _words, role in _STEPS.values()}
    rows = Seat.objects.in_force().filter(over, role__in=roles, person__is_active=True)
    found, names = [], {}
    for pk, name, role, organization, code, home in rows.values_list(
        "person",
        "person__full_name",
        "role",
        "organization",
        "jurisdiction__code",
        "person__home_organization__jurisdiction__code",
    ):
        names[str(pk)] = name
        found.append(_Held(str(pk), role, organization, code or "", home or ""))
    return found, names


def _people(body: Organization, held: list[_Held]) -> dict[str, set[str]]:
    """By step who may take it in the cases of the body."""
    around = set(codes_around(body.jurisdiction.code))
    return {
        step: {
            seat.person
            for seat in held
            if seat.role == role and _may(seat, body, around, is_visit=role == Role.VERIFIER)
        }
        for step, (_words, role) in _STEPS.items()
    }


def _may(seat: _Held, body: Organization, around: set[str], *, is_visit: bool) -> bool:
    if seat.organization_id is not None:
        return seat.organization_id == body.pk
    # Whoever is of the township does not verify there.
    is_at_home = is_visit and seat.home_area == body.jurisdiction.code
    return seat.area in around and not is_at_home


def _finding(
    lack: Lack, where: list[str], names: Mapping[str, str], *, is_everywhere: bool
) -> Finding:
    words, role = _STEPS[lack.step]
    said = {
        "where": _("各初审机构") if is_everywhere else _listed(where),
        "step": words,
        "role": role.label,
        "people": "、".join(names[person] for person in lack.people),
        "others": "、".join(force_str(_STEPS[other][0]) for other in lack.others),
    }
    if not lack.people:
        told = _("%(where)s：“%(step)s”无人担任“%(role)s”，请安全管理员授予岗位。")
    else:
        told = _(
            "%(where)s：“%(step)s”人手不够。担任“%(role)s”的只有%(people)s，"
            "须与办理“%(others)s”的不是同一人，请安全管理员再授予岗位。"
        )
    return Finding("not_enough_people", "", told % said, blocking=False)


def _listed(where: Iterable[str]) -> str:
    names = list(where)
    if len(names) <= _NAMED:
        return "、".join(names)
    return _("%(names)s等 %(count)s 个") % {
        "names": "、".join(names[:_NAMED]),
        "count": len(names),
    }
