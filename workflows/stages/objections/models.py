"""What the public raises against a name on a notice, and who raised it, sealed apart."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.calendar.models import Term
from designation.site import clock
from designation.site.models import Sealed

from ..public_notice.models import NoticeEntry, signature

# Where no calendar says which days are worked, the organization has as long as its working days
# take with the longest holiday among them (our default).
BEYOND_THE_CALENDAR = timedelta(days=15)


class Objection(models.Model):
    """An objection (异议) against one applicant on a notice.

    Only an accepted one that is still open blocks, and only its own applicant.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        PHONE = "phone", _("电话")
        LETTER = "letter", _("信函")
        EMAIL = "email", _("电子邮件")
        VISIT = "visit", _("来访")

    class Status(models.TextChoices):
        RECEIVED = "received", _("待受理")
        ACCEPTED = "accepted", _("调查中")
        REFUSED = "refused", _("不予受理")
        UPHELD = "upheld", _("异议成立")
        DISMISSED = "dismissed", _("异议不成立")

    entry = models.ForeignKey(NoticeEntry, models.PROTECT, related_name="objections")
    receipt_code = models.CharField(_("查询码"), max_length=16, unique=True)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel, default=Channel.WEB)
    is_named = models.BooleanField(_("实名"), default=True)
    facts = models.TextField(_("异议事实和理由"), max_length=3000)
    status = models.CharField(_("状态"), max_length=12, choices=Status, default=Status.RECEIVED)
    received_at = models.DateTimeField(_("收到时间"))
    # The last that ran; None where the calendar did not reach.
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="+")
    handled_by = signature(_("受理人"))
    handled_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    handling_reason = models.TextField(_("受理意见"), blank=True)
    closed_by = signature(_("办结人"))
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    finding = models.TextField(_("调查结论"), blank=True)
    # Of a real name alone; whoever objected reads it by their receipt code.
    answer = models.TextField(_("书面答复"), max_length=3000, blank=True)
    answered_by = signature(_("答复人"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    # Codes of the items that an upheld one sends back to be verified; none for the whole standard.
    items = models.JSONField(_("退回重新核查的条目"), default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("异议")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["received", "accepted", "refused", "upheld", "dismissed"]),
                name="objection_status_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(is_named=True, status__in=["upheld", "dismissed"], answered_at__isnull=False)
                & ~Q(answer=""),
                name="objection_answered_by_name_once_closed",
            ),
        ]

    def __str__(self) -> str:
        """Not by its receipt code, which leads to what became of it: the log shows this."""
        return str(self.entry.name)

    @property
    def awaits_answer(self) -> bool:
        """Whoever gave their name is answered once it is closed."""
        closed = self.status in (self.Status.UPHELD, self.Status.DISMISSED)
        return self.is_named and closed and self.answered_at is None

    @property
    def due_at(self) -> datetime | None:
        return self.term.due_at if self.term else None


class ObjectionStep(models.Model):
    """One handling of an objection, kept as it was: who, in which role, when and why.

    Rows are only added; of those from before it was kept, what the objection itself says.
    """

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="steps")
    act = models.CharField(_("步骤"), max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("角色"), max_length=24)
    # In whose place ``actor`` acted, where it was not their own; and the key of the form sent.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))
    reason = models.TextField(_("意见和理由"), blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("异议办理记录")

    def __str__(self) -> str:
        return f"{self.objection} · {self.act}"


class Hearing(models.Model):
    """What of an objection is put to its organization, and what that answers (听取陈述).

    The facts are written without who objected, and released as they were read: two acts, each kept
    in the steps of the objection. From then on they stay. Silence is recorded when the term ends.
    """

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="hearing")
    facts = models.TextField(_("告知的事实"), max_length=3000)
    redacted_by = signature(_("脱敏人"))
    redacted_at = models.DateTimeField(_("脱敏时间"))
    released_by = signature(_("告知人"))
    released_at = models.DateTimeField(_("告知时间"), null=True, blank=True)
    # None where the calendar did not reach.
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="+")
    statement = models.TextField(_("陈述"), max_length=3000, blank=True)
    stated_by = signature(_("陈述人"))
    stated_at = models.DateTimeField(_("陈述时间"), null=True, blank=True)
    silent_at = models.DateTimeField(_("逾期未陈述"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("听取陈述")
        constraints = [
            models.CheckConstraint(
                condition=Q(stated_at__isnull=True, statement="")
                | Q(released_at__isnull=False, stated_at__isnull=False) & ~Q(statement=""),
                name="hearing_is_answered_once_released",
            ),
        ]

    def __str__(self) -> str:
        """Not by the receipt code, which leads to what became of the objection."""
        return str(self.objection.entry.name)

    @property
    def is_over(self) -> bool:
        """The organization has spoken, or let its term pass."""
        if self.stated_at or self.silent_at:
            return True
        return self.due_at is not None and clock.is_over(self.due_at)

    @property
    def due_at(self) -> datetime | None:
        """By when it answers; None before the facts are put to it."""
        if self.term is not None:
            return self.term.due_at
        return self.released_at and self.released_at + BEYOND_THE_CALENDAR


class Investigation(models.Model):
    """Who looks into an objection in place of its officer (调查人), and what they report.

    One stands at a time. Whoever comes after has a row of their own, and what was reported stays.
    """

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="investigations")
    investigator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("调查人")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("指派人")
    )
    assigned_at = models.DateTimeField(_("指派时间"))
    reason = models.TextField(_("指派理由"), max_length=2000)
    ended_at = models.DateTimeField(_("改派或者收回时间"), null=True, blank=True)
    report = models.TextField(_("调查报告"), max_length=3000, blank=True)
    reported_at = models.DateTimeField(_("报告时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("异议调查")
        constraints = [
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(ended_at__isnull=True),
                name="objection_has_one_investigator",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, report="")
                | Q(reported_at__isnull=False) & ~Q(report=""),
                name="investigation_is_reported_with_its_text",
            ),
        ]

    def __str__(self) -> str:
        """Not by the receipt code, which leads to what became of the objection."""
        return f"{self.objection.entry.name} · {self.investigator}"


