"""The application: its place in the course, its answers, evidence and frozen submissions."""

from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.calendar.models import Term
from designation.evidence.models import LONGEST_TITLE, LibraryEntry
from designation.organizations.models import Organization, Role
from designation.rounds.models import Round
from standards import code_constraints
from standards.categories import Category
from standards.code_field import CodeField
from standards.models import Item, StandardVersion

from .stages import (
    FINAL_STAGES,
    IN_HAND_STAGES,
    NOTICED_STAGES,
    PLACED_STAGES,
    PRIVATE_STAGES,
    WITHDRAWABLE_STAGES,
    Stage,
)

__all__ = [
    "FINAL_STAGES",
    "IN_HAND_STAGES",
    "NOTICED_STAGES",
    "PLACED_STAGES",
    "PRIVATE_STAGES",
    "WITHDRAWABLE_STAGES",
    "Stage",
]


class Application(models.Model):
    """One organization's application in one round: the single truth about where it stands.

    ``stage``, ``term`` and the holder columns are written by ``workflows.transitions`` only.
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
    stage = CodeField(_("环节"), max_length=24, choices=lambda: Stage.choices, default=Stage.DRAFT)
    stage_since = models.DateTimeField(_("进入环节时间"))
    # What runs where it stands; None where no time does.
    term = models.OneToOneField(Term, models.PROTECT, null=True, blank=True, related_name="+")
    holder_role = CodeField(_("办理角色"), max_length=24, choices=lambda: Role.choices, blank=True)
    holder_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_from = CodeField(max_length=24, choices=lambda: Stage.choices, blank=True)
    submission = models.ForeignKey(
        "Submission", models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.TextField(_("申报简介"), max_length=1500, blank=True)
    term_began_on = models.DateField(_("本届班子任期开始日期"), null=True, blank=True)
    approving_meeting_on = models.DateField(_("会议通过日期"), null=True, blank=True)
    # Who wrote which of the fields that are filled in; see ``authorship``.
    written = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("创建时间"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of a unit without a computer: who of the township types it from its signed paper, until its
    # own people go on with it.
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_over_at = models.DateTimeField(_("接手时间"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = pgettext_lazy("one", "申报")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_over_at__isnull=True) | Q(typed_by__isnull=False),
                name="application_taken_over_from_somebody",
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
            models.Index(fields=["holder_role", "holder_organization"], name="application_holder"),
            models.Index(fields=["stage"], name="application_stage"),
            models.Index(
                fields=["area_code"], opclasses=["varchar_pattern_ops"], name="application_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.round}"

    @property
    def is_final(self) -> bool:
        return self.stage in FINAL_STAGES

    @property
    def due_at(self) -> datetime | None:
        return self.term.due_at if self.term else None


code_constraints.hold(Application, "application_stage_known", lambda: Q(stage__in=Stage.values))


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
    # Who wrote which field; see ``authorship``.
    written = models.JSONField(default=dict)
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


class Posting(models.Model):
    """That the application hung at its organization's own board (内部公示), where a round asks it.

    The files that prove it are cited (``evidence.Citation``).
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="posting")
    posted_from = models.DateField(_("公示开始日期"), null=True, blank=True)
    posted_to = models.DateField(_("公示结束日期"), null=True, blank=True)
    place = models.CharField(_("公示地点"), max_length=200, blank=True)
    # Who wrote which field; see ``authorship``.
    written = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("内部公示")
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_to__gte=F("posted_from"))
                | Q(posted_from__isnull=True)
                | Q(posted_to__isnull=True),
                name="posting_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)


class SignedPaper(models.Model):
    """A paper that the head of a unit signed, from which a township types its application.

    It stands for the head's confirmation; the file is cited (``evidence.Citation``), and
    ``sha256`` is that of its content. Rows are only added.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")
    signed_by = models.CharField(_("签字的单位负责人"), max_length=60)
    signed_on = models.DateField(_("签字日期"))
    sha256 = models.CharField(max_length=64)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("签字纸质件")
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed_by=""), name="signed_paper_is_signed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="signed_paper_hash_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.signed_by}"


class FormerValue(models.Model):
    """What a field said before somebody else, or a later stage, said otherwise; never rewritten.

    ``subject`` is the kind of row, ``subject_id`` its number where an application has several; a
    visit that stands apart from any has that alone. One person's saves in a row are one: from
    ``first_at`` to ``last_at``, ``saves`` of them.
    """

    class Subject(models.TextChoices):
        ANSWER = "answer", _("自评答复")
        SUMMARY = "summary", _("申报简介")
        EVIDENCE = "evidence", _("佐证材料")
        POSTING = "posting", _("内部公示")
        MARK = "mark", _("初审逐条意见")
        VISIT = "visit", _("实地核查")
        MEASUREMENT = "measurement", _("核查记录")

    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="former_values"
    )
    subject = models.CharField(_("对象"), max_length=16, choices=Subject)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    field = models.CharField(_("内容"), max_length=60)
    value = models.JSONField(_("原值"), null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_at = models.DateTimeField(_("首次保存"))
    last_at = models.DateTimeField(_("最后保存"))
    saves = models.PositiveIntegerField(_("保存次数"), default=1)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(_("替换时间"))

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("曾填内容")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_at__lte=F("last_at"), last_at__lte=F("replaced_at")),
                name="former_value_in_the_order_of_time",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False)
                | Q(subject__in=["visit", "measurement"], subject_id__isnull=False),
                name="former_value_of_an_application_or_a_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application or self.subject_id} · {self.field}"


class Room(models.TextChoices):
    """Where a sitting takes place."""

    SELF_ASSESSMENT = "self_assessment", _("自评填写")
    FIRST_REVIEW = "first_review", _("逐条初审")
    VERIFICATION = "verification", _("核查记录")


class Sitting(models.Model):
    """One person at work on one application, while it goes on; gone once it is recorded.

    ``fields`` counts saves by field, without a word of what was typed. ``active_seconds`` adds up
    gaps of at most five minutes between saves.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    room = models.CharField(max_length=16, choices=Room)
    role = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    saves = models.PositiveIntegerField(default=1)
    fields = models.JSONField(default=dict)
    active_seconds = models.PositiveIntegerField(default=0)
    is_narrow = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("填写过程")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "room"], name="sitting_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.room}"


