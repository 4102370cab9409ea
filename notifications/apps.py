from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("消息")

    def ready(self) -> None:
        from designation.announcements import composing
        from designation.audit import wording as log
        from designation.organizations import handover, reach
        from designation.retention import classes, ends
        from designation.rounds import copying
        from designation.site import tables as lists

        from . import (
            channels,
            email_wordings,
            inbox,
            outbox,
            periods,
            succession,
            tables,
            undelivered,
            unreached,
            wording,
        )
        from .channels.email import EMAIL
        from .channels.inbox import INBOX
        from .channels.webhook import GATEWAY

        lists.register(*tables.TABLES)
        ends.register(classes.MESSAGES, periods.ENDING)
        log.register(
            actions={
                undelivered.FAILED: _("消息未送达"),
                "person.messages": _("修改消息设置"),
                "webhook.make_key": _("生成网关密钥"),
                "webhook.end_key": _("停用网关密钥"),
                "webhook.try": _("试发消息网关"),
            },
            changes={
                "webhook.edit": _("设置消息网关"),
                "email_wording.edit": _("修改邮件措辞"),
                "email_wording.restore": _("恢复系统的邮件措辞"),
            },
            fields={"key_id": _("密钥编号")},
        )
        channels.register(INBOX)
        channels.register(EMAIL)
        channels.register(GATEWAY)
        composing.composed_by(wording.compose)
        undelivered.declare()
        outbox.listen()
        inbox.listen()
        copying.copied_with(email_wordings.copy)
        handover.on_taking_over(succession.hand_over)
        reach.found_by(unreached.among)
