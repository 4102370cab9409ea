"""What must hold before a notice is published, and for its period to end well."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.calendar.working_days import CalendarUnknown, Period, calendar
from designation.rounds.notice_periods import LEAST_WORKING_DAYS, notice_period
from designation.site import clock

from ...case.facts import Case
from ...findings import GateFinding
from .facts import Noticed
from .postings import wanting
from .steps import Act, people_apart, taken_by, taken_by_the_same


def it_is_on_a_notice(case: Case) -> Iterable[GateFinding]:
    if Noticed.of(case).entry is None:
        yield GateFinding(
            "not_on_a_notice", _("列入公示名单"), _("请先拟定公示，并把本申报列入名单。")
        )


def the_four_steps_are_done(case: Case) -> Iterable[GateFinding]:
    """Proposed, reviewed for secrecy, approved, by three people; published by yet another."""
    entry = Noticed.of(case).entry
    if entry is None:
        return
    notice = entry.notice
    rule = _("公示须经提出、保密审查、审批、发布四个步骤")
    if notice.proposed_by_id is None:
        yield GateFinding("notice_not_proposed", rule, _("请先提出公示。"))
    if notice.secrecy_reviewed_by_id is None:
        yield GateFinding("notice_not_reviewed", rule, _("请先完成保密审查。"))
    if notice.approved_by_id is None:
        yield GateFinding("notice_not_approved", rule, _("请先由审定人审批。"))
    given = [taken_by(notice, act) for act in (Act.PROPOSED, Act.SECRECY_REVIEWED, Act.APPROVED)]
    if None not in given and len(set(given)) < len(given):
        yield GateFinding(
            "steps_by_the_same_person",
            people_apart(notice),
            _(
                "这份公示的提出、保密审查、审批有两步由同一人办理，请退回或作废，由不同的人重新办理。"
            ),
        )
    if case.actor is not None:
        yield from taken_by_the_same(notice, case.actor, Act.PUBLISHED)
    if case.under_lock and notice.ends_at is None:
        # A page asks before the notice is published; at the door its period must be fixed.
        yield GateFinding("notice_not_published", rule, _("公示尚未发布。"))


def the_calendar_covers_the_period(case: Case) -> Iterable[GateFinding]:
    try:
        _period(case)
    except CalendarUnknown as unknown:
        yield GateFinding("calendar_unknown", _("公示期按工作日历计算"), str(unknown))


def the_period_has_enough_working_days(case: Case) -> Iterable[GateFinding]:
    """Calendar days are no way to have a notice run over a festival, where few would read it."""
    try:
        days = _period(case).days
    except CalendarUnknown:
        return
    if days < LEAST_WORKING_DAYS:
        told = _("今天发布的，公示期内只有 %(days)s 个工作日，少于 %(least)s 个。请改日发布。")
        yield GateFinding(
            "notice_too_short",
            _("公示期内有足够的工作日"),
            told % {"days": days, "least": LEAST_WORKING_DAYS},
        )


def _period(case: Case) -> Period:
    """Of its notice, were it published now."""
    return notice_period(
        case.application.round, case.now.astimezone(clock.SHANGHAI).date(), calendar()
    )


def the_period_is_over(case: Case) -> Iterable[GateFinding]:
    rule = _("公示期满")
    entry = Noticed.of(case).entry
    if entry is None or entry.notice.ends_at is None:
        yield GateFinding("not_published", rule, _("公示尚未发布。"))
    elif not clock.is_over(entry.notice.ends_at, case.now):
        yield GateFinding("period_running", rule, _("公示期未满，请等待期满。"))


def it_was_posted_where_the_round_asks(case: Case) -> Iterable[GateFinding]:
    """Through every channel that the round names; it names none unless its county says so."""
    entry = Noticed.of(case).entry
    if entry is None:
        return
    told = _(
        "还没有登记“%(channel)s”的张贴证明。公示期内张贴了的，请县级经办人在公示页登记；没有张贴的，"
        "请公示发布人终止并重新公示。"
    )
    for channel in wanting(case.application.round, entry.notice):
        yield GateFinding(
            "not_posted",
            _("公示在批次要求的渠道都已张贴"),
            told % {"channel": channel.label},
        )


def the_notice_is_unchanged(case: Case) -> Iterable[GateFinding]:
    if not Noticed.of(case).is_unchanged:
        yield GateFinding(
            "notice_changed",
            _("公示内容未改动"),
            _("公示内容与发布时不一致，不能命名。请审计管理员在“审计日志”中查明。"),
        )
