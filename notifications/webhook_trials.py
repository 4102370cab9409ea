"""Trying a gateway: a worker sends one message, and the answer stands on the page."""

from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from designation.site import clock

from .channels import webhook as channel
from .models import Preference, Webhook

# Our default: a worker that is at work has an answer by then.
_LONGEST = timedelta(minutes=3)


class Trial(StrEnum):
    """How a trial stands; LOST is one that no worker ended."""

    NONE = "none"
    WAITING = "waiting"
    LOST = "lost"
    TAKEN = "taken"
    REFUSED = "refused"


def trial_of(webhook: Webhook) -> Trial:
    """How the last trial of the gateway stands now."""
    if webhook.asked_at is None:
        return Trial.NONE
    if webhook.answered_at is None:
        is_late = clock.now() - webhook.asked_at > _LONGEST
        return Trial.LOST if is_late else Trial.WAITING
    return Trial.TAKEN if webhook.is_taken else Trial.REFUSED


def carry_out() -> None:
    """Send what is asked for, each once, also where several workers look."""
    waiting = Webhook.objects.filter(asked_at__isnull=False, tried_at__isnull=True)
    for webhook in waiting.prefetch_related("keys"):
        taken_up = Webhook.objects.filter(
            pk=webhook.pk, asked_at=webhook.asked_at, tried_at__isnull=True
        )
        if taken_up.update(tried_at=clock.now()):
            _try(webhook)


def _try(webhook: Webhook) -> None:
    said = channel.contents(
        f"test-{webhook.pk}-{webhook.asked_at:%Y%m%d%H%M%S}",
        "test",
        _to(webhook),
        _("示范点创建评定：这是一条试发的消息，不需要办理。"),
        "/",
    )
    came = channel.send(webhook, said)
    asked = Webhook.objects.filter(pk=webhook.pk, asked_at=webhook.asked_at)
    asked.update(answered_at=clock.now(), is_taken=came.is_sent, answer=came.answer[:200])


def _to(webhook: Webhook) -> str:
    """Who asked for it; empty where they gave no address."""
    asking = Preference.objects.filter(pk=webhook.asked_by_id).first()
    return asking.gateway_address if asking else ""
