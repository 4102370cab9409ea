"""What every room shares on record: jobs, keys used once, counts of saves; sealed rows."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .jobs.models import Job

__all__ = ["Job", "RequestKey", "SaveComparison", "SaveTally", "Sealed"]


class RequestKey(models.Model):
    """A key that a creating form carried, and what came of it.

    ``content`` is a keyed SHA-256 of what was sent, so that the same key with other content is
    noticed; ``answer`` is where the person was led. Nobody is named for a form of the public.
    """

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.CharField(max_length=64)
    answer = models.CharField(max_length=300)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("提交凭证")

    def __str__(self) -> str:
        return self.key


class SaveTally(models.Model):
    """The saves of one browser on one day, as it counts them and as the record does."""

    day = models.DateField(db_index=True)
    browser = models.CharField(max_length=24, unique=True)
    sent = models.PositiveIntegerField()
    acknowledged = models.PositiveIntegerField()
    kept_then = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("保存计数")

    def __str__(self) -> str:
        return self.browser


class SaveComparison(models.Model):
    """A day's figures of all browsers, compared once the day was over."""

    day = models.DateField(_("日期"), unique=True)
    browsers = models.PositiveIntegerField(_("浏览器数"))
    browsers_with_loss = models.PositiveIntegerField(_("有缺失的浏览器数"))
    sent = models.PositiveIntegerField(_("发出"))
    acknowledged = models.PositiveIntegerField(_("已确认"))
    kept = models.PositiveIntegerField(_("已入库"))
    lost = models.PositiveIntegerField(_("缺失"))
    compared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day"]
        verbose_name = _("保存核对")

    def __str__(self) -> str:
        return str(self.day)


class Sealed(models.Model):
    """What holds a sealed value (``sealing``), and so is sealed anew when the key changes."""

    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
