"""One replay (推演), and the applications that it turns round."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.rounds.models import RoundCategory
from standards.models import StandardVersion


class Status(models.TextChoices):
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("推演中")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", _("已取消")
    FAILED = "failed", _("未完成")


UNDER_WAY = (Status.QUEUED, Status.RUNNING)


class Basis(models.TextChoices):
    """Which values are judged."""

    DECLARED = "declared", _("各组织申报的数值")
    MEASURED = "measured", _("核查组实地核查的数值")


class Replay(models.Model):
    """One category of a round replayed by ``version`` with ``thresholds`` changed in it.

    ``thresholds`` maps check codes to numbers. ``attempt`` grows each time a worker takes the
    replay up: one that was given up for dead and comes back finds that it is no longer its turn.
    ``result`` has the shape of ``results.stored``; it is empty until the replay is done.
    """

    entry = models.ForeignKey(
        RoundCategory, models.PROTECT, related_name="replays", verbose_name=_("批次和类别")
    )
    # A draft may be thrown away; what it was called stays.
    version = models.ForeignKey(StandardVersion, models.SET_NULL, null=True, related_name="+")
    version_name = models.CharField(_("试用的标准"), max_length=300)
    thresholds = models.JSONField(default=dict)
    basis = models.CharField(_("依据"), max_length=8, choices=Basis, default=Basis.DECLARED)
    status = models.CharField(_("状态"), max_length=9, choices=Status, default=Status.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("提出时间"))
    # When a worker last wrote how far it is.
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        app_label = "workflows"
        ordering: ClassVar = ["-pk"]
        verbose_name = _("推演")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="replay_done_of_total"),
            models.UniqueConstraint(
                fields=["requested_by"],
                condition=Q(status__in=UNDER_WAY),
                name="replay_one_a_person_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.version_name}"

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY


class ReplayFlip(models.Model):
    """An application that the replay turns round, and the checks that do it."""

    replay = models.ForeignKey(Replay, models.CASCADE, related_name="flips")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    # Passed and now fails; otherwise it is the other way round.
    falls = models.BooleanField()
    check_codes = models.JSONField()

    class Meta:
        app_label = "workflows"
        ordering: ClassVar = ["pk"]
        verbose_name = _("推演中改变结论的组织")
        constraints = [
            models.UniqueConstraint(
                fields=["replay", "application"], name="replay_flip_once_an_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.replay} · {self.application}"
