"""Who is told of a seat that was given or ended: the person."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import THE_PERSON
from designation.announcements.subjects import DESK, SubjectKind
from designation.site import clock

from ..organizations.models import Person, Role, Seat


def declare() -> None:
    for action in ("seat.give", "seat.end"):
        store(action, said=("role", "place", "starts_on", "ends_on"), parties=("person",))
    announce(
        Announcement(
            "seat.give",
            THE_PERSON,
            _("您已担任%(place)s的“%(role)s”。"),
            (
                _("开始日期：%(starts_on)s"),
                _("到期日期：%(ends_on)s"),
                _("任期之内，需要您办理的事项列在工作台上。"),
            ),
        ),
        Announcement(
            "seat.end",
            THE_PERSON,
            _("您不再担任%(place)s的“%(role)s”。"),
            (_("原来由您办理的事项，不再列在您的工作台上。"),),
        ),
    )
    name_fields({"starts_on": _("开始日期"), "ends_on": _("到期日期")})
    subjects.register(
        "organizations.seat",
        SubjectKind(
            opens=_("打开工作台"),
            page=lambda _seat: (DESK, []),
            may_see=lambda _person, _seat: True,
        ),
    )


def happened(seat: Seat, action: str, *, actor: Person | None, role: str) -> None:
    """Tell the person that the seat was given to them, or ended; its term ends by itself."""
    tell(
        Event(
            action=action,
            subject=seat,
            jurisdiction_code=seat.area.code,
            actor=actor,
            role=role,
            said={
                # A role that is declared no more is called by its code.
                "role": said.words(Role(seat.role).label if seat.role in Role else seat.role),
                "place": said.name(seat.place),
                "starts_on": said.day(seat.starts_on),
                "ends_on": said.day(seat.ends_on),
            },
            parties={"person": [seat.person_id]},
            at=clock.now(),
        )
    )
