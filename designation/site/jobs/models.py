"""A job: what is worked on, for whom, how far it is, and by which worker's attempt."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from . import kinds


class State(models.TextChoices):
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("办理中")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", _("已取消")
    FAILED = "failed", _("未完成")


UNDER_WAY = (State.QUEUED, State.RUNNING)


class Job(models.Model):
    """One piece of long work, about one row.

    ``subject_type`` and ``subject_id`` name that row as the log does; nobody is named who asked
    when it was the system. ``attempt`` grows each time a worker takes the job up: one that was
    given up for dead and comes back finds that it is no longer its turn. ``memo`` is what a worker
    needs to go on where the last one left, written with each chunk; its shape is the kind's.
    ``slot`` names what may be under way only once. ``reason`` is the code of the finding by which a
    rule refused it while it ran; it is empty where something broke.
    """

    kind = models.CharField(_("种类"), max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    slot = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    memo = models.JSONField(default=dict)
    # When a worker last wrote how far it is.
    heard_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "site"
        ordering: ClassVar = ["-pk"]
        verbose_name = _("作业")
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state__in=UNDER_WAY), name="job_under_way"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_of_total"),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, ended_at__isnull=True)
                | ~Q(state__in=UNDER_WAY) & Q(ended_at__isnull=False),
                name="job_says_when_it_ended",
            ),
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(state__in=UNDER_WAY) & ~Q(slot=""),
                name="job_alone_in_its_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def words(self) -> kinds.Words:
        return kinds.of(self.kind).words

    @property
    def state_said(self) -> str:
        running = self.state == State.RUNNING
        return str(self.words.running if running else self.get_state_display())

    @property
    def progress_said(self) -> str:
        return str(self.words.progress) % {"done": self.done, "total": self.total}
