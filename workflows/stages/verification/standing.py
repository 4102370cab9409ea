"""Where a visit stands, as its row says it."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .models import Visit


class Standing(models.TextChoices):
    PLANNED = "planned", _("已安排")
    UNDER_WAY = "under_way", _("核查中")
    CONCLUDED = "concluded", _("已作结论")
    CLOSED = "closed", _("已归档")
    CALLED_OFF = "called_off", _("已取消")


def standing(visit: Visit) -> Standing:
    if visit.closed_at is not None:
        return Standing.CALLED_OFF if visit.called_off_because else Standing.CLOSED
    if visit.released_at is not None:
        return Standing.CONCLUDED
    return Standing.PLANNED if visit.begun_at is None else Standing.UNDER_WAY


def released(path: str = "") -> Q:
    """Of visits: that a decision released their record, and others than those at work read it.

    ``path`` (``visit__``) leads to the visit.
    """
    return Q(**{f"{path}released_at__isnull": False})


# The same, asked of the columns.
ROWS: Mapping[Standing, Q] = {
    Standing.PLANNED: Q(closed_at=None, released_at=None, begun_at=None),
    Standing.UNDER_WAY: Q(closed_at=None, released_at=None, begun_at__isnull=False),
    Standing.CONCLUDED: Q(closed_at=None) & released(),
    Standing.CLOSED: Q(closed_at__isnull=False, called_off_because=""),
    Standing.CALLED_OFF: Q(closed_at__isnull=False) & ~Q(called_off_because=""),
}
