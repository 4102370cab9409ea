"""How a title stands on a day: worked out from what was given and all that happened to it since.

Three things are asked, in this order: whether it was ended and not restored since; whether its
term has run out; and, of one that is in force, whether a warning or an order to correct stands
against it.

Pure; ``queries`` asks the same of many titles in SQL, and a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """How a title stands on a day on which it is in the register."""

    VALID = "valid", _("有效")
    # In force all the same: whoever holds it may say so, and applies for no second.
    WARNED = "warned", _("已警告")
    ORDERED = "ordered", _("限期整改中")
    EXPIRED = "expired", _("已到期")
    REVOKED = "revoked", _("已撤销")
    CANCELLED = "cancelled", _("已注销")


class Act(models.TextChoices):
    """What may happen to a title; English says each as what happened, not as what to do.

    One that ends it, warns or orders bears the code of the status it leaves.
    """

    GIVEN = "given", pgettext_lazy("happened", "命名")
    EXTENDED = "extended", _("延续")
    RENAMED = "renamed", _("更名")
    # Of a unit that was merged or split: held by a successor from then on.
    RECOGNISED = "recognised", _("重新认定")
    CORRECTED = "corrected", _("更正")
    WARNED = "warned", pgettext_lazy("happened", "警告")
    LIFTED = "lifted", pgettext_lazy("happened", "解除警告")
    ORDERED = "ordered", pgettext_lazy("happened", "限期整改")
    PROLONGED = "prolonged", pgettext_lazy("happened", "延长整改期限")
    PASSED = "passed", _("整改合格")
    EXPIRED = "expired", _("到期")
    REVOKED = "revoked", _("撤销")
    CANCELLED = "cancelled", _("注销")
    RESTORED = "restored", pgettext_lazy("happened", "恢复")


# While it stands so, a title counts.
IN_FORCE = (Status.VALID, Status.WARNED, Status.ORDERED)
# Of these everybody reads that it happened, on which day and by which document; why, and until when
# to correct, is between the county and the unit, whose people read all of it (our default).
REASON_NOT_PUBLIC = (Act.WARNED, Act.LIFTED, Act.ORDERED, Act.PROLONGED, Act.PASSED)
# How long before a title ends its renewal may be applied for; our default.
RENEWAL_OPENS = timedelta(days=60)
# For a fault (revoked) or without one (cancelled): ended, whatever its term says.
ENDINGS = (Act.REVOKED, Act.CANCELLED)
# The last of these says whether it is ended: a new decision alone brings it back.
SETS_THE_END = (*ENDINGS, Act.RESTORED)
# By these another holds it, or the same by another name; how it stands they leave as it is.
OF_THE_HOLDER = (Act.RENAMED, Act.RECOGNISED)
# Those that give an order its last day.
SETS_THE_ORDER = (Act.ORDERED, Act.PROLONGED)
# The last of these says what stands against it. A new decision begins without.
MARKS: Mapping[Act, Status | None] = {
    Act.WARNED: Status.WARNED,
    Act.LIFTED: None,
    Act.ORDERED: Status.ORDERED,
    Act.PROLONGED: Status.ORDERED,
    Act.PASSED: None,
    Act.EXTENDED: None,
    Act.RESTORED: None,
}
# Those that say a last day of their own: always, or where it was the term that was corrected.
SETS_THE_TERM = (Act.EXTENDED, Act.EXPIRED)
MAY_SET_THE_TERM = (*SETS_THE_TERM, Act.CORRECTED)


class Given(Protocol):
    """A title as it was given: its first and last day, both included."""

    designated_on: date
    valid_until: date


class Step(Protocol):
    """One thing that happened to it; ``until`` is the last day from then on, None as before.

    ``correct_by`` is the last day of an order to correct.
    """

    pk: Any
    act: str
    effective_on: date
    until: date | None
    correct_by: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The status on a day, the last day as it was known then, and that of an order that stands."""

    status: Status
    until: date
    correct_by: date | None = None

    @property
    def is_in_force(self) -> bool:
        return self.status in IN_FORCE


def standing(title: Given, steps: Iterable[Step], day: date) -> Standing | None:
    """How ``title``, to which ``steps`` happened, stands on ``day``; None: not given by then.

    A step holds from its day on. Of several the later day counts, and of one day the step that
    was recorded later.
    """
    if day < title.designated_on:
        return None
    until, ended, mark = title.valid_until, None, None
    for step in sorted(steps, key=lambda step: (step.effective_on, step.pk)):
        if step.effective_on > day:
            break
        until = step.until or until
        if step.act in SETS_THE_END:
            ended = Status(step.act) if step.act in ENDINGS else None
        if step.act in MARKS:
            mark = step
    if ended or day > until:
        return Standing(ended or Status.EXPIRED, until)
    status = MARKS[Act(mark.act)] if mark else None
    ordered = mark.correct_by if mark and status == Status.ORDERED else None
    return Standing(status or Status.VALID, until, ordered)
