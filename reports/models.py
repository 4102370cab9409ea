"""That something was put into an archive: the one thing that reports keep."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.organizations.models import Role
from designation.rounds.models import Round
from standards.code_field import CodeField

_HASH = r"^[0-9a-f]{64}$"


class Archive(models.Model):
    """An archive (归档) that was made of a case or of a round: who, when, and what proves it.

    ``manifest_sha256`` is that of the list of files within, ``sha256`` that of the whole ZIP.
    ``absent`` counts the files that the storage had lost. Rows are only added; the ZIP itself goes.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="archives"
    )
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="archives")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    made_at = models.DateTimeField(_("归档时间"))
    cases = models.PositiveIntegerField(_("案卷数"))
    files = models.PositiveIntegerField(_("文件数"))
    absent = models.PositiveIntegerField(_("缺失文件数"), default=0)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    sha256 = models.CharField(_("文件哈希"), max_length=64)
    manifest_sha256 = models.CharField(_("清单哈希"), max_length=64)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("归档")
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, round__isnull=True)
                | Q(application__isnull=True, round__isnull=False),
                name="archive_of_a_case_or_a_round",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=_HASH, manifest_sha256__regex=_HASH),
                name="archive_hashes_are_hashes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application or self.round)
