from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_CHANGES = {
    "jurisdiction.edit": _("修改辖区"),
    "jurisdiction.rename": _("辖区更名"),
    "organization.edit": _("修改组织"),
    "organization.rename": _("组织更名"),
    "person.edit": _("修改人员"),
    "person.rename": _("人员改名"),
}
_ACTIONS = {
    "jurisdiction.add": _("录入辖区"),
    "organization.add": _("录入组织"),
    "person.add": _("录入人员"),
    "seat.give": _("授予岗位"),
    "seat.end": _("终止岗位"),
}
_FIELDS = {
    "renamed_on": _("更名日期"),
    "starts_on": _("开始日期"),
    "ends_on": _("到期日期"),
    "place": _("所在、地点"),
}


class AdministrationConfig(AppConfig):
    name = "designation.administration"
    label = "administration"
    verbose_name = _("系统管理")

    def ready(self) -> None:
        """Give the log the words of this room's acts, and say who is told of them."""
        from designation.audit import wording
        from designation.site import tables as lists

        from . import announcements, tables

        wording.register(actions=_ACTIONS, changes=_CHANGES, fields=_FIELDS)
        announcements.declare()
        lists.register(*tables.TABLES)
