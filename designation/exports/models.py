"""A file that was made for one person, and the columns that a person likes to take."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.site.jobs.models import Job

LONGEST_NAME = 40
# Where they lie in the storage.
FOLDER = "exports"


class Format(models.TextChoices):
    """``value`` is the ending of the file's name."""

    XLSX = "xlsx", _("Excel 表（.xlsx）")
    CSV = "csv", _("CSV 文本（.csv）")
    ZIP = "zip", _("归档包（.zip）")


class Export(models.Model):
    """A file made for ``maker``: a list, or another thing of which ``what`` names the maker.

    ``subject`` is the code of the list, or the key of what the file is about. ``asked`` is what
    narrows it (as in the address of the list's page) and ``columns`` what a line holds, for a
    list. ``job`` makes it where it is long; ``seats`` are those that the maker held when it was
    made, as pairs of role and place. ``rows``, ``size``, ``sha256`` and ``kept_until`` are known
    once the file is there.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    title = models.CharField(_("名称"), max_length=200)
    asked = models.TextField(blank=True)
    columns = ArrayField(models.CharField(max_length=40), default=list)
    format = models.CharField(_("格式"), max_length=4, choices=Format)
    asked_at = models.DateTimeField(_("提出时间"))
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    seats = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("行数"), null=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"), null=True)
    sha256 = models.CharField(_("文件哈希"), max_length=64, blank=True)
    kept_until = models.DateTimeField(_("保留到"), null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("导出的文件")
        indexes = [
            models.Index(fields=["maker", "-id"], name="export_as_listed"),
            models.Index(fields=["asked_at"], name="export_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", rows=None, size=None, kept_until=None)
                | Q(rows__isnull=False, size__isnull=False, kept_until__isnull=False)
                & ~Q(sha256=""),
                name="export_is_whole_or_not_made",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file(self) -> str:
        """Its name in the storage."""
        return f"{FOLDER}/{self.key}.{self.format}"

    @property
    def is_made(self) -> bool:
        return bool(self.sha256)


class ColumnChoice(models.Model):
    """Columns of a list that a person keeps under a name, to take the same again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    name = models.CharField(_("模板名称"), max_length=LONGEST_NAME)
    columns = ArrayField(models.CharField(max_length=40))

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("栏目模板")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "table", "name"], name="column_choice_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
