"""Files by their content, the libraries that hold them, and what cites them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Jurisdiction, Organization
from designation.site import clock
from standards.code_field import CodeField

from .names import ENDINGS

# Where evidence lies in the storage; nothing else there is looked at.
FOLDER = "evidence"


class StoredFile(models.Model):
    """One content, kept once whoever brings it. To know its hash gives no right to read it.

    ``drawn`` is how many pages have a picture; ``pages`` how many it has, None where that is not
    known. What was erased keeps its hash and size.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.FileField(_("文件"), max_length=120)
    media_type = models.CharField(_("文件类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    stored_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    drawn = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("存储的文件")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_hash_is_one"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(drawn=0),
                name="stored_file_erased_with_its_previews",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def preview_names(self) -> list[str]:
        """Where the pictures of its pages lie."""
        return [
            preview_name(self.sha256, page, size)
            for page in range(1, self.drawn + 1)
            for size in PREVIEW_SIZES
        ]


# Names of the two pictures of a page: a small one for strips, one to be read.
SMALL, LARGE = "small", "large"
PREVIEW_SIZES = (SMALL, LARGE)
# Pages that a list shows of a document; our default.
STRIP_PAGES = 6


# Of a name in the storage: the hash with which it begins.
_HASH_LENGTH = 64
# Characters of the title under which a library, and what cites it, holds a file.
LONGEST_TITLE = 120


def hash_in(name: str) -> str:
    """The hash of the content to which a name in the storage belongs, a preview's too."""
    return name.rpartition("/")[2][:_HASH_LENGTH]


def content_name(sha256: str, media_type: str) -> str:
    """By content: neither the name a person gave nor the moment decides where a file lies."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}{ENDINGS.get(media_type, '')}"


def preview_name(sha256: str, page: int, size: str) -> str:
    """Where the picture of a page lies; pages count from 1."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}-{page}-{size}.webp"


class Sensitivity(models.TextChoices):
    """Who reads it, of those who see what cites it; what is secret must not be here at all."""

    ORDINARY = "ordinary", _("一般")
    PERSONAL = "personal", _("含个人信息")


class Retention(models.TextChoices):
    """How long it is kept, by the terms for files of organs (国家档案局令第 8 号)."""

    TEN_YEARS = "ten_years", _("10 年")
    THIRTY_YEARS = "thirty_years", _("30 年")
    PERMANENT = "permanent", _("永久")


YEARS_KEPT = {Retention.TEN_YEARS: 10, Retention.THIRTY_YEARS: 30}


class LibraryEntry(models.Model):
    """A file in the library of an organization, or of an area whose people brought it.

    ``title`` and the rest may be put right later; what cites it keeps the title of its day. An
    entry taken out leaves its title, hash, size, dates and reason, and is read by nobody; nobody
    took out what went at the end of its period.
    """

    # Set by ``library.add`` where the file was there already; not stored.
    found_again = False

    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="library"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="library"
    )
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="entries")
    title = models.CharField(_("材料名称"), max_length=LONGEST_TITLE)
    caption = models.CharField(_("说明"), max_length=500, blank=True)
    dated_on = models.DateField(_("材料日期"), null=True, blank=True)
    sensitivity = CodeField(
        _("内容"), max_length=16, choices=Sensitivity, default=Sensitivity.ORDINARY
    )
    retention = CodeField(
        _("保管期限"), max_length=16, choices=Retention, default=Retention.TEN_YEARS
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256_as_uploaded = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Its previews are shown from then on: each is drawn for itself, or the moment would tell
    # whether somebody else had brought the same content before.
    previewed_at = models.DateTimeField(null=True, blank=True)
    preview_tries = models.PositiveSmallIntegerField(default=0)
    taken_out_at = models.DateTimeField(_("移出时间"), null=True, blank=True)
    taken_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_out_reason = models.CharField(_("移出理由"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("资料")
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=True, jurisdiction__isnull=False)
                | Q(organization__isnull=False, jurisdiction__isnull=True),
                name="library_entry_has_one_holder",
            ),
            models.UniqueConstraint(
                fields=["organization", "stored"],
                condition=Q(taken_out_at__isnull=True),
                name="library_entry_once_an_organization",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "stored"],
                condition=Q(taken_out_at__isnull=True),
                name="library_entry_once_an_area",
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=Sensitivity.values),
                name="library_entry_sensitivity_known",
            ),
            models.CheckConstraint(
                condition=Q(retention__in=Retention.values), name="library_entry_retention_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_out_at__isnull=True, taken_out_by__isnull=True, taken_out_reason=""
                )
                | Q(taken_out_at__isnull=False) & ~Q(taken_out_reason=""),
                name="library_entry_taken_out_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(previewed_at__isnull=True, taken_out_at__isnull=True),
                name="library_entry_to_be_drawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_personal(self) -> bool:
        return self.sensitivity == Sensitivity.PERSONAL

    @property
    def preview_pages(self) -> range:
        """Numbers of the pages that have a picture."""
        return range(1, (self.stored.drawn if self.previewed_at else 0) + 1)

    @property
    def strip_pages(self) -> range:
        """Of those, the ones that a list shows."""
        return self.preview_pages[:STRIP_PAGES]

    @property
    def retained_until(self) -> date | None:
        """The last day of its term; None for what is kept for ever.

        Terms run from the end of the year of the material, or of its upload (our default).
        """
        years = YEARS_KEPT.get(Retention(self.retention))
        began = self.dated_on or self.uploaded_at.astimezone(clock.SHANGHAI).date()
        return None if years is None else date(began.year + years, 12, 31)

    @property
    def area_code(self) -> str:
        """The division code of whose it is."""
        area = self.organization.jurisdiction if self.organization else self.jurisdiction
        assert area is not None  # noqa: S101 - a constraint holds one of the two
        return area.code


class Citation(models.Model):
    """Something of ours that rests on an entry: a visit, an objection, a notice.

    ``subject_type`` and ``subject_id`` name it, as the audit log names its subjects. The items of
    an application cite by a table of their own (``applications.Evidence``).
    """

    entry = models.ForeignKey(LibraryEntry, models.PROTECT, related_name="citations")
    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    cited_at = models.DateTimeField()
    cited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("引用")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "subject_type", "subject_id"],
                condition=Q(removed_at__isnull=True),
                name="citation_once_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="citation_removed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="citation_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} · {self.entry_id}"
