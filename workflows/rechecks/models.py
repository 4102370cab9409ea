"""The draw of a year, a re-check and what happened in it, and the yearly self-report."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.organizations.models import Jurisdiction, Role
from designation.register.models import Designation, TitleStep
from designation.site import clock
from standards.code_field import CodeField

from ..stages.verification.models import Visit


class Draw(models.Model):
    """How a county drew the re-checks of a year (年度抽取): all that repeats it. Never rewritten.

    ``listed`` are the numbers of the titles that it was drawn from, in their order; those in the
    last year of their term are all re-checked, and stand in no draw.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    listed = models.JSONField(_("抽取名单"))
    digest = models.CharField(_("名单摘要"), max_length=64)
    seed = models.CharField(_("抽取种子"), max_length=80)
    # Whence the seed was taken, so that others find it there.
    source = models.CharField(_("种子来源"), max_length=200)
    count = models.PositiveIntegerField(_("抽取数"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("抽取时间"))

    class Meta:
        ordering: ClassVar = ["-year", "jurisdiction"]
        verbose_name = _("年度抽取")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="draw_once_a_year"),
            models.CheckConstraint(
                condition=~Q(seed="") & ~Q(source=""), name="draw_says_its_seed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} · {self.year}"


class Standing(models.TextChoices):
    """Where a re-check stands."""

    DUE = "due", _("待核查")
    TOLD = "told", _("待单位答复")
    ANSWERED = "answered", _("待作结论")
    PROPOSED = "proposed", _("待审定人决定")
    CONCLUDED = "concluded", _("已作结论")
    DROPPED = "dropped", _("已终止")


OVER = (Standing.CONCLUDED, Standing.DROPPED)


class Outcome(models.TextChoices):
    """What becomes of the title; proposed, it is not yet decided."""

    KEPT = "kept", _("保留")
    WARNED = "warned", pgettext_lazy("happened", "警告")
    ORDERED = "ordered", pgettext_lazy("happened", "限期整改")
    PROPOSED = "proposed", _("提请撤销")
    REVOKED = "revoked", _("撤销")


# An outcome that is an act upon the title, which the re-check then points to.
ACTS_ON_THE_TITLE = (Outcome.WARNED, Outcome.ORDERED, Outcome.REVOKED)


def _says_what_becomes_of_the_title() -> Q:
    """Concluded it says so; and where that is an act upon the title, it points to it."""
    is_over = Q(standing=Standing.CONCLUDED)
    return (
        is_over & Q(outcome=Outcome.KEPT, title_step__isnull=True)
        | is_over & Q(outcome__in=ACTS_ON_THE_TITLE, title_step__isnull=False)
        | Q(standing=Standing.PROPOSED, outcome=Outcome.PROPOSED, title_step__isnull=True)
        | ~Q(standing__in=[Standing.CONCLUDED, Standing.PROPOSED])
        & Q(outcome="", title_step__isnull=True)
    )


class Recheck(models.Model):
    """A title looked at again in a year (复核): why, by which visit, and what became of it.

    Once that is over it may be looked at again in the same year, for another reason.
    """

    class Why(models.TextChoices):
        DRAWN = "drawn", _("年度抽查")
        LAST_YEAR = "last_year", _("到期前复核")
        REASON = "reason", _("因故复核")

    title = models.ForeignKey(Designation, models.PROTECT, related_name="rechecks")
    year = models.PositiveSmallIntegerField(_("年度"))
    why = CodeField(_("复核事由"), max_length=12, choices=Why)
    reason = models.TextField(_("说明"), blank=True)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, blank=True, related_name="rechecks")
    # The title's last day when it was entered: its last year is re-checked once.
    until = models.DateField(_("有效期至"))
    due_on = models.DateField(_("办结期限"))
    standing = CodeField(_("状态"), max_length=12, choices=Standing, default=Standing.DUE)
    outcome = CodeField(_("结论"), max_length=12, choices=Outcome, blank=True, default="")
    # The visit whose findings the unit was told.
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="recheck"
    )
    # What was then done to the title; one revocation may decide what several had proposed.
    title_step = models.ForeignKey(
        TitleStep, models.PROTECT, null=True, blank=True, related_name="rechecks"
    )
    at = models.DateTimeField(_("列入时间"))

    class Meta:
        ordering: ClassVar = ["-year", "due_on", "pk"]
        verbose_name = _("复核")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "year"],
                condition=~Q(standing__in=OVER),
                name="recheck_one_is_open_in_a_year",
            ),
            models.UniqueConstraint(
                fields=["title", "year"],
                condition=Q(draw__isnull=False),
                name="recheck_drawn_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(why="drawn", draw__isnull=False)
                | Q(why="last_year")
                | Q(why="reason", draw__isnull=True) & ~Q(reason=""),
                name="recheck_says_why",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[Standing.DUE, Standing.DROPPED]) | Q(visit__isnull=False),
                name="recheck_goes_on_after_its_visit",
            ),
            models.CheckConstraint(
                condition=_says_what_becomes_of_the_title(),
                name="recheck_says_what_becomes_of_the_title",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.year}"

    @property
    def version(self) -> int:
        """What a page of it saw: the last that had happened in it."""
        return self.steps.aggregate(last=Max("pk"))["last"] or 0

    @property
    def is_over(self) -> bool:
        return self.standing in OVER

    @property
    def is_late(self) -> bool:
        return not self.is_over and self.due_on < clock.today()


