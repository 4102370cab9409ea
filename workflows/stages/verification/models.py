"""The visit, its team, and what was measured on site."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Conclusion
from designation.register.models import Designation
from standards.code_field import CodeField
from standards.models import Item, StandardVersion

from ...case.records import Decision
from ..objections.models import Objection

# On what a visit stands, by the field that holds it, with the reasons it is then made for.
STANDS_ON: Mapping[str, tuple[str, ...]] = {
    "application": ("verification", "reverification"),
    "title": ("recheck",),
    "objection": ("objection",),
    "decision": ("appeal",),
}
# The key of no application.
ON_NO_RECORD = 0


def _on_what_its_reason_says() -> Q:
    condition = Q()
    for field, reasons in STANDS_ON.items():
        filled = {f"{other}__isnull": other != field for other in STANDS_ON}
        condition |= Q(reason__in=reasons, standard__isnull=field != "title", **filled)
    return condition


class Visit(models.Model):
    """One visit (实地核查) to one organization; a visit sent back is closed and kept.

    It stands on what it is made for (``made_for``). An application carries its visit along through
    its stages; any other visit goes its own way, from its planning until it is concluded.
    """

    class Reason(models.TextChoices):
        """Why somebody goes: one kind of visit serves every course that needs one."""

        VERIFICATION = "verification", _("核查")
        REVERIFICATION = "reverification", _("重新核查")
        RECHECK = "recheck", _("复核")
        OBJECTION = "objection", _("异议调查")
        APPEAL = "appeal", _("申诉复查")

    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    title = models.ForeignKey(
        Designation, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    objection = models.ForeignKey(
        Objection, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    # The one appealed against.
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    # By which a title is looked at; whatever else it is made for says so itself.
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = CodeField(_("核查事由"), max_length=16, choices=Reason, default=Reason.VERIFICATION)
    # Codes of the items to be seen; none are named where it is the whole standard.
    items = models.JSONField(_("核查条目"), default=list, blank=True)
    planned_on = models.DateField(_("计划核查日期"))
    place = models.CharField(_("核查地点"), max_length=200)
    begun_at = models.DateTimeField(_("开始核查时间"), null=True, blank=True)
    started_at = models.DateTimeField(_("到达时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("离开时间"), null=True, blank=True)
    summary = models.TextField(_("核查情况"), blank=True)
    # Who wrote the times and the summary; see ``designation.applications.authorship``.
    written = models.JSONField(default=dict)
    # Set by the decision that the record went into: from then on the applicant sees it.
    released_at = models.DateTimeField(null=True, blank=True)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # Why one that stands apart was closed before it was concluded.
    called_off_because = models.TextField(_("取消理由"), blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("实地核查")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at__isnull=True), name="visit_one_open"
            ),
            *(
                models.UniqueConstraint(
                    fields=[field],
                    condition=Q(released_at__isnull=True, closed_at__isnull=True),
                    name=f"visit_one_open_of_{field}",
                )
                for field in ("title", "objection", "decision")
            ),
            models.CheckConstraint(
                condition=_on_what_its_reason_says(), name="visit_stands_on_what_its_reason_says"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="visit_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False, called_off_because="")
                | Q(application__isnull=True, closed_at__isnull=True, called_off_because="")
                | Q(application__isnull=True, closed_at__isnull=False, released_at__isnull=True)
                & ~Q(called_off_because=""),
                name="visit_apart_is_closed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application or self.about.organization} · {self.planned_on}"

    @property
    def about(self) -> Application:
        """The application that it concerns.

        Of a title it is one that is on no record, whatever the title was once applied for: it says
        who is visited, where, and by which standard.
        """
        if self.application is not None:
            return self.application
        if self.objection is not None:
            return self.objection.entry.application
        if self.decision is not None:
            return self.decision.application
        title: Any = self.title  # one of the four stands: the database holds that
        return Application(
            pk=ON_NO_RECORD,
            organization=title.organization,
            area_code=title.jurisdiction.code,
            category=title.category,
            standard=self.standard,
        )


class VisitStep(models.Model):
    """One passage of a visit, kept as it was: who, in which role, when. Rows are only added."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="steps")
    act = models.CharField(_("步骤"), max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("角色"), max_length=24)
    # In whose place ``actor`` acted, where it was not their own; and the key of the form sent.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("核查办理记录")

    def __str__(self) -> str:
        return f"{self.visit} · {self.act}"


class VisitMember(models.Model):
    """A verifier on the team; each declares no interest and signs for themselves.

    Who leaves the team stays on record with what they declared and signed; who comes back later
    declares anew.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visit_memberships"
    )
    is_leader = models.BooleanField(_("组长"), default=False)
    no_interest_declared_at = models.DateTimeField(_("回避承诺时间"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签字时间"), null=True, blank=True)
    left_at = models.DateTimeField(_("退出时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-is_leader", "pk"]
        verbose_name = _("核查组成员")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"],
                condition=Q(left_at__isnull=True),
                name="visit_member_once",
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(is_leader=True, left_at__isnull=True),
                name="visit_one_leader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} · {self.person}"


class Measurement(models.Model):
    """What verifiers found on one item: measured values by check code, a verdict, its basis."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="measurements")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    verdict = models.CharField(_("核查结论"), max_length=16, choices=Conclusion, blank=True)
    basis = models.TextField(_("核查依据"), blank=True)
    # Who wrote which field; see ``designation.applications.authorship``.
    written = models.JSONField(default=dict)
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    measured_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["item__order"]
        verbose_name = _("核查记录")
        constraints = [
            models.UniqueConstraint(fields=["visit", "item"], name="measurement_once_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} · {self.item}"
