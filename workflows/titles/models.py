"""What is kept beside the history of titles."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from designation.register.models import Designation


class EndTold(models.Model):
    """That the holder was told of the coming end of a title: once for each last day it was given.

    Only added.
    """

    title = models.ForeignKey(Designation, models.PROTECT, related_name="+")
    until = models.DateField(_("有效期至"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("到期提醒")
        constraints = [
            models.UniqueConstraint(fields=["title", "until"], name="title_end_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.until}"
