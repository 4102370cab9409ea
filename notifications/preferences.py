"""When a message goes to a person beside the inbox, which has it at once and always.

The same for each way. By the gateway of the area news come only where the person says so, and
nothing where they gave it no address.

A request to act and a decision go at once: nobody may miss them. Of all other news a person says
by kind whether it comes at once, in one mail a day, or stands in the inbox only. In the quiet
hours nothing is sent; what came then goes when they end.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.accounts.record import record
from designation.announcements.declared import Announcement
from designation.organizations.models import Person
from designation.site import clock, endings
from designation.site.clock import SHANGHAI
from designation.site.refusal import Finding, Refusal
from standards.characters import plain

from .models import Preference

Pace = Preference.Pace
# By the noun of its action; what has none of its own is of the last.
KINDS: Mapping[str, Any] = {
    "application": gettext_lazy("申报的办理进展"),
    "notice": gettext_lazy("公示的办理进展"),
    "objection": gettext_lazy("异议的办理进展"),
    "visit": gettext_lazy("实地核查的安排"),
    "other": gettext_lazy("其他告知"),
}
# Our default: the mail of the day goes when the offices open.
_DAILY_AT = time(8)


# A telephone number, or an account at 企业微信 or 钉钉.
_GATEWAY_ADDRESS = re.compile(r"[A-Za-z0-9@._+-]{2,64}")


@dataclass(frozen=True, slots=True)
class ByGateway:
    """As whom the gateway of the area knows the person, and whether they want news by it."""

    address: str = ""
    has_news: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """From when on a message may go, and whether with all others of its person."""

    at: datetime
    is_gathered: bool = False


def kind_of(action: str) -> str:
    noun = action.partition(".")[0]
    return noun if noun in KINDS else "other"


def is_mandatory(announcement: Announcement) -> bool:
    """Nobody does without it by this way: it asks to act, says a decision, or goes so only."""
    return announcement.asks_to_act or announcement.is_decision or announcement.channels is not None


def when(announcement: Announcement, wanted: Preference, now: datetime) -> When | None:
    """When it goes to whoever wants it so; None where it stands in the inbox only. Pure."""
    pace = Pace(wanted.paces.get(kind_of(announcement.action), Pace.AT_ONCE))
    if is_mandatory(announcement) or pace == Pace.AT_ONCE:
        return When(_after_quiet(wanted, now))
    if pace == Pace.NEVER:
        return None
    return When(_after_quiet(wanted, _next_daily(now)), is_gathered=True)


def _next_daily(now: datetime) -> datetime:
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), _DAILY_AT, SHANGHAI)
    return today if now < today else today + timedelta(days=1)


def _after_quiet(wanted: Preference, moment: datetime) -> datetime:
    begins, ends = wanted.quiet_from, wanted.quiet_until
    if begins is None or ends is None:
        return moment
    local = moment.astimezone(SHANGHAI)
    is_over_midnight = begins > ends
    is_quiet = (
        local.hour >= begins or local.hour < ends
        if is_over_midnight
        else begins <= local.hour < ends
    )
    if not is_quiet:
        return moment
    day = local.date() + timedelta(days=is_over_midnight and local.hour >= begins)
    return datetime.combine(day, time(ends), SHANGHAI)


def of(people: Iterable[int]) -> Mapping[int, Preference]:
    """What these people want; who said nothing is left out. One statement."""
    return Preference.objects.in_bulk(set(people))


def own(person: Person) -> Preference:
    """What the person wants, also who said nothing yet."""
    return Preference.objects.filter(pk=person.pk).first() or Preference(person=person)


@endings.act()
def keep(
    paces: Mapping[str, str],
    quiet_from: int | None,
    quiet_until: int | None,
    *,
    actor: Person,
    gateway: ByGateway | None = None,
) -> Preference:
    """Keep how the actor wants to be told; where it changes nothing, nothing is recorded.

    ``gateway`` None leaves that way as it is. Raises Refusal for quiet hours that have no
    beginning, no end, or are all of the day, and for what no gateway calls anybody.
    """
    by_gateway = _by_gateway(gateway)
    if (quiet_from is None) != (quiet_until is None):
        raise Refusal.because("half_quiet", _("免打扰时段请把开始和结束都选上，或者都不选。"))
    if quiet_from is not None and quiet_from == quiet_until:
        raise Refusal.because("always_quiet", _("免打扰时段的开始和结束不能相同。"))
    Person.objects.select_for_update().get(pk=actor.pk)
    wanted = own(actor)
    before = _kept(wanted)
    chosen = {kind: Pace(pace) for kind, pace in paces.items() if kind in KINDS}
    wanted.paces = {kind: str(pace) for kind, pace in chosen.items() if pace != Pace.AT_ONCE}
    wanted.quiet_from, wanted.quiet_until = quiet_from, quiet_until
    if by_gateway is not None:
        wanted.gateway_address, wanted.gateway_news = by_gateway.address, by_gateway.has_news
    if _kept(wanted) != before:
        wanted.save()
        record(actor, "person.messages", actor=actor)
    return wanted


def _kept(wanted: Preference) -> tuple[Any, ...]:
    hours = wanted.quiet_from, wanted.quiet_until
    return dict(wanted.paces), *hours, wanted.gateway_address, wanted.gateway_news


def _by_gateway(said: ByGateway | None) -> ByGateway | None:
    if said is None:
        return None
    address = plain(said.address)
    if address and not _GATEWAY_ADDRESS.fullmatch(address):
        told = _("请填手机号，或者企业微信、钉钉的账号：只用字母、数字和 @ . _ + -。")
        raise Refusal([Finding("no_gateway_address", "", told, field="gateway_address")])
    return ByGateway(address, said.has_news)


def now_for(
    announcement: Announcement, person_id: int, wanted: Mapping[int, Preference]
) -> When | None:
    """As ``when``, now, of those whose wishes were read."""
    if person_id not in wanted:
        return When(clock.now())
    return when(announcement, wanted[person_id], clock.now())