class RecheckStep(models.Model):
    """One passage of a re-check, as it was recorded: what was said by whom. Rows are only added."""

    recheck = models.ForeignKey(Recheck, models.PROTECT, related_name="steps")
    act = CodeField(_("步骤"), max_length=12)
    text = models.TextField(_("内容"), blank=True)
    outcome = CodeField(_("结论"), max_length=12, choices=Outcome, blank=True, default="")
    # What time did has no actor.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("复核办理记录")

    def __str__(self) -> str:
        return f"{self.recheck} · {self.act}"


class SelfReport(models.Model):
    """The yearly self-report (年度自查) of a unit on its title: asked for once, handed in once.

    ``changes`` says by question what is not as it was; empty where nothing changed. It is excused
    where the title is re-checked in the same year after all, or is in force no more.
    """

    class Question(models.TextChoices):
        NAME = "name", _("单位名称、隶属关系")
        SECRETARY = "secretary", _("党组织书记")
        PREMISES = "premises", _("活动场所")
        STANDARD = "standard", _("示范标准中的强制条目（哪一条、差在哪里）")

    title = models.ForeignKey(Designation, models.PROTECT, related_name="self_reports")
    year = models.PositiveSmallIntegerField(_("年度"))
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="self_reports")
    due_on = models.DateField(_("上报期限"))
    changes = models.JSONField(_("变化情况"), default=dict, blank=True)
    handed_in_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    # Excused because the title is in force no more; else because it is re-checked.
    has_ended = models.BooleanField(default=False, db_default=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices, blank=True)
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("要求时间"))

    class Meta:
        ordering: ClassVar = ["-year", "due_on", "pk"]
        verbose_name = _("年度自查")
        constraints = [
            models.UniqueConstraint(fields=["title", "year"], name="self_report_once_a_year"),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, actor__isnull=True, role="")
                | Q(handed_in_at__isnull=False, actor__isnull=False, excused_at__isnull=True)
                & ~Q(role=""),
                name="self_report_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(has_ended=False) | Q(excused_at__isnull=False),
                name="self_report_of_an_ended_title_is_excused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.year}"

    @property
    def is_awaited(self) -> bool:
        return self.handed_in_at is None and self.excused_at is None

    @property
    def is_late(self) -> bool:
        return self.is_awaited and self.due_on < clock.today()

    @property
    def state(self) -> str:
        if self.has_ended:
            return str(_("称号终止，不用上报"))
        if self.excused_at is not None:
            return str(_("已改为复核，不用上报"))
        if self.handed_in_at is None:
            return str(_("待上报"))
        return str(_("有变化") if self.changes else _("没有变化"))

    @property
    def told_changes(self) -> list[tuple[Any, str]]:
        """What changed, in the order of the questions, each under its words."""
        asked = self.Question
        return [(one.label, self.changes[one]) for one in asked if self.changes.get(one)]
