"""A county's own Word templates: versions are added, and one of a kind stands at a time."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Jurisdiction
from standards.code_field import CodeField

from .fields import PAPERS


class WordTemplate(models.Model):
    """One template of one kind of paper, as a county brought it.

    It stands until ``ended_at``: another took its place, or the system's own. The file is in the
    row: a template is small, and goes with the record when that is copied or restored.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="word_templates", verbose_name=_("辖区")
    )
    kind = CodeField(
        _("文书"),
        max_length=24,
        choices=lambda: [(kind, paper.NAME) for kind, paper in PAPERS.items()],
    )
    content = models.BinaryField(_("文件"))
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    brought_at = models.DateTimeField(_("上传时间"))
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("文书模板")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "kind"],
                condition=Q(ended_at__isnull=True),
                name="word_template_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("brought_at"), ended_by__isnull=False),
                name="word_template_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
