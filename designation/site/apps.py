from django.apps import AppConfig
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "designation.site"
    label = "site"
    verbose_name = _("页面共用")

    def ready(self) -> None:
        """Let an update of the database take its time."""
        from . import migrating

        pre_migrate.connect(migrating.take_time, sender=self)
