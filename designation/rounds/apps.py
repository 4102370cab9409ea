from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "designation.rounds"
    label = "rounds"
    verbose_name = _("申报批次")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording

        from .models import Round
        from .words import part_field

        wording.name_actions(
            {
                "round.add": _("建立批次"),
                "round.edit": _("修改批次信息"),
                "round.categories": _("设定申报类别和名额"),
                "round.terms": _("录入地方用语的本县释义"),
                "round.vetoes": _("设定一票否决事项"),
                "round.open": _("开展批次"),
                "round.closed": _("结束批次申报"),
            }
        )
        for field in ("from", "to"):
            wording.name_values(field, dict(Round.Status.choices), kind="rounds.round")
        wording.name_part_fields("rounds.round", part_field)
