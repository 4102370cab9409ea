"""The application: its place in the course, its answers, evidence and frozen submissions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from designation.evidence.names import ENDINGS
from designation.evidence.storage import ContentStorage
from designation.organizations.models import Organization, Role
from designation.rounds.models import Round
from standards.categories import Category
from standards.models import Item, StandardVersion


class Stage(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SELF_ASSESSED = "self_assessed", _("自评已确认")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("补正中")
    RECOMMENDED = "recommended", _("已推荐")
    VERIFYING = "verifying", _("核查中")
    VERIFIED = "verified", _("核查合格")
    ON_NOTICE = "on_notice", _("公示中")
    AWAITING_DESIGNATION = "awaiting_designation", _("待命名")
    DESIGNATED = "designated", _("已命名")
    REJECTED = "rejected", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


FINAL_STAGES = (Stage.DESIGNATED, Stage.REJECTED, Stage.WITHDRAWN)
# While it is in these, only the applicant's own people see it.
PRIVATE_STAGES = (Stage.DRAFT, Stage.SELF_ASSESSED)


class Application(models.Model):
    """One organization's application in one round: the single truth about where it stands.

    ``stage``, ``due_at`` and the holder columns are written by ``workflows.transitions`` only.
    ``version`` grows by one with each transition; forms carry the one they were shown for.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="applications")
    category = models.CharField(_("类别"), max_length=2, choices=Category)
    standard = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")
    reviewing_body = models.ForeignKey(
        Organization, models.PROTECT, related_name="applications_to_review"
    )
    # The organization's division code, kept here so that a scope is one indexed prefix.
    area_code = models.CharField(max_length=12)
    stage = models.CharField(_("环节"), max_length=24, choices=Stage, default=Stage.DRAFT)
    stage_since = models.DateTimeField(_("进入环节时间"))
    due_at = models.DateTimeField(_("办理期限"), null=True, blank=True)
    holder_role = models.CharField(_("办理角色"), max_length=24, choices=Role, blank=True)
    holder_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_from = models.CharField(max_length=24, choices=Stage, blank=True)
    # Working days the reviewer had left when the clock stopped for a correction.
    days_left_at_return = models.PositiveSmallIntegerField(null=True, blank=True)
    submission = models.ForeignKey(
        "Submission", models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.TextField(_("申报简介"), max_length=1500, blank=True)
    term_began_on = models.DateField(_("本届班子任期开始日期"), null=True, blank=True)
    approving_meeting_on = models.DateField(_("会议通过日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("创建时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("申报")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="application_stage_known"
            ),
            models.UniqueConstraint(
                fields=["round", "organization"],
                condition=~Q(stage=Stage.WITHDRAWN),
                name="application_one_a_round",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[*PRIVATE_STAGES, Stage.WITHDRAWN])
                | Q(submission__isnull=False),
                name="application_past_draft_has_a_submission",
            ),
        ]
        indexes = [
            models.Index(fields=["holder_role", "holder_organization", "due_at"]),
            models.Index(fields=["stage", "due_at"]),
            models.Index(
                fields=["area_code"], opclasses=["varchar_pattern_ops"], name="application_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.round}"

    @property
    def is_final(self) -> bool:
        return self.stage in FINAL_STAGES


class Conclusion(models.TextChoices):
    MET = "met", _("达标")
    NOT_MET = "not_met", _("未达标")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class Answer(models.Model):
    """What the organization states on one item: a value a check, a conclusion, a note.

    ``values`` maps check codes to JSON values in the shape of ``standards.values.to_json``.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    conclusion = models.CharField(_("自评结论"), max_length=16, choices=Conclusion, blank=True)
    note = models.TextField(_("说明"), max_length=2000, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["item__order"]
        verbose_name = _("自评答复")
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="answer_once_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.item}"


def stored_as(evidence: "Evidence", _file_name: str) -> str:
    """By content: neither the name a person gave nor the moment decides where a file lies."""
    ending = ENDINGS.get(evidence.media_type, "")
    return f"evidence/{evidence.sha256[:2]}/{evidence.sha256}{ending}"


class Evidence(models.Model):
    """One uploaded file; it may support several items. Its content is known by its hash.

    ``sha256`` is of the file as it is kept, which for a picture differs from what was sent.
    """

    # Set by ``evidence.attach`` where the file was there already; not stored.
    found_again = False

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    items = models.ManyToManyField(Item, related_name="+", verbose_name=_("佐证条目"))
    title = models.CharField(_("材料名称"), max_length=120)
    file = models.FileField(_("文件"), upload_to=stored_as, storage=ContentStorage())
    file_name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(_("文件类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    sha256_as_uploaded = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # A file that a submission names stays with it; taking it away only hides it from the draft.
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("佐证材料")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_uploaded_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """A version (版次) of the application as it was handed in; later decisions point to it.

    ``content`` holds the answers and the evidence list; ``sha256`` is over its canonical text.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    changed_items = models.JSONField(default=list)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["application", "number"]
        verbose_name = _("提交版次")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="submission_number_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("submitted_at")),
                name="submission_opened_after_it_was_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · v{self.number}"
