"""Who is told that the head can act, that a township types for a unit, and that it does no more."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In
from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.site import clock

READY = "application.ready"
TYPED = "application.type"
TAKEN_OVER = "application.take_over"
_ABOUT = ("organization", "round", "body")
# That of the passage by which the preparer says so.
SENT = "application.send_to_head"


def declare() -> None:
    store(READY, said=("organization", "round", "due"), parties=("applicant",))
    announce(
        Announcement(
            READY,
            (In(Role.HEAD, "applicant"),),
            _("%(organization)s的申报已全部填好，等待单位负责人确认。"),
            (_("批次：%(round)s"),),
            asks_to_act=True,
        )
    )

    store(TYPED, said=_ABOUT, parties=("applicant",))
    announce(
        Announcement(
            TYPED,
            (In(Role.HEAD, "applicant"), In(Role.PREPARER, "applicant")),
            _("%(body)s正按负责人签字的纸质件代录%(organization)s的申报。"),
            (_("批次：%(round)s"), _("您可以随时查看全部内容，也可以接手自行填报。")),
        )
    )
    name_fields({"body": _("初审机构")})
    store(TAKEN_OVER, said=_ABOUT, parties=("body",))
    announce(
        Announcement(
            TAKEN_OVER,
            (In(Role.FIRST_REVIEWER, "body"),),
            _("%(organization)s已接手自行填报，不再由%(body)s代录。"),
            (_("批次：%(round)s"),),
        )
    )


def typed(application: Application, *, by: Person) -> None:
    """Tell the unit that its township types for it."""
    parties = {"applicant": application.organization_id}
    _tell_of(application, TYPED, by, Role.FIRST_REVIEWER, parties)


def taken_over(application: Application, *, by: Person, role: str) -> None:
    """Tell the township that the unit goes on itself."""
    _tell_of(application, TAKEN_OVER, by, role, {"body": application.reviewing_body_id})


def _tell_of(
    application: Application, action: str, by: Person, role: str, parties: dict[str, int]
) -> None:
    tell(
        Event(
            action=action,
            subject=application,
            jurisdiction_code=application.area_code,
            actor=by,
            role=role,
            said={
                "organization": said.name(application.organization),
                "round": said.of_round(application.round),
                "body": said.name(application.reviewing_body),
            },
            parties=parties,
            at=clock.now(),
        )
    )


def ready(application: Application, *, filled_in_by: Person, role: str) -> None:
    """Tell the head; who filled it in last is not told, and may be the head."""
    tell(
        Event(
            action=READY,
            subject=application,
            jurisdiction_code=application.area_code,
            actor=filled_in_by,
            role=role,
            said={
                "organization": said.name(application.organization),
                "round": said.of_round(application.round),
                "due": said.deadline(application.due_at),
            },
            parties={"applicant": application.organization_id},
            at=clock.now(),
        )
    )
