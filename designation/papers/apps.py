from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "designation.papers"
    label = "papers"
    verbose_name = _("公文")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts; let sealed copies keep their files."""
        from designation.audit import wording
        from designation.evidence import citing

        from . import sealed
        from .fields import PAPERS

        citing.declare("papers.sealedcopy", sealed.CITED)
        kinds = {kind: one.NAME for kind, one in PAPERS.items()}

        wording.register(
            actions={
                "word_template.bring": _("换用本县文书模板"),
                "word_template.end": _("恢复系统文书模板"),
                "sealed_copy.put": _("上传盖章件"),
            },
            fields={"paper": _("文书")},
            values={
                ("papers.wordtemplate", "paper"): kinds,
                ("papers.sealedcopy", "paper"): kinds,
            },
        )