class LongerAsked(models.Model):
    """That the officer asked for more time to investigate (申请延长), and what was answered.

    ``reason`` says nothing of who objected. One at a time, and granted once (our default).
    """

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="longer_asked")
    days = models.PositiveSmallIntegerField(_("延长（工作日）"))
    reason = models.TextField(_("延长理由"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"))
    is_granted = models.BooleanField(_("同意延长"), null=True, blank=True)
    opinion = models.TextField(_("审批意见"), max_length=2000, blank=True)
    decided_by = signature(_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("异议延长申请")
        constraints = [
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(is_granted__isnull=True) | Q(is_granted=True),
                name="objection_is_given_longer_once",
            ),
            models.CheckConstraint(
                condition=Q(is_granted__isnull=True, decided_at__isnull=True, opinion="")
                | Q(is_granted__isnull=False, decided_at__isnull=False) & ~Q(opinion=""),
                name="longer_is_answered_with_its_opinion",
            ),
        ]

    def __str__(self) -> str:
        """Not by the receipt code, which leads to what became of the objection."""
        return str(self.objection.entry.name)


class Joining(models.Model):
    """That an objection is looked into with another that says the same (并案), and leads it (主件).

    Each keeps its receipt code, its objector and its term. Undone, the row ends and stays; who did
    either, and why, stands in the steps of the one that was joined.
    """

    leading = models.ForeignKey(
        Objection, models.PROTECT, related_name="led", verbose_name=_("主件")
    )
    objection = models.ForeignKey(
        Objection, models.PROTECT, related_name="joinings", verbose_name=_("并入的异议")
    )
    joined_at = models.DateTimeField(_("并案时间"))
    ended_at = models.DateTimeField(_("解除并案时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("并案")
        constraints = [
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(ended_at__isnull=True),
                name="objection_is_joined_to_one",
            ),
            models.CheckConstraint(
                condition=~Q(leading=models.F("objection")), name="objection_is_joined_to_another"
            ),
        ]

    def __str__(self) -> str:
        """Not by the receipt codes, which lead to what became of the objections."""
        return str(self.objection.entry.name)


class ObjectionAttachment(Sealed):
    """A picture or a PDF that came with an objection, sealed apart as its objector is.

    Ciphertext under FIELD_KEY; in no library. The name that the file came with is not kept: people
    write theirs into it. Every view is audited.
    """

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField(_("序号"))
    media_type = models.CharField(_("文件类型"), max_length=100)
    size = models.PositiveIntegerField(_("大小"))

    class Meta:
        ordering: ClassVar = ["objection", "number"]
        verbose_name = _("异议附件")
        constraints = [
            models.UniqueConstraint(
                fields=["objection", "number"], name="objection_attachment_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection} · {self.number}"


class ObjectorIdentity(Sealed):
    """Who objected, sealed apart: ciphertext under FIELD_KEY; every view of it is audited."""

    objection = models.OneToOneField(Objection, models.CASCADE, related_name="identity")

    class Meta:
        verbose_name = _("异议人信息")

    def __str__(self) -> str:
        return str(self.objection)
