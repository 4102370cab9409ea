"""The notice, its steps, and the applications on it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.aggregates import JSONBAgg
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.organizations.models import Role
from designation.rounds.day_units import days_in_words
from designation.rounds.models import DayUnit, NoticeChannel, Round
from designation.site import clock
from standards.code_field import CodeField

THREE_PEOPLE, FOUR_PEOPLE = 3, 4


class Cause(models.TextChoices):
    """What broke a notice off, so that another takes its place."""

    UNREACHABLE = "unreachable", _("公示页面无法访问")
    CORRECTION = "correction", _("名称等内容有误，须更正")
    OTHER = "other", _("其他")


def _apart(one: str, other: str, *, people: int = THREE_PEOPLE) -> Q:
    """That two steps are taken by different people, on notices that demand ``people`` or more."""
    return (
        Q(people_asked__lt=people)
        | Q(**{f"{one}__isnull": True})
        | Q(**{f"{other}__isnull": True})
        | ~Q(**{one: F(other)})
    )


def signature(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Notice(models.Model):
    """A public notice (公示).

    Proposer, secrecy reviewer and approver are three people, and the publisher neither proposed
    nor approved it; a round may demand four. Each step in force stands here, every step that was
    ever taken in ``NoticeStep``. The period is fixed at publication and stored with the rule that
    counted it: a later change of the calendar never shortens it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("拟稿")
        PUBLISHED = "published", _("公示中")
        ENDED = "ended", _("公示期满")
        # It was broken off, and another notice takes its place (``restarted_as``).
        STOPPED = "stopped", _("已终止")

    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")
    title = models.CharField(_("标题"), max_length=200)
    basis = models.TextField(_("公示依据"))
    procedure = models.TextField(_("评定过程"))
    meeting_name = models.CharField(_("研究会议"), max_length=120)
    meeting_on = models.DateField(_("会议日期"))
    meeting_attendance = models.CharField(_("到会情况"), max_length=200)
    meeting_result = models.CharField(_("研究结果"), max_length=500)
    contact_unit = models.CharField(_("受理单位"), max_length=120)
    contact_phone = models.CharField(_("受理电话"), max_length=40)
    contact_email = models.EmailField(_("受理邮箱"), blank=True)
    contact_address = models.CharField(_("受理地址"), max_length=200)
    # The notice that was broken off, in whose place this one stands.
    restarts = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="restarted_as",
        verbose_name=_("原公示"),
    )
    status = models.CharField(_("状态"), max_length=12, choices=Status, default=Status.DRAFT)
    # How many different people it demands, kept as the round said when it was proposed; two on
    # notices from before the rule.
    people_asked = models.PositiveSmallIntegerField(_("办理人数"), default=THREE_PEOPLE)
    # Set while it waits to be mended or discarded; who sent it back and why stands in its steps.
    sent_back_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    proposed_by = signature(_("提出人"))
    proposed_at = models.DateTimeField(_("提出时间"), null=True, blank=True)
    secrecy_reviewed_by = signature(_("保密审查人"))
    secrecy_reviewed_at = models.DateTimeField(_("保密审查时间"), null=True, blank=True)
    approved_by = signature(_("审批人"))
    approved_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    published_by = signature(_("发布人"))
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    # Given when it is published, counted in its area and year; none on notices from before.
    number_area = models.CharField(max_length=12, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    number_of_year = models.PositiveSmallIntegerField(null=True, blank=True)
    first_day = models.DateField(_("公示首日"), null=True, blank=True)
    last_day = models.DateField(_("公示末日"), null=True, blank=True)
    ends_at = models.DateTimeField(_("公示截止时刻"), null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(_("工作日数"), null=True, blank=True)
    counts_first_day = models.BooleanField(default=False)
    counts_calendar_days = models.BooleanField(default=False, db_default=False)
    text_sha256 = models.CharField(max_length=64, blank=True)
    # The phone and letter register is closed by a named person once the period is over.
    register_closed_by = signature(_("异议登记关闭人"))
    register_closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("公示")
        indexes = [models.Index(fields=["-published_at", "-id"], name="notice_as_listed")]
        constraints = [
            models.UniqueConstraint(
                fields=["number_area", "number_year", "number_of_year"],
                name="notice_number_once",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(
                    published_at__isnull=False,
                    first_day__isnull=False,
                    last_day__isnull=False,
                    ends_at__isnull=False,
                    working_days__isnull=False,
                ),
                name="notice_published_with_its_period",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("proposed_by")),
                name="notice_publisher_is_not_its_proposer",
            ),
            models.CheckConstraint(
                condition=_apart("secrecy_reviewed_by", "proposed_by")
                & _apart("approved_by", "proposed_by")
                & _apart("approved_by", "secrecy_reviewed_by")
                & _apart("published_by", "approved_by"),
                name="notice_is_taken_by_three_people",
            ),
            models.CheckConstraint(
                condition=_apart("published_by", "secrecy_reviewed_by", people=FOUR_PEOPLE),
                name="notice_is_taken_by_four_where_asked",
            ),
            models.CheckConstraint(
                condition=_apart("register_closed_by", "proposed_by"),
                name="notice_register_is_not_closed_by_its_proposer",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True)
                | Q(
                    status="draft",
                    secrecy_reviewed_by__isnull=True,
                    approved_by__isnull=True,
                    published_by__isnull=True,
                ),
                name="notice_sent_back_stands_open_again",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """公示编号, part of what is printed: Chinese as that is; "" where none was given."""
        if self.number_of_year is None:
            return ""
        return f"〔{self.number_year}〕{self.number_of_year}号"

    @property
    def calendar_days(self) -> int | None:
        """How many it has, where those are counted; both printed days are among them."""
        if not self.counts_calendar_days or self.first_day is None or self.last_day is None:
            return None
        return (self.last_day - self.first_day).days + 1

    @property
    def days_in_words(self) -> str:
        """How long it lasts, in the days that are counted; "" while that is not fixed."""
        if self.calendar_days is not None:
            return days_in_words(self.calendar_days, DayUnit.CALENDAR)
        return (
            "" if self.working_days is None else days_in_words(self.working_days, DayUnit.WORKING)
        )

    @property
    def is_running(self) -> bool:
        """Whether it is public and open to objections: published, not over, not broken off."""
        if self.status != self.Status.PUBLISHED or self.ends_at is None:
            return False
        return not clock.is_over(self.ends_at)

    @cached_property
    def posted_through(self) -> frozenset[str]:
        """The channels of its postings; one statement, or read along."""
        return frozenset(self.postings.values_list("channel", flat=True))

    @cached_property
    def in_whose_places(self) -> dict[str, int | None]:
        """By step, in whose place it was last taken; one statement, or read along."""
        return in_whose_places(self.steps.order_by("pk").values("act", "acted_for"))


class NoticeStep(models.Model):
    """One step taken with a notice, kept as it was taken: who, in which role, when and why.

    Rows are only added. Sending back withdraws the steps before it: they stay here, above it.
    """

    class Act(models.TextChoices):
        PROPOSED = "proposed", _("提出")
        SECRECY_REVIEWED = "secrecy_reviewed", _("保密审查")
        APPROVED = "approved", _("审批")
        PUBLISHED = "published", _("发布")
        EXTENDED = "extended", _("延长公示期")
        RESTARTED = "restarted", _("终止并重新公示")
        SENT_BACK = "sent_back", _("退回")
        DISCARDED = "discarded", _("作废")
        REGISTER_CLOSED = "register_closed", _("关闭异议登记")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="steps")
    act = models.CharField(_("步骤"), max_length=20, choices=Act)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    # In whose place ``actor`` acted, where it was not their own; and the key of the form sent.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))
    reason = models.TextField(_("退回原因"), blank=True)
    # Of a proposal: the printed fields and the names as they were put forward. Of more time: the
    # last day before and after. Of a restart: its cause.
    content = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("公示办理记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    act__in=[
                        "proposed",
                        "secrecy_reviewed",
                        "approved",
                        "published",
                        "extended",
                        "restarted",
                        "sent_back",
                        "discarded",
                        "register_closed",
                    ]
                ),
                name="notice_step_known",
            ),
            models.CheckConstraint(
                condition=~Q(act__in=["sent_back", "extended", "restarted"]) | ~Q(reason=""),
                name="notice_is_held_up_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} · {self.get_act_display()}"


class NoticeEntry(models.Model):
    """One application on a notice."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="entries")
    application = models.ForeignKey(Application, models.PROTECT, related_name="notice_entries")
    # The name as it stood on the wall: a later correction of the organization leaves it alone.
    printed_name = models.CharField(_("公示名称"), max_length=120, blank=True)
    printed_area = models.CharField(_("公示辖区"), max_length=120, blank=True)
    # What the notice that was broken off had printed, where it is corrected here.
    corrected_from = models.CharField(_("原公示名称"), max_length=120, blank=True)
    # Set when a draft notice drops it, so that another notice may list it.
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["application__category", "application__area_code", "pk"]
        verbose_name = _("公示名单")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(dropped_at__isnull=True),
                name="notice_entry_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} · {self.application}"

    @property
    def name(self) -> str:
        """The name as published; before that, or in English while it is the same, as it is now."""
        organization = self.application.organization
        if self.printed_name in ("", organization.name_zh):
            return organization.name
        return self.printed_name

    @property
    def renamed_to(self) -> str:
        """What the organization is called now, where it was published under another name."""
        organization = self.application.organization
        return organization.name if self.printed_name not in ("", organization.name_zh) else ""

    @property
    def area(self) -> str:
        """The area as published; entries from before it was kept say the name of that day."""
        area = self.application.organization.jurisdiction
        if self.printed_name and not self.printed_area and self.notice.published_at:
            return area.name_on(self.notice.published_at.astimezone(clock.SHANGHAI).date())
        return area.name if self.printed_area in ("", area.name_zh) else self.printed_area


class NoticePosting(models.Model):
    """That a notice was posted somewhere; a picture of it is cited (``postings``). Only added."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="postings")
    channel = models.CharField(_("公示渠道"), max_length=8, choices=NoticeChannel)
    place = models.CharField(_("具体位置"), max_length=120)
    posted_by = models.CharField(_("张贴（发布）人"), max_length=60)
    posted_on = models.DateField(_("张贴（发布）日期"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("公示张贴")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["website", "media", "board", "unit", "other"]),
                name="notice_posting_channel_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} · {self.place}"


def in_whose_places(steps: Iterable[Mapping[str, Any]]) -> dict[str, int | None]:
    """By step, in whose place it was last taken; ``steps`` come as they were taken."""
    return {step["act"]: step["acted_for"] for step in steps}


def steps_read(notice: str) -> Subquery:
    """The steps of the ``notice`` that a row points to, for ``in_whose_places``."""
    taken = JSONBAgg(JSONObject(act="act", acted_for="acted_for"), order_by="pk")
    rows = NoticeStep.objects.filter(notice=OuterRef(notice)).order_by().values("notice")
    return Subquery(rows.annotate(taken=taken).values("taken"))
