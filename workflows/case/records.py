"""What each passage through the door leaves behind: a decision, a correction list, reminders."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Stage, Submission
from designation.audit.models import WithoutSeat
from designation.organizations.models import Organization, Role
from designation.register.bars import Fault
from standards.code_field import CodeField
from standards.models import Item


class Decision(models.Model):
    """One transition of one application: who, when, what, with which reasons."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    transition = models.CharField(_("动作"), max_length=40)
    from_stage = CodeField(max_length=24, choices=lambda: Stage.choices, blank=True)
    to_stage = CodeField(max_length=24, choices=lambda: Stage.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_role = CodeField(
        max_length=24, choices=lambda: [*Role.choices, *WithoutSeat.choices], blank=True
    )
    # In whose place ``actor`` acted, where it was not their own.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # That of the form with which it was asked for; "" where a page carried none.
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))
    opinion = models.TextField(_("意见"), blank=True)
    # Of a rejection, where its reason is one for which the unit may not apply for longer.
    fault = models.CharField(
        _("过错"), max_length=16, choices=Fault, blank=True, default="", db_default=""
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="decisions"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("办理记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=True) | ~Q(actor_role=""),
                name="decision_of_a_person_has_its_role",
            ),
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True)
                | (Q(actor__isnull=False) & ~Q(acted_for=F("actor"))),
                name="decision_is_for_another",
            ),
            models.CheckConstraint(
                condition=Q(fault__in=["", *Fault.values]), name="decision_fault_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.transition}"

    @property
    def listed(self) -> dict[str, str]:
        """What its correction list asks for: reasons by item code."""
        return {one.code: one.reason for one in self.corrections.select_related("item")}


class Part(models.TextChoices):
    """What of an application may come back beside its items: by the name of its field."""

    SUMMARY = "summary", _("申报简介")
    MEETING = "approving_meeting_on", _("会议通过日期")


class Correction(models.Model):
    """One line of a correction list (补正清单): why it came back, what was answered.

    Of an item, or of a ``part`` of the application beside its items.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(
        _("申报内容"), max_length=24, choices=Part, blank=True, default="", db_default=""
    )
    reason = models.TextField(_("退回原因"))
    reply = models.TextField(_("补正说明"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    # Who wrote the reply; see ``designation.applications.authorship``.
    written = models.JSONField(default=dict)
    # Set when the application is handed in again: the list is then closed and kept.
    closed_at = models.DateTimeField(null=True, blank=True)
    # Set when the decision was taken back before anybody answered: closed, and never asked for.
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["item__order", "pk"]
        verbose_name = _("补正事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, part="")
                | Q(item__isnull=True, part__in=Part.values),
                name="correction_of_an_item_or_a_part",
            ),
            models.UniqueConstraint(
                fields=["decision", "part"],
                condition=~Q(part=""),
                name="correction_once_a_part",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(closed_at=F("taken_back_at")),
                name="correction_taken_back_is_closed",
            ),
            models.UniqueConstraint(fields=["decision", "item"], name="correction_once_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.words}"

    @property
    def code(self) -> str:
        """That of its item, or the name of its part."""
        return self.item.code if self.item else self.part

    @property
    def words(self) -> str:
        """How it is called in a list."""
        return self.item.code if self.item else str(self.get_part_display())


class Reminder(models.Model):
    """That the coordinator reminded (催办) whoever had to act; only added.

    ``day`` is the working day for which it counts: on a day off, the next one. ``role`` and
    ``organization`` are the seat that was reminded, without an organization over the area.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="reminders")
    stage = CodeField(_("环节"), max_length=24, choices=lambda: Stage.choices)
    day = models.DateField(_("日期"))
    role = CodeField(_("办理人"), max_length=24, choices=lambda: Role.choices)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("催办内容"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("催办记录")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "day"], name="reminded_once_a_working_day"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="reminder_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.day}"
