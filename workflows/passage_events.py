"""A passage of an application as an event, and the messages about it.

The bridge between the door, which sends ``passed``, and whoever tells people.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said
from designation.announcements.declared import (
    Announcement,
    announce,
    leave_untold,
    name_fields,
    store,
)
from designation.announcements.happened import Event, Turn, tell
from designation.announcements.receivers import In, WhoseTurn
from designation.applications.models import Application
from designation.organizations.models import Role

from .case.records import Correction
from .signals import Passage, passed
from .stages.verification.models import VisitMember

RETURN = "return_for_correction"
_APPLICANT = (In(Role.PREPARER, "applicant"), In(Role.HEAD, "applicant"))
_BODY = (_("批次：%(round)s"), _("意见：%(opinion)s"))
_LIST = _("需补正的条目：\n%(corrections)s")
# What is said of a passage that has no sentence of its own.
_ANY = _("%(organization)s：%(what)s。")
SENTENCES: Mapping[str, Any] = {
    "start": _("%(organization)s开始填写申报。"),
    "confirm": _("%(organization)s的自评已由单位负责人确认。"),
    "reopen": _("%(organization)s的自评已退回修改。"),
    "submit": _("%(organization)s的申报已提交。"),
    "recall": _("%(organization)s的申报已由本单位收回。"),
    "recommend": _("%(organization)s的申报通过初审，已推荐到县级。"),
    RETURN: _("%(organization)s的申报被退回补正，请按清单逐条补正。"),
    "reject": _("%(organization)s的申报未通过。"),
    "resubmit": _("%(organization)s的申报补正后已重新提交。"),
    "begin_verification": _("%(organization)s的实地核查已开始。"),
    "complete_verification": _("%(organization)s的实地核查合格。"),
    "publish": _("%(organization)s已列入公示。"),
    "end_notice": _("%(organization)s的公示期已满。"),
    "uphold_objection": _("对%(organization)s的异议成立，不予命名。"),
    "reverify": _("对%(organization)s的异议成立，将重新核查。"),
    "withdraw": _("%(organization)s已撤回申报。"),
}


def declare() -> None:
    """Whose turn it is is asked to act, the applicant is told; the title speaks for itself."""
    store(
        "application.*",
        said=("organization", "round", "opinion", "corrections", "due"),
        parties=("applicant", "turn"),
    )
    for action, sentence in {**SENTENCES, "*": _ANY}.items():
        dotted = f"application.{action}"
        body = (*_BODY, _LIST) if action == RETURN else _BODY
        announce(
            Announcement(dotted, (WhoseTurn(),), sentence, body, asks_to_act=True),
            Announcement(dotted, _APPLICANT, sentence, body),
        )
    leave_untold("application.designate")
    name_fields({"corrections": _("补正清单")})


def listen() -> None:
    passed.connect(_tell, dispatch_uid="workflows.passage_events")


def _tell(*, passage: Passage, **_kwargs: Any) -> None:
    tell(event_of(passage))


def event_of(passage: Passage) -> Event:
    """What is told of a passage, as of this moment: its deadline, list and opinion."""
    application, decision = passage.application, passage.decision
    corrections: Any = ()
    if decision.transition == RETURN:
        corrections = Correction.objects.filter(decision=decision).values_list(
            "item__code", "reason"
        )
    return Event(
        action=f"application.{decision.transition}",
        subject=application,
        jurisdiction_code=application.area_code,
        actor=passage.actor,
        role=decision.actor_role,
        said={
            "organization": said.name(application.organization),
            "round": said.name(application.round),
            "opinion": decision.opinion,
            "corrections": said.rows(corrections),
            "due": said.deadline(application.due_at),
        },
        parties={"applicant": application.organization_id, "turn": turn(application)},
        at=decision.at,
    )


def turn(application: Application) -> Turn | None:
    """Whoever holds the application now: of the verifiers, those who are sent there."""
    if not application.holder_role:
        return None
    people = None
    if application.holder_role == Role.VERIFIER:
        team = VisitMember.objects.filter(
            visit__application=application, visit__closed_at__isnull=True, left_at__isnull=True
        )
        people = tuple(team.order_by("pk").values_list("person", flat=True))
    return Turn(application.holder_role, application.holder_organization_id, people)
