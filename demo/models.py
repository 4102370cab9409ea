"""The demo's own clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoClock(models.Model):
    """The single row that says which moment the demo takes the real moment ``anchored_at`` for."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    moment = models.DateTimeField()
    anchored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("演示时钟")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="demo_has_one_clock"),
        ]

    def __str__(self) -> str:
        return str(self.moment)
