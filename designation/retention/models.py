"""What is due to go, and what keeps it: rows are added, and settled once."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role
from standards.code_field import CodeField

from . import classes


class Outcome(models.TextChoices):
    DESTROYED = "destroyed", _("已销毁")
    # Its period became longer, or something open or valid rests on it again.
    WITHDRAWN = "withdrawn", _("不再到期")


class _Disposals(models.QuerySet["Disposal"]):
    def waiting(self) -> QuerySet["Disposal"]:
        """Announced and not settled, held or not."""
        return self.filter(settled_at__isnull=True)

    def held(self) -> QuerySet["Disposal"]:
        return self.waiting().filter(pk__in=_open_holds())

    def not_held(self) -> QuerySet["Disposal"]:
        return self.waiting().exclude(pk__in=_open_holds())


def _open_holds() -> Any:
    return Hold.objects.filter(lifted_at__isnull=True).values("disposal")


class Disposal(models.Model):
    """One thing whose period ends (到期事项): announced, then gone, unless it is held.

    What was destroyed stays here as the destruction register (销毁清册) says it. ``key`` finds the
    thing in its room; ``holder`` is whose it was. ``count`` and ``size`` say how many rows or files
    and bytes, ``sha256`` what they said. It goes on ``goes_on`` at the earliest.
    """

    kept_class = CodeField(
        _("类别"), max_length=20, choices=lambda: [(one.code, one.name) for one in classes.CLASSES]
    )
    key = models.CharField(max_length=60)
    label = models.CharField(_("名称"), max_length=200)
    holder = models.CharField(_("所属"), max_length=200, blank=True)
    jurisdiction_code = models.CharField(_("区划代码"), max_length=12)
    count = models.PositiveIntegerField(_("数量"), default=1)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    sha256 = models.CharField(_("内容哈希"), max_length=64, blank=True)
    kept_until = models.DateField(_("保管到"))
    announced_at = models.DateTimeField(_("通知时间"))
    goes_on = models.DateField(_("最早销毁日期"))
    outcome = CodeField(_("结果"), max_length=12, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(_("办理时间"), null=True)

    objects = _Disposals.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("到期事项")
        constraints = [
            models.UniqueConstraint(
                fields=["kept_class", "key"],
                condition=Q(settled_at__isnull=True),
                name="disposal_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | Q(settled_at__isnull=False, outcome__in=Outcome.values),
                name="disposal_settled_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(goes_on__gt=models.F("kept_until")), name="disposal_goes_afterwards"
            ),
        ]
        indexes = [
            models.Index(
                fields=["goes_on", "id"],
                condition=Q(settled_at__isnull=True),
                name="disposal_waiting",
            ),
            models.Index(fields=["jurisdiction_code", "-id"], name="disposal_as_listed"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def standing_hold(self) -> "Hold | None":
        """The hold that keeps it now; read with the list (``rules.seen_by``)."""
        return next((one for one in self.holds.all() if one.lifted_at is None), None)

    @property
    def last_hold(self) -> "Hold | None":
        return max(self.holds.all(), key=lambda one: one.pk, default=None)


class Hold(models.Model):
    """That somebody keeps it beyond its period (暂缓), and why, until it is lifted."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="holds")
    reason = models.CharField(_("暂缓理由"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    at = models.DateTimeField(_("时间"))
    lifted_at = models.DateTimeField(_("解除时间"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_reason = models.CharField(_("解除理由"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("暂缓")
        constraints = [
            models.UniqueConstraint(
                fields=["disposal"],
                condition=Q(lifted_at__isnull=True),
                name="hold_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="hold_lifted_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
