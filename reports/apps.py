from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from designation.site.jobs.kinds import Words

_ARCHIVING = Words(
    running=_("归档中"),
    progress=_("已归档 %(done)d 份，共 %(total)d 份。"),
    bar=_("归档进度"),
    cancel=_("取消归档"),
    under_way=_("您有一个文件还在生成。请等它完成，或者先取消它。"),
)


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("汇总")

    def ready(self) -> None:
        """Give the workers the kind of job, the log its words, and the case page its link."""
        from designation.audit import wording
        from designation.exports import running as exports
        from designation.rounds import outcome
        from designation.site.jobs import kinds
        from workflows.declared import show_always

        from .archive import asking, links, running
        from .figures.public import outcome as what_a_round_came_to

        kinds.register(kinds.Kind(asking.ARCHIVE, _ARCHIVING, running.begin, exports.undo))
        show_always(links.ARCHIVE)
        outcome.counted_by(what_a_round_came_to)
        wording.register(
            actions={"application.archive": _("归档案卷"), "round.archive": _("归档批次")},
            fields={
                "cases": _("案卷数"),
                "files": _("文件数"),
                "absent": _("缺失文件数"),
                "manifest": _("清单哈希"),
            },
        )
