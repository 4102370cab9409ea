"""What the system administrator of an area sets of its gateway: where, what, by which keys.

Each raises Refusal, with a finding for each value that cannot be, and for who may not.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Person, Role
from designation.organizations.rules import seats
from designation.organizations.scoping import Administered
from designation.site import clock, endings, filling
from designation.site.filling import Changes
from designation.site.refusal import Finding, Refusal
from designation.site.sealing import seal
from standards.language import of_the_record

from . import outbox, webhooks
from .channels import outbound, signing
from .models import Webhook, WebhookKey

COLUMNS = ("address", "kinds", "is_on")
# The new one beside the one that it takes the place of.
MOST_KEYS = 2


def own(actor: Person) -> Webhook:
    """The gateway of the area that the system administrator looks after, saved or not yet.

    Raises Http404 for who is none.
    """
    area = Administered(actor, Role.SYSTEM_ADMINISTRATOR).area()
    rows = Webhook.objects.filter(jurisdiction=area).select_related("jurisdiction")
    found = rows.prefetch_related("keys__made_by").first()
    return found or Webhook(jurisdiction=area, kinds=list(webhooks.USUAL))


def keys_of(webhook: Webhook) -> QuerySet[WebhookKey]:
    """Those that have ended too."""
    return WebhookKey.objects.filter(webhook=webhook).select_related("webhook__jurisdiction")


@endings.act()
def keep(
    area: Jurisdiction,
    values: Mapping[str, Any],
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
) -> Webhook:
    """Set up the gateway of an area, or change what ``values`` name of it (``COLUMNS``).

    ``before`` is what the actor read in these columns, None where there was no gateway yet: what
    another has changed since is refused.
    """
    _refuse_others(area, actor)
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=area.pk)
    held = Webhook.objects.filter(jurisdiction=area).first() or Webhook(jurisdiction=area)
    if before is None and held.pk is not None:
        filling.refuse([filling.changed_meanwhile("address")])
    filling.refuse(filling.overtaken(held, before))
    filled = filling.fill(held, values, columns=COLUMNS)
    filling.refuse([*filled.findings, *_faults(held)])
    if filled.changes:
        held.failures, held.rests_until = 0, None
        held.save()
        _record(held, "webhook.edit", {"changed": _in_words(held, filled.changes)}, actor=actor)
    return held


@endings.act()
def make_key(webhook: Webhook, *, seen: Iterable[str], actor: Person) -> WebhookKey:
    """A new key beside the one in force, to be entered at the gateway before that one is ended.

    ``seen`` are the ids of the keys that the actor saw. What is returned bears its ``secret``,
    this once.
    """
    held = _held(webhook, actor)
    in_force = held.keys_in_force
    if sorted(seen) != sorted(key.key_id for key in in_force):
        raise Refusal.because("overtaken", _("密钥在您打开页面后有变化，请看最新内容后再办理。"))
    if len(in_force) >= MOST_KEYS:
        raise Refusal.because("two_keys", _("已有两个密钥在用，请先停用旧的。"))
    key = WebhookKey(webhook=held, key_id=signing.new_key_id(), made_at=clock.now(), made_by=actor)
    key.secret = signing.new_secret()
    key.sealed = seal({"key": key.secret})
    key.save()
    _record(held, "webhook.make_key", {"key_id": key.key_id}, actor=actor)
    return key


@endings.act()
def end_key(key: WebhookKey, *, actor: Person) -> None:
    """Sign with the key no more; a gateway that is on keeps one."""
    held = _held(key.webhook, actor)
    in_force = held.keys_in_force
    if key not in in_force:
        raise Refusal.because("ended", _("这个密钥已经停用。"))
    if held.is_on and len(in_force) == 1:
        raise Refusal.because(
            "last_key", _("网关启用时至少要有一个密钥。请先生成新的，或者先停用网关。")
        )
    WebhookKey.objects.filter(pk=key.pk).update(ended_at=clock.now())
    _record(held, "webhook.end_key", {"key_id": key.key_id}, actor=actor)


@endings.act()
def ask_trial(webhook: Webhook, *, actor: Person) -> None:
    """Have a worker send one message to the gateway, whether it is on or not."""
    held = _held(webhook, actor)
    if not held.keys_in_force:
        raise Refusal.because("no_key", _("请先生成密钥，再试发。"))
    held.asked_at, held.asked_by = clock.now(), actor
    held.tried_at, held.answered_at, held.answer = None, None, ""
    held.save(update_fields=["asked_at", "asked_by", "tried_at", "answered_at", "answer"])
    _record(held, "webhook.try", {}, actor=actor)
    transaction.on_commit(outbox.wake, robust=True)


def _held(webhook: Webhook, actor: Person) -> Webhook:
    """The gateway, held to the end of the transaction, for who may set it."""
    _refuse_others(webhook.jurisdiction, actor)
    rows = Webhook.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    return rows.get(pk=webhook.pk)


def _refuse_others(area: Jurisdiction, actor: Person) -> None:
    if not seats(actor).is_system_administrator or (
        Administered(actor, Role.SYSTEM_ADMINISTRATOR).area() != area
    ):
        raise Refusal.because("not_allowed", _("只有本辖区的系统管理员可以设置消息网关。"))


def _faults(held: Webhook) -> Iterator[Finding]:
    try:
        outbound.refuse_address(held.address)
    except Refusal as refused:
        yield from refused.findings
    if unknown := set(held.kinds) - webhooks.KINDS.keys():
        told = _("没有这种消息：%(kinds)s。") % {"kinds": "、".join(sorted(map(str, unknown)))}
        yield Finding("unknown_kind", "", told, field="kinds")
    if held.is_on and (held.pk is None or not held.keys_in_force):
        yield Finding("no_key", "", _("请先生成密钥，再启用。"), field="is_on")


def _in_words(held: Webhook, changes: Changes) -> dict[str, list[str]]:
    with of_the_record():
        named = {
            name: [
                [force_str(webhooks.KINDS.get(one, one)) for one in value]
                if name == "kinds"
                else value
                for value in values
            ]
            for name, values in changes.items()
        }
    return filling.in_words(held, named)  # type: ignore[arg-type]


def _record(webhook: Webhook, action: str, details: Mapping[str, Any], *, actor: Person) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=webhook,
            jurisdiction_code=webhook.jurisdiction.code,
            role=Role.SYSTEM_ADMINISTRATOR,
            details=details,
        )
    )
