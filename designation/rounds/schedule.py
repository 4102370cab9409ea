"""The timetable of a round in words, with how far its cases have come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.calendar.rules import who_loads
from designation.calendar.working_days import calendar, last_day
from designation.site import clock
from designation.site.clock import SHANGHAI
from designation.site.templatetags.moments import day

from . import timetable
from .day_units import days_in_words
from .models import Round
from .timetable import Line, Plan, Reached, Remark, Step

# By step how many cases wait for it, and how many have it behind them; None where nobody can say.
Progress = Mapping[Step, tuple[int, int | None]]


def _none(_round: Round) -> Progress:
    return {}


_progress: Callable[[Round], Progress] = _none


def told_by(*, cases: Callable[[Round], Progress]) -> None:
    """Said by the room of the stages when it starts.

    How far the cases of a round have come.
    """
    global _progress  # noqa: PLW0603 - told once, when the site starts
    _progress = cases


_FRAME = gettext_lazy("批次信息")
# By step its name, and where its span comes from.
_WORDS: Mapping[Step, tuple[Any, Any]] = {
    Step.OPENING: (gettext_lazy("申报开始"), _FRAME),
    Step.CLOSING: (gettext_lazy("申报截止"), _FRAME),
    Step.FIRST_REVIEW: (gettext_lazy("初审"), gettext_lazy("批次信息：初审期限")),
    Step.CORRECTIONS: (gettext_lazy("补正"), gettext_lazy("批次信息：补正期限")),
    Step.PAPER_CHECK: (gettext_lazy("资料审查"), gettext_lazy("批次信息：县级资料审查期限")),
    Step.VERIFICATION: (gettext_lazy("实地核查"), gettext_lazy("批次信息：实地核查期限")),
    Step.SELECTION: (
        gettext_lazy("会议研究"),
        gettext_lazy("没有规定期限，按核查期满后下一个工作日开会推算"),
    ),
    Step.NOTICE: (
        gettext_lazy("公示"),
        gettext_lazy("批次信息：公示期；按会后下一个工作日发布推算"),
    ),
    Step.OBJECTIONS: (
        gettext_lazy("异议办结"),
        gettext_lazy("受理和调查期限，从公示最后一天收到的算起"),
    ),
    Step.DESIGNATION: (gettext_lazy("命名"), gettext_lazy("批次信息：公示期满后命名期限")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the page shows it; ``waiting`` and ``done`` are None while nobody may apply."""

    line: Line
    today: date
    waiting: int | None = None
    done: int | None = None

    @property
    def name(self) -> Any:
        return _WORDS[self.line.step][0]

    @property
    def rule(self) -> Any:
        return _WORDS[self.line.step][1]

    @property
    def days(self) -> str:
        """Empty where no rule says."""
        line = self.line
        return "" if line.days is None else days_in_words(line.days, line.unit)

    @property
    def in_time(self) -> str:
        return _in_words(self.line.in_time)

    @property
    def latest(self) -> str:
        """Empty where it is the same day."""
        same = self.line.latest == self.line.in_time
        return "" if same else _in_words(self.line.latest)

    @property
    def is_over(self) -> bool:
        """Whether the day has passed."""
        last = self.line.in_time.last
        return last is not None and last < self.today


def of_round(round_: Round) -> list[Shown]:
    """Every step; one statement once the round is open, none before."""
    draft = round_.status == Round.Status.DRAFT
    progress, today = {} if draft else _progress(round_), clock.today()
    return [
        Shown(line, today, *progress.get(line.step, (None, None)))
        for line in timetable.timetable(_plan(round_), calendar())
    ]


def remarks(round_: Round) -> list[str]:
    """What to look at, with what to do."""
    plan = _plan(round_)
    last = timetable.timetable(plan, calendar())[-1]
    said = {
        "closes": day(plan.closes_on),
        "last": day(last.in_time.last),
        "latest": day(last.latest.last),
        "days": days_in_words(plan.notice_days, plan.notice_unit),
        "usual": days_in_words(timetable.USUAL_NOTICE[plan.notice_unit], plan.notice_unit),
        "year": plan.opens_on.year,
    }
    found = list(timetable.remarks(plan, calendar()))
    if Remark.UNKNOWN_YEAR in found:
        said |= {"unknown": last.latest.unknown, "who": who_loads(round_.jurisdiction.code)}
    return [_REMARKS[one] % said for one in found]


_REMARKS: Mapping[Remark, Any] = {
    Remark.UNKNOWN_YEAR: gettext_lazy(
        "%(unknown)s 年的工作日历尚未启用，到那一年的日期还算不出来。请系统管理员（%(who)s）在"
        "“工作日历”中载入，并由另一人确认。"
    ),
    Remark.PAST_THE_YEAR: gettext_lazy(
        "按期办理也要跨过 %(year)s 年底。要在年内命名，请提前申报时间，或者缩短各项期限。"
    ),
    Remark.PAST_THE_YEAR_AT_THE_LATEST: gettext_lazy(
        "按期办理，%(last)s前命名；补正用满时要跨过 %(year)s 年底。"
    ),
    Remark.CLOSES_ON_A_DAY_OFF: gettext_lazy(
        "申报截止日%(closes)s不是工作日，当天可能找不到人帮忙，建议改到工作日。"
    ),
    Remark.SHORT_NOTICE: gettext_lazy("公示期只有 %(days)s，少于通行的 %(usual)s，请核对依据。"),
}


def _plan(round_: Round) -> Plan:
    return Plan(
        opens_on=round_.opens_at.astimezone(SHANGHAI).date(),
        closes_on=last_day(round_.closes_at),
        first_review_days=round_.first_review_days,
        correction_days=round_.correction_days,
        returns_allowed=round_.returns_allowed,
        paper_check_days=round_.paper_check_days,
        verification_days=round_.verification_days,
        notice_days=round_.notice_days,
        notice_unit=round_.notice_unit,
        notice_counts_first_day=round_.notice_counts_first_day,
        objection_days=round_.objection_receive_days + round_.objection_days,
        designation_days=round_.designation_days,
    )


def _in_words(reached: Reached) -> str:
    if reached.last is None:
        return _("算不出（缺 %(year)s 年日历）") % {"year": reached.unknown}
    if reached.first is not None:
        return _("%(first)s至%(last)s") % {"first": day(reached.first), "last": day(reached.last)}
    return day(reached.last)
