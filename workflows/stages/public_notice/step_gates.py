"""What must hold before a step of a notice is taken; each asks the case, as all gates do."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from designation.site import clock, seen_whole
from designation.site.reasons import LEAST_REASON

from ...door import Gate
from ...findings import GateFinding
from . import contents
from .case import NoticeCase
from .models import Notice, NoticeStep
from .scan import offending_fields
from .steps import taken_by_the_same


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


def the_period_has_ended(case: NoticeCase) -> Iterable[GateFinding]:
    ends_at = case.notice.ends_at
    if ends_at is None or not clock.is_over(ends_at, case.now):
        yield _finding(_("公示期未满，请等待期满。"))
