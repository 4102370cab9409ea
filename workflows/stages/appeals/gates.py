"""What is asked before an appeal is made and answered; each is a sentence true when open.

Those on what the person brings are silent on a page that only shows what may be done.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _

from designation.calendar.templatetags.deadlines import deadline
from designation.register.models import TitleStep
from designation.site import clock
from designation.site.reasons import LEAST_REASON
from designation.site.templatetags.moments import day as in_words

from ...case.facts import Case
from ...case.records import Decision
from ...findings import GateFinding
from .against import until, whose
from .case import AppealAct, AppealCase
from .facts import Appealed
from .models import Appeal, Ground

Found = Iterable[GateFinding]


# Before it is made


def it_is_in_time(ground: Decision | TitleStep, received_at: datetime | None) -> Found:
    """What came on paper is in time by when it was received, whenever it is typed."""
    last = until(ground)
    if last is not None and clock.came_late(last, received_at):
        yield GateFinding(
            "appeal_late",
            _("在期限内申请复核"),
            _("申请复核的期限到%(until)s为止，已经过了，不能再申请。") % {"until": deadline(last)},
            field="reason",
        )


def it_came_after_the_decision(ground: Decision | TitleStep, received_at: datetime | None) -> Found:
    told = ""
    if received_at is not None and received_at > clock.now():
        told = _("收到时间不能晚于现在，请核对。")
    elif received_at is not None and _day(received_at) < _day(ground.at):
        told = _("收到时间早于作出决定的%(day)s，请核对。") % {"day": in_words(_day(ground.at))}
    if told:
        rule = _("写明实际收到的时间")
        yield GateFinding("received_wrong", rule, told, field="received_at")


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.SHANGHAI).date()


def somebody_speaks_for_it(ground: Decision | TitleStep) -> Found:
    """Of a title: of a unit that nobody goes on with, the right to appeal ended with it."""
    if isinstance(ground, TitleStep) and not whose(ground).is_active:
        yield GateFinding(
            "nobody_goes_on",
            _("持有称号的组织仍然存在"),
            _("这个单位已经撤并，没有单位承接，不能再申请复核。"),
        )


def it_is_the_only_one(ground: Decision | TitleStep) -> Found:
    if Appeal.objects.filter(**of(ground)).exists():
        yield GateFinding(
            "appealed_already",
            _("一个决定只申请复核一次"),
            _("对这个决定已经申请过复核，不能再次申请；请查看办理情况。"),
        )


def it_says_why(reason: str) -> Found:
    yield from _long_enough("reason", reason, _("写明申请复核的事实和理由"))


def it_names_its_grounds(ground_codes: Iterable[str], *, of_a_meeting: bool) -> Found:
    """What was a meeting's to choose is not chosen anew by an appeal."""
    if of_a_meeting and not set(ground_codes) & set(Ground.values):
        yield GateFinding(
            "no_ground",
            _("集体研究的决定，只就事实、统计和程序申请复核"),
            _("请选择要求复核的事项，可以选几项。"),
            field="grounds",
        )


def of(ground: Decision | TitleStep) -> dict[str, Any]:
    """By which column an appeal says that it is against this."""
    return {"title_step" if isinstance(ground, TitleStep) else "decision": ground}


# Before it is answered


def _of_what_is_brought(gate: Callable[[AppealCase, AppealAct], Found]) -> Callable[[Any], Found]:
    """A gate on the act, silent where nothing is brought yet."""

    @wraps(gate)
    def asked(case: AppealCase) -> Found:
        return gate(case, case.act) if case.act is not None else ()

    return asked


def a_meeting_decided_it(case: AppealCase) -> Found:
    if not case.appeal.is_of_a_meeting:
        yield GateFinding(
            "no_meeting_decided",
            _("集体研究的决定，先核实事实、统计和程序"),
            _("这个决定不是会议研究的，不用写核实报告，请直接答复。"),
        )


def the_report_is_written_first(case: AppealCase) -> Found:
    if case.appeal.is_of_a_meeting and case.appeal.status != Appeal.Status.REPORTED:
        yield GateFinding(
            "not_reported",
            _("集体研究的决定，先核实事实、统计和程序"),
            _("请没有参与过的人先核实事实、统计和程序，写出核实报告，再提交研究。"),
        )


@_of_what_is_brought
def the_report_is_whole(_case: AppealCase, act: AppealAct) -> Found:
    rule = _("事实、统计、程序逐项核实")
    for name in ("facts", "count", "procedure"):
        yield from _long_enough(name, getattr(act, name), rule)


@_of_what_is_brought
def the_meeting_is_recorded(case: AppealCase, act: AppealAct) -> Found:
    """The same meeting once more: its name, day, attendance and result."""
    if not case.appeal.goes_before_the_meeting:
        return
    rule = _("由原研究会议再次研究")
    told = {
        "meeting_name": _("请填写会议名称。"),
        "meeting_attendance": _("请填写到会情况。"),
        "meeting_result": _("请填写研究结果。"),
    }
    for name, message in told.items():
        if not getattr(act, name).strip():
            yield GateFinding("no_meeting", rule, message, field=name)
    yield from _dated(case, "meeting_on", act.meeting_on, rule)


@_of_what_is_brought
def the_answer_is_written(case: AppealCase, act: AppealAct) -> Found:
    rule = _("书面答复")
    if not act.document_number.strip():
        yield GateFinding("no_document", rule, _("请填写答复的文号。"), field="document_number")
    yield from _dated(case, "answered_on", act.answered_on, rule)
    yield from _long_enough("answer", act.answer, rule)
    meeting = act.meeting_on if case.appeal.goes_before_the_meeting else None
    if meeting and act.answered_on and act.answered_on < meeting:
        told = _("答复日期不能早于会议日期，请核对。")
        yield GateFinding("dated_wrong", rule, told, field="answered_on")


@_of_what_is_brought
def the_units_paper_is_there(_case: AppealCase, act: AppealAct) -> Found:
    """It is the unit's word, and not that of whoever types it."""
    if not act.papers:
        told = _("请附单位负责人签字、盖章的撤回书的扫描件或者照片。")
        yield GateFinding("no_scan", _("凭单位的书面材料登记撤回"), told, field="attachments")


def _dated(case: AppealCase, name: str, on: date | None, rule: str) -> Found:
    lodged, told = _day(case.appeal.lodged_at), ""
    if on is None:
        told = _("请填写日期。")
    elif on > case.today:
        told = _("日期不能晚于今天。")
    elif on < lodged:
        told = _("日期不能早于申请复核的%(day)s，请核对。") % {"day": in_words(lodged)}
    if told:
        yield GateFinding("dated_wrong", rule, told, field=name)


def _long_enough(name: str, text: str, rule: str) -> Found:
    if len(text.strip()) < LEAST_REASON:
        told = _("请写明情况，不少于 %(least)s 个字。") % {"least": LEAST_REASON}
        yield GateFinding("too_short", rule, told, field=name)


# Before the case goes back


def the_appeal_is_upheld(case: Case) -> Found:
    appeal = Appealed.of(case).present
    upheld = appeal is not None and appeal.status == Appeal.Status.UPHELD
    if not upheld or appeal is None or appeal.pk != case.act.appeal_id:
        yield GateFinding(
            "no_upheld_appeal", _("复核成立"), _("请先对复核申请作出“复核成立”的答复。")
        )
