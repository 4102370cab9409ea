"""How a title stands on a day: worked out from what was given and all that happened to it since.

Pure; ``queries`` asks the same of many titles in SQL, and a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How a title stands on a day on which it is in the register."""

    VALID = "valid", _("有效")
    EXPIRED = "expired", _("已到期")
    REVOKED = "revoked", _("已撤销")
    CANCELLED = "cancelled", _("已注销")


class Act(models.TextChoices):
    """What may happen to a title. One that ends it bears the code of the status it leaves."""

    GIVEN = "given", _("命名")
    EXTENDED = "extended", _("延续")
    RENAMED = "renamed", _("更名")
    # Of a unit that was merged or split: held by a successor from then on.
    RECOGNISED = "recognised", _("重新认定")
    CORRECTED = "corrected", _("更正")
    EXPIRED = "expired", _("到期")
    REVOKED = "revoked", _("撤销")
    CANCELLED = "cancelled", _("注销")


# For a fault (revoked) or without one (cancelled): ended, whatever its term says.
ENDINGS = (Act.REVOKED, Act.CANCELLED)
# Those that say a last day of their own: always, or where it was the term that was corrected.
SETS_THE_TERM = (Act.EXTENDED, Act.EXPIRED)
MAY_SET_THE_TERM = (*SETS_THE_TERM, Act.CORRECTED)


class Given(Protocol):
    """A title as it was given: its first and last day, both included."""

    designated_on: date
    valid_until: date


class Step(Protocol):
    """One thing that happened to it; ``until`` is the last day from then on, None as before."""

    pk: Any
    act: str
    effective_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The status on a day, and the last day as it was known then."""

    status: Status
    until: date


def standing(title: Given, steps: Iterable[Step], day: date) -> Standing | None:
    """How ``title``, to which ``steps`` happened, stands on ``day``; None: not given by then.

    A step holds from its day on. Of several the later day counts, and of one day the step that
    was recorded later.
    """
    if day < title.designated_on:
        return None
    until, ended = title.valid_until, None
    for step in sorted(steps, key=lambda step: (step.effective_on, step.pk)):
        if step.effective_on > day:
            break
        until = step.until or until
        ended = Status(step.act) if step.act in ENDINGS else ended
    return Standing(ended or (Status.VALID if day <= until else Status.EXPIRED), until)
