"""What must hold of an area, an organization and a person that an administrator enters.

Small rules over plain values; each finding says its field. Asked by ``entering`` of every row that
is entered, and by the forms beside what is typed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.refusal import Finding
from designation.site.sameness import key_of

from ..organizations.divisions import code_above, level_of
from ..organizations.models import Jurisdiction, Organization
from ..organizations.routing import may_be_superior

# Our default: a chain of superiors that is longer is taken for a loop.
_LONGEST_CHAIN = 20


def of_code(code: str, above: Jurisdiction | None) -> Iterable[Finding]:
    """That a new area's code names a level, and ``above`` is its superior, in the actor's area."""
    if level_of(code) is None:
        yield Finding(
            "below_township",
            "",
            _("辖区到乡镇(街道)为止：代码后三位应为 000。村和社区请在“组织”中录入。"),
            field="code",
        )
    elif above is None:
        yield Finding(
            "no_parent",
            "",
            _("上级辖区 %(code)s 不在您管理的范围内，请核对代码。") % {"code": code_above(code)},
            field="code",
        )


def of_name(
    name: str, row: Jurisdiction | Organization, bear_it: Iterable[Jurisdiction | Organization]
) -> Iterable[Finding]:
    """That a name stands once among those beside it, in whatever spelling.

    ``bear_it`` are those that bear it. One that bore the name before goes on bearing it, be it an
    old double.
    """
    bearers = list(bear_it)
    if bearers and row.pk not in {bearer.pk for bearer in bearers}:
        yield Finding(
            "name_taken",
            "",
            _(
                "“%(name)s”与已有的“%(other)s”是同一个名称（全角半角、空格等写法不同也算同一个）。"
                "请核对是否重复录入；确是另一个的，请在名称中加以区别。"
            )
            % {"name": name, "other": bearers[0].name_zh},
            field="name_zh",
        )


def bearing(name: str, beside: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``beside`` that bear the name, in whatever spelling."""
    return beside.filter(name_key=key_of(name))


def of_renaming(row: Jurisdiction | Organization, on: date | None) -> Iterable[Finding]:
    """That a renamed row is renamed on a day that was, and not before it was renamed last."""
    if on is None:
        return
    if on > clock.today():
        told = _("更名日期不能晚于今天。")
        yield Finding("in_future", "", told, field="renamed_on")
        return
    last = row.former_names.first()
    if last is not None and on < last.borne_until:
        yield Finding(
            "before_the_last",
            "",
            _("上一次更名是 %(day)s，更名日期不能早于它。")
            % {"day": date_format(last.borne_until, "DATE_FORMAT")},
            field="renamed_on",
        )


def of_what_is_gone(organization: Organization, gone: bool) -> Iterable[Finding]:
    """That an organization that is no more keeps its last name, and does not come back."""
    if gone:
        told = _("“%(name)s”已经合并、分立或者撤销，名称和状态不能再改。")
        yield Finding("gone", "", told % {"name": organization.name_zh}, field="is_active")


def of_kind(category: str, body_kind: str) -> Iterable[Finding]:
    """That an organization applies, or reviews."""
    if not category and not body_kind:
        told = _("请选择申报类别，或者审核机构类型。")
        yield Finding("neither_kind", "", told, field="category")


def of_superior(
    organization: Organization, superior: Organization | None, area: Jurisdiction | None
) -> Iterable[Finding]:
    """That a chain of superiors never comes back, and does not leave the county of ``area``."""
    above, steps = superior, 0
    while above is not None and organization.pk:
        if above.pk == organization.pk or steps > _LONGEST_CHAIN:
            told = _("上级关系不能循环，请重新选择。")
            yield Finding("loop", "", told, field="superior")
            return
        above, steps = above.superior, steps + 1
    if superior is not None and area is not None and not may_be_superior(superior, area):
        yield Finding(
            "elsewhere",
            "",
            _("上级党组织“%(superior)s”在另一个县，请选择本县或上级地区的党组织。")
            % {"superior": superior.name},
            field="superior",
        )


def of_leaving(waiting: Iterable[object]) -> Iterable[Finding]:
    """That nobody is switched off over work that waits in their seats, unless that was said."""
    if list(waiting):
        yield Finding(
            "work_waits",
            "",
            _("此人的岗位上还有没办完的事，请看下面的清单，确认后再保存。"),
            field="is_active",
        )


def email_is_ones_own() -> str:
    """Why nobody else changes the address of who has a password: links go there."""
    return _("本人已设置密码，电子邮箱由本人在“个人设置”中修改。")
