"""By which gateway, and as whom, a person can be sent a short text; and how gateways fare."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from designation.announcements.declared import Announcement
from designation.organizations.divisions import codes_around
from designation.organizations.models import Person
from designation.site import clock

from . import preferences
from .models import Preference, Webhook

ASKS, DECISIONS = "asks", "decisions"
# What a county may send by its gateway: what nobody may miss, and news by their kinds.
KINDS: Mapping[str, Any] = {
    ASKS: _("请您办理的事项"),
    DECISIONS: _("审核决定"),
    **preferences.KINDS,
}
# Texts cost money: our default is what nobody may miss.
USUAL = (ASKS, DECISIONS)
# Our default: a gateway that did not answer rests for a minute, doubled each time, at most this.
_FIRST_REST, _LONGEST_REST = timedelta(minutes=1), timedelta(minutes=16)


@dataclass(frozen=True, slots=True)
class Line:
    """The gateway that leads to a person, and how it calls them."""

    webhook: Webhook
    address: str
    has_news: bool

    def takes(self, announcement: Announcement) -> bool:
        """Whether the county sends such a message this way, and the person wants it so."""
        is_wanted = self.has_news or preferences.is_mandatory(announcement)
        return is_wanted and kind_of(announcement) in self.webhook.kinds


def kind_of(announcement: Announcement) -> str:
    if announcement.asks_to_act:
        return ASKS
    return DECISIONS if announcement.is_decision else preferences.kind_of(announcement.action)


def lines(people: Collection[Person]) -> dict[int, Line]:
    """By key of the people whom a gateway that is on reaches. Four statements, one without any."""
    named = Preference.objects.filter(pk__in={one.pk for one in people}).exclude(gateway_address="")
    wanted = {one.pk: one for one in named}
    found = webhooks_of(wanted) if wanted else {}
    return {
        pk: Line(found[pk], one.gateway_address, one.gateway_news)
        for pk, one in wanted.items()
        if pk in found
    }


def webhooks_of(people: Collection[int]) -> dict[int, Webhook]:
    """The gateway of each person that is on: of the narrowest area around where they belong.

    As everywhere a person belongs to the area of their home, else to the one that entered them.
    """
    code = Coalesce("home_organization__jurisdiction__code", "jurisdiction__code")
    areas = Person.objects.filter(pk__in=people).values_list("pk", code)
    around = {pk: codes_around(code) for pk, code in areas if code}
    codes = {code for codes in around.values() for code in codes}
    on = Webhook.objects.filter(is_on=True, jurisdiction__code__in=codes)
    by_code = {
        one.jurisdiction.code: one
        for one in on.select_related("jurisdiction").prefetch_related("keys")
    }
    return {
        pk: by_code[narrowest[-1]]
        for pk, codes in around.items()
        if (narrowest := [code for code in codes if code in by_code])
    }


def is_resting(webhook: Webhook) -> bool:
    return webhook.rests_until is not None and clock.now() < webhook.rests_until


def rest(webhook: Webhook) -> None:
    """It did not answer: it is left alone for a while, longer each time."""
    pause = min(_FIRST_REST * 2 ** min(webhook.failures, 8), _LONGEST_REST)
    webhook.failures = min(webhook.failures + 1, 1000)
    webhook.rests_until = clock.now() + pause
    webhook.save(update_fields=["failures", "rests_until"])


def answered(webhook: Webhook) -> None:
    """It answered, whatever it said."""
    if webhook.failures:
        webhook.failures, webhook.rests_until = 0, None
        webhook.save(update_fields=["failures", "rests_until"])
