"""What must hold of the objections before a name moves on, and before one ends its course."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.organizations.models import Role
from designation.organizations.rules import seats

from ...case.facts import Case
from ...findings import GateFinding
from ..public_notice.facts import Noticed
from ..public_notice.models import NoticeStep
from ..public_notice.steps import doers
from .facts import Raised
from .models import Objection


def no_accepted_objection_is_open(case: Case) -> Iterable[GateFinding]:
    """An accepted open objection blocks its own applicant only."""
    for number, objection in _numbered(case):
        if objection.status == Objection.Status.ACCEPTED:
            yield GateFinding(
                "objection_open",
                _("已受理的异议均已办结"),
                _("收到的第 %(number)s 件异议正在调查，请先办结。") % {"number": number},
            )


def every_objection_is_handled(case: Case) -> Iterable[GateFinding]:
    for number, objection in _numbered(case):
        if objection.status == Objection.Status.RECEIVED:
            yield GateFinding(
                "objection_unhandled",
                _("收到的异议均已处理"),
                _("收到的第 %(number)s 件异议尚未决定是否受理。") % {"number": number},
            )


def _numbered(case: Case) -> Iterable[tuple[int, Objection]]:
    """In the order in which they came: by its receipt code anybody reads what became of one."""
    return enumerate(Raised.of(case).objections, start=1)


def the_objection_register_is_closed(case: Case) -> Iterable[GateFinding]:
    entry = Noticed.of(case).entry
    if entry is None or entry.notice.register_closed_by_id is None:
        yield GateFinding(
            "register_not_closed",
            _("电话、信函异议登记已关闭"),
            _("请异议受理人确认并关闭异议登记。"),
        )


def the_register_was_closed_by_another(case: Case) -> Iterable[GateFinding]:
    """Who states that nothing speaks against a name, or put it forward, does not decide on it."""
    entry, actor = Noticed.of(case).entry, case.actor
    rule = _("命名由没有提出公示、也没有关闭异议登记的人办理")
    if entry is None or actor is None:
        return
    hands = {
        one.pk for one in seats(actor).hands(Role.DECIDING_OFFICER, code=case.application.area_code)
    }
    if hands & doers(entry.notice, NoticeStep.Act.PROPOSED):
        yield GateFinding(
            "decider_is_proposer", rule, _("您提出了这份公示，命名须由另一位审定人办理。")
        )
    if hands & doers(entry.notice, NoticeStep.Act.REGISTER_CLOSED):
        yield GateFinding(
            "decider_closed_the_register",
            rule,
            _("您关闭了这份公示的异议登记，命名须由另一位审定人办理。"),
        )


def the_objection_is_upheld(case: Case) -> Iterable[GateFinding]:
    upheld = {o.pk for o in Raised.of(case).objections if o.status == Objection.Status.UPHELD}
    if case.act.objection_id not in upheld:
        yield GateFinding(
            "no_upheld_objection", _("异议经调查成立"), _("请先对异议作出“成立”的调查结论。")
        )
