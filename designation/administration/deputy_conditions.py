"""What must hold of a deputy, asked when one is named.

委托代行 stands in no document of ours; that it is written, dated and among colleagues, and that
nobody passes on what they hold for another, are our defaults. So is its length.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.refusal import Finding, Refusal

from ..organizations import tenure
from ..organizations.models import CODE_DIGITS, Level, Organization, Role, Seat
from ..organizations.roles import ADMINISTRATOR_ROLES

# Our default: who is away for longer leaves the seat to somebody who is given it.
LONGEST = timedelta(days=90)


def has_deputies(role: str) -> bool:
    """Whether somebody may stand in for the holder of such a seat.

    The three administrators are separate people, so nobody acts for one of them. A verifier
    declares in person that nothing ties them to the applicant, and is replaced on the team.
    """
    return role in Role and role not in ADMINISTRATOR_ROLES and role != Role.VERIFIER


def roles_with_deputies() -> list[Role]:
    return [role for role in Role if has_deputies(role)]


def colleagues_of(seat: Seat) -> QuerySet[Seat]:
    """The seats from which a deputy may be named: of people beside its holder.

    In an organization its own people; over an area whoever holds a seat over one of its county.
    """
    rows = Seat.objects.own().in_force().filter(person__is_active=True)
    rows = rows.exclude(role__in=list(ADMINISTRATOR_ROLES)).exclude(person=seat.person_id)
    if seat.organization_id is not None:
        return rows.filter(_people_of(seat.organization_id))
    around = seat.area.code[: CODE_DIGITS[Level.COUNTY]]
    return rows.filter(jurisdiction__code__startswith=around)


def _people_of(organization_id: int) -> Q:
    return Q(organization=organization_id) | Q(person__home_organization=organization_id)


def refuse(seat: Seat, colleague: Seat, starts_on: date, ends_on: date) -> None:
    """Raises Refusal for a deputy that cannot be."""
    found = [
        *of_seat(seat),
        *of_colleague(seat, colleague),
        *of_days(seat, colleague, starts_on, ends_on),
    ]
    if not found:
        found = list(_of_another(seat, starts_on, ends_on))
    if found:
        raise Refusal(found)


def of_seat(seat: Seat) -> Iterable[Finding]:
    """That it may have a deputy: given, not over, neither an administrator's nor a verifier's."""
    if seat.deputy_of_id is not None:
        yield Finding("deputy_of_a_deputy", "", _("代理人不能再委托他人代理。"))
    elif seat.role == Role.VERIFIER:
        yield Finding(
            "verifier", "", _("核查须由本人进行，不设代理人：请县级经办人在“调整核查组”中更换。")
        )
    elif not has_deputies(seat.role):
        yield Finding(
            "administrator",
            "",
            _("三个管理员岗位须由不同的人担任，不设代理人：请安全管理员另外授予有期限的岗位。"),
        )
    elif not seat.is_in_force:
        yield Finding("seat_over", "", _("这个岗位现在不在任期内，不能指定代理人。"))


def of_colleague(seat: Seat, colleague: Seat) -> Iterable[Finding]:
    """That the colleague may stand in: with a seat of their own, beside the holder."""
    field = "colleague"
    if colleague.deputy_of_id is not None:
        told = _("代理人须有自己的岗位：请选择其本人的岗位，不是代理的岗位。")
        yield Finding("deputy_of_a_deputy", "", told, field=field)
    elif not colleague.is_in_force or not colleague.person.is_active:
        told = _("所选的人的岗位已经终止或者账号已经停用，请另选一人。")
        yield Finding("colleague_over", "", told, field=field)
    elif colleague.person_id == seat.person_id:
        yield Finding("oneself", "", _("不能指定本人为代理人，请另选一人。"), field=field)
    elif colleague.role in ADMINISTRATOR_ROLES:
        told = _("管理员不得办理申报，请另选一人。")
        yield Finding("administrator", "", told, field=field)
    elif not colleagues_of(seat).filter(pk=colleague.pk).exists():
        told = _("代理人须是本单位的人；县级岗位的代理人须担任本县的县级岗位。请另选一人。")
        yield Finding("no_colleague", "", told, field=field)
    elif seat.role == Role.HEAD and _fills_in(seat.organization, colleague):
        told = _("填报人不能代本单位负责人确认自己填报的内容，请另选一人。")
        yield Finding("fills_in", "", told, field=field)


def _fills_in(organization: Organization | None, colleague: Seat) -> bool:
    held = Seat.objects.in_force().filter(person=colleague.person_id, role=Role.PREPARER)
    return held.filter(organization=organization).exists()


def of_days(seat: Seat, colleague: Seat, starts_on: date, ends_on: date) -> Iterable[Finding]:
    """That they lie ahead, are not too many, and lie within the terms of both seats."""
    if starts_on < clock.today():
        yield Finding("in_the_past", "", _("开始日期不能早于今天。"), field="starts_on")
    if ends_on < starts_on:
        told = _("截止日期不能早于开始日期。")
        yield Finding("runs_backward", "", told, field="ends_on")
    elif ends_on - starts_on >= LONGEST:
        told = _("一次代理最多 %(days)s 天：请改早截止日期，到期后可以再指定。")
        days = {"days": LONGEST.days}
        yield Finding("too_long", "", told % days, field="ends_on")
    last = min((day for day in (seat.ends_on, colleague.ends_on) if day), default=None)
    if last is not None and ends_on > last:
        told = _("截止日期不能晚于 %(day)s：那一天双方有一个岗位到期。")
        day = {"day": date_format(last, "DATE_FORMAT")}
        yield Finding("beyond_the_seat", "", told % day, field="ends_on")


def _of_another(seat: Seat, starts_on: date, ends_on: date) -> Iterable[Finding]:
    met = seat.deputies.filter(tenure.met_by(starts_on, ends_on)).select_related("person").first()
    if met is not None:
        told = _("这个岗位在这段时间已由%(name)s代理：请先终止那一项，或者改日期。")
        yield Finding("has_one", "", told % {"name": met.person.full_name}, field="starts_on")
