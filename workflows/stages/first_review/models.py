"""The first reviewer's mark and comment per item."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Conclusion, Submission
from standards.models import Item


class ItemMark(models.Model):
    """A first-review verdict on one item; voided when the item changes after it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="marks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="marks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    verdict = models.CharField(_("初审结论"), max_length=16, choices=Conclusion)
    comment = models.TextField(_("初审意见"), blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["item__order", "pk"]
        verbose_name = _("初审逐条意见")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "item"],
                condition=Q(voided_at__isnull=True),
                name="item_mark_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.item}"
