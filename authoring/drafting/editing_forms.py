"""The forms of a draft's parts: its details, a section, an item, a check."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.recorded_form import RecordedForm
from designation.site import forms
from designation.site.questions import AsksBack
from standards import kinds
from standards.kinds import Kind
from standards.models import Check, Item, Section, StandardVersion
from standards.units import WITHOUT_UNIT

from .editing import events_of

_FEWEST_SHEETS = 10


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
        for name in ("document", "issuer", "document_number"):
            self.fields[name].initial = self.instance.source.get(name, "")

    def _post_clean(self) -> None:
        """The three fields of the source stand in one column."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            for name in ("document", "issuer", "document_number"):
                self.instance.source[name] = self.cleaned_data[name]


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

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if self.instance.pk:
            lost = [c.code for c in self.instance.checks.all() if c.phrase not in text]
            if lost:
                raise ValidationError(
                    _("检查点 %(codes)s 引用的词句不在新条文中。请先改检查点，或保留这些词句。")
                    % {"codes": "、".join(lost)},
                    code="phrase_lost",
                )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("condition_en") and not cleaned.get("condition_zh"):
            self.add_error("condition_zh", _("请先填写中文的适用条件。"))
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
        if self.instance.unit in WITHOUT_UNIT:
            self.initial["unit"] = ""
        parameters = self.instance.parameters
        figures = list(parameters.get("figures", {}).values())
        self.fields["any_of"].initial = parameters.get("mode") == "any_of"
        if " / " in parameters.get("derive", "") and figures:
            self.fields["rate_part"].initial = figures[0]["zh"]
            self.fields["rate_whole"].initial = figures[1]["zh"]
            self.fields["rate_least"].initial = parameters.get("least")

    @property
    def everyday(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.RARE]

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.RARE]

    @property
    def rare_is_refused(self) -> bool:
        return any(field.errors for field in self.rare)

    def clean_phrase(self) -> str:
        phrase: str = self.cleaned_data["phrase"].strip()
        if phrase not in self.item.text:
            raise ValidationError(
                _("这句话不在条文中。请从条文中照抄，一字不差。"), code="phrase_not_in_text"
            )
        return phrase

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = kinds.of(cleaned["kind"]) if cleaned.get("kind") else None
        if kind:
            self._clean_threshold(kind, cleaned)
            cleaned["unit"] = kind.unit or cleaned.get("unit", "").strip()
            if not cleaned["unit"]:
                self.add_error("unit", _("请填写单位，例如“人”“平方米”。"))
            self._clean_rate(kind, cleaned)
        if cleaned.get("parts") and not (kind and kind.has_parts):
            of_parts = "".join(f"“{each.name}”" for each in kinds.chosen() if each.has_parts)
            self.add_error("parts", _("只有%(kinds)s的检查点可以分项。") % {"kinds": of_parts})
        return cleaned

    def _clean_threshold(self, kind: Kind, cleaned: dict[str, Any]) -> None:
        threshold = cleaned.get("threshold")
        if not kind.has_threshold:
            cleaned["threshold"] = None
        elif threshold is None:
            if "threshold" not in self.errors:
                self.add_error("threshold", _("请填写标准值。"))
        elif reason := kind.threshold_refused(threshold):
            self.add_error("threshold", reason)
        elif kind.is_share and "threshold" in self.changed_data:
            try:
                cleaned["threshold"] = self.share("threshold", threshold)
            except ValidationError as asked:
                self.add_error("threshold", asked)

    def _clean_rate(self, kind: Kind, cleaned: dict[str, Any]) -> None:
        part, whole = cleaned.get("rate_part"), cleaned.get("rate_whole")
        if bool(part) != bool(whole):
            missing = "rate_whole" if part else "rate_part"
            self.add_error(missing, _("分子和分母要一起填写，或者都不填。"))
        elif part and not kind.is_share:
            self.add_error("rate_part", _("只有比例类的检查点可以由两个数得出。"))

    def _post_clean(self) -> None:
        """What follows from several fields stands in one column."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self.instance.parameters = self._parameters()

    def _parameters(self) -> dict[str, Any]:
        """What the form does not speak of stays as it is."""
        cleaned, kept = self.cleaned_data, dict(self.instance.parameters)
        kept.pop("mode", None)
        if cleaned["parts"]:
            kept["mode"] = "any_of" if cleaned["any_of"] else "all_of"
        if cleaned["rate_part"]:
            kept |= {
                "derive": "part / whole",
                "figures": {
                    "part": {"zh": cleaned["rate_part"]},
                    "whole": {"zh": cleaned["rate_whole"]},
                },
                "least": cleaned["rate_least"] or _FEWEST_SHEETS,
            }
        elif " / " in kept.get("derive", ""):
            for name in ("derive", "figures", "least"):
                kept.pop(name, None)
        return kept
