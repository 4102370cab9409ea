"""Who is told of a seat that was given or ended, and of who leaves: those whom it concerns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import THE_PERSON, Over, Those
from designation.announcements.subjects import DESK, SubjectKind
from designation.site import clock

from ..organizations.models import Person, Reorganization, Role, Seat
from ..organizations.scoping import area_code
from ..organizations.succession import Proposal

_SAID = ("role", "place", "starts_on", "ends_on")
_THE_DEPUTISED = (Those("deputised", _("被代理的本人")),)


def declare() -> None:
    for action in ("seat.give", "seat.end"):
        store(action, said=_SAID, parties=("person",))
    for action in ("deputy.name", "deputy.end"):
        store(action, said=(*_SAID, "deputy", "deputised"), parties=("person", "deputised"))
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
        Announcement(
            "deputy.name",
            THE_PERSON,
            _("您代%(deputised)s办理%(place)s“%(role)s”的事项。"),
            (
                _("开始日期：%(starts_on)s"),
                _("到期日期：%(ends_on)s"),
                _("办理记录中写明双方姓名；与您或者与%(deputised)s有利害关系的事项须回避。"),
            ),
        ),
        Announcement(
            "deputy.name",
            _THE_DEPUTISED,
            _("%(deputy)s代您办理%(place)s“%(role)s”的事项。"),
            (_("开始日期：%(starts_on)s"), _("到期日期：%(ends_on)s")),
        ),
        Announcement(
            "deputy.end",
            THE_PERSON,
            _("您不再代%(deputised)s办理%(place)s“%(role)s”的事项。"),
            (_("原来由您办理的事项，不再列在您的工作台上。"),),
        ),
        Announcement(
            "deputy.end",
            _THE_DEPUTISED,
            _("%(deputy)s不再代您办理%(place)s“%(role)s”的事项。"),
            (_("需要时，可以在“代理人”中另行指定。"),),
        ),
    )
    store("organization.reorganize", said=("became",), parties=("people",))
    announce(
        Announcement(
            "organization.reorganize",
            (
                Those("people", _("有关单位的人员")),
                Over(Role.COUNTY_COORDINATOR),
                Over(Role.DECIDING_OFFICER),
            ),
            _("机构变更：%(became)s"),
            (_("有关的申报、称号、岗位和材料已随之办理，各自的记录中写明了依据。"),),
        )
    )
    store("person.leave", said=("leaver", "last_day"), parties=("person", "successors"))
    announce(
        Announcement(
            "person.leave",
            THE_PERSON,
            _("您的离任交接已办理。"),
            (
                _("最后工作日：%(last_day)s"),
                _("到这一天为止，您的岗位和账号可以照常使用；需要您办完的事项列在工作台上。"),
            ),
        ),
        Announcement(
            "person.leave",
            (Those("successors", _("接手的人")),),
            _("%(leaver)s离任，由您接手。"),
            (_("最后工作日：%(last_day)s"), _("接手的事项列在您的工作台上。")),
        ),
    )
    name_fields(
        {
            "became": _("变更内容"),
            "leaver": _("离任人"),
            "last_day": _("最后工作日"),
            "starts_on": _("开始日期"),
            "ends_on": _("到期日期"),
            "deputy": _("代理人"),
            "deputised": _("被代理人"),
        }
    )
    desk = SubjectKind(
        opens=_("打开工作台"),
        page=lambda _row: (DESK, []),
        may_see=lambda _person, _key: True,
    )
    for about in ("organizations.reorganization", "organizations.seat", "organizations.person"):
        subjects.register(about, desk)


def reorganized(
    row: Reorganization, proposal: Proposal, *, people: list[int], actor: Person, role: str
) -> None:
    """Tell those who hold a seat in one of the units, and whoever has their cases in hand."""
    tell(
        Event(
            action="organization.reorganize",
            subject=row,
            jurisdiction_code=proposal.before[0].jurisdiction.code,
            actor=actor,
            role=role,
            said={"became": proposal.basis},
            parties={"people": people},
            at=row.recorded_at,
        )
    )


def happened(seat: Seat, action: str, *, actor: Person | None, role: str) -> None:
    """Tell the person that the seat was given to them, or ended; its term ends by itself.

    Of a deputy's seat the person for whom they stand in is told, too.
    """
    names: dict[str, Any] = {}
    parties: dict[str, list[int]] = {}
    if seat.deputy_of is not None:
        deputised = seat.deputy_of.person
        names = {"deputy": seat.person.full_name, "deputised": deputised.full_name}
        parties = {"deputised": [deputised.pk]}
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
            }
            | names,
            parties={"person": [seat.person_id]} | parties,
            at=clock.now(),
        )
    )


def left(
    leaver: Person,
    successors: Iterable[Person],
    *,
    actor: Person,
    role: str,
    last_day: date | None,
) -> None:
    """Tell who leaves, as long as the account is theirs, and whoever takes something over."""
    tell(
        Event(
            action="person.leave",
            subject=leaver,
            jurisdiction_code=area_code(leaver),
            actor=actor,
            role=role,
            said={
                "leaver": leaver.full_name,
                "last_day": said.day(last_day or clock.today()),
            },
            parties={
                "person": [leaver.pk],
                "successors": sorted(person.pk for person in successors),
            },
            at=clock.now(),
        )
    )
