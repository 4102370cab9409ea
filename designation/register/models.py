"""The register: designation decisions and the titles they give."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.applications.models import Application
from designation.organizations.models import (
    Jurisdiction,
    Named,
    Organization,
)
from designation.rounds.models import Round
from standards.categories import Category
from standards.language import in_language


class DesignationDecision(models.Model):
    """The document (决定 or 通报) that gives the title: its number, date and deciding body."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="decisions")
    document_number = models.CharField(_("发文字号"), max_length=80)
    decided_on = models.DateField(_("决定日期"))
    deciding_body = models.CharField(_("审定机关"), max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-decided_on"]
        verbose_name = _("命名决定")
        constraints = [
            models.UniqueConstraint(
                fields=["deciding_body", "document_number"], name="decision_document_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class Designation(Named):
    """A title (命名) as the register shows it, under the name that it was given to.

    Name and area are those of the day of the decision, whatever either is called later.
    """

    class Status(models.TextChoices):
        VALID = "valid", _("有效")
        EXPIRED = "expired", _("已到期")
        REVOKED = "revoked", _("已撤销")
        CANCELLED = "cancelled", _("已注销")

    number = models.CharField(_("名册编号"), max_length=40, unique=True)
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        related_name="designation",
        verbose_name=pgettext_lazy("one", "申报"),
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="designations")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    area_name_zh = models.CharField(_("命名时所在辖区"), max_length=120)
    area_name_en = models.CharField(_("命名时所在辖区英文名称"), max_length=200, blank=True)
    category = models.CharField(_("类别"), max_length=2, choices=Category)
    decision = models.ForeignKey(DesignationDecision, models.PROTECT, related_name="designations")
    designated_on = models.DateField(_("命名日期"))
    valid_until = models.DateField(_("有效期至"))
    status = models.CharField(_("状态"), max_length=12, choices=Status, default=Status.VALID)

    class Meta:
        ordering: ClassVar = ["-designated_on", "number"]
        verbose_name = _("命名")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("designated_on")),
                name="designation_term_runs_forward",
            ),
            models.CheckConstraint(
                condition=~Q(name_zh="") & ~Q(area_name_zh=""),
                name="designation_keeps_its_names",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def area_name(self) -> str:
        return in_language(self.area_name_zh, self.area_name_en)

    @property
    def renamed_to(self) -> str:
        """What the organization is called now, where that is another name; else empty."""
        return self.organization.name if self.organization.name_zh != self.name_zh else ""

    @property
    def area_renamed_to(self) -> str:
        """What the area is called now, where that is another name; else empty."""
        return self.jurisdiction.name if self.jurisdiction.name_zh != self.area_name_zh else ""

    def is_valid_on(self, day: date) -> bool:
        """Whether the title stands on ``day``: given, not ended, not past its term."""
        in_term = self.designated_on <= day <= self.valid_until
        return in_term and self.status == self.Status.VALID
