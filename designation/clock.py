"""The one clock that all of the product asks for the time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

SHANGHAI = ZoneInfo("Asia/Shanghai")


def system_now() -> datetime:
    return datetime.now(UTC)


@cache
def _source(path: str) -> Callable[[], datetime]:
    return import_string(path)


def now() -> datetime:
    """The present moment, aware, in UTC. ``settings.CLOCK`` names where it comes from."""
    return _source(settings.CLOCK)()


def today() -> date:
    """The present date in Asia/Shanghai."""
    return now().astimezone(SHANGHAI).date()
