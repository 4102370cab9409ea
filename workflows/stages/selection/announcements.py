"""Who is told that a meeting was recorded; what became of each is told of its own passage."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import Over
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role
from designation.site import clock
from standards.categories import Category

from .models import Selection
from .scoping import read_selections


def declare() -> None:
    store("selection.record", said=("round", "kind", "meeting", "held_on"))
    announce(
        Announcement(
            "selection.record",
            (Over(Role.COUNTY_COORDINATOR), Over(Role.DECIDING_OFFICER)),
            _("%(kind)s的择优结果已登记。"),
            (_("批次：%(round)s"), _("研究会议：%(meeting)s（%(held_on)s）")),
        )
    )
    name_fields({"kind": _("类别"), "meeting": _("研究会议"), "held_on": _("会议日期")})
    subjects.register(
        "workflows.selection",
        SubjectKind(
            opens=_("查看择优结果"),
            page=lambda selection: ("selections:meeting", [selection.pk]),
            may_see=_may_see,
        ),
    )


def _may_see(person: Person, selection: Any) -> bool:
    return read_selections(person).filter(pk=selection).exists()


def recorded(selection: Selection, *, actor: Person) -> None:
    """Tell of a meeting that was recorded."""
    tell(
        Event(
            action="selection.record",
            subject=selection,
            jurisdiction_code=selection.round.jurisdiction.code,
            actor=actor,
            role=selection.role,
            said={
                "round": said.of_round(selection.round),
                "kind": said.words(Category(selection.category).label),
                "meeting": selection.meeting_name,
                "held_on": said.day(selection.meeting_on),
            },
            at=clock.now(),
        )
    )
