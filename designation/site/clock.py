"""The one clock that all of the product asks for the time.

``settings.CLOCK`` is the dotted path of a callable that returns an aware moment; the demo sets
its own, so that its calendar years never run out.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.utils.module_loading import import_string

SHANGHAI = ZoneInfo("Asia/Shanghai")


def system_now() -> datetime:
    return datetime.now(UTC)


@cache
def _source(path: str) -> Callable[[], datetime]:
    return import_string(path)


def now() -> datetime:
    """The present moment, aware, in UTC.

    Raises ImproperlyConfigured when the callable that ``settings.CLOCK`` names answers without
    a time zone, and ImportError when there is none of that name.
    """
    moment = _source(settings.CLOCK)()
    if moment.tzinfo is None:
        raise ImproperlyConfigured(f"CLOCK {settings.CLOCK} must return aware moments.")
    return moment.astimezone(UTC)


def is_over(end: datetime, at: datetime | None = None) -> bool:
    """Whether a period that is printed to end at ``end`` is over ``at`` that moment, now if None.

    A minute that is printed belongs to the period: 17:30 lasts until 17:31. An end at midnight is
    printed as 24:00 and is the end itself. Everything that ends is asked here or by ``running``.
    """
    passed = _minute(at or now())
    return end < passed or (end == passed and _is_midnight(end))


def came_late(end: datetime, received_at: datetime | None) -> bool:
    """``is_over`` of what was received at a moment that somebody typed; None is now.

    Typed as the end is printed, 24:00 of the last day is its last moment.
    """
    return received_at != end and is_over(end, received_at)


def running(field: str) -> Q:
    """The rows for whose ``field`` ``is_over`` does not hold now; those without an end left out."""
    passed = _minute(now())
    return Q(**{f"{field}__{'gt' if _is_midnight(passed) else 'gte'}": passed})


def over(field: str) -> Q:
    """The rows for whose ``field`` ``is_over`` holds now."""
    passed = _minute(now())
    return Q(**{f"{field}__{'lte' if _is_midnight(passed) else 'lt'}": passed})


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _is_midnight(moment: datetime) -> bool:
    local = moment.astimezone(SHANGHAI)
    return local.hour == local.minute == 0


def today() -> date:
    """The present date in Asia/Shanghai."""
    return now().astimezone(SHANGHAI).date()
