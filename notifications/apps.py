from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("消息")

    def ready(self) -> None:
        from designation.organizations import handover

        from . import channels, inbox, outbox, succession
        from .channels.email import EMAIL
        from .channels.inbox import INBOX

        channels.register(INBOX)
        channels.register(EMAIL)
        outbox.listen()
        inbox.listen()
        handover.on_taking_over(succession.hand_over)
