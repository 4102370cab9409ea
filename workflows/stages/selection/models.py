"""What a meeting decided of those that meet the standard: recorded once, and kept."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.rounds.models import Round
from standards.categories import Category
from standards.code_field import CodeField


class Selection(models.Model):
    """A meeting (择优) over the applications of a category that met the standard by then.

    ``rule`` is how the round said it is settled, as it was then: method, document, ties, places,
    places in reserve, and the figures in their order. Rows are only added.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="selections")
    category = models.CharField(_("类别"), max_length=2, choices=Category)
    meeting_name = models.CharField(_("研究会议"), max_length=120)
    meeting_on = models.DateField(_("会议日期"))
    meeting_attendance = models.CharField(_("到会情况"), max_length=200)
    stood_aside = models.CharField(_("回避情况"), max_length=200)
    voting = models.CharField(_("表决情况"), max_length=200, blank=True)
    meeting_result = models.CharField(_("研究结果"), max_length=500)
    # In the meeting's own words, where it had to choose among those on the same place.
    tie_decided = models.CharField(_("并列的取舍"), max_length=500, blank=True)
    rule = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    # In whose place it was recorded, where it was not their own; and the key of the form sent.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("择优研究")
        constraints = [
            models.CheckConstraint(
                condition=~Q(meeting_name="") & ~Q(meeting_attendance="") & ~Q(meeting_result=""),
                name="selection_meeting_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.get_category_display()} · {self.meeting_name}"

    @property
    def actor(self) -> Person:
        """Who recorded it, as other records call them (``names.by_whom``)."""
        return self.recorded_by

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        return self.recorded_at


class SelectionRow(models.Model):
    """What the meeting decided of one application, beside what the order proposed.

    ``figures`` are those of the round's rule, as they were, in its order; None where one was
    missing. ``proposed_place`` is None where the method orders nobody.
    """

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", _("拟命名")
        RESERVE = "reserve", _("候补")
        NOT_CHOSEN = "not_chosen", _("达标未入选")
        DEFERRED = "deferred", _("留待下次研究")

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="rows")
    application = models.ForeignKey(Application, models.PROTECT, related_name="selection_rows")
    proposed_place = models.PositiveIntegerField(_("排序"), null=True, blank=True)
    is_tied = models.BooleanField(_("并列"), default=False)
    figures = models.JSONField(default=list, blank=True)
    votes = models.PositiveIntegerField(_("得票"), null=True, blank=True)
    outcome = models.CharField(_("研究结果"), max_length=12, choices=Outcome)
    # Counted on through all meetings of the category, so that a later one stands behind.
    reserve_place = models.PositiveIntegerField(_("候补次序"), null=True, blank=True)
    departs = models.BooleanField(default=False)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("择优名单")
        constraints = [
            models.UniqueConstraint(fields=["selection", "application"], name="selection_row_once"),
            models.UniqueConstraint(
                fields=["selection", "reserve_place"],
                condition=Q(reserve_place__isnull=False),
                name="selection_reserve_place_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["chosen", "reserve", "not_chosen", "deferred"]),
                name="selection_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="reserve", reserve_place__gte=1)
                | (~Q(outcome="reserve") & Q(reserve_place__isnull=True)),
                name="selection_reserve_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(departs=False) | ~Q(reason=""),
                name="selection_departs_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"
