"""The register: designation decisions, the titles they give, and what happens to those."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.applications.models import Application
from designation.audit.models import WithoutSeat
from designation.organizations.initials import Initials
from designation.organizations.models import (
    Jurisdiction,
    Named,
    Organization,
    Role,
)
from designation.organizations.pairs import pairs_in
from designation.rounds.models import Round
from designation.site import clock
from designation.site.sameness import SamenessKey
from standards.categories import Category
from standards.code_field import CodeField
from standards.language import in_language

from . import standing
from .bars import Fault
from .standing import (
    MAY_SET_THE_TERM,
    SETS_THE_END,
    SETS_THE_ORDER,
    SETS_THE_TERM,
    Act,
    Standing,
)

# Also for whom the rows are written that know nothing of the column: the version before, and SQL.
_EMPTY: dict[str, Any] = {"default": "", "db_default": ""}


class DesignationDecision(models.Model):
    """The document (决定 or 通报) that gives the title: its number, date and deciding body.

    Without a round where it was given before the system, or apart from any. ``county`` is the head
    of the division code of whose it is: bodies of two counties may be called the same.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    county = models.CharField(max_length=12, editable=False, **_EMPTY)
    document_number = models.CharField(_("发文字号"), max_length=80)
    decided_on = models.DateField(_("决定日期"))
    deciding_body = models.CharField(_("审定机关"), max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-decided_on"]
        verbose_name = _("命名决定")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "deciding_body", "document_number"],
                name="decision_document_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class Designation(Named):
    """A title (命名) as it was given, under the name that it was given to.

    Name and area are those of the day of the decision, whatever either is called later.
    ``designated_on`` and ``valid_until`` are its first and last day as given. What became of it
    since stands in its ``steps``: how it stands on a day is worked out, never stored. A title that
    was given before the system, or renewed later, has no application.
    """

    Status = standing.Status
    # As of the day that ``queries.as_of`` was asked for; not stored.
    status: str
    until: date
    correct_by: date | None
    # Who holds it where that is not whom it was given to; read by ``queries.titles``.
    holder_zh: str | None = None
    holder_en: str | None = None
    # What its holder was called on another day than today that was asked for; as above.
    then_zh: str | None = None
    then_en: str | None = None

    number = models.CharField(_("名册编号"), max_length=40, unique=True)
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="designation",
        verbose_name=pgettext_lazy("one", "申报"),
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="designations")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    area_name_zh = models.CharField(_("命名时所在辖区"), max_length=120)
    area_name_en = models.CharField(_("命名时所在辖区英文名称"), max_length=200, blank=True)
    name_key = SamenessKey(of="name_zh", db_default="")
    name_initials = Initials(of="name_zh")
    # By which a part of any of these is found.
    name_pairs = pairs_in("name_key", "name_en", "name_initials")
    category = models.CharField(_("类别"), max_length=2, choices=Category)
    decision = models.ForeignKey(DesignationDecision, models.PROTECT, related_name="designations")
    designated_on = models.DateField(_("命名日期"))
    valid_until = models.DateField(_("有效期至"))
    # Given before the system, and taken over from the register that there was.
    is_imported = models.BooleanField(_("由旧名册录入"), default=False, db_default=False)

    class Meta:
        ordering: ClassVar = ["-designated_on", "number"]
        verbose_name = _("命名")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("designated_on")),
                name="designation_term_runs_forward",
            ),
            models.CheckConstraint(
                condition=~Q(name_zh="") & ~Q(area_name_zh=""),
                name="designation_keeps_its_names",
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="designation_category_known"
            ),
            models.UniqueConstraint(
                fields=["decision", "organization", "category"],
                name="designation_once_a_decision",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-designated_on", "number"],
                include=["id"],
                name="designation_as_listed",
            ),
            # The same of an area, and of a category: where it has few, and where it has many.
            models.Index(
                fields=["jurisdiction", "-designated_on", "number"],
                include=["id"],
                name="designation_in_an_area",
            ),
            models.Index(
                fields=["category", "-designated_on", "number"],
                include=["id"],
                name="designation_of_a_category",
            ),
            GinIndex(fields=["name_pairs"], name="designation_by_name"),
            models.Index(
                OpClass(Reverse("number"), name="text_pattern_ops"), name="designation_by_end"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def area_name(self) -> str:
        return in_language(self.area_name_zh, self.area_name_en)

    @property
    def renamed_to(self) -> str:
        """What its holder is called now, where that is another name; else empty."""
        if self.holder_zh:
            return in_language(self.holder_zh, self.holder_en or "")
        return self.organization.name if self.organization.name_zh != self.name_zh else ""

    @property
    def called_then(self) -> str:
        """What its holder was called on the day asked for, where that is another name."""
        if not self.then_zh or self.then_zh == self.name_zh:
            return ""
        return in_language(self.then_zh, self.then_en or "")

    @property
    def area_renamed_to(self) -> str:
        """What the area is called now, where that is another name; else empty."""
        return self.jurisdiction.name if self.jurisdiction.name_zh != self.area_name_zh else ""

    @property
    def version(self) -> int:
        """What a page of it saw: the last that had happened to it."""
        return self.steps.aggregate(last=Max("pk"))["last"] or 0

    @property
    def status_label(self) -> str:
        """The word for ``status``, of the day that was asked for."""
        return str(self.Status(self.status).label)

    @property
    def is_overdue(self) -> bool:
        """Whether the last day of the order that stands against it is past."""
        return self.correct_by is not None and self.correct_by < clock.today()

    @property
    def is_in_force(self) -> bool:
        """Whether it counts on the day that was asked for, whatever stands against it."""
        return self.status in standing.IN_FORCE

    def standing_on(self, day: date) -> Standing | None:
        """How the title stands on ``day``; None: not given by then. ``queries`` asks for many."""
        return standing.standing(self, self.steps.all(), day)


class TitleStep(models.Model):
    """One thing that happened to a title, as it was recorded. Rows are only added.

    It holds from ``effective_on`` on. ``until`` is the title's last day from then on, empty where
    the step leaves it as it is; ``correct_by`` is that of an order. It rests on a document: on the
    ``decision`` where that gives the title, renewed or restored too, else on the one whose number
    and body it bears itself. ``reason`` says why (of the giving the document does). ``role`` is
    the one in which ``actor`` recorded it, in the place of ``acted_for`` where the seat was
    another's; what time did has no actor.
    """

    # The last day of the title until then; read by ``queries.with_last_days``.
    until_formerly: date | None = None

    title = models.ForeignKey(Designation, models.PROTECT, related_name="steps")
    act = CodeField(_("事项"), max_length=12, choices=Act)
    effective_on = models.DateField(_("生效日期"))
    until = models.DateField(_("有效期至"), null=True, blank=True)
    correct_by = models.DateField(_("整改期限"), null=True, blank=True)
    decision = models.ForeignKey(
        DesignationDecision, models.PROTECT, null=True, blank=True, related_name="steps"
    )
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True, **_EMPTY)
    deciding_body = models.CharField(_("审定机关"), max_length=120, blank=True, **_EMPTY)
    # Who holds the title from then on, where that is another.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="recognitions"
    )
    reason = models.TextField(_("理由"), blank=True)
    # Of a revocation, where its reason is one for which the unit may not apply for longer.
    fault = models.CharField(_("过错"), max_length=16, choices=Fault, blank=True, **_EMPTY)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    # In whose place ``actor`` acted, where it was not their own; and the key of the form sent.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True, **_EMPTY)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["effective_on", "pk"]
        verbose_name = _("称号办理记录")
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="title_step_act_known"),
            models.UniqueConstraint(
                fields=["title"], condition=Q(act=Act.GIVEN), name="title_given_once"
            ),
            models.CheckConstraint(
                condition=Q(act__in=SETS_THE_TERM, until__isnull=False)
                | Q(act=Act.CORRECTED)
                | (~Q(act__in=MAY_SET_THE_TERM) & Q(until__isnull=True)),
                name="title_step_says_its_last_day",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.RECOGNISED, organization__isnull=False)
                | (~Q(act=Act.RECOGNISED) & Q(organization__isnull=True)),
                name="title_step_names_the_new_holder",
            ),
            # Extended, a title stands on that day; expired, it stood until the day before.
            models.CheckConstraint(
                condition=Q(act=Act.EXTENDED, until__gte=F("effective_on"))
                | Q(act=Act.EXPIRED, until__lt=F("effective_on"))
                | ~Q(act__in=SETS_THE_TERM),
                name="title_step_last_day_fits_its_day",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.GIVEN, decision__isnull=False)
                | (~Q(act=Act.GIVEN) & ~Q(reason="")),
                name="title_step_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    act__in=SETS_THE_ORDER,
                    correct_by__isnull=False,
                    correct_by__gt=F("effective_on"),
                )
                | (~Q(act__in=SETS_THE_ORDER) & Q(correct_by__isnull=True)),
                name="title_step_gives_an_order_its_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(act=Act.RESTORED) | Q(decision__isnull=False),
                name="title_is_restored_by_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(act__in=[Act.WARNED, Act.LIFTED, *SETS_THE_ORDER, Act.PASSED])
                | (~Q(document_number="") & ~Q(deciding_body="")),
                name="title_step_bears_its_document",
            ),
            models.CheckConstraint(
                condition=Q(fault="") | Q(act=Act.REVOKED, fault__in=Fault.values),
                name="title_step_is_revoked_for_a_fault",
            ),
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True)
                | (Q(actor__isnull=False) & ~Q(acted_for=F("actor"))),
                name="title_step_is_for_another",
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=True, role=WithoutSeat.SYSTEM)
                | (Q(actor__isnull=False) & ~Q(role__in=["", *WithoutSeat.values])),
                name="title_step_has_its_role",
            ),
        ]
        indexes = [
            # Those that an act ended, by the act.
            models.Index(
                fields=["act", "title"],
                include=["effective_on"],
                condition=Q(act__in=SETS_THE_END),
                name="title_ended_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.get_act_display()}"

    @property
    def document(self) -> str:
        """The body and the number of the document it rests on; empty where none was recorded."""
        if self.decision is not None:
            return f"{self.decision.deciding_body} {self.decision.document_number}"
        return f"{self.deciding_body} {self.document_number}".strip()

    @property
    def public_reason(self) -> str:
        """What everybody reads of ``reason``: all of it, or nothing."""
        return "" if self.act in standing.REASON_NOT_PUBLIC else self.reason


class TitleSpan(models.Model):
    """How a title stands from ``begins`` to ``ends``, both included; without an end, ever after.

    What ``standing.standing`` answers for a title and a day, kept for all titles and all days: the
    database writes these rows whenever something happens to a title (migration 0017), and lets
    nobody else write them. Of each title exactly one span holds a day from its naming on. ``until``
    is the last day as known then, ``correct_by`` that of the order that was given last;
    ``designated_on`` is the title's, ``after`` the days from it to ``begins``.
    """

    title = models.ForeignKey(Designation, models.CASCADE, related_name="spans", db_index=False)
    designated_on = models.DateField()
    begins = models.DateField()
    ends = models.DateField(null=True)
    status = CodeField(max_length=12, choices=standing.Status)
    until = models.DateField()
    correct_by = models.DateField(null=True)
    after = models.IntegerField()

    class Meta:
        ordering: ClassVar = ["begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "begins"],
                include=["ends", "status"],
                name="title_span_begins_once",
            ),
        ]
        indexes = [
            # The few that are warned, ordered or ended, in the order of the list.
            models.Index(
                fields=["status", "-designated_on"],
                include=["title", "begins", "ends"],
                name="title_span_as_listed",
            ),
            models.Index(fields=["status", "until"], name="title_span_by_last_day"),
            # How soon after its naming a title stands so at the earliest.
            models.Index(fields=["status", "after"], name="title_span_after_naming"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.status} · {self.begins}"


class BarLifting(models.Model):
    """That an organization may apply again before its time: what barred it bars it no more.

    What barred it is a revocation (``step``) or a rejected ``application``. Rows are only added.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    step = models.OneToOneField(
        TitleStep, models.PROTECT, null=True, blank=True, related_name="bar_lifting"
    )
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="bar_lifting"
    )
    document_number = models.CharField(_("发文字号"), max_length=80)
    deciding_body = models.CharField(_("作出决定的机关"), max_length=120)
    decided_on = models.DateField(_("文件日期"))
    reason = models.TextField(_("理由"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    request_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("解除限制申报")
        constraints = [
            models.CheckConstraint(
                condition=Q(step__isnull=False, application__isnull=True)
                | Q(step__isnull=True, application__isnull=False),
                name="bar_lifting_of_one_bar",
            ),
            models.CheckConstraint(
                condition=~Q(document_number="") & ~Q(deciding_body="") & ~Q(reason=""),
                name="bar_lifting_bears_its_document",
            ),
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True) | ~Q(acted_for=F("actor")),
                name="bar_lifting_is_for_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.document_number}"
