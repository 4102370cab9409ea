from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("标准")

    def ready(self) -> None:
        """Let the constraints over declared codes follow them after each migration."""
        from . import code_constraints

        post_migrate.connect(code_constraints.follow, sender=self)
