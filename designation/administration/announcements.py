"""Who is told of a seat that was given or ended: the person."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import Those
from designation.announcements.subjects import DESK, SubjectKind
from designation.site import clock

from ..organizations.models import Person, Role, Seat

_THE_PERSON = (Those("person", _("本人")),)


def declare() -> None:
    for action in ("seat.give", "seat.end"):
        store(action, said=("role", "place"), parties=("person",))
    announce(
        Announcement(
            "seat.give",
            _THE_PERSON,
            _("您已担任%(place)s的“%(role)s”。"),
            (_("需要您办理的事项列在工作台上。"),),
        ),
        Announcement(
            "seat.end",
            _THE_PERSON,
            _("您不再担任%(place)s的“%(role)s”。"),
            (_("原来由您办理的事项，不再列在您的工作台上。"),),
        ),
    )
    subjects.register(
        "organizations.seat",
        SubjectKind(
            opens=_("打开工作台"),
            page=lambda _seat: (DESK, []),
            may_see=lambda _person, _seat: True,
        ),
    )


def happened(seat: Seat, action: str, *, actor: Person) -> None:
    """Tell the person that the seat was given to them, or ended."""
    area = seat.organization.jurisdiction if seat.organization else seat.jurisdiction
    tell(
        Event(
            action=action,
            subject=seat,
            jurisdiction_code=area.code if area else "",
            actor=actor,
            role=Role.SECURITY_ADMINISTRATOR,
            said={
                "role": said.words(Role(seat.role).label),
                "place": said.name(seat.organization or seat.jurisdiction),
            },
            parties={"person": [seat.person_id]},
            at=clock.now(),
        )
    )
