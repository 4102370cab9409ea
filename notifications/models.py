"""Events that wait to be told or were told, the messages made of them, and how they go out."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.announcements.subjects import kind_of
from designation.audit import wording as log
from designation.audit.models import LONGEST_LABEL
from designation.organizations.models import Jurisdiction, Organization, Role
from designation.rounds.models import Round
from designation.site.models import Sealed
from standards.code_field import CodeField


class Event(models.Model):
    """Something that happened, as it was said in the transaction of the act: the outbox.

    ``said`` and ``parties`` are those of ``designation.announcements.happened.Event``: whatever a
    text needs was stored here, and no row is read for it later. ``page`` is the name of the
    subject's address and its arguments.
    """

    action = models.CharField(_("动作"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(_("对象"), max_length=LONGEST_LABEL)
    page = models.JSONField()
    jurisdiction_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_role = models.CharField(_("角色"), max_length=24)
    said = models.JSONField(_("内容"))
    parties = models.JSONField(default=dict)
    # The seat that is asked to take the next step: whoever takes it over is told, too.
    asks_role = models.CharField(max_length=24, blank=True)
    asks_organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))
    delivered_at = models.DateTimeField(null=True)
    # One that cannot be told now waits until then, and holds no other.
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("事件")
        indexes = [
            models.Index(
                fields=["id"], condition=Q(delivered_at__isnull=True), name="event_waiting"
            ),
            models.Index(fields=["subject_type", "subject_id"], name="event_subject"),
            models.Index(
                fields=["asks_role", "asks_organization"],
                condition=~Q(asks_role=""),
                name="event_asks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.subject_label}"


class Message(models.Model):
    """What one person was told of one event: in the inbox, and by what other ways there are.

    ``role`` and ``organization`` say in which seat; without a role the person was meant.
    ``leads_to`` is type, key and page of the subject.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="inbox_messages"
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="messages")
    role = models.CharField(_("角色"), max_length=24, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    asks_to_act = models.BooleanField(default=False)
    leads_to = models.JSONField()
    subject = models.CharField(_("标题"), max_length=300)
    body = models.TextField(_("内容"))
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("消息")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event", "role"], name="message_once_a_person_and_seat"
            ),
        ]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return self.subject

    @property
    def opens(self) -> Any:
        """What the button says that leads to the subject."""
        return kind_of(self.leads_to["type"]).opens

    @property
    def details(self) -> str:
        """What the body says beyond the subject; an e-mail carries both, a page says it once."""
        return self.body.removeprefix(self.subject).lstrip()


