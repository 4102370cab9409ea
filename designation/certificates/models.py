"""What is kept of a certificate: its number, what it states, and the signature under that."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Jurisdiction, Level, Role, head_of
from designation.register.models import Designation
from standards.code_field import CodeField

from . import numbers

RED = "#b3261e"
COLOUR = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", _("请选一种颜色。"))


class CertificateSeries(models.Model):
    """The certificates of a county in a year: the last number that was taken.

    Its row is locked from the taking of a number to the end of the transaction that writes the
    certificate, so that a number is taken with its certificate or not at all.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("最后编号"), default=0)

    class Meta:
        verbose_name = _("证书编号序列")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year"], name="certificate_series_of_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.year}"


class SigningKey(models.Model):
    """The public half of a key that certificates were signed with; kept for good.

    ``until`` is the day on which another took its place: from then on it signs nothing.
    """

    key_id = models.CharField(_("密钥编号"), max_length=16, unique=True)
    public_key = models.CharField(_("公钥"), max_length=64)
    since = models.DateField(_("启用日期"))
    until = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        verbose_name = _("证书签名密钥")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(until__isnull=True), name="one_signing_key_in_use"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="signing_key_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class Crest(models.Model):
    """A picture that a county puts on its certificates, as it was checked and written anew."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    picture = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("证书徽标")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "sha256"], name="crest_kept_once"),
        ]

    def __str__(self) -> str:
        return self.sha256


class CertificateDesign(models.Model):
    """How the certificates of a county look and what they say, from one saving to the next.

    Rows are only added: a certificate keeps the design it was issued in. ``wording`` holds places
    in brackets that each certificate fills in (``content.PLACES``). The county's plaques, where it
    makes any, are described beside it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    heading = models.CharField(_("证书名称"), max_length=20)
    heading_en = models.CharField(_("证书英文名称"), max_length=60, blank=True)
    wording = models.TextField(_("证书正文"), max_length=200)
    wording_en = models.TextField(_("证书英文正文"), max_length=400, blank=True)
    colour = models.CharField(_("颜色"), max_length=7, default=RED, validators=[COLOUR])
    crest = models.ForeignKey(Crest, models.PROTECT, null=True, blank=True, related_name="+")
    # Signs at the door are rationed (整治形式主义为基层减负若干规定), so our default is none.
    makes_plaques = models.BooleanField(_("制作牌匾"), default=False)
    plaque_material = models.CharField(_("牌匾材质"), max_length=40, blank=True)
    plaque_size = models.CharField(_("牌匾尺寸"), max_length=40, blank=True)
    plaque_text = models.CharField(_("牌匾文字"), max_length=120, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("证书样式")
        indexes = [
            models.Index(fields=["jurisdiction", "-id"], name="certificate_design_latest"),
        ]

    def __str__(self) -> str:
        return self.heading


class Certificate(models.Model):
    """A certificate (证书) as it was issued, on the title that it tells of.

    ``content`` is all that it states, and what ``signature`` signs (``signing.canonical``). One
    that takes another's place ``supersedes`` it; a title's chain of them has no fork. Rows are
    only added.
    """

    title = models.ForeignKey(Designation, models.PROTECT, related_name="certificates")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveIntegerField(_("编号"), validators=[MinValueValidator(1)])
    content = models.JSONField(_("证书内容"))
    sha256 = models.CharField(_("内容哈希"), max_length=64)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    signature = models.CharField(_("签名"), max_length=100)
    design = models.ForeignKey(
        CertificateDesign, models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    issued_on = models.DateField(_("发证日期"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acted_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    issued_at = models.DateTimeField(_("发证时间"))

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("证书")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "number"], name="certificate_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificate_counts_from_one"),
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(supersedes__isnull=True),
                name="certificate_first_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number_said

    @property
    def number_said(self) -> str:
        return numbers.said(self.year, self.number)

    @property
    def county(self) -> str:
        """The six digits of its county in the address of its check page."""
        return head_of(self.jurisdiction.code, Level.COUNTY)

    @property
    def place(self) -> list[Any]:
        """What its addresses are made of."""
        return [self.county, self.year, self.number]

    @property
    def check_page(self) -> str:
        return reverse("certificates:check", args=self.place)
