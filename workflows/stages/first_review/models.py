"""The first reviewer's mark and comment per item."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Conclusion, Submission
from designation.site import shown
from standards.models import Item


class ItemMark(models.Model):
    """A first-review verdict on one item.

    Never rewritten by another: voided, with who voided it, when somebody else marks anew or when
    the item changes after it. One person's own saves fold into one until it is released: from
    then on the applicant sees it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="marks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="marks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    verdict = models.CharField(_("初审结论"), max_length=16, choices=Conclusion)
    comment = models.TextField(_("审核意见"), blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_marked_at = models.DateTimeField()
    marked_at = models.DateTimeField()
    saves = models.PositiveIntegerField(default=1)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Set by the decision that the mark went into.
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["item__order", "pk"]
        verbose_name = _("逐条审核意见")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "item"],
                condition=Q(voided_at__isnull=True),
                name="item_mark_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.item}"

    @property
    def words(self) -> list[str]:
        """What the mark says, as the digest of what was shown is taken."""
        return [self.verdict, self.comment]

    @property
    def words_digest(self) -> str:
        return shown.digest(self.words)
