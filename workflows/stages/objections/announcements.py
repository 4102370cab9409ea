"""Who is told of an objection; nothing is said of who raised it, nor of what they wrote."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In, Over, Those
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.site import clock

from .models import Hearing, Investigation, LongerAsked, Objection

_NOTICE = (_("公示：%(notice)s"),)
# Who handles objections hears of each; who waits for the end of them, once it is settled.
_OFFICER = (Over(Role.OBJECTION_OFFICER),)
_WAITING = (Over(Role.COUNTY_COORDINATOR), Over(Role.DECIDING_OFFICER))
_TURNS: Mapping[str, Any] = {
    "objection.receive": _("收到对%(organization)s的异议，等待受理。"),
    "objection.accepted": _("对%(organization)s的异议已受理，等待调查并作出结论。"),
}
_SETTLED: Mapping[str, Any] = {
    "objection.refused": _("对%(organization)s的异议不予受理，已办结。"),
    "objection.dismissed": _("对%(organization)s的异议不成立，已办结。"),
    "objection.upheld": _("对%(organization)s的异议成立，已办结。"),
}
_FIELDS = ("organization", "round", "notice", "due")
# The organization learns the facts that were put to it, and by when it answers.
_ITS_PEOPLE = (In(Role.HEAD, "applicant"), In(Role.PREPARER, "applicant"))
_SPOKE: Mapping[str, Any] = {
    "objection.state": _("%(organization)s已就异议作出陈述，请查看。"),
    "objection.silent": _("%(organization)s在期限内没有就异议陈述，已记录，可以作出结论。"),
}


def declare() -> None:
    name_fields({"notice": _("公示")})
    _declare_hearing()
    _declare_investigation()
    _declare_longer()
    for action in (*_TURNS, *_SETTLED):
        store(action, said=_FIELDS, parties=("notice",))
    for action, sentence in _TURNS.items():
        announce(Announcement(action, _OFFICER, sentence, _NOTICE, asks_to_act=True))
    announce(
        Announcement(
            "objection.accepted",
            _WAITING,
            _("对%(organization)s的异议已受理，办结以前不能命名。"),
            _NOTICE,
            page="notice",
        )
    )
    for action, sentence in _SETTLED.items():
        announce(
            Announcement(action, _OFFICER, sentence, _NOTICE),
            Announcement(action, _WAITING, sentence, _NOTICE, page="notice"),
        )


def _declare_hearing() -> None:
    store("objection.release", said=_FIELDS, parties=("applicant",))
    announce(
        Announcement(
            "objection.release",
            _ITS_PEOPLE,
            _("%(organization)s：有人对公示提出异议，请阅读告知的事实，并在%(due)s前陈述。"),
            _NOTICE,
            asks_to_act=True,
        )
    )
    for action, sentence in _SPOKE.items():
        store(action, said=_FIELDS)
        announce(Announcement(action, _OFFICER, sentence, _NOTICE))


def _declare_investigation() -> None:
    store("objection.assign", said=_FIELDS, parties=("investigator", "former", "notice"))
    announce(
        Announcement(
            "objection.assign",
            (Those("investigator", _("指派的调查人")),),
            _("请调查对%(organization)s的异议，在%(due)s前提交调查报告。"),
            _NOTICE,
            asks_to_act=True,
        ),
        Announcement(
            "objection.assign",
            (Those("former", _("不再调查的人")),),
            _("对%(organization)s的异议，您不再调查。"),
            _NOTICE,
            page="notice",
        ),
    )
    # Who was asked to investigate still is, and of more.
    store("objection.join", said=_FIELDS, parties=("investigator",), is_aside=True)
    told = _("对%(organization)s的异议，又有反映同一事项的并入，请一并调查。")
    investigator = (Those("investigator", _("指派的调查人")),)
    announce(Announcement("objection.join", investigator, told, _NOTICE))
    store("objection.report", said=_FIELDS)
    told = _("对%(organization)s的异议，调查报告已提交，请作出结论。")
    announce(Announcement("objection.report", _OFFICER, told, _NOTICE, asks_to_act=True))


_ON_LONGER: Mapping[str, Any] = {
    "objection.grant_longer": _("对%(organization)s的异议，办理期限已延长至%(due)s。"),
    "objection.refuse_longer": _("对%(organization)s的异议，没有同意延长，请在%(due)s前办理。"),
}


def _declare_longer() -> None:
    store("objection.ask_longer", said=_FIELDS)
    deciding = (Over(Role.DECIDING_OFFICER),)
    told = _("请审批：对%(organization)s的异议申请延长办理期限。")
    announce(Announcement("objection.ask_longer", deciding, told, _NOTICE, asks_to_act=True))
    both = (*_OFFICER, Those("investigator", _("指派的调查人")))
    for action, sentence in _ON_LONGER.items():
        # Who was asked to act before still is.
        store(action, said=_FIELDS, parties=("investigator",), is_aside=True)
        announce(Announcement(action, both, sentence, _NOTICE))


def put_to_the_organization(hearing: Hearing, *, actor: Person) -> None:
    """Tell its people that facts were put to it."""
    organization = hearing.objection.entry.application.organization_id
    _tell_of(
        hearing,
        hearing,
        "objection.release",
        actor=actor,
        role=Role.OBJECTION_OFFICER,
        parties={"applicant": organization},
    )


def organization_spoke(hearing: Hearing, action: str, *, actor: Person | None, role: str) -> None:
    """Tell the officers that it answered, or let its term pass."""
    _tell_of(hearing, hearing.objection, action, actor=actor, role=role)


def _tell_of(
    hearing: Hearing,
    subject: Hearing | Objection,
    action: str,
    *,
    actor: Person | None,
    role: str,
    parties: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    entry = hearing.objection.entry
    tell(
        Event(
            action=action,
            subject=subject,
            jurisdiction_code=entry.application.area_code,
            actor=actor,
            role=role,
            said={
                "organization": said.name(entry.application.organization),
                "round": said.of_round(entry.notice.round),
                "notice": entry.notice.title,
                "due": said.deadline(hearing.due_at),
            },
            parties=parties,
            at=clock.now(),
        )
    )


def asked_to_investigate(
    objection: Objection, asked: Person | None, before: Investigation | None, *, actor: Person
) -> None:
    """Tell whoever is asked, and whoever is not any more."""
    parties = {
        "investigator": [] if asked is None else [asked.pk],
        "former": [] if before is None else [before.investigator_id],
        "notice": subjects.reference(objection.entry.notice),
    }
    _tell(objection, "objection.assign", actor=actor, role=Role.OBJECTION_OFFICER, parties=parties)


def joined_more(leading: Objection, investigator: int, *, actor: Person) -> None:
    """Tell whoever investigates that others were joined, which say the same."""
    parties = {"investigator": [investigator]}
    role = Role.OBJECTION_OFFICER
    _tell(leading, "objection.join", actor=actor, role=role, parties=parties)


def investigated(objection: Objection, *, actor: Person, role: str) -> None:
    """Tell the officers that the report is there."""
    _tell(objection, "objection.report", actor=actor, role=role)


def asked_for_longer(asked: LongerAsked, *, actor: Person) -> None:
    """Tell the deciding officers; they read of it no more than how many days, and why."""
    role = Role.OBJECTION_OFFICER
    _tell(asked.objection, "objection.ask_longer", actor=actor, role=role, subject=asked)


def answered_on_longer(
    objection: Objection, investigator: int | None, act: str, *, actor: Person
) -> None:
    """Tell the officers and whoever investigates until when it is to be done."""
    parties = {"investigator": [] if investigator is None else [investigator]}
    role = Role.DECIDING_OFFICER
    _tell(objection, f"objection.{act}", actor=actor, role=role, parties=parties)


def happened(objection: Objection, action: str, *, actor: Person | None) -> None:
    """Tell that an objection came in or was handled."""
    role = WithoutSeat.PUBLIC if actor is None else Role.OBJECTION_OFFICER
    parties = {"notice": subjects.reference(objection.entry.notice)}
    _tell(objection, action, actor=actor, role=role, parties=parties)


def _tell(
    objection: Objection,
    action: str,
    *,
    actor: Person | None,
    role: str,
    parties: Mapping[str, Any] = MappingProxyType({}),
    subject: LongerAsked | None = None,
) -> None:
    application = objection.entry.application
    tell(
        Event(
            action=action,
            subject=subject or objection,
            jurisdiction_code=application.area_code,
            actor=actor,
            role=role,
            said={
                "organization": said.name(application.organization),
                "round": said.of_round(objection.entry.notice.round),
                "notice": objection.entry.notice.title,
                "due": said.deadline(objection.due_at),
            },
            parties=parties,
            at=clock.now(),
        )
    )
