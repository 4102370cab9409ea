"""Who takes part: jurisdictions, organizations, people and their seats."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.site import clock
from designation.site.entry_day import EntryDay
from designation.site.sameness import SamenessKey
from standards.categories import Category
from standards.code_field import CodeField
from standards.language import in_language

from . import tenure
from .initials import Initials
from .lineage import Kind, Part
from .pairs import pairs_in
from .roles import (
    ADMINISTRATOR_ENDING,
    Role,
)

division_code = RegexValidator(
    r"^[0-9]{12}\Z", _("区划代码为 12 位数字，请按国家统计用区划代码填写。")
)


class Level(models.TextChoices):
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇(街道)")


# Digits of the national division code that name a jurisdiction at each level.
CODE_DIGITS = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9}


def head_of(code: str, level: str) -> str:
    """What the codes of all that lies within a jurisdiction of this level begin with."""
    return code[: CODE_DIGITS[Level(level)]]


def county_code(code: str) -> str:
    """The 12-digit code of the county around a place, by the place's own."""
    return head_of(code, Level.COUNTY).ljust(12, "0")


class Named(models.Model):
    """A thing with a Chinese name and, beside it, an English one."""

    name_zh = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class KeepsFormerNames(models.Model):
    """What may be renamed, and keeps the names it bore; see FormerName."""

    class Meta:
        abstract = True

    @cached_property
    def names_kept(self) -> list["FormerName"]:
        """The former names, oldest first; ``names.read`` reads those of many at once."""
        kept: models.Manager[FormerName] = self.former_names  # type: ignore[attr-defined]
        return sorted(kept.all(), key=lambda name: (name.borne_until, name.pk))

    @property
    def name_borne(self) -> str:
        """The present name in the record's language."""
        return getattr(self, "name_zh", "")

    def name_on(self, day: date) -> str:
        """The name borne on ``day``, in the record's language; on a rename's day, the new one."""
        later = (name.name_zh for name in self.names_kept if day < name.borne_until)
        return next(later, self.name_borne)


class NamedOnce(models.Model):
    """What bears a name that nothing beside it bears, whatever the spelling.

    An ``is_old_double`` was entered twice before this was held, and stands until it is renamed.
    """

    is_old_double = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class Jurisdiction(Named, KeepsFormerNames, NamedOnce):
    """An area of the national 12-digit division code; the code's head contains what is below."""

    name_key = SamenessKey(of="name_zh")
    code = models.CharField(_("区划代码"), max_length=12, unique=True, validators=[division_code])
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级辖区"),
    )

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("辖区")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{12}$"), name="jurisdiction_code_has_twelve_digits"
            ),
            models.UniqueConstraint(
                fields=["parent", "name_key"],
                condition=Q(is_old_double=False),
                name="jurisdiction_named_once_in_its_superior",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="jurisdiction_level_known"
            ),
        ]

    @property
    def prefix(self) -> str:
        """The head of the code shared by every jurisdiction within this one."""
        return head_of(self.code, self.level)


class BodyKind(models.TextChoices):
    """What kind of body an organization is in the course; an applicant is none of them."""

    TOWNSHIP_COMMITTEE = "township_committee", _("乡镇(街道)党(工)委")
    ORGANS_COMMITTEE = "organs_committee", _("县直机关工委")
    EDUCATION_COMMITTEE = "education_committee", _("教育工委(教育局党委)")
    STATE_ASSETS_COMMITTEE = "state_assets_committee", _("国资委党委")
    SUPERVISING_COMMITTEE = "supervising_committee", _("主管部门党委")
    SOCIAL_WORK_DEPARTMENT = "social_work_department", _("社会工作部")
    PARK_COMMITTEE = "park_committee", _("园区党(工)委")
    TRADE_COMMITTEE = "trade_committee", _("行业党委")
    ORGANIZATION_DEPARTMENT = "organization_department", _("县委组织部")
    COUNTY_COMMITTEE = "county_committee", _("县委")


class Organization(Named, KeepsFormerNames, NamedOnce):
    """An applicant of one of the six categories, or a body that reviews (``body_kind``)."""

    name_key = SamenessKey(of="name_zh")
    name_initials = Initials(of="name_zh")
    name_pairs = pairs_in("name_key", "name_en", "name_initials")
    category = models.CharField(_("类别"), max_length=2, choices=Category, blank=True)
    body_kind = models.CharField(_("审核机构类型"), max_length=32, choices=BodyKind, blank=True)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="organizations", verbose_name=_("所在辖区")
    )
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("上级党组织"),
    )
    is_active = models.BooleanField(pgettext_lazy("organization", "有效"), default=True)

    class Meta:
        ordering: ClassVar = ["jurisdiction__code", "name_zh"]
        verbose_name = pgettext_lazy("one", "组织")
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=[*Category.values, ""]), name="organization_category_known"
            ),
            models.CheckConstraint(
                condition=Q(body_kind__in=[*BodyKind.values, ""]), name="organization_body_known"
            ),
            models.CheckConstraint(
                condition=~Q(category="", body_kind=""), name="organization_applies_or_reviews"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "name_key"],
                condition=Q(is_old_double=False),
                name="organization_named_once_in_its_area",
            ),
        ]
        indexes = [GinIndex(fields=["name_pairs"], name="organization_by_name")]


