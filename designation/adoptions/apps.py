from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionsConfig(AppConfig):
    name = "designation.adoptions"
    label = "adoptions"
    verbose_name = _("采用示例标准")

    def ready(self) -> None:
        """Give the audit log the words of this room's acts."""
        from designation.audit import wording

        wording.register(
            actions={"standard.adopt": _("采用示例标准")},
            fields={"content_hash": _("内容哈希")},
        )
