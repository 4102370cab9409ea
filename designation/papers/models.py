"""A county's Word templates and its sealed copies: added to, and one of each stands at a time."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.evidence.models import LibraryEntry
from designation.organizations.models import Jurisdiction, Role
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


class SealedCopy(models.Model):
    """A paper as it left the house, signed and sealed (盖章件): its scan or its photo.

    ``kind`` and ``subject_id`` say of which paper, by the slots that rooms above declare. One
    stands at a time; what took its place is kept beside it. ``sha256`` is that of the file on the
    day, ``role`` the one in which it was put there, in the place of ``acted_for`` where the seat
    was another's.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("辖区")
    )
    kind = CodeField(
        _("文书"),
        max_length=24,
        choices=lambda: [(kind, paper.NAME) for kind, paper in PAPERS.items()],
    )
    subject_id = models.PositiveBigIntegerField()
    entry = models.ForeignKey(LibraryEntry, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("上传时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("盖章件")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(replaced_at__isnull=True),
                name="sealed_copy_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("at")),
                name="sealed_copy_replaced_after_it_was_put",
            ),
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True) | ~Q(acted_for=F("actor")),
                name="sealed_copy_is_for_another",
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title


class GivenNumber(models.Model):
    """A number of a document (发文字号) that a county gave, and to which paper; only added.

    ``county`` is the head of its division code, ``number`` in its one form. ``kind``, day and
    ``whose`` say which paper bears it: of which body, or to which unit.
    """

    county = models.CharField(max_length=12)
    number = models.CharField(_("发文字号"), max_length=80)
    kind = models.CharField(_("文书"), max_length=24)
    whose = models.CharField(_("谁的文书"), max_length=120)
    dated_on = models.DateField(_("文件日期"))
    given_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("发文字号")
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="document_number_given_once"),
        ]

    def __str__(self) -> str:
        return self.number
