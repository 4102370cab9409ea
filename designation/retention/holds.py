"""Holding (暂缓): somebody keeps what is due, for a reason, and lets it go on again."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Person
from designation.organizations.rules import seats
from designation.site import clock, endings
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding, Refusal

from . import rules
from .models import Disposal, Hold

# Our default: no more are held or lifted by one press.
MOST_AT_ONCE = 5_000


@endings.act()
def hold(keys: Collection[int], *, reason: str, actor: Person) -> int:
    """Keep what waits of ``keys`` from going; answers how many were not held before.

    Raises Refusal for who looks after none of them, for what is gone already, and for a reason
    that says too little.
    """
    rows = _locked(keys, actor, _reason(reason))
    held = _open_holds(rows)
    now = clock.now()
    made = [
        Hold(disposal=row, reason=reason.strip(), by=actor, role=_role(row, actor), at=now)
        for row in rows
        if row.pk not in held
    ]
    if not made:
        told = _("这些事项已经暂缓，不必再办。")
        raise Refusal.because("held_already", told)
    Hold.objects.bulk_create(made, batch_size=500)
    _record("disposal.hold", [one.disposal for one in made], reason, actor)
    return len(made)


@endings.act()
def lift(keys: Collection[int], *, reason: str, actor: Person) -> int:
    """Let what is held go on again, never before another notice's time is over; answers how many.

    Raises Refusal as ``hold``.
    """
    rows = _locked(keys, actor, _reason(reason))
    held = _open_holds(rows)
    lifted = [row for row in rows if row.pk in held]
    if not lifted:
        told = _("这些事项没有暂缓，不必解除。")
        raise Refusal.because("not_held", told)
    first = clock.today() + rules.NOTICE
    for row in lifted:
        row.goes_on = max(row.goes_on, first)
    Disposal.objects.bulk_update(lifted, ["goes_on"], batch_size=500)
    Hold.objects.filter(disposal__in=lifted, lifted_at__isnull=True).update(
        lifted_at=clock.now(), lifted_by=actor, lifted_reason=reason.strip()
    )
    _record("disposal.lift", lifted, reason, actor)
    return len(lifted)


def _reason(reason: str) -> list[Finding]:
    if len(reason.strip()) >= LEAST_REASON:
        return []
    told = _("请写明理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON}
    return [Finding("reason_too_short", "", told, field="reason")]


def _locked(keys: Collection[int], actor: Person, findings: list[Finding]) -> list[Disposal]:
    """Those that wait and are the person's to look after, held until the act is over."""
    theirs = rules.theirs(actor).filter(pk__in=keys)
    if not theirs.exists():
        told = _("只有县级经办人和系统管理员可以暂缓本地的到期事项。")
        raise Refusal.because("not_allowed", told)
    if findings:
        raise Refusal(findings)
    waiting: QuerySet[Disposal] = theirs.filter(settled_at__isnull=True)
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk")[:MOST_AT_ONCE])
    if not rows:
        raise Refusal.because("settled_already", _("这些事项已经办理，不能再暂缓或者解除。"))
    return rows


def _open_holds(rows: list[Disposal]) -> set[int]:
    standing = Hold.objects.filter(disposal__in=rows, lifted_at__isnull=True)
    return set(standing.values_list("disposal_id", flat=True))


def _role(row: Disposal, actor: Person) -> str:
    role = seats(actor).role_over(row.jurisdiction_code, *rules.LOOKING_AFTER)
    assert role is not None  # noqa: S101 - the rows were narrowed by these seats
    return role


def _record(action: str, rows: list[Disposal], reason: str, actor: Person) -> None:
    events.append_many(
        [
            events.Entry(
                actor=actor,
                action=action,
                subject=row,
                jurisdiction_code=row.jurisdiction_code,
                role=_role(row, actor),
                details={"reason": reason.strip(), "class": row.kept_class},
            )
            for row in rows
        ]
    )
