"""When a seat gives rights: from the day it begins to the day it ends, both included.

A right is asked for when it is used, so every question about seats goes through ``in_force``.
A day that is not given sets no bound; a seat that was ended by hand is over at once.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from designation.site import clock


def in_force(path: str = "", *, on: date | None = None) -> Q:
    """Of seats: that they give rights on a day, today where none is named.

    ``path`` (``seats__``) leads to the seat; conditions on the same seat go into the same filter.
    """
    day = on or clock.today()
    begun = Q(**{f"{path}starts_on__isnull": True}) | Q(**{f"{path}starts_on__lte": day})
    return begun & not_over(path, on=day)


def not_over(path: str = "", *, on: date | None = None) -> Q:
    """Of seats: that they are in force, or will be."""
    day = on or clock.today()
    runs = Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": day})
    return Q(**{f"{path}ended_at__isnull": True}) & runs


def stands_with_its_seats(*, on: date | None = None) -> Q:
    """Of seats: where it is a deputy's, that both seats on which it hangs give rights on a day.

    Today where none is named.

    The act that ends one of them ends the deputy's too; this asks all the same when it is used.
    """
    hangs = in_force("deputy_of__", on=on) & in_force("deputy_from__", on=on)
    return Q(deputy_of__isnull=True) | hangs & Q(deputy_of__person__is_active=True)


def met_by(starts_on: date | None, ends_on: date | None) -> Q:
    """Of seats not ended: that they are in force on a day of this span."""
    condition = Q(ended_at__isnull=True)
    if ends_on is not None:
        condition &= Q(starts_on__isnull=True) | Q(starts_on__lte=ends_on)
    if starts_on is not None:
        condition &= Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    return condition


def end_of(day: date) -> datetime:
    """The moment at which a term that includes ``day`` is over."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.SHANGHAI)
