"""What must hold before a step of a notice is taken; each asks the case, as all gates do."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import NOTICED_STAGES, Stage
from designation.site import clock, seen_whole
from designation.site.personal_data import personal_data
from designation.site.reasons import LEAST_REASON

from ...door import Gate
from ...findings import GateFinding
from . import contents
from .case import NoticeCase
from .models import Cause, Notice, NoticeStep
from .scan import offending_fields
from .steps import taken_by_the_same
from .text import notice_sha256

# More than a period at most is: who needs longer begins anew (our default).
MOST_DAYS = 15


def _finding(message: str) -> GateFinding:
    return GateFinding("notice", _("公示程序"), message)


def names_are_left(case: NoticeCase) -> Iterable[GateFinding]:
    if not case.names:
        yield _finding(_("名单中已没有申报，请重新拟定公示。"))


def nobody_signs_twice(act: NoticeStep.Act) -> Gate:
    """Who took one step leaves the other to somebody else (``steps.TAKEN_BY_ANOTHER``)."""

    def gate(case: NoticeCase) -> Iterable[GateFinding]:
        if case.actor is not None:
            yield from taken_by_the_same(case.notice, case.actor, act)

    gate.__name__ = "nobody_signs_twice"
    return gate


def nobody_is_interested(case: NoticeCase) -> Iterable[GateFinding]:
    yield from case.interests


def it_is_as_seen(case: NoticeCase) -> Iterable[GateFinding]:
    yield from _as_seen(case, contents.state)


def it_is_as_seen_to_mend(case: NoticeCase) -> Iterable[GateFinding]:
    """The notice, and who could be listed beside its names."""
    yield from _as_seen(case, contents.to_mend)


def _as_seen(case: NoticeCase, now: Any) -> Iterable[GateFinding]:
    seen = case.act.seen
    if seen is not None and not seen_whole.is_as_seen(seen, now(case.notice)):
        yield _finding(_("公示或名单在您打开页面后有变化，请看最新内容后再办理。"))


def no_personal_data(case: NoticeCase) -> Iterable[GateFinding]:
    """Neither an ID number nor a mobile number is published."""
    printed = {name: getattr(case.notice, name) for name in contents.PRINTED_FIELDS}
    for name in offending_fields(printed):
        yield GateFinding(
            "personal_data",
            _("公示不含个人信息"),
            _("“%(field)s”中含有身份证号或手机号，公示中不得出现，请删除。")
            % {"field": _label(name)},
        )


def _label(name: str) -> str:
    field = Notice._meta.get_field(name)  # noqa: SLF001 - Django's own way to ask a field
    return str(getattr(field, "verbose_name", name))


def the_reason_says_enough(case: NoticeCase) -> Iterable[GateFinding]:
    if len(case.act.reason.strip()) < LEAST_REASON:
        yield _finding(_("请写明退回原因，不少于 %(count)s 个字。") % {"count": LEAST_REASON})


def the_reason_may_be_published(case: NoticeCase) -> Iterable[GateFinding]:
    """It stands on the public page."""
    if len(case.act.reason.strip()) < LEAST_REASON:
        yield _finding(_("请写明原因，不少于 %(count)s 个字。") % {"count": LEAST_REASON})
    if personal_data([case.act.reason]):
        yield _finding(_("原因会对外公开，其中含有身份证号或手机号，请删除。"))


def the_period_runs(case: NoticeCase) -> Iterable[GateFinding]:
    if not case.notice.is_running:
        yield _finding(_("公示期已满，不能再延长；需要的，请终止并重新公示。"))


def some_days_are_added(case: NoticeCase) -> Iterable[GateFinding]:
    if not 1 <= case.act.days <= MOST_DAYS:
        yield _finding(_("请填写 1 至 %(most)s 日。") % {"most": MOST_DAYS})


def the_text_is_as_published(case: NoticeCase) -> Iterable[GateFinding]:
    """More time seals it anew: nothing that was changed beside the record is sealed with it."""
    if notice_sha256(case.notice) != case.notice.text_sha256:
        yield _finding(_("公示内容与发布时不一致。请审计管理员在“审计日志”中查明。"))


def the_cause_is_named(case: NoticeCase) -> Iterable[GateFinding]:
    if case.act.cause not in Cause:
        yield _finding(_("请选择终止的原因。"))


def nobody_is_named_yet(case: NoticeCase) -> Iterable[GateFinding]:
    """What a title rests on is not broken off: a title is revoked or cancelled as such."""
    if any(entry.application.stage == Stage.DESIGNATED for entry in case.names):
        yield _finding(_("名单中已有组织命名，不能再终止公示；称号有误的，请在名册中办理。"))


def names_wait_for_a_notice(case: NoticeCase) -> Iterable[GateFinding]:
    """Else nothing would go on, and the public would be promised a notice that never comes."""
    if case.names and not any(one.application.stage in NOTICED_STAGES for one in case.names):
        yield _finding(_("名单中已没有公示中或待命名的申报，不必重新公示。"))


def it_takes_no_others_place(case: NoticeCase) -> Iterable[GateFinding]:
    """Names that were broken off wait for this very notice."""
    if case.notice.restarts_id is not None:
        yield _finding(_("这份拟稿接替已终止的公示，不能作废；请修改后重新提出。"))


def who_was_on_notice_stays(case: NoticeCase) -> Iterable[GateFinding]:
    for entry in case.names:
        waits = entry.application.stage in NOTICED_STAGES
        if waits and entry.application_id not in case.act.chosen:
            told = _("%(organization)s已在原公示名单中，须列入这份公示，请勾选。")
            yield _finding(told % {"organization": entry.application.organization.name})


def the_period_has_ended(case: NoticeCase) -> Iterable[GateFinding]:
    ends_at = case.notice.ends_at
    if ends_at is None or not clock.is_over(ends_at, case.now):
        yield _finding(_("公示期未满，请等待期满。"))
