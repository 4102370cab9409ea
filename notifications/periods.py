"""The end of messages: a month of a place at a time, never of what is open or valid."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from designation.organizations.models import Jurisdiction
from designation.retention import classes
from designation.retention.ends import Due, Ending, concerns_what_stands
from designation.site import clock
from standards.language import of_the_record

from .models import Delivery, Event, Message

_OWN_WORDS = ("subject", "opening", "closing")
_YEARS = classes.of(classes.MESSAGES).years or 0


def _over(on: date) -> QuerySet[Event]:
    """Events told in months whose period ends on that day or before, of what stands no more.

    What was said of no place is nobody's to look after, and stays.
    """
    after = datetime(*_next_month(on.year - _YEARS, on.month), 1, tzinfo=clock.SHANGHAI)
    if _last_day(on.year, on.month) > on:
        after = datetime(on.year - _YEARS, on.month, 1, tzinfo=clock.SHANGHAI)
    waiting = Delivery.objects.filter(message__event=OuterRef("pk"), state=Delivery.State.WAITING)
    rows = Event.objects.filter(at__lt=after, delivered_at__isnull=False)
    rows = rows.exclude(concerns_what_stands("subject_type", "subject_id"))
    return rows.exclude(Exists(waiting)).exclude(jurisdiction_code="").order_by("pk")


def _next_month(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - months of a year


def _last_day(year: int, month: int) -> date:
    return date.fromordinal(date(*_next_month(year, month), 1).toordinal() - 1)


def _due(on: date) -> Iterable[Due]:
    month = TruncMonth("at", tzinfo=clock.SHANGHAI)
    groups = _over(on).order_by().annotate(month=month).values("jurisdiction_code", "month")
    counted = groups.annotate(count=Count("pk")).order_by("month", "jurisdiction_code")
    names = _names({one["jurisdiction_code"] for one in counted})
    for one in counted:
        code = one["jurisdiction_code"]
        key = f"{code} {one['month']:%Y-%m}"
        yield _as_due(key, names.get(code, ""), one["count"])


def _names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Jurisdiction.objects.filter(code__in=codes).values_list("code", "name_zh"))


def _read(key: str) -> tuple[str, int, int]:
    """Code of the place, year and month."""
    code, _blank, month = key.partition(" ")
    year, number = map(int, month.split("-"))
    return code, year, number


@of_the_record()
def _as_due(key: str, holder: str, count: int, sha256: str = "") -> Due:
    code, year, month = _read(key)
    return Due(
        key=key,
        label=_("%(year)s年%(month)s月的消息") % {"year": year, "month": month},
        holder=holder,
        jurisdiction_code=code,
        kept_until=_last_day(year + _YEARS, month),
        count=count,
        sha256=sha256,
    )


def _of(key: str, on: date) -> QuerySet[Event]:
    code, year, number = _read(key)
    first = datetime(year, number, 1, tzinfo=clock.SHANGHAI)
    after = datetime(*_next_month(year, number), 1, tzinfo=clock.SHANGHAI)
    return _over(on).filter(jurisdiction_code=code, at__gte=first, at__lt=after)


def _again(key: str, today: date) -> Due | None:
    """With the hash over all that was told, in the order in which it was; counties' words last."""
    on = date.fromordinal(today.toordinal() - 1)
    events = list(_of(key, on).select_for_update().values_list("pk", flat=True))
    if not events:
        return None
    digest = hashlib.sha256()
    told = Message.objects.filter(event__in=events).order_by("pk").annotate(what=F("event__action"))
    for message in told.iterator(chunk_size=500):
        said = (message.what, message.person_id, message.subject, message.body)
        digest.update("\x1f".join(map(str, said)).encode())
    own = Delivery.objects.filter(message__event__in=events).order_by("pk")
    for words in own.exclude(subject="", opening="", closing="").values_list(*_OWN_WORDS):
        digest.update("\x1f".join(words).encode())
    code = _read(key)[0]
    return _as_due(key, _names([code]).get(code, ""), len(events), digest.hexdigest())


def _let_go(due: Due) -> None:
    events = list(_of(due.key, due.kept_until).values_list("pk", flat=True))
    Delivery.objects.filter(message__event__in=events).delete()
    Message.objects.filter(event__in=events).delete()
    Event.objects.filter(pk__in=events).delete()


ENDING = Ending(due=_due, again=_again, let_go=_let_go)
