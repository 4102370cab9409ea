"""Which page of the site is about which topic of the help, declared once.

A page is named as ``reverse`` does; ``audit:*`` are all pages of a room.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Topic:
    """What a page is about: ``code`` is the anchor in each part that asks about it."""

    code: str
    name: Any
    pages: tuple[str, ...]


TOPICS = (
    Topic(
        "desk",
        _("工作台和消息"),
        (
            "home",
            "messages:list",
            "messages:open",
            "messages:read_all",
            "messages:automatic",
            "messages:preferences",
        ),
    ),
    Topic(
        "account",
        _("账号和密码"),
        (
            "organizations:login",
            "organizations:forgotten",
            "organizations:forgotten_asked",
            "organizations:set_password",
            "organizations:password",
            "organizations:settings",
        ),
    ),
    Topic(
        "deputies",
        _("代理人"),
        (
            "organizations:deputies",
            "organizations:deputy_name",
            "organizations:deputy_end",
        ),
    ),
    Topic("taking_away", _("导出"), ("exports:*",)),
    Topic(
        "rounds",
        _("申报批次"),
        (
            "rounds:list",
            "rounds:detail",
        ),
    ),
    Topic(
        "preparing",
        _("筹备和开展批次"),
        (
            "rounds:add",
            "rounds:edit",
            "rounds:categories",
            "rounds:methods",
            "rounds:terms",
            "rounds:vetoes",
            "rounds:departments",
            "rounds:department_add",
            "rounds:department_remove",
            "rounds:places",
            "rounds:routing",
            "rounds:extend",
            "rounds:extend_for",
            "rounds:correct_term",
            "messages:emails",
            "messages:email",
            "messages:email_restore",
            "papers:*",
            "rounds:copy",
            "rounds:open",
            "rounds:close",
        ),
    ),
    Topic(
        "standards",
        _("评定标准"),
        (
            "standards:*",
            "adoptions:*",
        ),
    ),
    Topic("register", _("名册"), ("register:*",)),
    Topic("titles", _("称号"), ("titles:*", "bars:*")),
    Topic("rechecks", _("称号复核和自查"), ("rechecks:*", "draws:*")),
    Topic("certificates", _("证书"), ("certificates:*",)),
    Topic("appeals", _("申请复核"), ("appeals:*",)),
    Topic(
        "applying",
        _("办理申报"),
        (
            "applications:list",
            "applications:start",
            "applications:standing",
            "applications:case",
            "applications:perform",
            "applications:withdraw",
            "applications:remind",
            "applications:remind_late",
            "applications:end_overdue",
            "applications:take_over",
            "applications:sheet",
            "applications:receipt",
            "applications:copy",
            "applications:papers",
            "applications:letter",
            "applications:visit_record",
            "applications:paper",
        ),
    ),
    Topic(
        "filling",
        _("填写"),
        (
            "applications:summary",
            "applications:posting",
            "applications:section",
            "applications:next_open",
            "applications:item",
            "applications:type",
            "applications:signed_papers",
        ),
    ),
    Topic(
        "evidence",
        _("佐证材料"),
        (
            "library:*",
            "applications:evidence_add",
            "applications:arrange",
            "applications:evidence_cite",
            "applications:library",
            "applications:evidence",
            "applications:evidence_remove",
        ),
    ),
    Topic(
        "confirming",
        _("核对和确认"),
        (
            "applications:confirm",
            "applications:return_to_preparer",
        ),
    ),
    Topic(
        "review",
        _("审核"),
        (
            "applications:queue",
            "applications:batch",
            "applications:review",
            "applications:mark",
            "applications:claim",
            "applications:decide",
            "applications:return_to_review",
        ),
    ),
    Topic(
        "visit",
        _("实地核查"),
        (
            "visits:*",
            "applications:visit",
            "applications:verify",
            "applications:declare",
            "applications:sign",
            "applications:reject",
            "applications:measure",
        ),
    ),
    Topic("opinions", _("部门意见"), ("opinions:*",)),
    Topic(
        "selection",
        _("择优"),
        (
            "selections:*",
            "applications:put_back",
        ),
    ),
    Topic(
        "notice",
        _("公示办理"),
        (
            "notices:desk",
            "notices:compose",
            "notices:manage",
            "notices:paper",
            "notices:correction",
            "notices:mend",
            "notices:send_back",
            "notices:extend",
            "notices:restart",
            "notices:record_posting",
            "notices:step",
        ),
    ),
    Topic(
        "conferring",
        _("命名"),
        (
            "designations:*",
            "applications:decline",
        ),
    ),
    Topic(
        "notices",
        _("公示"),
        (
            "notices:list",
            "notices:detail",
            "notices:open_json",
        ),
    ),
    Topic(
        "objecting",
        _("提出异议"),
        (
            "notices:object",
            "notices:follow",
        ),
    ),
    Topic(
        "objections",
        _("办理异议"),
        (
            "notices:objection",
            "notices:answer",
            "notices:enter",
            "notices:identity",
            "notices:attachment",
            "notices:letter",
            "notices:assign",
            "notices:report",
            "notices:ask_longer",
            "notices:longer",
            "notices:join",
            "notices:separate",
            "notices:redact",
            "notices:release",
            "notices:hearing",
            "notices:hearing_library",
        ),
    ),
    Topic("overview", _("批次一览"), ("reports:*",)),
    Topic(
        "drafting",
        _("编制标准"),
        (
            "drafting:*",
            "standard_preview:*",
        ),
    ),
    Topic("replays", _("标准推演"), ("replays:*",)),
    Topic(
        "first_day",
        _("开通"),
        (
            "organizations:first_day",
            "organizations:first_day_slips",
            "organizations:first_day_link",
        ),
    ),
    Topic(
        "tables",
        _("录入表"),
        (
            "organizations:tables",
            "organizations:table_add",
            "organizations:table_template",
            "organizations:table",
            "organizations:table_accept",
            "organizations:table_seats",
            "organizations:table_titles",
            "organizations:table_stop",
        ),
    ),
    Topic(
        "entering",
        _("辖区、组织和人员"),
        (
            "organizations:jurisdictions",
            "organizations:jurisdiction_add",
            "organizations:jurisdiction_edit",
            "organizations:organizations",
            "organizations:organization_add",
            "organizations:organization_edit",
            "organizations:reorganize",
            "organizations:people",
            "organizations:person_add",
            "organizations:person_edit",
        ),
    ),
    Topic(
        "seats",
        _("岗位授权"),
        (
            "organizations:seats",
            "organizations:seat_add",
            "organizations:seat_end",
            "organizations:leaving",
            "organizations:staying",
            "organizations:unused",
            "organizations:switch_on",
        ),
    ),
    Topic(
        "reviews",
        _("权限复核"),
        (
            "organizations:rights_reviews",
            "organizations:rights_review",
            "organizations:rights_withdraw",
            "organizations:rights_keep",
            "organizations:rights_finish",
        ),
    ),
    Topic(
        "links",
        _("密码链接"),
        (
            "organizations:password_links",
            "organizations:link_mailing",
            "organizations:password_link",
            "organizations:password_slips",
            "organizations:slips_file",
        ),
    ),
    Topic("calendar", _("工作日历"), ("calendar:*",)),
    Topic("undelivered", _("未送达的消息"), ("messages:undelivered",)),
    Topic(
        "gateway",
        _("消息网关"),
        (
            "messages:webhook",
            "messages:webhook_key",
            "messages:webhook_key_end",
            "messages:webhook_try",
        ),
    ),
    Topic("daily", _("每日清单"), ("daily",)),
    Topic("retention", _("保管期限"), ("retention:*",)),
    Topic("saves", _("保存核对"), ("organizations:saves",)),
    Topic("audit", _("审计日志"), ("audit:*",)),
    Topic("site", _("无障碍声明"), ("accessibility",)),
)
# What shows nobody a page on which they might ask, or is the help itself.
WITHOUT = frozenset(
    {
        "healthz",
        "too_large",
        "set_language",
        "organizations:logout",
        "organizations:session",
        "help:index",
        "help:course",
        "help:part",
    }
)
_BY_CODE = {one.code: one for one in TOPICS}
_BY_PAGE = {page: one for one in TOPICS for page in one.pages}

# What the pages are called to which answers lead.
NAMES: Mapping[str, Any] = {
    "home": _("工作台"),
    "applications:list": _("申报"),
    "applications:queue": _("待审队列"),
    "library:list": _("资料库"),
    "notices:desk": _("公示办理"),
    "rechecks:year": _("称号复核"),
    "rechecks:list": _("称号复核"),
    "rechecks:reports": _("年度自查"),
    "drafting:list": _("编制标准"),
    "replays:list": _("标准推演"),
    "organizations:tables": _("录入表"),
    "organizations:organizations": _("组织"),
    "organizations:people": _("人员"),
    "organizations:saves": _("保存核对"),
    "organizations:seats": _("岗位授权"),
    "organizations:unused": _("久未登录"),
    "organizations:rights_reviews": _("权限复核"),
    "organizations:password_links": _("密码链接"),
    "organizations:password_slips": _("密码条"),
    "organizations:forgotten": _("忘记密码"),
    "organizations:password": _("修改密码"),
    "organizations:settings": _("个人设置"),
    "organizations:deputies": _("代理人"),
    "calendar:list": _("工作日历"),
    "messages:undelivered": _("未送达的消息"),
    "messages:webhook": _("消息网关"),
    "daily": _("每日清单"),
    "retention:list": _("到期清单"),
    "messages:preferences": _("消息设置"),
    "messages:automatic": _("自动消息一览"),
    "exports:mine": _("我导出的文件"),
    "audit:list": _("审计日志"),
    "rounds:list": _("申报批次"),
    "standards:list": _("评定标准"),
    "notices:list": _("公示"),
    "notices:follow": _("查询异议办理情况"),
    "register:list": _("名册"),
    "accessibility": _("无障碍声明"),
}
# Of these whoever has not signed in gets a page of their own.
PUBLIC = frozenset(
    {
        "accessibility",
        "notices:follow",
        "notices:list",
        "organizations:forgotten",
        "register:list",
        "rounds:list",
        "standards:list",
    }
)


def topic(code: str) -> Topic:
    return _BY_CODE[code]


def about(page: str) -> Topic | None:
    """The topic of a page; None for one that has none."""
    room = page.partition(":")[0]
    return _BY_PAGE.get(page) or _BY_PAGE.get(f"{room}:*")
