from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "designation.evidence"
    label = "evidence"
    verbose_name = _("资料库")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording
        from designation.organizations import succession
        from designation.retention import classes, ends
        from designation.site import tables as lists

        from . import periods, tables
        from . import succession as library_succession
        from .models import Retention, Sensitivity

        lists.register(*tables.TABLES)
        succession.take_part("library", library_succession.ROOM)
        ends.register(classes.FILES, periods.ENDING)
        ends.register(classes.PERSONAL_FILES, periods.ENDING_OF_PERSONAL)
        kind = "evidence.libraryentry"
        wording.register(
            actions={
                "evidence.add": _("存入资料库"),
                "evidence.take_out": _("移出资料库"),
                "evidence.cite": _("引用资料"),
                "evidence.uncite": _("取消引用资料"),
            },
            changes={"evidence.edit": _("修改资料说明")},
            fields={
                "sha256": _("内容哈希"),
                "size": _("大小（字节）"),
                "cited_by": _("引用处"),
                "retained_until": _("保管到"),
            },
            values={
                (kind, "sensitivity"): dict(Sensitivity.choices),
                (kind, "retention"): dict(Retention.choices),
            },
        )
