"""The outbox, and the messages delivered from it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.organizations.models import Organization, Role
from workflows.case.records import Decision


class OutboxEntry(models.Model):
    """One audience to be told of one decision: whoever holds the seat when it is delivered."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="outbox")
    role = models.CharField(max_length=24, choices=Role.choices)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    # The holder is asked to act; all others are informed.
    asks_to_act = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    # One that cannot be told now waits until then, and holds no other.
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("待发消息")
        indexes = [
            models.Index(
                fields=["id"], condition=Q(delivered_at__isnull=True), name="outbox_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} → {self.get_role_display()}"


class EmailState(models.TextChoices):
    """Where the e-mail of a message stands."""

    NONE = "none", _("不发邮件")
    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发")
    # Refused for itself, or waiting for longer than mail waits.
    FAILED = "failed", _("未能发出")
    # Who was to be told holds the seat no more, or the account is off.
    WITHDRAWN = "withdrawn", _("不再发送")


class Message(models.Model):
    """A message in a person's inbox, and where its e-mail stands.

    ``email_attempts`` counts tries that may have reached somebody or were refused for the message
    itself; ``email_waits`` those that the other side put off. ``email_next_at`` is when it is
    tried again.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="inbox_messages"
    )
    entry = models.ForeignKey(OutboxEntry, models.PROTECT, related_name="messages")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    subject = models.CharField(_("标题"), max_length=300)
    body = models.TextField(_("内容"))
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    email_state = models.CharField(max_length=12, choices=EmailState, default=EmailState.NONE)
    email_next_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)
    email_attempts = models.PositiveSmallIntegerField(default=0)
    email_waits = models.PositiveSmallIntegerField(default=0)
    # What the other side answered last, as far as it is known.
    email_answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("消息")
        constraints = [
            models.UniqueConstraint(fields=["person", "entry"], name="message_once_a_person"),
            models.CheckConstraint(
                condition=~Q(email_state="waiting") | Q(email_next_at__isnull=False),
                name="message_that_waits_knows_until_when",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "read_at"]),
            models.Index(
                fields=["email_next_at"],
                condition=Q(email_state="waiting"),
                name="message_email_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def details(self) -> str:
        """What the body says beyond the subject; an e-mail carries both, a page says it once."""
        return self.body.removeprefix(self.subject).lstrip()
