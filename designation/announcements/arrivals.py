"""How far the letters about a subject have come, asked of the room that delivers.

It registers what it knows when it starts; nothing here knows of a channel.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class How(TextChoices):
    """``PUT_OFF``: tried in vain, and tried again."""

    WAITING = "waiting", _("待发")
    PUT_OFF = "put_off", _("没有发出，系统会再试")
    SENT = "sent", _("已发")
    FAILED = "failed", _("未能发出")
    WITHDRAWN = "withdrawn", _("不再发送")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person's letter; ``answer``: what the other side said; ``again_at``: the next try."""

    how: How
    answer: str = ""
    again_at: datetime | None = None


Finder = Callable[[models.Model], Mapping[int, Arrival]]
_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """Register who can say it: the room that delivers."""
    _finders[:] = [finder]


def of(subject: models.Model) -> Mapping[int, Arrival]:
    """By the key of the person; of whom nothing is said, nothing has begun yet."""
    return _finders[0](subject) if _finders else {}