class Delivery(models.Model):
    """One message on one channel, and where it stands there; the inbox needs none.

    ``attempts`` counts tries that may have reached somebody or were refused for the message
    itself; ``waits`` those that the other side put off. ``next_at`` is when it is tried again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待发")
        SENT = "sent", _("已发")
        # Refused for itself, or waiting for longer than the channel waits.
        FAILED = "failed", _("未能发出")
        # Who was to be told holds the seat no more, or the account is off.
        WITHDRAWN = "withdrawn", _("不再发送")
        # The channel leads to the person no more.
        NONE = "none", _("不发")

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=20)
    state = CodeField(_("状态"), max_length=12, choices=State, default=State.WAITING)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    waits = models.PositiveSmallIntegerField(default=0)
    # It goes with all that waits for the same person, in one.
    is_gathered = models.BooleanField(default=False, db_default=False)
    # What the other side answered last, as far as it is known.
    answer = models.CharField(max_length=200, blank=True)
    # The county's own words for this one message, where it has any; what was sent stays as sent.
    subject = models.CharField(_("标题"), max_length=300, blank=True, default="", db_default="")
    opening = models.TextField(_("开头"), blank=True, default="", db_default="")
    closing = models.TextField(_("结尾"), blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("发送")
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_a_channel"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "failed", "withdrawn", "none"]),
                name="delivery_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(next_at__isnull=False),
                name="delivery_that_waits_knows_until_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_at"],
                condition=Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["-id"], condition=Q(state="failed"), name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.message} · {self.channel}"

    @property
    def to_whom(self) -> str:
        """The seat in which the person was told; without one, the person."""
        message = self.message
        if not message.role:
            return message.person.full_name
        seat = str(Role(message.role).label) if message.role in Role.values else message.role
        return f"{message.organization.name} {seat}" if message.organization else seat


class EmailWording(models.Model):
    """What a county says in the e-mails of a round about one action, where it says anything.

    Empty parts are the system's. Fields stand in braces by their codes (``placeholders``).
    """

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="email_wordings", verbose_name=_("批次")
    )
    action = models.CharField(_("触发事项"), max_length=60)
    asks_to_act = models.BooleanField(_("请办理"))
    subject_zh = models.CharField(_("标题（中文）"), max_length=300, blank=True)
    opening_zh = models.TextField(_("开头（中文）"), blank=True)
    closing_zh = models.TextField(_("结尾（中文）"), blank=True)
    subject_en = models.CharField(_("标题（英文）"), max_length=300, blank=True)
    opening_en = models.TextField(_("开头（英文）"), blank=True)
    closing_en = models.TextField(_("结尾（英文）"), blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("邮件措辞")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "action", "asks_to_act"], name="email_wording_once"
            ),
            models.CheckConstraint(
                condition=Q(subject_en="", opening_en="", closing_en="")
                | ~Q(subject_zh="", opening_zh="", closing_zh=""),
                name="email_wording_is_chinese_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {log.action(self.action)}"

    @property
    def says_anything(self) -> bool:
        return bool(self.subject_zh or self.opening_zh or self.closing_zh)


class Preference(models.Model):
    """How a person wants to be told beside the inbox; without a row, of everything at once.

    ``gateway_address`` is their telephone number, or how the gateway of their area calls them:
    they give it themselves, and without it nothing goes that way. What they must not miss goes by
    it, other news only with ``gateway_news``.

    ``paces`` maps kinds of news to a ``Pace`` (``preferences``). The quiet hours of a day begin
    with the hour ``quiet_from`` and end with ``quiet_until``, over midnight or not.
    """

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("随时发送")
        DAILY = "daily", _("每天汇总一封")
        NEVER = "never", _("不发，只看站内消息")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    paces = models.JSONField(default=dict)
    quiet_from = models.PositiveSmallIntegerField(_("免打扰开始"), null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(_("免打扰结束"), null=True, blank=True)
    gateway_address = models.CharField(
        _("手机号或网关账号"), max_length=64, blank=True, default="", db_default=""
    )
    gateway_news = models.BooleanField(_("其他告知也发到手机"), default=False, db_default=False)

    class Meta:
        verbose_name = _("消息设置")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & Q(quiet_from__lte=23, quiet_until__lte=23)
                & ~Q(quiet_from=F("quiet_until")),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Webhook(models.Model):
    """The gateway (消息网关) of one area, by which its people are sent short texts.

    ``kinds`` are the kinds of messages that go by it (``webhooks.KINDS``). One that does not
    answer rests until ``rests_until``, so that it holds nothing else; ``failures`` counts since
    it answered last. ``tried_at`` says that a worker has taken the trial up.
    """

    jurisdiction = models.OneToOneField(Jurisdiction, models.PROTECT, related_name="+")
    address = models.CharField(_("网关地址"), max_length=300)
    kinds = models.JSONField(_("发送哪些消息"), default=list)
    is_on = models.BooleanField(_("启用"), default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    tried_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    is_taken = models.BooleanField(default=False)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("消息网关")
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="webhook_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} · {self.jurisdiction}"

    @property
    def keys_in_force(self) -> list["WebhookKey"]:
        """Oldest first; ``webhooks`` reads those of many at once."""
        return [key for key in self.keys.all() if key.ended_at is None]


class WebhookKey(Sealed):
    """A key with which requests to a gateway are signed: shown once, then sealed.

    While a new one takes the place of another both are in force, and each signs.
    """

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="keys")
    key_id = models.CharField(_("密钥编号"), max_length=16, unique=True)
    made_at = models.DateTimeField(_("生成时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("停用时间"), null=True)
    # Only of one just made.
    secret = ""

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("网关密钥")

    def __str__(self) -> str:
        return self.key_id