class WorkTally(models.Model):
    """Sittings of an application's room added up: how long, how many on a phone; no person.

    An organization may have one preparer only: pages show figures of many applications, never
    one's.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="work")
    room = models.CharField(max_length=16, choices=Room)
    sittings = models.PositiveIntegerField(default=0)
    narrow = models.PositiveIntegerField(default=0)
    saves = models.PositiveIntegerField(default=0)
    active_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("填写统计")
        constraints = [
            models.UniqueConstraint(fields=["application", "room"], name="work_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.room}"


class Evidence(models.Model):
    """What an application cites of its organization's library; it may support several items.

    ``title`` and ``sha256`` are those of the day on which it was cited, whatever the library says
    later; ``caption`` and ``dated_on`` begin with what it said then.
    """

    # Set by ``evidence.attach`` where the file was there already; not stored.
    found_again = False

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    entry = models.ForeignKey(LibraryEntry, models.PROTECT, related_name="+")
    items = models.ManyToManyField(Item, related_name="+", verbose_name=_("佐证条目"))
    title = models.CharField(_("材料名称"), max_length=LONGEST_TITLE)
    caption = models.CharField(_("说明"), max_length=500, blank=True)
    dated_on = models.DateField(_("材料日期"), null=True, blank=True)
    # Among the files of the application; None until somebody puts them in order.
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    # Who wrote which of the fields that are filled in; see ``authorship``.
    written = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # A file that a submission names stays with it; taking it away only hides it from the draft.
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

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

    @property
    def file(self) -> FieldFile:
        return self.entry.stored.file

    @property
    def file_name(self) -> str:
        return self.entry.file_name

    @property
    def media_type(self) -> str:
        return self.entry.stored.media_type

    @property
    def size(self) -> int:
        return self.entry.stored.size

    @property
    def sha256_as_uploaded(self) -> str:
        return self.entry.sha256_as_uploaded


# Characters of the address of a published page; our default.
LONGEST_ADDRESS = 500


class PublishedLink(models.Model):
    """A page published elsewhere that an item rests on in place of a file.

    Its address is text: nothing of ours asks for it.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="links")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    address = models.CharField(_("网址"), max_length=LONGEST_ADDRESS)
    title = models.CharField(_("网页标题"), max_length=LONGEST_TITLE)
    published_on = models.DateField(_("发布日期"))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("公开网页")
        constraints = [
            models.CheckConstraint(
                condition=Q(address__istartswith="https://"),
                name="published_link_is_encrypted",
            ),
            models.UniqueConstraint(
                fields=["application", "item", "address"],
                condition=Q(removed_at__isnull=True),
                name="published_link_once_an_item",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="published_link_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """Where it leads."""
        return urlsplit(self.address).hostname or ""


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


class Receipt(models.Model):
    """That a submission was handed in: the number (回执编号) it bears; see ``receipts``."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="receipt")
    number = models.CharField(_("回执编号"), max_length=20)
    given_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("提交回执")
        constraints = [
            models.UniqueConstraint(fields=["number"], name="receipt_number_once"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}-[0-9]{6,}-[0-9]$"),
                name="receipt_number_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SignedPage(models.Model):
    """The application form as it was signed and sealed, on paper (签章页): its picture or PDF.

    One stands at a time; what took its place is kept beside it. ``submission`` is the one that had
    been handed in when it was brought, ``sha256`` that of the file on the day.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="signed_pages")
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey(LibraryEntry, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    brought_at = models.DateTimeField(_("上传时间"))
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("签章页")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(replaced_at__isnull=True),
                name="signed_page_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("brought_at")),
                name="signed_page_replaced_after_it_was_brought",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.entry.title}"
