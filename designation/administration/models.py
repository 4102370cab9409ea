"""The county's table on its way in, the link of the first day, and reviews of rights."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..organizations.models import Jurisdiction, Seat
from ..site.jobs.models import Job


class CountyTable(models.Model):
    """One file of townships, organizations, people and seats, as it was uploaded.

    The file itself is not kept, and its rows only until the next one of the area comes; those of a
    part that nobody has accepted, until one comes that holds that part.
    ``job`` is the one that last judged or entered them. ``digests`` hold by part what its preview
    shows; "" of a part that holds no row. ``is_other`` says that it showed something else before.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("辖区")
    )
    name = models.CharField(_("文件名"), max_length=120)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    digests = models.JSONField(default=dict)
    is_other = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("录入表")

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What entering a row would do."""

    FAULT = "fault", _("有错")
    NEW = "new", _("新增")
    CHANGED = "changed", _("有改动")
    SAME = "same", _("没有变化")


class TableRow(models.Model):
    """One row of the file that says something.

    ``values`` by name of the column; ``key`` tells rows of a sheet apart, ``name_key`` finds them
    by name, titles by the document number. ``faults`` are those of reading, with a third value
    what it only remarked; ``findings`` all of them and those of judging: lists of column, message
    and whether it blocks. ``differences`` by column, before and after, in words.
    """

    table = models.ForeignKey(CountyTable, models.CASCADE, related_name="rows")
    sheet = models.CharField(_("工作表"), max_length=16)
    number = models.PositiveIntegerField(_("行"))
    values = models.JSONField()
    key = models.CharField(max_length=400)
    name_key = models.CharField(max_length=300, blank=True)
    faults = models.JSONField(default=list)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)
    differences = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    is_entered = models.BooleanField(default=False)
    # Since the preview that was accepted.
    is_other = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("录入表的一行")
        indexes = [
            models.Index(fields=["table", "sheet", "key"], name="table_row_by_key"),
            models.Index(fields=["table", "sheet", "name_key"], name="table_row_by_name"),
            # What roles the file gives somebody is asked for each of its seats.
            models.Index(
                "table",
                KeyTransform("username", "values"),
                condition=models.Q(sheet="seats"),
                name="table_row_by_account",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "sheet", "number"], name="table_row_once_in_its_sheet"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[*Outcome.values, ""]),
                name="table_row_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"


class FirstDayLink(models.Model):
    """The link behind which a county and its three administrators are set up, once.

    Of its token the hash is kept. ``county`` is what was set up behind it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("开通链接")
        constraints = [
            models.UniqueConstraint(
                fields=["used_at"],
                condition=models.Q(used_at__isnull=True),
                nulls_distinct=False,
                name="first_day_link_one_is_open",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True, county__isnull=True)
                | models.Q(used_at__isnull=False, county__isnull=False),
                name="first_day_link_is_used_for_a_county",
            ),
        ]

    def __str__(self) -> str:
        return str(_("开通链接"))


class RightsReview(models.Model):
    """The review of rights (权限复核) of one quarter, over all seats of an area.

    ``begins_on`` is the first day of the quarter. It lists what was held then: a seat that is
    given later stands in the next one. ``finished_at`` None: lines are still to be ticked, or the
    quarter was over before they were.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="+", verbose_name=_("辖区")
    )
    begins_on = models.DateField(_("季度"))
    opened_at = models.DateTimeField(_("开始时间"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-begins_on", "jurisdiction__code"]
        verbose_name = _("权限复核")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "begins_on"], name="rights_review_once_a_quarter"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True, finished_by__isnull=True)
                | models.Q(finished_at__isnull=False, finished_by__isnull=False),
                name="rights_review_is_finished_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} · {self.quarter}"

    @property
    def quarter(self) -> str:
        """In words: 2026 年第 1 季度."""
        number = (self.begins_on.month + 2) // 3
        return gettext("%(year)d 年第 %(number)d 季度") % {
            "year": self.begins_on.year,
            "number": number,
        }


class Verdict(models.TextChoices):
    """What a review says of a seat; ``ENDED`` of one that ended otherwise before it was ticked."""

    KEPT = "kept", _("保留")
    WITHDRAWN = "withdrawn", pgettext_lazy("seat", "收回")
    ENDED = "ended", _("已另行终止")


class ReviewedSeat(models.Model):
    """One line of a review: a seat, and what was said of it.

    ``shown`` is what stood on the line then, in the record's language. Without a verdict it waits;
    with one it is never written again (a trigger holds it).
    """

    review = models.ForeignKey(RightsReview, models.PROTECT, related_name="lines")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    verdict = models.CharField(_("复核结果"), max_length=12, choices=Verdict, blank=True)
    shown = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("复核的岗位")
        constraints = [
            models.UniqueConstraint(fields=["review", "seat"], name="reviewed_seat_once_a_review"),
            models.CheckConstraint(
                condition=models.Q(verdict="", by__isnull=True, at__isnull=True)
                | models.Q(verdict__in=["kept", "withdrawn"], by__isnull=False, at__isnull=False)
                | models.Q(verdict="ended", by__isnull=True, at__isnull=False),
                name="reviewed_seat_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.seat}"
