from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.site.jobs.kinds import Words

_CHANGES = {
    "jurisdiction.edit": _("修改辖区"),
    "jurisdiction.rename": _("辖区更名"),
    "organization.edit": _("修改组织"),
    "organization.rename": _("组织更名"),
    "person.edit": _("修改人员"),
    "person.rename": _("人员改名"),
    "person.unused_off": _("停用久未登录的账号"),
    "person.unused_on": _("重新启用账号"),
}
_ACTIONS = {
    "jurisdiction.add": _("录入辖区"),
    "jurisdiction.unused": _("久未登录的账号"),
    "organization.add": _("录入组织"),
    "person.add": _("录入人员"),
    "organization.reorganize": _("机构变更"),
    "organization.merged": _("组织合并"),
    "organization.split": _("组织分立"),
    "organization.dissolved": _("组织撤销"),
    "seat.give": _("授予岗位"),
    "seat.end": _("终止岗位"),
    "seat.limit": _("为岗位定下最后一天"),
    "person.leave": _("办理离任"),
    "person.stay": _("收回离任"),
    "person.left": _("离任后停用账号"),
    "person.unused_soon": _("通知账号将停用"),
    "deputy.name": _("指定代理人"),
    "deputy.end": _("终止代理"),
    "rights_review.open": _("开始权限复核"),
    "rights_review.remind": _("提醒权限复核"),
    "rights_review.keep": _("复核后保留岗位"),
    "rights_review.withdraw": _("复核后收回岗位"),
    "rights_review.finish": _("完成权限复核"),
    "table.bring": _("上传录入表"),
    "table.accept": _("确认录入表"),
    "table.set_aside": _("不录入录入表的一部分"),
    "first_day.link": _("生成开通链接"),
}
_FIELDS = {
    "rows": _("行数"),
    "kept": _("保留"),
    "withdrawn": pgettext_lazy("seat", "收回"),
    "ended": _("已另行终止"),
    "person": _("人员"),
    "renamed_on": _("更名日期"),
    "effective_on": _("生效日期"),
    "starts_on": _("开始日期"),
    "ends_on": _("到期日期"),
    "place": _("所在、地点"),
    "deputised": _("被代理人"),
    "last_day": _("最后工作日"),
    "taken": _("移交"),
    "used_on": _("最近使用"),
    "goes_off_on": _("停用日期"),
}
_UNDER_WAY = _("这份表正在办理，请等它结束。")
_CHECKING = Words(
    running=_("核对中"),
    progress=_("已核对 %(done)d 行，共 %(total)d 行。"),
    bar=_("核对进度"),
    cancel=_("停止核对"),
    under_way=_UNDER_WAY,
)
_ENTERING = Words(
    running=_("录入中"),
    progress=_("已录入 %(done)d 行，共 %(total)d 行。"),
    bar=_("录入进度"),
    cancel=_("停止录入"),
    under_way=_UNDER_WAY,
)


class AdministrationConfig(AppConfig):
    name = "designation.administration"
    label = "administration"
    verbose_name = _("系统管理")

    def ready(self) -> None:
        """Give the log the words of this room's acts, and say who is told of them."""
        from designation.audit import wording
        from designation.retention import classes, ends
        from designation.site import tables as lists
        from designation.site.jobs import kinds

        from ..organizations import succession
        from . import announcements, fates, lists_out
        from .tables import accepting, parts, periods, running

        undo = running.keep_what_was_done
        kinds.register(kinds.Kind(accepting.CHECK, _CHECKING, running.Checking, undo))
        for part in parts.PARTS:
            kinds.register(kinds.Kind(part, _ENTERING, running.Entering, undo))
        wording.register(actions=_ACTIONS, changes=_CHANGES, fields=_FIELDS)
        for name, room in fates.ROOMS.items():
            succession.take_part(name, room)
        announcements.declare()
        ends.register(classes.COUNTY_TABLES, periods.ENDING)
        lists.register(*lists_out.TABLES)
