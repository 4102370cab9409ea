from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "designation.drafting"
    label = "drafting"
    verbose_name = _("编制标准")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording

        wording.name_actions(
            {
                "standard.read": _("读入标准文件"),
                "standard.draft": _("起草标准"),
                "standard.publish": _("发布标准"),
                "standard.retire": _("停用标准"),
                "standard.discard": _("放弃标准草稿"),
            }
        )
        wording.name_fields(
            {
                "file_name": _("文件名"),
                "sha256": _("文件哈希"),
                "copied_from": _("复制自"),
            }
        )
