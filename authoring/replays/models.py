"""One replay (推演), and the applications that it turns round."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.rounds.models import RoundCategory
from designation.site.jobs.models import Job
from standards.models import StandardVersion


class Basis(models.TextChoices):
    """Which values are judged."""

    DECLARED = "declared", _("各组织申报的数值")
    MEASURED = "measured", _("核查组实地核查的数值")


class Replay(models.Model):
    """One category of a round replayed by ``version`` with ``thresholds`` changed in it.

    ``thresholds`` maps check codes to numbers. ``job`` says who asked, how far it is and how it
    ended. ``result`` has the shape of ``results.stored``; it is empty until the replay is done.
    """

    job = models.OneToOneField(Job, models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        RoundCategory, models.PROTECT, related_name="replays", verbose_name=_("批次和类别")
    )
    # A draft may be thrown away; what it was called stays.
    version = models.ForeignKey(StandardVersion, models.SET_NULL, null=True, related_name="+")
    version_name = models.CharField(_("试用的标准"), max_length=300)
    thresholds = models.JSONField(default=dict)
    basis = models.CharField(_("依据"), max_length=8, choices=Basis, default=Basis.DECLARED)
    result = models.JSONField(default=dict)

    class Meta:
        app_label = "workflows"
        ordering: ClassVar = ["-pk"]
        verbose_name = _("推演")

    def __str__(self) -> str:
        return f"{self.entry} · {self.version_name}"


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
