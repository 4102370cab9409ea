"""The forms of a draft's parts: its details, a section, an item, a check."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.site import forms
from designation.site.questions import AsksBack
from designation.site.telling import tell
from standards import kinds
from standards.kinds import Kind
from standards.models import Check, Item, Section, StandardVersion

from . import columns, conditions
from .editing import events_of


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class _DraftForm(RecordedForm):
    """Over a part of a draft; its events are about the draft and name the part."""

    instance: Any

    def about(self) -> Q:
        return events_of(self.instance)


class DetailsForm(_DraftForm, forms.ModelForm):
    document = forms.CharField(
        label=gettext_lazy("来源文件名称"),
        max_length=200,
        help_text=gettext_lazy("正式文件的全称，会印在标准的公开页面上。"),
    )
    issuer = forms.CharField(label=gettext_lazy("发文机关"), max_length=120, required=False)
    document_number = forms.CharField(label=gettext_lazy("文号"), max_length=80, required=False)

    class Meta:
        model = StandardVersion
        fields = ("title_zh", "title_en", "heading_printed", "provenance")
        help_texts = {
            "provenance": gettext_lazy("条文照录正式文件的选“文件原文”；自行拟写的会在各处注明。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = columns.said(self.instance)
        for name in columns.LONGEST_OF_SOURCE:
            self.fields[name].initial = said[name]


class SectionForm(_DraftForm, forms.ModelForm):
    class Meta:
        model = Section
        fields = ("number_printed", "title_printed", "title_en")
        labels = {
            "number_printed": gettext_lazy("原文编号"),
            "title_en": gettext_lazy("英文标题"),
        }
        help_texts = {"number_printed": gettext_lazy("照原文，例如“一、”；原文没有的不填。")}


class ItemForm(_DraftForm, forms.ModelForm):
    class Meta:
        model = Item
        fields = ("section", "number_printed", "text", "title_en", "condition_zh", "condition_en")
        labels = {
            "section": gettext_lazy("所在部分"),
            "number_printed": gettext_lazy("原文编号"),
            "title_en": gettext_lazy("英文标题"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": gettext_lazy("照录原文。检查点引用的词句须仍在条文中。"),
            "condition_zh": gettext_lazy(
                "只对部分单位适用的条目才填，例如“有外出流动党员”；申报时先问这一句，选“否”的不再往下填。"
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            section = self.fields["section"]
            section.queryset = self.instance.version.sections.order_by("order")  # type: ignore[attr-defined]
            section.empty_label = None  # type: ignore[attr-defined]
        else:
            # A new item is added from within its section.
            del self.fields["section"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        checks = self.instance.checks.all() if self.instance.pk else ()
        phrases = {check.code: check.phrase for check in checks}
        if "text" in cleaned:
            tell(self, conditions.of_text(cleaned["text"], phrases))
        chinese, english = cleaned.get("condition_zh", ""), cleaned.get("condition_en", "")
        tell(self, conditions.of_condition(chinese, english))
        return cleaned


class CheckForm(AsksBack, _DraftForm, forms.ModelForm):
    """A check of ``item``; a rate made of two counts is asked for by naming them."""

    # Few checks need these, so that they stand folded up below the others.
    RARE = (
        "metric_en",
        "group",
        "parts",
        "any_of",
        "rate_part",
        "rate_whole",
        "rate_least",
        "may_be_not_applicable",
        "local_term",
        "veto_suggested",
        "confirm_with",
        "note",
        "note_en",
    )
    unit = forms.CharField(
        label=gettext_lazy("单位"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("常用：人、平方米、万元、项、个村；比例、次数、年龄的单位自动填。"),
    )
    parts = LinesField(
        label=gettext_lazy("包括的内容"), help_text=gettext_lazy("一行一项；“应当做到”才用。")
    )
    any_of = forms.BooleanField(label=gettext_lazy("上面各项满足其一即可"), required=False)
    evidence_suggested = LinesField(
        label=gettext_lazy("建议材料"), help_text=gettext_lazy("一行一项。")
    )
    confirm_with = LinesField(
        label=gettext_lazy("征求意见的机关"), help_text=gettext_lazy("一行一个。")
    )
    rate_part = forms.CharField(
        label=gettext_lazy("比例由两个数得出：分子"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("例如：满意份数。填了分子分母的，申报时填这两个数，比例自动算出。"),
    )
    rate_whole = forms.CharField(
        label=gettext_lazy("分母"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("例如：有效份数。"),
    )
    rate_least = forms.IntegerField(
        label=gettext_lazy("分母至少"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=gettext_lazy("不足这个数的，不计算比例；不填按 10。"),
    )

    class Meta:
        model = Check
        fields = (
            "phrase",
            "kind",
            "metric_zh",
            "metric_en",
            "threshold",
            "unit",
            "strictness",
            "scope",
            "evidence_suggested",
            "group",
            "parts",
            "any_of",
            "rate_part",
            "rate_whole",
            "rate_least",
            "may_be_not_applicable",
            "local_term",
            "veto_suggested",
            "confirm_with",
            "note",
            "note_en",
        )
        labels = {
            "metric_en": gettext_lazy("指标（英文）"),
            "note_en": gettext_lazy("说明（英文）"),
        }
        widgets = {
            "phrase": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "note_en": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "phrase": gettext_lazy("从条文中照抄一句，一字不差。"),
            "threshold": gettext_lazy("只有数值、比例、次数、年龄类的检查点才填。"),
            "group": gettext_lazy("同一条中分组名相同的检查点，满足其一即可；一般不填。"),
            "local_term": gettext_lazy(
                "各地内容不同的用语，例如“四个统一”；由县里录入释义后使用。"
            ),
        }

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        said = columns.said(self.instance)
        self.initial["unit"] = said["unit"]
        for name in ("any_of", "rate_part", "rate_whole", "rate_least"):
            self.fields[name].initial = said[name]

    @property
    def everyday(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.RARE]

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.RARE]

    @property
    def rare_is_refused(self) -> bool:
        return any(field.errors for field in self.rare)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = kinds.of(cleaned["kind"]) if cleaned.get("kind") else None
        if "phrase" in cleaned:
            tell(self, conditions.of_phrase(cleaned["phrase"], self.item.text))
        if kind:
            self._clean_threshold(kind, cleaned)
            tell(self, conditions.of_unit(kind, cleaned.get("unit", "")))
            part, whole = cleaned.get("rate_part", ""), cleaned.get("rate_whole", "")
            tell(self, conditions.of_rate(kind, part, whole))
        tell(self, conditions.of_parts(kind, cleaned.get("parts", ())))
        return cleaned

    def _clean_threshold(self, kind: Kind, cleaned: dict[str, Any]) -> None:
        threshold = cleaned.get("threshold")
        if "threshold" in self.errors:
            return
        tell(self, conditions.of_threshold(kind, threshold))
        is_good = threshold is not None and "threshold" not in self.errors
        if is_good and kind.is_share and "threshold" in self.changed_data:
            try:
                cleaned["threshold"] = self.share("threshold", cleaned["threshold"])
            except ValidationError as asked:
                self.add_error("threshold", asked)
