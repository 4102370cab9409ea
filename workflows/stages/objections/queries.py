"""Objections as pages read them: by receipt code, and which names are whose to hear."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock

from ..public_notice.models import Notice, NoticeEntry
from .models import Investigation, LongerAsked, Objection, ObjectionAttachment
from .objections import entries_to_enter, may_be_entered

# What is sealed stays where it is until somebody opens one.
_ATTACHMENTS = Prefetch("attachments", ObjectionAttachment.objects.defer("sealed"))
_INVESTIGATIONS = Prefetch(
    "investigations", Investigation.objects.select_related("investigator", "assigned_by")
)
_LONGER = Prefetch("longer_asked", LongerAsked.objects.select_related("asked_by", "decided_by"))


def of_receipt(code: str) -> Objection | None:
    """The objection that its objector follows by this receipt code."""
    rows = Objection.objects.select_related(
        "entry__notice", "entry__application__organization", "term"
    )
    return rows.filter(receipt_code=code).first() if code else None


def whole(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Objections with everything their page shows."""
    return rows.prefetch_related(_ATTACHMENTS, _INVESTIGATIONS, _LONGER).select_related(
        "entry__notice__round__jurisdiction",
        "entry__application__organization",
        "entry__application__round",
        "handled_by",
        "closed_by",
        "answered_by",
        "identity",
        "term",
        "hearing__term",
        "hearing__released_by",
        "hearing__stated_by",
    )


def hearing(entries: Iterable[NoticeEntry], person: Person) -> list[tuple[NoticeEntry, bool, bool]]:
    """Each name, whether an objection to it may be entered, and whether it is theirs to hear."""
    listed, heard = list(entries), set()
    if Role.OBJECTION_OFFICER in seats(person).roles:
        mine = entries_to_enter(person).filter(pk__in=[entry.pk for entry in listed])
        heard = set(mine.values_list("pk", flat=True))
    return [(entry, may_be_entered(entry), entry.pk in heard) for entry in listed]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many objections a notice received, and what became of them; no more than that is told.

    ``carried_over`` came to its names on a notice before, and were open when it was published.
    """

    received: int
    refused: int
    under_way: int
    upheld: int
    dismissed: int
    carried_over: int
    carried_over_under_way: int


def counted(notice: Notice) -> Counted:
    """Of all its names, also of those that were dropped since; one statement."""
    rows = Objection.objects.filter(Q(entry__notice=notice) | _carried_over(notice)).order_by()
    found = list(rows.values_list("entry__notice", "status"))
    by_status = Counter(status for of, status in found if of == notice.pk)
    carried = Counter(status for of, status in found if of != notice.pk)
    of = Objection.Status
    return Counted(
        received=by_status.total(),
        refused=by_status[of.REFUSED],
        under_way=by_status[of.RECEIVED] + by_status[of.ACCEPTED],
        upheld=by_status[of.UPHELD],
        dismissed=by_status[of.DISMISSED],
        carried_over=carried.total(),
        carried_over_under_way=carried[of.RECEIVED] + carried[of.ACCEPTED],
    )


def _carried_over(notice: Notice) -> Q:
    """Those to its names on a notice before that nobody had settled when it was published."""
    if notice.published_at is None:
        return Q(pk__in=())
    since = notice.published_at
    names = NoticeEntry.objects.filter(notice=notice).values("application")
    open_then = Q(status__in=(Objection.Status.RECEIVED, Objection.Status.ACCEPTED))
    refused_since = Q(status=Objection.Status.REFUSED, handled_at__gte=since)
    return (open_then | Q(closed_at__gte=since) | refused_since) & Q(
        entry__application__in=names,
        entry__notice__lt=notice.pk,
        entry__notice__published_at__lte=since,
    )


def received_by_day(notice: Notice) -> dict[date, int]:
    """How many objections to a notice came on each day that brought any; one statement."""
    rows = Objection.objects.filter(entry__notice=notice).order_by()
    by_day = rows.annotate(day=TruncDate("received_at", tzinfo=clock.SHANGHAI)).values("day")
    return dict(by_day.annotate(received=Count("pk")).values_list("day", "received"))
