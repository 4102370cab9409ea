from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "designation.retention"
    label = "retention"
    verbose_name = _("保管期限")

    def ready(self) -> None:
        """Give the log the words of this room's acts, say who is told, and what is taken away."""
        from designation.audit import wording
        from designation.site import tables as lists

        from . import announcements, classes, tables

        lists.register(*tables.TABLES)
        wording.register(
            actions={
                "disposal.announce": _("通知保管期限将满"),
                "disposal.hold": _("暂缓销毁"),
                "disposal.lift": _("解除暂缓"),
                "disposal.destroy": _("销毁"),
                "disposal.withdraw": _("移出到期清单"),
            },
            fields={"class": _("类别"), "goes_on": _("最早销毁日期")},
            values={
                ("retention.disposal", "class"): {one.code: one.name for one in classes.CLASSES}
            },
        )
        announcements.declare()
