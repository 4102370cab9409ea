"""The words of every act that this room records in the audit log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import declared
from .rechecks.flow import PASSAGES as OF_RECHECKS
from .rechecks.flow import RecheckCourse
from .stages.appeals.course import PASSAGES as OF_APPEALS
from .stages.appeals.course import AppealCourse
from .stages.objections.course import HANDLINGS, ObjectionCourse
from .stages.public_notice.course import STEPS
from .stages.verification.course import PASSAGES, VisitCourse
from .titles.flow import PASSAGES as OF_TITLES
from .titles.flow import TitleCourse

# What stands in a case's history beside its passages.
OUTSIDE: Mapping[str, Any] = {
    "start": _("开始申报"),
    "go_on": _("由新单位接着办理"),
}
_OTHERS: Mapping[str, Any] = {
    "application.fill_in": _("填写自评"),
    "application.mark": _("逐条初审"),
    "application.replace": _("改动他人填写的内容"),
    "application.ready": _("自评已填好"),
    "application.type": _("按签字纸质件代录"),
    "application.paper": _("上传签字纸质件"),
    "application.take_over": _("接手填报"),
    "selection.record": _("登记择优研究"),
    "application.remind": _("催办"),
    "term.before": _("期限将到"),
    "term.on_the_day": _("期限已到"),
    "term.after": _("逾期"),
    "term.to_superior": _("逾期未办，报告上级"),
    "opinion_list.send": _("征求部门意见"),
    "opinion_list.remind": _("部门答复期限已到"),
    "opinion_list.hand_in": _("部门交回意见"),
    "opinion_list.correct": _("部门更正意见"),
    "opinion_list.paper": _("登记部门书面答复"),
    "opinion_list.not_awaited": _("登记部门未答复，不再等候"),
    "appeal.lodged": _("申请复核"),
    "appeal.go_on": _("由新单位接着办理"),
    "appeal.upheld_in_vain": _("复核成立，称号不再恢复"),
    "visit.record": _("填写核查记录"),
    "visit.arrange": _("安排实地核查"),
    "visit.send": _("另行安排实地核查"),
    "visit.declare": _("签署回避承诺"),
    "visit.sign": _("核查记录签字"),
    "bar.lift": _("解除限制申报"),
    "title.ends_soon": _("称号将到期"),
    "draw.make": _("抽取复核名单"),
    "recheck.enter": _("列入复核"),
    "self_report.ask": _("要求上报年度自查"),
    "self_report.excuse": _("免报年度自查"),
    "self_report.ended": _("称号终止，免报年度自查"),
    "self_report.changed": _("年度自查有变化"),
    "self_report.hand_in": _("上报年度自查"),
    "notice.propose": _("提出公示"),
    "objection.receive": _("收到异议"),
    "objection.view_identity": _("查看异议人信息"),
    "objection.erase_identity": _("到期删除异议人信息"),
    "objection.answer": _("书面答复异议人"),
    "objection.assign": _("指派异议调查人"),
    "objection.report": _("提交异议调查报告"),
    "objection.ask_longer": _("申请延长异议办理期限"),
    "objection.grant_longer": _("同意延长异议办理期限"),
    "objection.refuse_longer": _("不同意延长异议办理期限"),
    "objection.join": _("并案"),
    "objection.separate": _("解除并案"),
    "objection.redact": _("写明告知的事实（脱敏）"),
    "objection.release": _("向被异议单位告知事实"),
    "objection.state": _("被异议单位陈述"),
    "objection.silent": _("被异议单位逾期未陈述"),
    "objection.view_attachment": _("查看异议附件"),
    "objection.erase_attachments": _("到期删除异议附件"),
}


def words() -> Mapping[str, Any]:
    """The words of each action: of passages as they are declared, and of all other acts."""
    objections = {
        f"{ObjectionCourse.KIND}.{transition.target}": HANDLINGS[transition.slug].label
        for transitions in ObjectionCourse.stage.get_transitions().values()
        for transition in transitions
    }
    return {
        **{f"application.{one.name}": one.words for one in declared.passages().values()},
        **{step.action: step.label for step in STEPS.values()},
        **{f"{VisitCourse.KIND}.{name}": one.label for name, one in PASSAGES.items()},
        **objections,
        **{f"{AppealCourse.KIND}.{one.becomes}": one.label for one in OF_APPEALS.values()},
        **{f"{TitleCourse.KIND}.{one.act}": one.label for one in OF_TITLES.values()},
        **{f"{RecheckCourse.KIND}.{name}": one.label for name, one in OF_RECHECKS.items()},
        **{f"application.{name}": label for name, label in OUTSIDE.items()},
        **_OTHERS,
    }
