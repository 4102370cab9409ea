"""The end of a file's period: its content goes, its entry stays with hash, size, dates and reason.

Never what something open or valid rests on; what is kept for ever has no end.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from designation.retention.ends import Due, Ending
from designation.site import clock
from standards.language import of_the_record

from . import citing, contents
from .models import YEARS_KEPT, LibraryEntry


def _over(on: date) -> QuerySet[LibraryEntry]:
    """Entries in the libraries whose period ends on that day or before, and is not needed."""
    # A period ends with a year.
    last = on.year if (on + timedelta(days=1)).year > on.year else on.year - 1
    ended = Q(pk__in=())
    for retention, years in YEARS_KEPT.items():
        began = last - years
        # The moment at which the year after that begins.
        after = datetime(began + 1, 1, 1, tzinfo=clock.SHANGHAI)
        is_old = Q(dated_on__lte=date(began, 12, 31)) | Q(dated_on=None, uploaded_at__lt=after)
        ended |= Q(is_old, retention=retention)
    rows = LibraryEntry.objects.filter(ended, taken_out_at__isnull=True)
    for kind in citing.kinds():
        rows = rows.exclude(Exists(kind.in_force().order_by().filter(entry=OuterRef("pk"))))
    return rows.order_by("pk")


def _due(on: date) -> Iterable[Due]:
    rows = _over(on).select_related("stored", "organization__jurisdiction", "jurisdiction")
    return map(_as_due, rows.iterator(chunk_size=500))


def _as_due(entry: LibraryEntry) -> Due:
    until, holder = entry.retained_until, entry.organization or entry.jurisdiction
    assert until is not None  # noqa: S101 - what has no end is not asked for
    assert holder is not None  # noqa: S101 - a constraint holds one of the two
    return Due(
        key=str(entry.pk),
        label=entry.title,
        holder=holder.name_zh,
        jurisdiction_code=entry.area_code,
        kept_until=until,
        size=entry.stored.size,
        sha256=entry.stored.sha256,
    )


def _again(key: str, today: date) -> Due | None:
    held = LibraryEntry.objects.select_for_update(of=("self", "stored")).filter(pk=key)
    if not held.exists():
        return None
    entry = _over(today - timedelta(days=1)).filter(pk=key).select_related("stored").first()
    return None if entry is None else _as_due(entry)


@of_the_record()
def _let_go(due: Due) -> None:
    """The content is erased where no other library holds it."""
    entry = LibraryEntry.objects.select_related("stored").get(pk=due.key)
    entry.taken_out_at = clock.now()
    entry.taken_out_reason = _("保管期限已满，通知后无人暂缓，按期销毁。")
    entry.save(update_fields=["taken_out_at", "taken_out_reason"])
    if not entry.stored.entries.filter(taken_out_at__isnull=True).exists():
        contents.erase(entry.stored)


ENDING = Ending(due=_due, again=_again, let_go=_let_go)
