"""More time to apply: for everybody in a round, or for one organization, late too.

What it means for drafts under way is done by the rooms above, which say so when they start.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from designation.calendar.rules import who_loads
from designation.calendar.working_days import calendar
from designation.organizations.models import Organization, Person, Role
from designation.site import clock, endings, seen_whole
from designation.site.clock import SHANGHAI
from designation.site.refusal import Finding, Refusal

from . import announcements, configuring
from .models import Round, RoundExtension
from .rules import managing_role, takes


class ExtensionRefused(Refusal):
    """The time to apply is not extended."""


# Carries an extension over to what is under way; returns the organizations that it concerns.
Follower = Callable[[RoundExtension], Iterable[int]]
_followers: list[Follower] = []


def followed_by(follower: Follower) -> None:
    """Said by a room above when it starts."""
    _followers.append(follower)


def closes_for(round_: Round, organization_id: int) -> datetime:
    """Until when the organization may apply: the round's end, or its own. One statement."""
    own = RoundExtension.objects.filter(round=round_, organization=organization_id)
    latest = own.order_by("-closes_after").values_list("closes_after", flat=True).first()
    return max(round_.closes_at, latest) if latest else round_.closes_at


def runs_for(round_: Round, organization_id: int, at: datetime) -> bool:
    """Whether the organization has time of its own, and it runs. One statement."""
    own = RoundExtension.objects.filter(round=round_, organization=organization_id)
    return any(not clock.is_over(until, at) for until in own.values_list("closes_after", flat=True))


def as_shown(round_: Round) -> list[Any]:
    """What a page that extends shows of the round, for comparing what was seen."""
    return [round_.status, round_.closes_at.isoformat()]


@endings.act()
def extend(
    round_: Round, until: datetime, *, reason: str, actor: Person, seen: Mapping[str, Any]
) -> RoundExtension:
    """Let everybody apply until a later moment. ``seen`` is the form that was pressed.

    Raises ExtensionRefused for who does not manage the round, for one that is not open, when it
    is not as it was seen, without a reason, for a moment that is not later or has passed, and for
    one in a year without an official calendar.
    """
    locked, role = _held(round_, actor)
    found = list(_obstacles(locked, locked.closes_at, until, reason))
    if locked.status != Round.Status.OPEN:
        found.insert(0, Finding("not_open", "", _("只有已开展的批次可以延长申报时间。")))
    if not found and not seen_whole.is_as_seen(seen, as_shown(locked)):
        told = _("这个批次在您打开页面后有改动，请看过现在的内容再按一次。")
        found.append(Finding("changed_meanwhile", "", told))
    if found:
        raise ExtensionRefused(found)
    before, locked.closes_at = locked.closes_at, until
    locked.save(update_fields=["closes_at"])
    return _given(
        RoundExtension(
            round=locked,
            closes_before=before,
            closes_after=until,
            reason=reason.strip(),
            actor=actor,
            role=role,
            at=clock.now(),
        )
    )


@endings.act()
def extend_for(
    round_: Round, organization: Organization, until: datetime, *, reason: str, actor: Person
) -> RoundExtension:
    """Let one organization apply until a later moment, also after the round has closed.

    Raises ExtensionRefused as ``extend``, and for an organization that the round does not take.
    """
    locked, role = _held(round_, actor)
    before = closes_for(locked, organization.pk)
    found = list(_obstacles(locked, before, until, reason))
    if locked.status == Round.Status.DRAFT:
        found.insert(0, Finding("not_open", "", _("批次还没有开展，不能延长。")))
    asked = locked.categories.filter(category=organization.category).exists()
    if not asked or not takes(locked, organization) or not organization.is_active:
        told = _("本批次不受理这个组织的申报。")
        found.insert(0, Finding("not_taken", "", told))
    if found:
        raise ExtensionRefused(found)
    return _given(
        RoundExtension(
            round=locked,
            organization=organization,
            closes_before=before,
            closes_after=until,
            reason=reason.strip(),
            actor=actor,
            role=role,
            at=clock.now(),
        )
    )


def pass_on(
    round_: Round,
    source: int,
    organization: Organization,
    *,
    reason: str,
    actor: Person,
    role: str,
) -> None:
    """The organization in which ``source`` lives on has the time that this one had, if longer.

    Part of the act that reorganizes them, which tells whom it concerns and is on record itself.
    """
    own = RoundExtension.objects.filter(round=round_, organization=source)
    latest = own.order_by("-closes_after").values_list("closes_after", flat=True).first()
    before = closes_for(round_, organization.pk)
    if latest is None or latest <= before:
        return
    RoundExtension.objects.create(
        round=round_,
        organization=organization,
        closes_before=before,
        closes_after=latest,
        reason=reason,
        actor=actor,
        role=role,
        at=clock.now(),
    )


def _held(round_: Round, actor: Person) -> tuple[Round, Role]:
    locked = configuring.hold(round_)
    role = managing_role(actor, locked)
    if role is None:
        raise ExtensionRefused.because("not_allowed", _("只有本辖区的县级经办人可以延长申报时间。"))
    return locked, role


def _obstacles(round_: Round, before: datetime, until: datetime, reason: str) -> Iterable[Finding]:
    if until <= before or clock.is_over(until):
        yield Finding("not_later", "", _("新的截止时间应晚于现在，也晚于原来的截止时间。"))
    if not reason.strip():
        yield Finding("no_reason", "", _("请写明延长的原因。"))
    year = until.astimezone(SHANGHAI).year
    if year not in calendar().years:
        told = _(
            "%(year)s 年的工作日历尚未启用，不能延长到那一年。请系统管理员（%(who)s）在“工作日历”中"
            "载入，并由另一人确认。"
        )
        said = {"year": year, "who": who_loads(round_.jurisdiction.code)}
        yield Finding("calendar_missing", "", told % said)


def _given(extension: RoundExtension) -> RoundExtension:
    """Keep it, carry it over to what is under way, tell whom it concerns, and record it."""
    extension.save(force_insert=True)
    organization = extension.organization
    concerned = {key for follow in _followers for key in follow(extension)}
    if organization is not None:
        concerned.add(organization.pk)
    action = "round.extend" if organization is None else "round.extend_for"
    announcements.extended(extension, action, sorted(concerned))
    details = {
        "old": configuring.moment_in_log(extension.closes_before),
        "new": configuring.moment_in_log(extension.closes_after),
        "reason": extension.reason,
        "organization": organization.name_zh if organization else "",
    }
    configuring.record(
        extension.round, action, details, actor=extension.actor, role=Role(extension.role)
    )
    return extension
