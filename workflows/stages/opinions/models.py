"""Lists of names on which a department was asked, and what was answered of each."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.calendar.models import Term
from designation.organizations.models import Organization, Role
from designation.rounds.models import Round, Secrecy
from standards.code_field import CodeField


class OpinionList(models.Model):
    """A list (征求意见单) sent to one department: its question, as it was on that day.

    A name that is recommended later stands on a list of its own. ``handed_in_at`` is when the
    department sent it back as a whole; None until then, and for ever where it is silent.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="opinion_lists")
    department = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("部门")
    )
    question = models.CharField(_("征求意见的问题"), max_length=200)
    secrecy = models.CharField(_("答复由谁查看"), max_length=12, choices=Secrecy)
    veto_codes = ArrayField(models.CharField(max_length=20), blank=True, default=list)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    sent_at = models.DateTimeField(_("发出时间"))
    # The last that ran.
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="+")
    handed_in_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("征求意见单")
        constraints = [
            models.CheckConstraint(
                condition=Q(secrecy__in=Secrecy.values), name="opinion_list_secrecy_known"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="opinion_list_has_its_question"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.department}"

    @property
    def due_at(self) -> datetime | None:
        return self.term.due_at if self.term else None

    @property
    def is_secret(self) -> bool:
        """Whether what is answered is the coordinator's alone to read."""
        return self.secrecy != Secrecy.OPEN


class OpinionLine(models.Model):
    """One name on a list, with what tells it from others, as it was called on that day.

    A department is asked once of an application; what it says may be corrected ever after.
    """

    list = models.ForeignKey(OpinionList, models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, models.PROTECT, related_name="opinion_lines")
    department = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    name = models.CharField(_("组织名称"), max_length=120)
    superior = models.CharField(_("上级党组织"), max_length=120, blank=True)
    area = models.CharField(_("所在辖区"), max_length=250)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("征求意见的名单")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "department"], name="opinion_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """What stands of one line: an answer, or why none is waited for. Rows are only added.

    A correction, and an answer that comes after all, ``replaces`` the one before; the one that
    none replaces counts. ``is_found`` is the answer to the question. The document is what a fact
    rests on that ends an application, or the letter in which the department answered on paper.
    """

    class Source(models.TextChoices):
        ANSWERED = "answered", _("部门答复")
        PAPER = "paper", _("书面答复")
        UNANSWERED = "unanswered", _("未答复")

    line = models.ForeignKey(OpinionLine, models.PROTECT, related_name="opinions")
    source = models.CharField(_("答复方式"), max_length=12, choices=Source)
    is_found = models.BooleanField(_("答复"), null=True, blank=True)
    remark = models.CharField(_("说明"), max_length=300, blank=True)
    document_name = models.CharField(_("文件名称"), max_length=200, blank=True)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    document_date = models.DateField(_("文件日期"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    # In whose place ``actor`` said it, where the seat was another's.
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("时间"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("部门意见")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(replaces__isnull=True), name="opinion_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["answered", "paper"], is_found__isnull=False)
                | Q(source="unanswered", is_found__isnull=True) & ~Q(reason=""),
                name="opinion_answers_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(source="paper")
                | ~Q(document_number="") & Q(document_date__isnull=False),
                name="opinion_on_paper_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True) | ~Q(acted_for=F("actor")),
                name="opinion_is_for_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_source_display()}"


class OpinionDraft(models.Model):
    """What a department has typed of a list and not handed in: its people's alone, gone then."""

    list = models.OneToOneField(OpinionList, models.CASCADE, related_name="draft")
    said = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("未交回的部门意见")

    def __str__(self) -> str:
        return str(self.list)
