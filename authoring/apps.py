from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from designation.site.jobs.kinds import Words

_REPLAYING = Words(
    running=_("推演中"),
    progress=_("已推演 %(done)d 份，共 %(total)d 份。"),
    bar=_("推演进度"),
    cancel=_("取消推演"),
    under_way=_("您有一个推演还没有结束。请等它结束，或者先取消它。"),
)


class AuthoringConfig(AppConfig):
    name = "authoring"
    verbose_name = _("标准编制")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts, and its kind of job to the workers."""
        from designation.audit import wording
        from designation.site import tables as lists
        from designation.site.jobs import kinds

        from .replays import running, tables

        lists.register(*tables.TABLES)
        kinds.register(kinds.Kind(running.KIND, _REPLAYING, running.begin, running.undo))
        wording.register(
            actions={
                "replay.begin": _("推演标准"),
                "replay.cancel": _("取消推演"),
                "replay.export": _("导出推演结果"),
            },
            fields={"thresholds": _("改动的指标值"), "format": _("格式")},
        )
