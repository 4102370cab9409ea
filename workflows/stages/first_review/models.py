"""The first reviewer's mark and comment per item, and what a reviewer keeps beside the record."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Conclusion, Submission
from designation.organizations.models import Role
from designation.site import shown
from standards.code_field import CodeField
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


class DecisionDraft(models.Model):
    """What a reviewer is about to decide, while they write it: theirs alone, gone once decided.

    ``said`` has what stands in the form, by its fields; what is empty is left out.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("未发出的决定")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], name="decision_draft_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)


class Claim(models.Model):
    """Who is at work on a case, since when: colleagues are told, and kept from nothing.

    Working order, not record: it ends by itself, and with the decision.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="claim")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("认领")
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="claim_runs_forward"),
        ]

    def __str__(self) -> str:
        return str(self.application)


class Look(models.Model):
    """When a person last looked at a case under review, and when before that."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    last_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("上次查看")
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="look_once_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.application)


class InternalNote(models.Model):
    """What one reviewer notes of an item for colleagues of the same step; no decision releases it.

    ``role`` is that of the step: first review, or the county's check of the papers.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    role = CodeField(max_length=24, choices=lambda: Role.choices)
    text = models.TextField(_("内部备注"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["item__order", "pk"]
        verbose_name = _("内部备注")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "item", "role", "written_by"],
                name="internal_note_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.item}"
