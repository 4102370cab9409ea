"""Days on which the week's own rule does not hold, the years they belong to, and terms."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.organizations.models import Organization, Role
from standards.code_field import CodeField


class CalendarYear(models.Model):
    """A year whose official data is in: only within such years are deadlines computed."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    source_document = models.CharField(_("依据文件"), max_length=200)

    class Meta:
        ordering: ClassVar = ["year"]
        verbose_name = _("日历年份")

    def __str__(self) -> str:
        return str(self.year)


class CalendarException(models.Model):
    """A weekday off (holiday) or a weekend day worked (make-up working day 补班)."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("放假")
        MAKE_UP = "make_up", _("补班")

    date = models.DateField(_("日期"), primary_key=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="exceptions")
    kind = models.CharField(_("类型"), max_length=8, choices=Kind)

    class Meta:
        ordering: ClassVar = ["date"]
        verbose_name = _("日历例外")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "make_up"]), name="calendar_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(date__year=F("year")), name="calendar_day_lies_in_its_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class CalendarLoad(models.Model):
    """A calendar year on its way in: loaded by one person, and official once another confirmed it.

    ``lines`` is what the file said, each as its number, its day (ISO) and its kind; ``days_off``
    the number of the notice, where it is not the law's. Nobody has loaded what came by the
    command of the machine. Written once, and decided on once (the database holds that).
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("已确认启用")
        DECLINED = "declined", _("未采用")

    year = models.PositiveSmallIntegerField(_("年份"))
    source_document = models.CharField(_("依据文件"), max_length=200)
    days_off = models.PositiveSmallIntegerField(_("放假天数"), null=True, blank=True)
    lines = models.JSONField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    loaded_at = models.DateTimeField(_("载入时间"))
    outcome = CodeField(_("结果"), max_length=12, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("日历载入")
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(outcome=""), name="calendar_load_one_waits_a_year"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="calendar_load_says_who_decided",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed")
                | Q(loaded_by__isnull=True)
                | ~Q(decided_by=F("loaded_by")),
                name="calendar_load_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(reason=""),
                name="calendar_load_is_declined_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return force_str(_("%(year)s 年工作日历")) % {"year": self.year}

    @property
    def waits(self) -> bool:
        return not self.outcome


class Term(models.Model):
    """A term (期限): by when, whose turn it is, and what follows when the moment is over.

    Written once: it may be paused once and ended once, and nothing else of it ever changes (the
    database holds that). What goes on under another date is a term of its own that ``continues``
    this one. ``subject_type`` and ``subject_id`` name what it is about as the log does; ``kind``
    is the registered word for what is awaited. ``days`` are the working days of its span; None
    where it ends at a fixed moment. ``then`` names the consequence that time itself brings; empty
    where nothing follows but being late. ``interrupts`` is the term that stands still meanwhile.
    """

    class Ending(models.TextChoices):
        MET = "met", _("已办")
        OVERTAKEN = "overtaken", _("已无须办理")
        OVER = "over", _("期满")
        RESUMED = "resumed", _("继续计算")
        EXTENDED = "extended", _("已延长")

    kind = models.CharField(_("事项"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    # Whose turn it is: a role, held in an organization, else over the area.
    jurisdiction_code = models.CharField(max_length=12, blank=True)
    role = CodeField(_("办理角色"), max_length=24, choices=lambda: Role.choices, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    days = models.PositiveSmallIntegerField(_("工作日数"), null=True, blank=True)
    began_at = models.DateTimeField(_("开始时间"))
    due_at = models.DateTimeField(_("办理期限"))
    then = models.CharField(max_length=60, blank=True)
    interrupts = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    paused_at = models.DateTimeField(_("停止计算时间"), null=True, blank=True)
    # Working days then left.
    days_left = models.PositiveSmallIntegerField(_("剩余工作日"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_as = CodeField(_("结束方式"), max_length=12, choices=Ending, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = pgettext_lazy("by when, whose, what then", "期限")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=Q(ended_at__isnull=True),
                name="term_one_open_of_a_kind",
            ),
            # A fixed moment may lie behind: what comes back after the round has closed is late.
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=1, due_at__gt=F("began_at")),
                name="term_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, days_left__isnull=True)
                | Q(paused_at__isnull=False, days_left__isnull=False),
                name="term_runs_or_stands_still",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_as="")
                | Q(ended_at__isnull=False) & ~Q(ended_as=""),
                name="term_says_how_it_ended",
            ),
        ]
        indexes = [
            # What time has to bring about, the longest over first.
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at__isnull=True, paused_at__isnull=True) & ~Q(then=""),
                name="term_time_brings_about",
            ),
            # What people are reminded of.
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at__isnull=True, paused_at__isnull=True),
                name="term_runs_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class TermExtension(models.Model):
    """That a term was extended: from when to when, by whom in which role, and why; only added."""

    # The longer one; what it continues is the term that was extended.
    term = models.OneToOneField(Term, models.PROTECT, related_name="extension")
    due_before = models.DateTimeField(_("原期限"))
    due_after = models.DateTimeField(_("延长后的期限"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    reason = models.TextField(_("延长原因"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("期限延长")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_after__gt=F("due_before")), name="term_extension_is_longer"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="term_is_extended_with_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} · {self.due_after:%Y-%m-%d}"


class TermReminder(models.Model):
    """That people were reminded of a term; only added. Each kind comes once a term."""

    class Kind(models.TextChoices):
        """In the order in which they come; ``reminders`` says when."""

        BEFORE = "before", _("期限将到")
        ON_THE_DAY = "on_the_day", _("期限已到")
        AFTER = "after", _("逾期")
        TO_SUPERIOR = "to_superior", _("逾期未办，报告上级")

    term = models.ForeignKey(Term, models.PROTECT, related_name="reminders", db_index=False)
    kind = CodeField(_("提醒"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("期限提醒")
        constraints = [
            models.UniqueConstraint(fields=["term", "kind"], name="term_reminds_once_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.term} · {self.kind}"
