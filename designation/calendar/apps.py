from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "designation.calendar"
    label = "calendar_days"
    verbose_name = _("工作日历")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording
        from designation.site import tables as lists

        from . import tables

        lists.register(*tables.TABLES)
        wording.register(
            actions={
                "calendar.load": _("载入日历年"),
                "calendar.confirm": _("确认启用日历年"),
                "calendar.decline": _("退回日历年"),
            },
            fields={"document": _("依据文件"), "working_days": _("工作日数")},
        )
