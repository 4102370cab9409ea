"""Who is told that the head can act: everything they have to confirm is filled in."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said
from designation.announcements.declared import Announcement, announce, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In
from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.site import clock

READY = "application.ready"
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
                "round": said.name(application.round),
                "due": said.deadline(application.due_at),
            },
            parties={"applicant": application.organization_id},
            at=clock.now(),
        )
    )
