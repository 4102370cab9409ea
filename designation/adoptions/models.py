"""Which county adopted which sample, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Jurisdiction, Person
from standards.models import StandardVersion


class Adoption(models.Model):
    """A county's explicit word that it uses a drafted standard for want of the official text."""

    version = models.ForeignKey(
        StandardVersion, models.PROTECT, related_name="adoptions", verbose_name=_("标准")
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="adoptions", verbose_name=_("辖区")
    )
    adopted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    adopted_at = models.DateTimeField(_("采用时间"))
    reason = models.TextField(_("采用理由"))

    class Meta:
        ordering: ClassVar = ["adopted_at", "pk"]
        verbose_name = _("采用示例标准")
        constraints = [
            models.UniqueConstraint(fields=["version", "jurisdiction"], name="adoption_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="adoption_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} · {self.version}"