class PersonManager(BaseUserManager["Person"]):
    """Creates people; the password is hashed by Django's own hashers."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, KeepsFormerNames):
    """One account per person. People are never deleted: the record points to them.

    ``jurisdiction`` is the area whose administrator entered the person. ``password_links`` counts
    the links made for setting a password: a new one ends the one before. ``last_day`` is that of
    who leaves: the account is switched off when it has passed. ``used_on`` is the day from which
    an account counts as unused (``accounts.use``), ``unused_told_on`` when its person was told that
    it will be switched off for that, and ``unused_off_on`` when it was. ``outside_identity`` is how
    another system that signs people in will call them; nobody has one yet.
    """

    username = models.CharField(
        _("账号"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9._-]+\Z", _("账号只能用小写字母、数字和 . _ - 组成。"))
        ],
    )
    full_name = models.CharField(_("姓名"), max_length=60)
    name_key = SamenessKey(of="full_name")
    email = models.EmailField(_("电子邮箱"), blank=True)
    home_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("工作单位"),
        help_text=_("用于回避：本人不参与本单位申报的审核与核查。"),
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("所属辖区"),
    )
    language = models.CharField(
        _("语言"),
        max_length=8,
        default="zh-hans",
        choices=[("zh-hans", "简体中文"), ("en", "English")],
    )
    is_active = models.BooleanField(_("启用"), default=True)
    large_type = models.BooleanField(_("大字模式"), default=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    password_links = models.PositiveIntegerField(default=0)
    last_day = models.DateField(_("最后工作日"), null=True, blank=True, editable=False)
    used_on = EntryDay(_("最近使用"))
    unused_told_on = models.DateField(null=True, blank=True, editable=False)
    unused_off_on = models.DateField(_("久未登录停用"), null=True, blank=True, editable=False)
    outside_identity = models.CharField(
        _("外部身份"), max_length=200, unique=True, null=True, blank=True, editable=False
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    objects = PersonManager()

    class Meta:
        ordering: ClassVar = ["username"]
        verbose_name = _("人员")
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9._-]+$"),
                name="person_username_in_one_spelling",
            ),
            models.CheckConstraint(
                condition=~Q(outside_identity=""), name="person_outside_identity_is_one_or_none"
            ),
            models.CheckConstraint(
                condition=Q(unused_off_on__isnull=True) | Q(is_active=False),
                name="person_switched_off_unused_is_off",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def name_borne(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class FailedSignIns(models.Model):
    """How often a sign-in failed of late: one row an account, one for all names that are none.

    ``before`` is what the window before came to.
    """

    person = models.OneToOneField(Person, models.CASCADE, null=True, related_name="failed_sign_ins")
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    before = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("登录失败")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], nulls_distinct=False, name="failed_sign_ins_one_row_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or '—'}: {self.count}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def in_force(self) -> "SeatQuerySet":
        """Those that give rights today."""
        return self.filter(tenure.in_force())

    def own(self) -> "SeatQuerySet":
        """Those that were given, without the deputies' that hang on them."""
        return self.filter(deputy_of__isnull=True)


