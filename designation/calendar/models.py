"""Days on which the week's own rule does not hold, and the years that have been loaded."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


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
