"""Where a visit stands, as its row says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Visit


class Standing(models.TextChoices):
    PLANNED = "planned", _("已安排")
    UNDER_WAY = "under_way", _("核查中")
    CONCLUDED = "concluded", _("已作结论")
    CLOSED = "closed", _("已归档")


def standing(visit: Visit) -> Standing:
    if visit.closed_at is not None:
        return Standing.CLOSED
    if visit.released_at is not None:
        return Standing.CONCLUDED
    return Standing.PLANNED if visit.begun_at is None else Standing.UNDER_WAY
