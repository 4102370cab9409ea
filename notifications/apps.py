from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("消息")

    def ready(self) -> None:
        from designation.organizations import handover

        from . import outbox, succession

        outbox.listen()
        handover.on_taking_over(succession.hand_over)
