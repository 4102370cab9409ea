"""Standards as published: versions, sections, items, checks.

A published version never changes: the database refuses it (see the triggers in the migrations).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import code_constraints, kinds
from .categories import Category
from .code_field import CodeField
from .language import in_language


class Strictness(models.TextChoices):
    STRICT = "strict", _("强制")
    ADVISORY = "advisory", _("原则性")


class Scope(models.TextChoices):
    CURRENT = "current", _("申报时")
    YEAR = "year", _("本年度")
    TERM = "term", _("本届班子任期以来")


class StandardVersion(models.Model):
    """One version of the standard of one category."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        RETIRED = "retired", _("已停用")

    class Provenance(models.TextChoices):
        VERBATIM = "verbatim", _("文件原文")
        DRAFTED = "drafted", _("参照公开依据拟写，并非文件原文")

    category = models.CharField(_("类别"), max_length=2, choices=Category)
    number = models.PositiveSmallIntegerField(_("版本号"))
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.DRAFT)
    title_zh = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(_("英文标题"), max_length=200, blank=True)
    heading_printed = models.CharField(_("原文标题"), max_length=200)
    provenance = models.CharField(_("文本来源"), max_length=10, choices=Provenance)
    is_sample = models.BooleanField(_("随系统提供的示例"), default=False)
    # 12 digits of the area whose county entered the text; empty: it came with the system.
    area_code = models.CharField(_("适用区划"), max_length=12, blank=True)
    source = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(_("内容哈希"), max_length=64, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["category", "-number"]
        verbose_name = _("标准版本")
        constraints = [
            models.UniqueConstraint(fields=["category", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["category", "area_code"],
                condition=Q(status="published"),
                name="standard_one_published_an_area",
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="standard_category_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "retired"]),
                name="standard_status_known",
            ),
            models.CheckConstraint(
                condition=Q(provenance__in=["verbatim", "drafted"]),
                name="standard_provenance_known",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="standard_published_with_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(is_sample=False) | Q(provenance="drafted"),
                name="standard_sample_is_drafted",
            ),
            models.CheckConstraint(
                condition=Q(area_code="") | Q(area_code__regex=r"^\d{12}$", is_sample=False),
                name="standard_area_is_a_division_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def is_drafted(self) -> bool:
        """Whether the text is our own draft, to be marked as such wherever it shows."""
        return self.provenance == self.Provenance.DRAFTED


class Section(models.Model):
    """A section as printed; its number may be missing or odd in the source, and stays so."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    number_printed = models.CharField(max_length=20, null=True, blank=True)
    title_printed = models.CharField(_("标题"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "order"]
        verbose_name = _("部分")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "order"],
                name="section_order_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_printed or ''}{self.title_printed}"


class Item(models.Model):
    """An item (条目): its text is verbatim; its code is ours and stable across versions.

    ``basis`` is for drafted standards: ``documents`` are the names of the public texts that the
    item follows; ``own_draft`` says that it goes beyond what they hold.

    ``condition`` is a question: where its answer is no, the item concerns the organization not at
    all (for instance 「有外出流动党员」). ``source_line`` counts from 1 in the imported document.
    """

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(_("条目编号"), max_length=12)
    number_printed = models.CharField(max_length=20, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("条文"))
    oddities = models.JSONField(default=list, blank=True)
    basis = models.JSONField(_("公开依据"), default=dict, blank=True)
    condition_zh = models.CharField(_("适用条件"), max_length=120, blank=True)
    condition_en = models.CharField(_("适用条件（英文）"), max_length=200, blank=True)
    source_line = models.PositiveIntegerField(_("原文行号"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "order"]
        verbose_name = _("条目")
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_code_once"),
            models.UniqueConstraint(
                fields=["version", "order"],
                name="item_order_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def condition(self) -> str:
        """When the item applies at all, in the active language; empty for one that always does."""
        return in_language(self.condition_zh, self.condition_en)

    @property
    def evidence_suggested(self) -> tuple[str, ...]:
        """What its checks suggest to prepare, each once."""
        named = (name for check in self.checks.all() for name in check.evidence_suggested)
        return tuple(dict.fromkeys(named))


class Check(models.Model):
    """A check (检查点): what one phrase of an item asks for, in a form that can be judged.

    Checks of an item with the same ``group`` are alternatives: one of them is enough.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="checks")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(_("检查点编号"), max_length=16)
    kind = CodeField(_("类型"), max_length=32, choices=kinds.choices)
    # The machine's name of what is asked: it stays while code and words change (comparison).
    metric = models.CharField(max_length=80)
    metric_zh = models.CharField(_("指标"), max_length=120)
    metric_en = models.CharField(max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=20)
    threshold = models.DecimalField(
        _("标准值"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    strictness = models.CharField(_("刚性"), max_length=10, choices=Strictness)
    veto_suggested = models.BooleanField(_("建议一票否决"), default=False)
    scope = models.CharField(_("考察时段"), max_length=10, choices=Scope)
    phrase = models.TextField(_("依据原文"))
    group = models.CharField(_("满足其一的分组"), max_length=40, blank=True)
    parts = models.JSONField(default=list, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    evidence_suggested = models.JSONField(default=list, blank=True)
    confirm_with = models.JSONField(default=list, blank=True)
    local_term = models.CharField(_("地方用语"), max_length=60, blank=True)
    may_be_not_applicable = models.BooleanField(_("可不适用"), default=False)
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(blank=True)
    suggestion_not_in_text = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["item", "order"]
        verbose_name = _("检查点")
        constraints = [
            models.UniqueConstraint(fields=["item", "code"], name="check_code_once"),
            models.CheckConstraint(
                condition=Q(strictness__in=Strictness.values), name="check_strictness_known"
            ),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="check_scope_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def metric_name(self) -> str:
        return in_language(self.metric_zh, self.metric_en)

    @property
    def remark(self) -> str:
        """How we read the phrase, in the active language."""
        return in_language(self.note, self.note_en)


# A new kind of check is no migration: these follow the register (standards.kinds).
code_constraints.hold(Check, "check_kind_known", lambda: Q(kind__in=kinds.codes()))
code_constraints.hold(
    Check,
    "check_threshold_fits_kind",
    lambda: (
        Q(
            threshold__isnull=False,
            kind__in=[kind.code for kind in kinds.chosen() if kind.has_threshold],
        )
        | Q(
            threshold__isnull=True,
            kind__in=[kind.code for kind in kinds.chosen() if not kind.has_threshold],
        )
    ),
)
