from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "designation.audit"
    label = "audit"
    verbose_name = _("审计日志")

    def ready(self) -> None:
        from designation.site import tables as lists

        from . import tables

        lists.register(*tables.TABLES)
        post_migrate.connect(_lay_head, sender=self)


def _lay_head(*, using: str, **_kwargs: Any) -> None:
    """Give an empty log its head; one that is gone from a log with events stays gone and shows."""
    # Models are not loaded yet when this module is.
    from .models import AuditEvent, ChainHead

    if not AuditEvent.objects.using(using).exists():
        ChainHead.objects.using(using).get_or_create(pk=1)
