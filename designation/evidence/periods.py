"""The end of a file's period: its content goes, its entry stays with hash, size, dates and reason.

Never what something open or valid rests on; what is kept for ever has no end. Personal data go
twelve months after the last case that cites them was decided, whatever the period of the file and
of the title: what they proved was judged with the decision.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from designation.retention import classes
from designation.retention.ends import Due, Ending
from designation.site import clock
from standards.language import of_the_record

from . import citing, contents
from .models import YEARS_KEPT, LibraryEntry, Sensitivity

PERSONAL_KEPT = timedelta(days=365 * (classes.of(classes.PERSONAL_FILES).years or 0))


@dataclass(frozen=True, slots=True)
class _Period:
    """``over`` gives the entries whose period ends on a day or before, and that nothing needs."""

    over: Callable[[date], QuerySet[LibraryEntry]]
    until: Callable[[Any], date | None]
    reason: Any

    def ending(self) -> Ending:
        return Ending(due=self._due, again=self._again, let_go=self._let_go)

    def _due(self, on: date) -> Iterable[Due]:
        rows = self.over(on).order_by("pk")
        rows = rows.select_related("stored", "organization__jurisdiction", "jurisdiction")
        return map(self._as_due, rows.iterator(chunk_size=500))

    def _as_due(self, entry: LibraryEntry) -> Due:
        until, holder = self.until(entry), entry.organization or entry.jurisdiction
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

    def _again(self, key: str, today: date) -> Due | None:
        held = LibraryEntry.objects.select_for_update(of=("self", "stored")).filter(pk=key)
        if not held.exists():
            return None
        rows = self.over(today - timedelta(days=1)).filter(pk=key)
        entry = rows.select_related("stored").first()
        return None if entry is None else self._as_due(entry)

    @of_the_record()
    def _let_go(self, due: Due) -> None:
        """The content is erased where no other library holds it."""
        entry = LibraryEntry.objects.select_related("stored").get(pk=due.key)
        entry.taken_out_at = clock.now()
        entry.taken_out_reason = force_str(self.reason)
        entry.save(update_fields=["taken_out_at", "taken_out_reason"])
        if not entry.stored.entries.filter(taken_out_at__isnull=True).exists():
            contents.erase(entry.stored)


def _over(on: date) -> QuerySet[LibraryEntry]:
    """By the period that each bears; what goes sooner, as personal data, is not among them."""
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
        rows = rows.exclude(_cited(kind.in_force()))
    return rows.exclude(pk__in=_decided_about(on).values("pk"))


def _decided_about(on: date) -> QuerySet[LibraryEntry]:
    """Personal data whose last case was decided so long ago, with the moment as ``decided_at``."""
    after = datetime.combine(on - PERSONAL_KEPT + timedelta(days=1), time(0), clock.SHANGHAI)
    rows = LibraryEntry.objects.filter(sensitivity=Sensitivity.PERSONAL, taken_out_at__isnull=True)
    moments = []
    for kind in citing.kinds():
        if kind.decided is None:
            rows = rows.exclude(_cited(kind.on_record()))
            continue
        decided = kind.decided().order_by()
        rows = rows.exclude(_cited(kind.in_force().exclude(pk__in=decided.values("pk"))))
        last = decided.filter(entry=OuterRef("pk")).order_by("-decided_at")
        moments.append(Subquery(last.values("decided_at")[:1]))
    return rows.annotate(decided_at=Greatest(*moments)).filter(decided_at__lt=after)


def _cited(citations: QuerySet[Any]) -> Exists:
    return Exists(citations.order_by().filter(entry=OuterRef("pk")))


def _until(entry: Any) -> date:
    return entry.decided_at.astimezone(clock.SHANGHAI).date() + PERSONAL_KEPT


ENDING = _Period(
    _over, lambda entry: entry.retained_until, _("保管期限已满，通知后无人暂缓，按期销毁。")
).ending()
ENDING_OF_PERSONAL = _Period(
    _decided_about, _until, _("含个人信息，申报办结已满 12 个月，通知后无人暂缓，按期销毁。")
).ending()