def _days_held() -> models.Func:
    return models.Func(
        "starts_on",
        "ends_on",
        models.Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


class Seat(models.Model):
    """A role held by a person in an organization or in a jurisdiction, for a time.

    ``starts_on`` and ``ends_on`` are its first and last day as planned; None sets no bound.
    ``ended_at`` is when it was ended, by hand or because its last day had passed; None until then.
    ``begun_at`` is when what waited was handed to the holder of a seat given for a later day.
    ``deputy_of`` is the seat in which its holder stands in for another, and ``deputy_from`` the
    holder's own one, by which they were named; it ends with either. Rows stay: who held what when
    is kept.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name=_("人员"))
    role = CodeField(_("角色"), max_length=24, choices=lambda: Role.choices)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("所在组织"),
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("所在辖区"),
    )
    starts_on = models.DateField(_("开始日期"), null=True, blank=True)
    ends_on = models.DateField(_("到期日期"), null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    deputy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("代理的岗位"),
    )
    deputy_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("代理人本人的岗位"),
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person__username", "role"]
        verbose_name = _("岗位")
        constraints = [
            # What codes there are, and where each is held, is declared in code (``roles``).
            models.CheckConstraint(condition=Q(role__regex="^[a-z_]+$"), name="seat_has_a_role"),
            models.CheckConstraint(
                condition=Q(organization__isnull=False, jurisdiction__isnull=True)
                | Q(organization__isnull=True, jurisdiction__isnull=False),
                name="seat_is_held_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="seat_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True, deputy_from__isnull=True)
                | Q(
                    deputy_of__isnull=False,
                    deputy_from__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                ),
                name="seat_of_a_deputy_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True) | ~Q(role__endswith=ADMINISTRATOR_ENDING),
                name="seat_of_an_administrator_has_no_deputy",
            ),
            ExclusionConstraint(
                name="seat_one_administrator_role_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_days_held(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__endswith=ADMINISTRATOR_ENDING, ended_at__isnull=True),
            ),
            ExclusionConstraint(
                name="seat_held_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("organization", 0), RangeOperators.EQUAL),
                    (Coalesce("jurisdiction", 0), RangeOperators.EQUAL),
                    (_days_held(), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.place}"

    @property
    def place(self) -> Organization | Jurisdiction:
        """Where it is held; the database lets it be one of the two."""
        place = self.organization or self.jurisdiction
        assert place is not None  # noqa: S101 - said above
        return place

    @property
    def area(self) -> Jurisdiction:
        """The area it is held over, or in which its organization lies."""
        place = self.place
        return place.jurisdiction if isinstance(place, Organization) else place

    @property
    def is_held(self) -> bool:
        """Whether it gives rights today, or will (``tenure.not_over``)."""
        return self.ended_at is None and (self.ends_on is None or clock.today() <= self.ends_on)

    @property
    def is_in_force(self) -> bool:
        """Whether it gives rights today."""
        return self.is_held and (self.starts_on is None or self.starts_on <= clock.today())


def _renamed(thing: Any, label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        thing,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="former_names",
        verbose_name=label,
    )


class FormerName(models.Model):
    """A name that an organization, an area or a person bore until it was renamed.

    What was published or given under it keeps it; both names find the thing. ``borne_until`` is
    the first day of the next name; ``borne_from`` None is from before the first rename on record.
    """

    organization = _renamed(Organization, pgettext_lazy("one", "组织"))
    jurisdiction = _renamed(Jurisdiction, _("辖区"))
    person = _renamed(Person, _("人员"))
    name_zh = models.CharField(_("原名"), max_length=120)
    name_key = SamenessKey(of="name_zh")
    name_initials = Initials(of="name_zh")
    name_en = models.CharField(_("原英文名称"), max_length=200, blank=True)
    borne_from = models.DateField(_("启用日期"), null=True, blank=True)
    borne_until = models.DateField(_("更名日期"))
    renamed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["-borne_until", "-pk"]
        verbose_name = _("原名")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    organization__isnull=False, jurisdiction__isnull=True, person__isnull=True
                )
                | Q(organization__isnull=True, jurisdiction__isnull=False, person__isnull=True)
                | Q(organization__isnull=True, jurisdiction__isnull=True, person__isnull=False),
                name="former_name_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(borne_from__isnull=True) | Q(borne_from__lte=F("borne_until")),
                name="former_name_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh


class Reorganization(models.Model):
    """What became of organizations (机构变更) from a day on, as a document says.

    Rows are only added, with those of its ``units``; ``lineage`` reads them. A name that was put
    right on the page of an organization has no document.
    """

    kind = CodeField(_("变更情形"), max_length=12, choices=Kind)
    effective_on = models.DateField(_("生效日期"))
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True)
    decided_by = models.CharField(_("批准机关"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering: ClassVar = ["effective_on", "pk"]
        verbose_name = _("机构变更")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="reorganization_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.RENAMED) | (~Q(document_number="") & ~Q(decided_by="")),
                name="reorganization_has_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.effective_on}"


class ReorganizedUnit(models.Model):
    """The part that one organization had in a reorganization, under its name of that day."""

    reorganization = models.ForeignKey(Reorganization, models.PROTECT, related_name="units")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="reorganized")
    part = CodeField(_("变更后"), max_length=8, choices=Part)
    name_zh = models.CharField(_("名称"), max_length=120)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("变更的组织")
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=Part.values), name="reorganized_unit_part_known"
            ),
            models.UniqueConstraint(
                fields=["reorganization", "organization"], name="reorganized_once_an_act"
            ),
            # What is gone has no further fate; of two administrators at once one is refused here.
            models.UniqueConstraint(
                fields=["organization"], condition=Q(part=Part.GONE), name="organization_gone_once"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(part=Part.CAME), name="organization_came_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh
