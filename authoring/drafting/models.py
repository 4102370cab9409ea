"""Readings of a county's document, and what a person has to look at before publication."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Jurisdiction
from standards.models import Check, Item, StandardVersion


class Reading(models.Model):
    """What one file was read as. ``content`` keeps it whole until it is accepted.

    ``content`` has ``standards`` (each in the shape of a data file, codes left out) and
    ``unread`` (line, text, reason). The file itself is not kept; its hash says which it was.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="readings", verbose_name=_("适用区划")
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件哈希"), max_length=64)
    content = models.JSONField()
    read_at = models.DateTimeField(_("读入时间"))
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("读入人")
    )

    class Meta:
        ordering: ClassVar = ["-read_at", "-pk"]
        verbose_name = _("读入的文件")

    def __str__(self) -> str:
        return self.file_name


class Question(models.Model):
    """What a person looks at before a draft is published (待核对).

    A proposed check (``check_proposed`` names it), a passage that was not understood, or a doubt
    about an item. ``line`` counts from 1 in the document that was read; 0: not from a line.
    """

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="questions")
    reading = models.ForeignKey(
        Reading, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="questions")
    check_proposed = models.ForeignKey(
        Check, models.CASCADE, null=True, blank=True, related_name="questions"
    )
    line = models.PositiveIntegerField(_("原文行号"), default=0)
    text = models.TextField(_("原文"), blank=True)
    reason = models.CharField(_("待核对的原因"), max_length=200)
    settled_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["version", "line", "pk"]
        verbose_name = _("待核对")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="question_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.line} · {self.reason}"
