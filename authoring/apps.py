from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthoringConfig(AppConfig):
    name = "authoring"
    verbose_name = _("标准编制")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording

        wording.register(
            actions={
                "replay.begin": _("推演标准"),
                "replay.cancel": _("取消推演"),
                "replay.export": _("导出推演结果"),
            },
            fields={"thresholds": _("改动的指标值"), "format": _("格式")},
        )
