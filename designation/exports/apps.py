from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from designation.site.jobs.kinds import Words

_MAKING = Words(
    running=_("导出中"),
    progress=_("已写 %(done)d 行，共 %(total)d 行。"),
    bar=_("导出进度"),
    cancel=_("取消导出"),
    under_way=_("您有一个文件还在生成。请等它完成，或者先取消它。"),
)


class ExportsConfig(AppConfig):
    name = "designation.exports"
    label = "exports"
    verbose_name = _("导出")

    def ready(self) -> None:
        """Give the workers the kind of job, and the log the words of what was taken away."""
        from designation.audit import wording
        from designation.site.jobs import kinds

        from . import asking, running

        kinds.register(kinds.Kind(asking.LIST, _MAKING, running.begin, running.undo))
        wording.register(
            actions={
                "list.export": _("导出列表"),
                # Until every list could be taken away there was this one; the log still holds it.
                "applications.table": _("导出申报汇总表"),
            },
            fields={
                "list": _("列表"),
                "asked": _("筛选条件"),
                "columns": _("栏目"),
                "rows": _("行数"),
                "format": _("格式"),
                "sha256": _("内容哈希"),
            },
        )
