from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("消息")

    def ready(self) -> None:
        from designation.announcements import composing
        from designation.audit import wording as log
        from designation.organizations import handover, reach
        from designation.site import tables as lists

        from . import channels, inbox, outbox, succession, tables, undelivered, unreached, wording
        from .channels.email import EMAIL
        from .channels.inbox import INBOX

        lists.register(*tables.TABLES)
        log.register(
            actions={undelivered.FAILED: _("消息未送达"), "person.messages": _("修改消息设置")}
        )
        channels.register(INBOX)
        channels.register(EMAIL)
        composing.composed_by(wording.compose)
        undelivered.declare()
        outbox.listen()
        inbox.listen()
        handover.on_taking_over(succession.hand_over)
        reach.found_by(unreached.among)
