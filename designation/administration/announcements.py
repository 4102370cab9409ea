"""Who is told of a seat that was given or ended, and of who leaves: those whom it concerns."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import THE_PERSON, Over, Those
from designation.announcements.subjects import DESK, SubjectKind
from designation.audit.models import WithoutSeat
from designation.site import clock

from ..accounts.use import UNUSED_AFTER
from ..organizations.divisions import DIGITS
from ..organizations.models import Jurisdiction, Person, Reorganization, Role, Seat
from ..organizations.rules import holds
from ..organizations.scoping import area_code
from ..organizations.succession import Proposal
from .models import RightsReview

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
    _declare_unused()
    _declare_reviews()
    name_fields(
        {
            "became": _("变更内容"),
            "leaver": _("离任人"),
            "last_day": _("最后工作日"),
            "goes_off_on": _("停用日期"),
            "days": _("天数"),
            "soon": _("将停用"),
            "off": _("已停用"),
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


def _declare_unused() -> None:
    store("person.unused_soon", said=("days", "goes_off_on"), parties=("person",))
    store("person.unused_on", said=("reason",), parties=("person",))
    store("jurisdiction.unused", said=("place", "soon", "off"))
    announce(
        Announcement(
            "person.unused_soon",
            THE_PERSON,
            _("您的账号将于%(goes_off_on)s停用，登录一次即可继续使用。"),
            (
                _("账号连续 %(days)s 天没有登录，会自动停用；岗位、草稿和记录都保留。"),
                _("忘记密码的，在登录页用邮件重设，或者请本级安全管理员生成密码链接。"),
            ),
        ),
        Announcement(
            "person.unused_on",
            THE_PERSON,
            _("您的账号已由安全管理员重新启用，可以登录。"),
            (_("理由：%(reason)s"),),
        ),
        Announcement(
            "jurisdiction.unused",
            (Over(Role.SECURITY_ADMINISTRATOR),),
            _("%(place)s久未登录的账号：%(soon)s 个将停用，%(off)s 个今天停用。"),
            (_("请打开每日清单，再打开“久未登录”核对；还要用的，重新启用或者请本人登录。"),),
        ),
    )


def _declare_reviews() -> None:
    for action in ("rights_review.open", "rights_review.remind"):
        store(action, said=("place", "quarter", "count"))
    store("rights_review.finish", said=("place", "quarter", "kept", "withdrawn"))
    both = (Over(Role.SECURITY_ADMINISTRATOR), Over(Role.AUDIT_ADMINISTRATOR))
    announce(
        Announcement(
            "rights_review.open",
            (Over(Role.SECURITY_ADMINISTRATOR),),
            _("%(place)s%(quarter)s权限复核已开始：%(count)s 个岗位待核对。"),
            (_("请逐行核对，选“保留”或者“收回”；全部核对后完成。"),),
        ),
        Announcement(
            "rights_review.open",
            (Over(Role.AUDIT_ADMINISTRATOR),),
            _("%(place)s%(quarter)s权限复核已开始，由安全管理员核对。"),
        ),
        Announcement(
            "rights_review.remind",
            both,
            _("%(place)s%(quarter)s权限复核还没有完成：%(count)s 个岗位待核对。"),
            (_("开始以来已过 10 个工作日，请安全管理员核对完毕。"),),
        ),
        Announcement(
            "rights_review.finish",
            (Over(Role.AUDIT_ADMINISTRATOR),),
            _("%(place)s%(quarter)s权限复核已完成：保留 %(kept)s 个，收回 %(withdrawn)s 个。"),
        ),
    )
    name_fields(
        {"quarter": _("季度"), "kept": _("保留"), "withdrawn": pgettext_lazy("seat", "收回")}
    )
    subjects.register(
        "administration.rightsreview",
        SubjectKind(
            opens=_("打开权限复核"),
            page=lambda _review: ("organizations:rights_review", []),
            may_see=lambda person, _key: holds(
                person, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR
            ),
        ),
    )


def reviewed(review: RightsReview, action: str, *, count: int) -> None:
    """Tell that a review has begun, or is late: ``count`` seats wait in it."""
    tell(_of_the_review(review, action, {"count": str(count)}, None, WithoutSeat.SYSTEM))


def review_finished(
    review: RightsReview, counts: Mapping[str, int], *, actor: Person, role: str
) -> None:
    """Tell the audit administrator what came of it."""
    told = {name: str(counts[name]) for name in ("kept", "withdrawn")}
    tell(_of_the_review(review, "rights_review.finish", told, actor, role))


def _of_the_review(
    review: RightsReview, action: str, told: Mapping[str, Any], actor: Person | None, role: str
) -> Event:
    return Event(
        action=action,
        subject=review,
        jurisdiction_code=review.jurisdiction.code,
        actor=actor,
        role=role,
        said={
            "place": said.name(review.jurisdiction),
            "quarter": said.words(lazy(lambda: review.quarter, str)()),
            **told,
        },
        at=clock.now(),
    )


def unused_soon(person: Person, goes_off_on: date) -> None:
    """Tell somebody that their account is switched off unless they sign in."""
    tell(
        Event(
            action="person.unused_soon",
            subject=person,
            jurisdiction_code=area_code(person),
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={"days": str(UNUSED_AFTER.days), "goes_off_on": said.day(goes_off_on)},
            parties={"person": [person.pk]},
            at=clock.now(),
        )
    )


def switched_on(person: Person, reason: str, *, actor: Person, role: str) -> None:
    """Tell somebody that they are let in again."""
    tell(
        Event(
            action="person.unused_on",
            subject=person,
            jurisdiction_code=area_code(person),
            actor=actor,
            role=role,
            said={"reason": reason},
            parties={"person": [person.pk]},
            at=clock.now(),
        )
    )


def unused_in(county: str, *, soon: int, off: int) -> None:
    """Tell who looks after the accounts of a county, by the head of its code: once a look."""
    area = Jurisdiction.objects.filter(code=county.ljust(DIGITS, "0")).first()
    if area is None:
        return
    tell(
        Event(
            action="jurisdiction.unused",
            subject=area,
            jurisdiction_code=area.code,
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={"place": area.name_zh, "soon": str(soon), "off": str(off)},
            at=clock.now(),
        )
    )


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
