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


def today() -> date:
    """The present date in Asia/Shanghai."""
    return now().astimezone(SHANGHAI).date()
