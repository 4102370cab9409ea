"""Who is told of a list: the department it was sent to, and whoever sent it. Never what it says."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In, Over
from designation.announcements.subjects import SubjectKind
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.site import clock

from .models import OpinionList
from .scoping import lists_read

_FIELDS = ("round", "department", "question", "count", "due")
_BODY = (_("批次：%(round)s"), _("答复期限：%(due)s"))
_ASKED = (*_BODY, _("问题：%(question)s"))
_DEPARTMENT = (In(Role.DEPARTMENT_CLERK, "department"),)
_COUNTY = (Over(Role.COUNTY_COORDINATOR),)
_TOLD_TO_THE_COUNTY: Mapping[str, Any] = {
    "opinion_list.hand_in": _("%(department)s已答复征求的意见（%(count)s 家单位）。"),
    "opinion_list.correct": _("%(department)s更正了对 %(count)s 家单位的答复。"),
}
_TOLD_TO_THE_DEPARTMENT: Mapping[str, Any] = {
    "opinion_list.paper": _("已登记%(department)s对 %(count)s 家单位的书面答复。"),
    "opinion_list.not_awaited": _("%(department)s对 %(count)s 家单位没有答复，已不再等候。"),
}


def declare() -> None:
    actions = ("opinion_list.send", "opinion_list.remind")
    for action in (*actions, *_TOLD_TO_THE_COUNTY, *_TOLD_TO_THE_DEPARTMENT):
        store(action, said=_FIELDS, parties=("department",))
    name_fields({"question": _("问题"), "count": _("单位数"), "department": _("部门")})
    announce(
        Announcement(
            "opinion_list.send",
            _DEPARTMENT,
            _("请%(department)s对 %(count)s 家单位答复意见。"),
            (*_ASKED, _("每家单位只答一个问题，答完一次交回；不答复不算同意。")),
            asks_to_act=True,
        ),
        Announcement(
            "opinion_list.remind",
            _DEPARTMENT,
            _("答复期限已到：%(department)s还有 %(count)s 家单位没有答复。"),
            (*_ASKED, _("请尽快答复。")),
            asks_to_act=True,
        ),
        Announcement(
            "opinion_list.remind",
            _COUNTY,
            _("%(department)s逾期没有答复（%(count)s 家单位）。"),
            (*_BODY, _("不答复不算同意：请登记书面答复的文号，或者写明不再等候的理由。")),
        ),
    )
    for receivers, sentences in (
        (_COUNTY, _TOLD_TO_THE_COUNTY),
        (_DEPARTMENT, _TOLD_TO_THE_DEPARTMENT),
    ):
        for action, sentence in sentences.items():
            announce(Announcement(action, receivers, sentence, _BODY))
    subjects.register(
        "workflows.opinionlist",
        SubjectKind(
            opens=_("打开征求意见单"),
            page=lambda opinions: ("opinions:sheet", [opinions.pk]),
            may_see=_may_see,
        ),
    )


def _may_see(person: Person, opinions: Any) -> bool:
    return lists_read(person).filter(pk=opinions).exists()


def reminded(opinions: OpinionList, *, count: int) -> None:
    """Tell that the time is over in which the department was to answer of ``count`` names."""
    happened(opinions, "opinion_list.remind", actor=None, role=WithoutSeat.SYSTEM, count=count)


def happened(
    opinions: OpinionList, action: str, *, actor: Person | None, role: str, count: int
) -> None:
    """Tell of something that was done to a list, about ``count`` names of it."""
    tell(
        Event(
            action=action,
            subject=opinions,
            jurisdiction_code=opinions.round.jurisdiction.code,
            actor=actor,
            role=role,
            said={
                "round": said.of_round(opinions.round),
                "department": said.name(opinions.department),
                "question": opinions.question,
                "count": str(count),
                "due": said.deadline(opinions.due_at),
            },
            parties={"department": opinions.department_id},
            at=clock.now(),
        )
    )
