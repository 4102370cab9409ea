"""The gateway of a county (SMS, 企业微信, 钉钉): a short text in a signed request, one a message.

The text says that there is something and where to read it; nothing of a case but what was done,
and nobody's name. It passes through hands that are not the county's.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from designation.site import clock
from designation.site.refusal import Refusal
from designation.site.sealing import unseal

from .. import webhooks
from ..models import Message, Webhook
from ..wording import shown, what_happened
from . import outbound, signing
from .channel import Addressee, Away, Outcome, Parcel

logger = logging.getLogger(__name__)

_TAKEN = range(200, 300)
_TOO_MANY = 429
_BROKEN = 500


class Gateway:
    name = "webhook"
    label = gettext_lazy("消息网关")

    def reaches(self, addressees: Sequence[Addressee]) -> list[bool]:
        lines = webhooks.lines([one.person for one in addressees])
        return [
            one.person.pk in lines
            and (one.announcement is None or lines[one.person.pk].takes(one.announcement))
            for one in addressees
        ]

    def deliver(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        """What is gathered for a person goes in one text, and comes or not as one.

        Of several counties' gateways one that does not answer holds none of the others.
        """
        lines = webhooks.lines([parcel.person for parcel in parcels])
        came: dict[int, Outcome] = {}
        for parcel in parcels:
            person = parcel.person
            if parcel.is_gathered and person.pk in came:
                yield came[person.pk]
                continue
            line = lines.get(person.pk)
            if line is None:
                yield Outcome(is_put_off=True)
                continue
            outcome = _try(line.webhook, _together(parcel, parcels, to=line.address))
            if parcel.is_gathered:
                came[person.pk] = outcome
            yield outcome


GATEWAY = Gateway()


def _try(webhook: Webhook, said: dict[str, Any]) -> Outcome:
    if webhooks.is_resting(webhook):
        return Outcome(is_put_off=True, answer=_("网关没有应答"))
    return send(webhook, said)


def send(webhook: Webhook, said: dict[str, Any]) -> Outcome:
    """Post what is said, signed; a receiver knows what it had already by its ``id``."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        keys = [(key.key_id, unseal(bytes(key.sealed))["key"]) for key in webhook.keys_in_force]
        moment = int(clock.system_now().timestamp())
        headers = signing.headers(said["id"], moment, body, keys)
        answer = outbound.post(webhook.address, body, headers)
    except InvalidToken:
        logger.exception("None of the keys opens the key of webhook %s.", webhook.pk)
        return Outcome(is_put_off=True, answer=_("签名密钥打不开，请重新生成"))
    except Refusal as refused:
        return Outcome(answer=str(refused))
    except Away as away:
        webhooks.rest(webhook)
        return Outcome(is_put_off=True, answer=str(away))
    webhooks.answered(webhook)
    # What it says may repeat to whom it was, and goes on to lists and logs.
    return outcome(answer, kept_from=said["to"])


def outcome(answer: outbound.Answer, *, kept_from: str) -> Outcome:
    """What an answer means: any 2xx took it; too busy or broken may take it later. Pure."""
    told = str(answer).replace(kept_from, "…") if kept_from else str(answer)
    if answer.status in _TAKEN:
        return Outcome(is_sent=True, answer=told)
    later = answer.status == _TOO_MANY or answer.status >= _BROKEN
    return Outcome(is_put_off=later, answer=told)


def _together(parcel: Parcel, parcels: Sequence[Parcel], *, to: str) -> dict[str, Any]:
    """What is posted: the same ``id`` at each try."""
    with override(parcel.person.language):
        if not parcel.is_gathered:
            return contents(
                f"message-{parcel.message.pk}",
                "message",
                to,
                _text(parcel.message),
                parcel.address(),
            )
        count = sum(one.is_gathered and one.person == parcel.person for one in parcels)
        text = ngettext(
            "示范点创建评定：%(count)s 条新消息，请登录查看。",
            "示范点创建评定：%(count)s 条新消息，请登录查看。",
            count,
        ) % {"count": count}
        identity = f"digest-{parcel.message.pk}"
        return contents(identity, "digest", to, text, reverse("messages:list"))


def contents(identity: str, kind: str, to: str, text: str, path: str) -> dict[str, Any]:
    """The body of a request; the id is unlike that of any other installation."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return {
        "id": f"{identity}@{host}",
        "kind": kind,
        "to": to,
        "text": text,
        "link": f"{settings.SITE_ADDRESS}{path}",
    }


def _text(message: Message) -> str:
    """What was done, and until when to do the next; the page behind the link has the rest."""
    said = {"what": what_happened(message.event.action)}
    if not message.asks_to_act:
        return _("示范点创建评定：%(what)s，有新消息，请登录查看。") % said
    text = _("示范点创建评定：有事项请您办理（%(what)s）。") % said
    if due := message.event.said.get("due"):
        text += _("办理期限：%(due)s。") % {"due": shown(due)}
    return text
