"""What became of organizations: which live on a day, and in which others one lives on.

Pure, over changes as they are recorded. That a change can be recorded at all (``faults``) holds
up the rest: each unit is gone at most once, takes part in its changes in the order of their days,
and nothing comes back, so that a chain of successors has no circle and ends in units that live.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What may become of an organization; nothing here happens through anybody's fault."""

    RENAMED = "renamed", _("更名")
    MERGED = "merged", _("合并")
    SPLIT = "split", _("分立")
    DISSOLVED = "dissolved", pgettext_lazy("organization", "撤销")


class Part(models.TextChoices):
    """The part that a unit has in a change."""

    GONE = "gone", _("不再存在")
    STAYS = "stays", _("继续存在")
    CAME = "came", _("新设立")


@dataclass(frozen=True, slots=True)
class Change:
    """One change, from ``on`` on: those ``gone`` are no more, and live on in all others.

    ``stays`` are those that there were before it too, ``came`` those that there were not.
    """

    kind: Kind
    on: date
    gone: frozenset[int] = frozenset()
    stays: frozenset[int] = frozenset()
    came: frozenset[int] = frozenset()

    @property
    def after(self) -> frozenset[int]:
        """Those that there are from its day on."""
        return self.stays | self.came

    @property
    def before(self) -> frozenset[int]:
        """Those that had a part in it and were there already."""
        return self.gone | self.stays


class Fault(Enum):
    """Why a change cannot be recorded."""

    IN_FUTURE = "in_future"
    WITH_ITSELF = "with_itself"
    TOO_FEW = "too_few"
    GONE_ALREADY = "gone_already"
    BEFORE_ITS_LAST = "before_its_last"


def faults(new: Change, recorded: Collection[Change], *, today: date) -> Iterator[Fault]:
    """Why ``new`` cannot follow upon what is ``recorded``; none, where it can.

    What was decided for a day to come is recorded when that day has come.
    """
    if new.on > today:
        yield Fault.IN_FUTURE
    if new.kind == Kind.MERGED and not new.gone:
        yield Fault.WITH_ITSELF
    if new.kind == Kind.SPLIT and len(new.after) < 2:  # noqa: PLR2004 - a split leaves two
        yield Fault.TOO_FEW
    if new.before & gone(recorded):
        yield Fault.GONE_ALREADY
    if any(new.on < one.on for one in recorded if new.before & (one.before | one.came)):
        yield Fault.BEFORE_ITS_LAST


def gone(changes: Iterable[Change], day: date | None = None) -> frozenset[int]:
    """The units that were no more on ``day``; ever, where none is named."""
    happened = (one for one in changes if day is None or one.on <= day)
    return frozenset(unit for one in happened for unit in one.gone)


def living(units: Iterable[int], changes: Collection[Change], day: date) -> frozenset[int]:
    """Those of ``units`` that lived on ``day``; what had not come by then did not."""
    to_come = frozenset(unit for one in changes if one.on > day for unit in one.came)
    return frozenset(units) - gone(changes, day) - to_come


def successors(unit: int, changes: Collection[Change]) -> frozenset[int]:
    """The living units in which ``unit`` lives on: itself, while it lives; none when dissolved."""
    ended = next((one for one in changes if unit in one.gone), None)
    if ended is None:
        return frozenset({unit})
    return frozenset(last for heir in ended.after for last in successors(heir, changes))


def predecessors(unit: int, changes: Collection[Change]) -> frozenset[int]:
    """All units, gone since, that live on in ``unit``."""
    near = frozenset(former for one in changes if unit in one.after for former in one.gone)
    return near.union(*(predecessors(former, changes) for former in near))
