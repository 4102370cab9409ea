"""A draft as everybody would read it, were it published now. Nothing is written."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.calendar.working_days import CalendarUnknown
from designation.papers.composed import official
from designation.papers.fields import NoticeCorrection
from designation.papers.official import Official
from designation.rounds.models import Round
from designation.site import clock

from . import queries
from .counting import fix_period
from .held_up import HeldUp
from .models import Notice, NoticeEntry
from .numbers import number_next
from .papers import correcting


@dataclass(frozen=True, slots=True)
class Preview:
    """``lacks`` says why the period cannot be told; the rest is as it would be printed.

    ``correction`` is the paper that goes with it where it corrects another.
    """

    notice: Notice
    entries: Sequence[NoticeEntry]
    held_up: HeldUp
    lacks: str = ""
    correction: NoticeCorrection | None = None
    is_open: bool = field(default=True, init=False)

    @property
    def correction_laid_out(self) -> Official | None:
        return official(self.correction) if self.correction else None


def of_draft(notice: Notice, entries: Iterable[NoticeEntry]) -> Preview:
    """Two statements more where it takes another's place: how that had printed the names, why."""
    listed = [_as_named_now(entry) for entry in entries]
    if notice.restarts_id is not None:
        _correct(notice.restarts_id, listed)
    return _preview(copy(notice), listed)


def correction_of_draft(notice: Notice) -> NoticeCorrection | None:
    """The paper that would go with it; none without names that could be published."""
    entries = queries.listed(notice)
    return of_draft(notice, entries).correction if entries else None


def of_typed(
    printed: Notice, round_: Round, chosen: Iterable[Application], *, restarts: Notice | None = None
) -> Preview:
    """Of what stands in a form: ``printed`` was never saved."""
    printed.round, printed.restarts = round_, restarts
    listed = [NoticeEntry(notice=printed, application=one) for one in chosen]
    if restarts is not None:
        _correct(restarts.pk, listed)
    return _preview(printed, listed)


def _preview(notice: Notice, listed: Sequence[NoticeEntry]) -> Preview:
    lacks, now = "", clock.now()
    number_next(notice, notice.round.jurisdiction, now)
    try:
        fix_period(notice, now)
    except CalendarUnknown as unknown:
        lacks = _("公示期还不能计算：%(why)s") % {"why": unknown}
    held_up = HeldUp(instead_of=notice.restarts)
    return Preview(notice, listed, held_up, lacks, correcting(notice, listed))


def _as_named_now(entry: NoticeEntry) -> NoticeEntry:
    entry = copy(entry)
    entry.corrected_from = ""
    return entry


def _correct(notice: int, listed: Sequence[NoticeEntry]) -> None:
    before: dict[int, str] = dict(
        NoticeEntry.objects.filter(notice=notice).values_list("application_id", "printed_name")
    )
    for entry in listed:
        printed: Any = before.get(entry.application_id, "")
        if printed and printed != entry.application.organization.name_zh:
            entry.corrected_from = printed
