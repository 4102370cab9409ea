"""Audit events, each holding the hash of the one before it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# One of each today; another is added to the constraint of the events, and to ``events.digest``.
CHAIN = "site"
ALGORITHM = "sha256"
# Characters that the log, and what tells of the same event, keep of what its subject is called.
LONGEST_LABEL = 300


class WithoutSeat(models.TextChoices):
    """As what an act is recorded that no seat lets a person do."""

    SYSTEM = "system", _("系统")
    PUBLIC = "public", _("公众")
    SELF = "self", _("本人")


class AuditEvent(models.Model):
    """One recorded act. The database refuses to change or delete it (see the migrations).

    ``details`` holds old and new values and reasons, never personal data. ``actor`` is empty
    when nobody with an account acted; ``actor_role`` is a Role or WithoutSeat (events of the first
    format may have none). ``jurisdiction_code`` has 12 digits, or is empty for acts that concern
    the whole site. ``origin`` is the network address from which the person acted, empty for the
    system and for the public. ``chain`` is the chain that the event stands in, one for the site,
    and ``algorithm`` made its hash. ``format`` says which fields the hash covers: events of the
    first knew no origin, those of the second neither chain nor algorithm (``events.digest``).
    """

    sequence = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    actor_role = models.CharField(_("角色"), max_length=24, blank=True)
    action = models.CharField(_("动作"), max_length=60)
    subject_type = models.CharField(_("对象类型"), max_length=60)
    subject_id = models.CharField(_("对象编号"), max_length=40)
    subject_label = models.CharField(_("对象"), max_length=LONGEST_LABEL)
    jurisdiction_code = models.CharField(_("区划代码"), max_length=12, blank=True)
    details = models.JSONField(_("内容"), default=dict)
    origin = models.CharField(_("来源地址"), max_length=45, blank=True, db_default="")
    format = models.PositiveSmallIntegerField(_("格式"), db_default=1)
    chain = models.CharField(_("链"), max_length=20, db_default=CHAIN)
    algorithm = models.CharField(_("哈希算法"), max_length=20, db_default=ALGORITHM)
    previous_hash = models.CharField(_("前一事件的哈希"), max_length=64, blank=True)
    hash = models.CharField(_("哈希"), max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["-sequence"]
        verbose_name = _("审计事件")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["action"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(format=1, origin="") | models.Q(format__in=[2, 3]),
                name="audit_format_known",
            ),
            models.CheckConstraint(
                condition=models.Q(algorithm=ALGORITHM, chain=CHAIN),
                name="audit_chain_and_algorithm_known",
            ),
            models.CheckConstraint(
                condition=models.Q(format=1) | ~models.Q(actor_role=""),
                name="audit_event_has_its_role",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.action}"


class ChainHead(models.Model):
    """The single row that names the chain's last event; its lock keeps writers in line.

    The database moves it once for all events that a statement adds, if they continue the chain,
    and refuses every other change, so a cut-off tail shows. It is laid when the database is
    migrated.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    chain = models.CharField(max_length=20, default=CHAIN, db_default=CHAIN)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("审计链头")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_chain_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"#{self.sequence}"
