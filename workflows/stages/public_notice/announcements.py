"""Who is told of a notice: whose turn it is, and who waits for what comes of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import (
    Announcement,
    announce,
    leave_untold,
    name_fields,
    store,
)
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import Over
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.site import clock

from .models import Notice

_ROUND = _("批次：%(round)s")
# By action: whose turn it is then, and what they are told.
_TURNS: Mapping[str, tuple[Role, Any]] = {
    "notice.propose": (Role.SECRECY_REVIEWER, _("公示“%(title)s”已提出，等待保密审查。")),
    "notice.propose_again": (
        Role.SECRECY_REVIEWER,
        _("公示“%(title)s”已修改后重新提出，等待保密审查。"),
    ),
    "notice.secrecy_reviewed": (
        Role.DECIDING_OFFICER,
        _("公示“%(title)s”已通过保密审查，等待审批。"),
    ),
    "notice.approved": (Role.NOTICE_PUBLISHER, _("公示“%(title)s”已经审批，等待发布。")),
    "notice.send_back": (Role.COUNTY_COORDINATOR, _("公示“%(title)s”被退回，等待修改或作废。")),
    "notice.restart": (
        Role.COUNTY_COORDINATOR,
        _("公示“%(title)s”已终止，名单已转入新的拟稿，等待核对后重新提出。"),
    ),
    "notice.end": (Role.OBJECTION_OFFICER, _("公示“%(title)s”期满，等待关闭异议登记。")),
    "notice.close_register": (
        Role.DECIDING_OFFICER,
        _("公示“%(title)s”的异议登记已关闭，等待登记命名决定。"),
    ),
}
_UNTOLD = ("notice.discard",)


def declare() -> None:
    for action in (*_TURNS, *_UNTOLD, "notice.publish", "notice.extend"):
        store(action, said=("title", "round", "reason", "first_day", "last_day"))
    for action, (role, sentence) in _TURNS.items():
        why = _("原因：%(reason)s") if action == "notice.restart" else _("退回原因：%(reason)s")
        body = (_ROUND, why)
        announce(Announcement(action, (Over(role),), sentence, body, asks_to_act=True))
    announce(
        Announcement(
            "notice.publish",
            (Over(Role.COUNTY_COORDINATOR), Over(Role.OBJECTION_OFFICER)),
            _("公示“%(title)s”已发布。"),
            (_ROUND, _("公示期：%(first_day)s至%(last_day)s")),
        )
    )
    announce(
        Announcement(
            "notice.extend",
            (Over(Role.COUNTY_COORDINATOR), Over(Role.OBJECTION_OFFICER)),
            _("公示“%(title)s”的公示期延长至%(last_day)s。"),
            (_ROUND, _("原因：%(reason)s")),
        )
    )
    for action in _UNTOLD:
        leave_untold(action)
    name_fields({"title": _("标题"), "first_day": _("公示首日"), "last_day": _("公示末日")})
    subjects.register(
        "workflows.notice",
        SubjectKind(
            opens=_("查看公示"),
            page=lambda notice: ("notices:manage", [notice.pk]),
            may_see=_may_see,
        ),
    )


def _may_see(person: Person, notice: str) -> bool:
    mine = seats(person).within("round__jurisdiction__code", *NOTICE_ROLES)
    return Notice.objects.filter(mine, pk=notice).exists()


def stepped(
    notice: Notice, action: str, *, actor: Person | None, role: str, reason: str = ""
) -> None:
    """Tell of a step that was taken with a notice."""
    tell(
        Event(
            action=action,
            subject=notice,
            jurisdiction_code=notice.round.jurisdiction.code,
            actor=actor,
            role=role,
            said={
                "title": notice.title,
                "round": said.of_round(notice.round),
                "reason": reason,
                "first_day": said.day(notice.first_day),
                "last_day": said.day(notice.last_day),
            },
            at=clock.now(),
        )
    )
