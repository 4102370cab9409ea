"""The table of periods (保管期限表): what the system keeps, how long, from when, and its end.

A model is in one class; ``tests/designation/retention/test_classes.py`` refuses one without. Models
are named by their labels: the rooms that hold them stand above this one.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class End(TextChoices):
    """What happens when the period is over."""

    NEVER = "never", _("不销毁")
    # Announced, and gone unless it is held.
    CONTENT = "content", _("删除内容，保留哈希值和记录")
    ROWS = "rows", _("整条删除，记入销毁清册")
    # Short-lived: by a job of its room, without a notice.
    AT_ONCE = "at_once", _("到时自动清除，不另行通知")


@dataclass(frozen=True, slots=True)
class KeptClass:
    """``source`` names the rule from which the period comes, or says that it is our default.

    ``years`` is the period where one counts it for all of the class; of files each has its own.
    """

    code: str
    name: Any
    models: tuple[str, ...]
    period: Any
    counted_from: Any
    end: End
    source: Any
    years: int | None = None


_OURS = _("本系统默认")
_PERMANENT = _("永久")
_NO_8 = _("国家档案局令第 8 号（2006）")
_SHORTEST = _("个人信息保护法第十九条：实现目的所必要的最短时间")

FILES, PERSONAL_FILES = "files", "personal_files"
MESSAGES, COUNTY_TABLES = "messages", "county_tables"

CLASSES = (
    KeptClass(
        "register",
        _("命名决定、示范点名册和证书"),
        (
            "register.designationdecision",
            "register.designation",
            "register.titlestep",
            "register.titlespan",
            "register.barlifting",
            "certificates.certificate",
            "certificates.certificateseries",
            "certificates.certificatedesign",
            "papers.wordtemplate",
            "papers.sealedcopy",
            "papers.givennumber",
            "certificates.crest",
            "certificates.signingkey",
        ),
        _PERMANENT,
        _("登记之日"),
        End.NEVER,
        _NO_8,
    ),
    KeptClass(
        "course",
        _("批次、申报、审核、核查、公示、异议等办理记录"),
        (
            "rounds.round",
            "rounds.roundextension",
            "rounds.roundcategory",
            "rounds.namedfigure",
            "rounds.recommendationquota",
            "rounds.routingrule",
            "rounds.rounddepartment",
            "rounds.departmentchange",
            "rounds.localterm",
            "rounds.rounddefinition",
            "rounds.veto",
            "notifications.emailwording",
            "applications.application",
            "applications.answer",
            "applications.posting",
            "applications.signedpaper",
            "applications.formervalue",
            "applications.worktally",
            "applications.evidence",
            "applications.publishedlink",
            "applications.submission",
            "applications.receipt",
            "applications.signedpage",
            "workflows.endtold",
            "workflows.decision",
            "workflows.correction",
            "workflows.reminder",
            "workflows.itemmark",
            "workflows.decisiondraft",
            "workflows.internalnote",
            "workflows.notice",
            "workflows.noticestep",
            "workflows.noticeposting",
            "workflows.noticeentry",
            "workflows.objection",
            "workflows.objectionstep",
            "workflows.hearing",
            "workflows.investigation",
            "workflows.longerasked",
            "workflows.joining",
            "workflows.appeal",
            "workflows.appealstep",
            "workflows.opinionlist",
            "workflows.opinionline",
            "workflows.opinion",
            "workflows.selection",
            "workflows.selectionrow",
            "workflows.visit",
            "workflows.visitstep",
            "workflows.visitmember",
            "workflows.measurement",
            "workflows.draw",
            "workflows.recheck",
            "workflows.recheckstep",
            "workflows.selfreport",
            "calendar_days.term",
            "calendar_days.termextension",
            "calendar_days.termreminder",
            "reports.archive",
        ),
        _("永久（规定：决定和名单 30 年以上，申报材料 10 年以上）"),
        _("登记之日"),
        End.NEVER,
        _("国家档案局令第 8 号（2006）；延长到永久为本系统默认：称号和日志都以它为依据"),
    ),
    KeptClass(
        FILES,
        _("佐证材料等上传的文件"),
        ("evidence.libraryentry", "evidence.storedfile", "evidence.citation"),
        _("10 年、30 年或者永久，逐份在资料库中选定"),
        _("材料日期（没有的，上传日期）所在年份的年底"),
        End.CONTENT,
        _NO_8,
    ),
    KeptClass(
        # Of the libraries too: what is marked so ends sooner than its own period.
        PERSONAL_FILES,
        _("含个人信息的材料（名册、名单等）"),
        (),
        _("12 个月"),
        _("引用它的申报全部办结之日；没有申报引用的，按材料自己的期限"),
        End.CONTENT,
        _SHORTEST,
        years=1,
    ),
    KeptClass(
        MESSAGES,
        _("站内消息和电子邮件的发送记录"),
        ("notifications.event", "notifications.message", "notifications.delivery"),
        _("3 年"),
        _("消息所在月份的月底"),
        End.ROWS,
        _OURS,
        years=3,
    ),
    KeptClass(
        COUNTY_TABLES,
        _("录入表逐行的内容（姓名、账号、联系方式）"),
        ("administration.tablerow",),
        _("1 年；同一辖区上传下一份时，前一份随即清除"),
        _("上传之日"),
        End.ROWS,
        _SHORTEST,
        years=1,
    ),
    KeptClass(
        "objectors",
        _("异议人的身份和异议附件"),
        ("workflows.objectoridentity", "workflows.objectionattachment"),
        _("12 个月"),
        _("异议办结之日"),
        End.AT_ONCE,
        _("个人信息保护法第十九条；异议登记表上已告知本人"),
    ),
    KeptClass(
        "log",
        _("审计日志，作业和保存核对的记录"),
        ("audit.auditevent", "audit.chainhead", "site.job", "site.savecomparison"),
        _("永久（规定：6 个月以上）"),
        _("登记之日"),
        End.NEVER,
        _("网络安全法：网络日志留存不少于六个月；GB/T 22239-2019"),
    ),
    KeptClass(
        "accounts",
        _("辖区、组织、人员和岗位"),
        (
            "organizations.jurisdiction",
            "organizations.organization",
            "organizations.person",
            "organizations.seat",
            "organizations.formername",
            "organizations.reorganization",
            "organizations.reorganizedunit",
            "auth.permission",
            "auth.group",
            "contenttypes.contenttype",
            "notifications.preference",
            "notifications.webhook",
            "notifications.webhookkey",
            "exports.columnchoice",
            "administration.countytable",
            "administration.firstdaylink",
            "accounts.linkmailing",
            "administration.rightsreview",
            "administration.reviewedseat",
        ),
        _("永久；人员离任后停用，不删除"),
        _("录入之日"),
        End.NEVER,
        _("办理记录须写明由谁办理；其余为本系统默认"),
    ),
    KeptClass(
        "standards",
        _("标准、工作日历和编制过程"),
        (
            "standards.standardversion",
            "standards.section",
            "standards.item",
            "standards.check",
            "adoptions.adoption",
            "drafting.reading",
            "drafting.question",
            "workflows.replay",
            "workflows.replayflip",
            "calendar_days.calendaryear",
            "calendar_days.calendarexception",
            "calendar_days.calendarload",
        ),
        _PERMANENT,
        _("登记之日"),
        End.NEVER,
        _OURS,
    ),
    KeptClass(
        "retention",
        _("到期清单、暂缓和销毁清册"),
        ("retention.disposal", "retention.hold"),
        _PERMANENT,
        _("登记之日"),
        End.NEVER,
        _("机关档案管理规定（国家档案局令第 13 号）：销毁清册永久保存"),
    ),
    KeptClass(
        "sign_ins",
        _("登录状态和失败次数"),
        (
            "sessions.session",
            "organizations.failedsignins",
            "axes.accessattempt",
            "axes.accessattemptexpiration",
            "axes.accessfailurelog",
            "axes.accesslog",
        ),
        _("登录最长 12 小时，失败次数 30 天"),
        _("最后一次登录"),
        End.AT_ONCE,
        _("GB/T 22239-2019：剩余信息保护；天数为本系统默认"),
    ),
    KeptClass(
        "passing",
        _("办理中的临时内容：提交凭证、保存计数、填写过程、认领、未交回的意见、导出的文件"),
        (
            "site.requestkey",
            "site.savetally",
            "applications.sitting",
            "workflows.claim",
            "workflows.look",
            "workflows.opiniondraft",
            "exports.export",
        ),
        _("用完为止；导出的文件 7 天，提交凭证和保存计数 30 天"),
        _("生成之时"),
        End.AT_ONCE,
        _OURS,
    ),
)

_BY_CODE = {one.code: one for one in CLASSES}


def of(code: str) -> KeptClass:
    """Raises KeyError."""
    return _BY_CODE[code]


def announced() -> tuple[KeptClass, ...]:
    """Those of which nothing goes before it was announced."""
    return tuple(one for one in CLASSES if one.end in (End.CONTENT, End.ROWS))
