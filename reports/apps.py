from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("汇总")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording

        wording.register(
            actions={"applications.table": _("导出申报汇总表")},
            fields={"rows": _("行数"), "asked": _("筛选条件")},
        )
