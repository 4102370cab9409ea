"""An appeal, and what was done about it: who asked for what, who heard it, what the answer says."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.calendar.models import Term
from designation.organizations.models import Organization, Role
from designation.register.models import Designation, TitleStep
from standards.code_field import CodeField

from ...case.records import Decision


class Against(models.TextChoices):
    """What an appeal is made against."""

    FIRST_REVIEW = "first_review", _("不予推荐")
    VERIFICATION = "verification", _("核查不通过")
    NOT_CHOSEN = "not_chosen", _("达标未入选")
    NOT_NAMED = "not_named", _("不予命名")
    REVOCATION = "revocation", _("撤销称号")


# A meeting decided these: they are heard on facts, count and procedure, and decided by it again.
OF_A_MEETING = (Against.NOT_CHOSEN, Against.NOT_NAMED)


class Ground(models.TextChoices):
    """On what a meeting's decision may be appealed against; the choice itself is the meeting's."""

    FACTS = "facts", _("事实认定有误")
    COUNT = "count", _("统计、计算有误")
    PROCEDURE = "procedure", _("程序不符合规定")


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Appeal(models.Model):
    """An appeal (申请复核): one a decision, whatever became of it.

    ``above`` is the head of a division code where the round names the superior: only who sits over
    more than that area hears it. ``area_code`` is that of the case or the title.
    """

    class Status(models.TextChoices):
        LODGED = "lodged", _("待受理")
        TAKEN_UP = "taken_up", _("复核中")
        REPORTED = "reported", _("已核实，待研究")
        UPHELD = "upheld", _("复核成立")
        NOT_UPHELD = "not_upheld", _("维持原决定")
        WITHDRAWN = "withdrawn", _("已撤回")

    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="appeal"
    )
    title_step = models.OneToOneField(
        TitleStep, models.PROTECT, null=True, blank=True, related_name="appeal"
    )
    against = models.CharField(_("对哪一决定"), max_length=16, choices=Against)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="appeals")
    area_code = models.CharField(max_length=12)
    above = models.CharField(max_length=12, blank=True)
    grounds = models.JSONField(_("复核事项"), default=list, blank=True)
    reason = models.TextField(_("事实和理由"), max_length=3000)
    status = models.CharField(_("状态"), max_length=12, choices=Status, default=Status.LODGED)
    version = models.PositiveIntegerField(default=1)
    # Of what came on paper: when it was received, and who typed it.
    lodged_at = models.DateTimeField(_("申请时间"))
    entered_by = _person(_("登记人"))
    # None where the calendar did not reach.
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="+")
    # What people who took no part found of a meeting's decision.
    facts = models.TextField(_("事实"), max_length=2000, blank=True)
    count = models.TextField(_("统计"), max_length=2000, blank=True)
    procedure = models.TextField(_("程序"), max_length=2000, blank=True)
    meeting_name = models.CharField(_("研究会议"), max_length=120, blank=True)
    meeting_on = models.DateField(_("会议日期"), null=True, blank=True)
    meeting_attendance = models.CharField(_("到会情况"), max_length=200, blank=True)
    meeting_result = models.CharField(_("研究结果"), max_length=500, blank=True)
    document_number = models.CharField(_("答复文号"), max_length=80, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    decided_by = _person(_("答复人"))
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("复核申请")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, title_step__isnull=True)
                & ~Q(against=Against.REVOCATION)
                | Q(decision__isnull=True, title_step__isnull=False, against=Against.REVOCATION),
                name="appeal_is_against_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(against__in=Against.values), name="appeal_against_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["upheld", "not_upheld"], decided_at__isnull=False)
                & Q(decided_by__isnull=False, answered_on__isnull=False)
                & ~Q(answer="")
                & ~Q(document_number="")
                | Q(status__in=["lodged", "taken_up", "reported", "withdrawn"])
                & Q(decided_at__isnull=True),
                name="appeal_is_answered_in_writing",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(entered_by=F("decided_by")),
                name="appeal_is_answered_by_another_than_typed_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_against_display()}"

    @property
    def due_at(self) -> datetime | None:
        return self.term.due_at if self.term else None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_of_a_meeting(self) -> bool:
        return self.against in OF_A_MEETING

    @property
    def goes_before_the_meeting(self) -> bool:
        """Whether the meeting that decided does so once more; else the superior answers."""
        return self.is_of_a_meeting and not self.above

    @property
    def grounds_in_words(self) -> list[str]:
        return [str(Ground(one).label) for one in self.grounds]

    @property
    def application(self) -> Application | None:
        return self.decision.application if self.decision else None

    @property
    def title(self) -> Designation | None:
        return self.title_step.title if self.title_step else None


OPEN = (Appeal.Status.LODGED, Appeal.Status.TAKEN_UP, Appeal.Status.REPORTED)
# While nobody has found anything yet.
TAKES_FILES = (Appeal.Status.LODGED, Appeal.Status.TAKEN_UP)
ANSWERED = (Appeal.Status.UPHELD, Appeal.Status.NOT_UPHELD)


class AppealStep(models.Model):
    """One thing done about an appeal, kept as it was. Rows are only added."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="steps")
    act = models.CharField(_("步骤"), max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    # In whose place ``actor`` acted, where it was not their own; and the key of the form sent.
    acted_for = _person(_("替谁办理"))
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("复核办理记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True) | ~Q(acted_for=F("actor")),
                name="appeal_step_is_for_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal} · {self.act}"
