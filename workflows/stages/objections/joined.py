"""Which objections are joined (并案), which one leads them (主件), and which may be joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from ...findings import GateFinding
from .models import (
    Hearing,
    Investigation,
    Joining,
    LongerAsked,
    Objection,
    ObjectionAttachment,
    ObjectionStep,
)
from .vacancies import OPEN_OBJECTIONS


@dataclass(frozen=True, slots=True)
class Around:
    """By what an objection is joined to another, or by what others are joined to it.

    Each of ``led`` with ``reason``, why it was joined, and its objection with what came with it.
    """

    joined_to: Joining | None = None
    led: Sequence[Any] = ()


def around(objection: Objection) -> Around:
    """What stands of it now; two statements, however many are joined to it."""
    either = Q(objection=objection) | Q(leading=objection)
    steps = ObjectionStep.objects.filter(objection=OuterRef("objection"), act="joined")
    why = Subquery(steps.order_by("-pk").values("reason")[:1])
    # What is sealed stays where it is until somebody opens one.
    attachments = Prefetch("objection__attachments", ObjectionAttachment.objects.defer("sealed"))
    rows = _standing().filter(either).select_related("leading", "objection").annotate(reason=why)
    found = list(rows.order_by("objection").prefetch_related(attachments))
    return Around(
        joined_to=next((one for one in found if one.objection_id == objection.pk), None),
        led=[one for one in found if one.leading_id == objection.pk],
    )


def standing(objection: Objection) -> Joining | None:
    """By which it is joined to another now."""
    return _standing().filter(objection=objection).select_related("leading").first()


def leading(objection: Objection) -> Objection:
    """The one with which it is looked into and decided: itself, unless it is joined."""
    found = standing(objection)
    return objection if found is None else found.leading


def led_by(objection: Objection) -> list[int]:
    """The keys of those that are joined to it, in order."""
    return list(joined_to([objection.pk]).order_by("objection").values_list("objection", flat=True))


def joined_to(keys: Iterable[int]) -> QuerySet[Joining]:
    """By what others are joined to any of these now."""
    return _standing().filter(leading__in=keys).order_by()


def together(objection: Objection) -> list[Objection]:
    """All that are looked into with it: itself, and those that it leads."""
    return [objection, *Objection.objects.filter(pk__in=led_by(objection)).order_by("pk")]


def alone(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Those that are not joined to another."""
    return rows.exclude(Exists(_standing().filter(objection=OuterRef("pk"))))


def to_the_same_name(objection: Objection) -> QuerySet[Objection]:
    """All others to the same name on the same notice, however they stand; the oldest first."""
    same = Objection.objects.filter(entry=objection.entry_id).exclude(pk=objection.pk)
    return same.order_by("pk")


def others(objection: Objection) -> QuerySet[Objection]:
    """Of those, what is open and joined to none."""
    return alone(to_the_same_name(objection).filter(status__in=OPEN_OBJECTIONS))


def with_what_was_begun(rows: QuerySet[Objection]) -> QuerySet[Any]:
    """Each with what ``why_not_joined`` asks of it; no statement more for any of them."""
    own = {"objection": OuterRef("pk")}
    return rows.annotate(
        is_joined=Exists(_standing().filter(**own)),
        is_leading=Exists(_standing().filter(leading=OuterRef("pk"))),
        is_investigated=Exists(Investigation.objects.filter(ended_at=None, **own)),
        is_put_to_the_organization=Exists(Hearing.objects.filter(**own)),
        is_longer_asked=Exists(LongerAsked.objects.filter(is_granted=None, **own)),
    )


def why_not_alone(objection: Objection) -> Iterable[GateFinding]:
    """What is joined is handled with the one that leads it, until that is decided."""
    found = leading(objection)
    if found != objection and found.status == Objection.Status.ACCEPTED:
        told = _("这件异议已并入异议 %(code)s，请在那一件上办理，或者先解除并案。")
        yield _finding("joined", told % {"code": found.receipt_code})


def why_not_leading(objection: Objection) -> Iterable[GateFinding]:
    """It is under investigation, and joined to none itself."""
    if objection.status == Objection.Status.RECEIVED:
        yield _finding("not_accepted", _("请先受理这件异议，再把别的异议并入。"))
    elif objection.status != Objection.Status.ACCEPTED:
        yield _finding("settled", _("这件异议已经办结，不能再并入别的异议。"))
    yield from why_not_alone(objection)


def why_not_joined(objection: Any) -> Iterable[GateFinding]:
    """What was begun on it alone is not lost: such a one leads the others.

    ``objection`` is one of ``with_what_was_begun``.
    """
    code = {"code": objection.receipt_code}
    if objection.status not in OPEN_OBJECTIONS:
        yield _finding("settled", _("异议 %(code)s 已经办结，不能并入。") % code)
    if objection.is_joined:
        yield _finding("joined_already", _("异议 %(code)s 已经并入另一件。") % code)
    if objection.is_leading:
        told = _("异议 %(code)s 是别的异议的主件，请以它为主件，或者先解除那些并案。")
        yield _finding("it_leads", told % code)
    if objection.is_investigated:
        told = _("异议 %(code)s 已指派调查人，请以它为主件，或者先收回。")
        yield _finding("investigated", told % code)
    if objection.is_put_to_the_organization:
        told = _("异议 %(code)s 已写明告知被异议单位的事实，请以它为主件。")
        yield _finding("put_to_the_organization", told % code)
    if objection.is_longer_asked:
        told = _("异议 %(code)s 的延长申请还没有审批，请等审批以后再并入。")
        yield _finding("longer_asked", told % code)


def _standing() -> QuerySet[Joining]:
    return Joining.objects.filter(ended_at=None)


def _finding(code: str, told: str) -> GateFinding:
    return GateFinding(code, _("反映同一事项的异议并案办理"), told)
