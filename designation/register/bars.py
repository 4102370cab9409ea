"""For how long an organization may not apply (限制申报): after what, and whom it follows.

Two years after a title was revoked; three where that, or a rejection, was for false material or
for refusing supervision; after any other rejection until the next round. Nothing after a title
was cancelled, or where a standard was met and there was no place. By methods that were read; our
default.

Pure; ``workflows.bars`` reads from the record what bars whom.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from designation.organizations.lineage import Change
from designation.site.years import years_after


class Ground(models.TextChoices):
    """What bars an organization."""

    REVOKED = "revoked", _("称号被撤销")
    REJECTED = "rejected", _("申报未通过")


class Fault(models.TextChoices):
    """For what one is barred longer."""

    FALSE_MATERIAL = "false_material", _("弄虚作假")
    REFUSED = "refused", _("拒不接受监督检查")

    @classmethod
    def typed(cls, text: str | None) -> str:
        """What a form sent; empty for nothing, and for what is none of them."""
        return text if text and text in cls.values else ""


YEARS = 2
YEARS_FOR_A_FAULT = 3


def lasts(ground: str, fault: str) -> int | None:
    """For how many years; None: until the next round."""
    if fault:
        return YEARS_FOR_A_FAULT
    return YEARS if ground == Ground.REVOKED else None


@dataclass(frozen=True, slots=True)
class Bar:
    """What bars ``organization``: ``key`` is that of the step or of the application.

    ``since`` is the day of the document or of the rejection, ``at`` the moment of the record.
    """

    organization: int
    ground: str
    key: int
    since: date
    at: datetime
    fault: str = ""
    document: str = ""
    reason: str = ""

    @property
    def until(self) -> date | None:
        """Its last day; None where it ends with the next round."""
        years = lasts(self.ground, self.fault)
        return years_after(self.since, years) if years else None

    def is_over(self, day: date) -> bool:
        """Whether its time has passed; without one it has not."""
        return self.until is not None and self.until < day

    def keeps_from(self, opened_at: datetime, day: date) -> bool:
        """Whether on ``day`` it keeps its organization from a round that began then.

        Whoever was rejected does not apply in rounds that had begun by then.
        """
        if self.until is None:
            return opened_at <= self.at
        return not self.is_over(day)


def origin(unit: int, changes: Collection[Change]) -> tuple[int, date] | None:
    """The one unit out of which ``unit`` came to be, and when.

    None where there were several or none: who was founded anew of one that is barred goes on with
    its bar, who takes in another or is merged of several does not answer for its fault (our
    default).
    """
    for one in changes:
        if unit in one.came and len(one.before) == 1:
            (former,) = one.before
            return former, one.on
    return None


def forebears(unit: int, changes: Collection[Change]) -> Iterator[tuple[int, date | None]]:
    """``unit`` and those whose bars it goes on with, each with the day on which it went from it."""
    left: date | None = None
    yield unit, None
    while (found := origin(unit, changes)) is not None:
        unit, on = found
        left = min(left or on, on)
        yield unit, left


def offspring(unit: int, since: date, changes: Collection[Change]) -> Iterator[int]:
    """``unit`` and those that go on with a bar of it that began with ``since``."""
    yield unit
    for one in changes:
        if one.before == frozenset({unit}) and one.on >= since:
            for child in one.came:
                yield from offspring(child, since, changes)
