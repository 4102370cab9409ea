"""Objections as pages read them: by receipt code, and which names are whose to hear."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet
from django.db.models.functions import TruncDate

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock

from ..public_notice.models import Notice, NoticeEntry
from .models import Objection, ObjectionAttachment
from .objections import entries_to_enter, may_be_entered

# What is sealed stays where it is until somebody opens one.
_ATTACHMENTS = Prefetch("attachments", ObjectionAttachment.objects.defer("sealed"))


def of_receipt(code: str) -> Objection | None:
    """The objection that its objector follows by this receipt code."""
    rows = Objection.objects.select_related(
        "entry__notice", "entry__application__organization", "term"
    )
    return rows.filter(receipt_code=code).first() if code else None


def whole(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Objections with everything their page shows."""
    return rows.prefetch_related(_ATTACHMENTS).select_related(
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
    """How many objections a notice received, and what became of them; no more than that is told."""

    received: int
    refused: int
    under_way: int
    upheld: int
    dismissed: int


def counted(notice: Notice) -> Counted:
    """Of all its names, also of those that were dropped since; one statement."""
    by_status: Counter[str] = Counter(
        Objection.objects.filter(entry__notice=notice).order_by().values_list("status", flat=True)
    )
    of = Objection.Status
    return Counted(
        received=by_status.total(),
        refused=by_status[of.REFUSED],
        under_way=by_status[of.RECEIVED] + by_status[of.ACCEPTED],
        upheld=by_status[of.UPHELD],
        dismissed=by_status[of.DISMISSED],
    )


def received_by_day(notice: Notice) -> dict[date, int]:
    """How many objections to a notice came on each day that brought any; one statement."""
    rows = Objection.objects.filter(entry__notice=notice).order_by()
    by_day = rows.annotate(day=TruncDate("received_at", tzinfo=clock.SHANGHAI)).values("day")
    return dict(by_day.annotate(received=Count("pk")).values_list("day", "received"))
