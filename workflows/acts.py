"""The words of every act that this room records in the audit log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from .flow import Course


def _transitions() -> Mapping[str, Any]:
    """Labels by slug; a transition that several stages offer is named as the first names it."""
    return {
        method.slug: next(iter(transitions)).label
        for method, transitions in Course.stage.get_transitions().items()  # type: ignore[attr-defined]
    }


WORDS: Mapping[str, Any] = {
    "application.start": _("开始申报"),
    **{f"application.{slug}": label for slug, label in _transitions().items()},
    "application.fill_in": _("填写自评"),
    "application.mark": _("逐条初审"),
    "application.replace": _("改动他人填写的内容"),
    "application.ready": _("自评已填好"),
    "visit.record": _("填写核查记录"),
    "visit.arrange": _("安排实地核查"),
    "visit.declare": _("签署回避承诺"),
    "visit.sign": _("核查记录签字"),
    "notice.propose": _("提出公示"),
    "notice.propose_again": _("修改后重新提出公示"),
    "notice.send_back": _("退回公示"),
    "notice.secrecy_reviewed": _("公示保密审查"),
    "notice.approved": _("公示审批"),
    "notice.publish": _("发布公示"),
    "notice.discard": _("作废公示拟稿"),
    "notice.end": _("公示期满"),
    "notice.close_register": _("关闭异议登记"),
    "objection.receive": _("收到异议"),
    "objection.accepted": _("受理异议"),
    "objection.refused": _("不予受理异议"),
    "objection.upheld": _("异议成立"),
    "objection.dismissed": _("异议不成立"),
    "objection.view_identity": _("查看异议人信息"),
    "objection.erase_identity": _("到期删除异议人信息"),
    "title.give": _("授予称号"),
}
