from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "designation.rounds"
    label = "rounds"
    verbose_name = _("申报批次")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording
        from designation.site import tables as lists

        from . import announcements, tables
        from .models import Round
        from .words import part_field

        statuses = dict(Round.Status.choices)
        wording.register(
            actions={
                "round.add": _("建立批次"),
                "round.copy": _("照往年批次新建"),
                "round.department_added": _("增加征求意见的部门"),
                "round.department_removed": _("撤下征求意见的部门"),
            },
            changes={
                "round.edit": _("修改批次信息"),
                "round.categories": _("设定申报类别和名额"),
                "round.methods": _("设定择优办法"),
                "round.places": _("设定推荐名额"),
                "round.routing": _("设定初审分工"),
                "round.terms": _("录入地方用语的本县释义"),
                "round.vetoes": _("设定一票否决事项"),
                "round.departments": _("设定征求意见的部门"),
                "round.correct_term": _("更正批次的地方用语释义"),
                "round.open": _("开展批次"),
                "round.closed": _("结束批次申报"),
                "round.extend": _("延长申报时间"),
                "round.extend_for": _("准许一家延长申报时间"),
            },
            fields={
                "organization": _("组织"),
                "copied_from": _("照此新建"),
                "question": _("问题"),
            },
            values={("rounds.round", "from"): statuses, ("rounds.round", "to"): statuses},
            part_fields={"rounds.round": part_field},
        )
        announcements.declare()
        lists.register(*tables.TABLES)
