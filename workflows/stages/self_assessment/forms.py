"""The self-assessment form of one item: a typed field for each check, a conclusion, a note."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation import clock
from designation.applications.models import Application, Conclusion
from standards import values, wording
from standards.evaluation import Check, Item, NotApplicable

_YES_NO_KINDS = ("must_be_true", "must_be_false")


class ItemForm(forms.Form):
    """Fields are named by check code; ``refused`` and ``accepted`` part after validation.

    ``accepted`` holds JSON values that may be kept although others were refused, so that
    nothing a person typed is lost.
    """

    conclusion = forms.ChoiceField(
        label=gettext_lazy("自评结论"),
        choices=Conclusion,
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("未达标、不适用，或低于原则性要求的，请写明原因。2000 字以内。"),
    )

    def __init__(self, item: Item, *args: Any, correction: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.accepted: dict[str, Any] = {}
        for check in item.checks:
            self.fields[check.code] = _field(check)
            if check.may_be_not_applicable:
                self.fields[f"{check.code}-na"] = forms.CharField(
                    label=_("本项不适用的原因（适用的不填）"), required=False, max_length=200
                )
        if correction:
            self.fields["reply"] = forms.CharField(
                label=_("补正说明"),
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                max_length=1000,
                help_text=_("说明本条如何补正，审核人员会先看这里。"),
            )
        self.order_fields([*self._check_fields(), "conclusion", "note", "reply"])

    def _check_fields(self) -> list[str]:
        return [name for name in self.fields if name not in ("conclusion", "note", "reply")]

    def clean(self) -> dict[str, Any]:
        """Judge each typed value by its check; keep what is good."""
        cleaned = super().clean() or {}
        for check in self.item.checks:
            reason = cleaned.get(f"{check.code}-na", "").strip()
            if reason:
                self.accepted[check.code] = values.to_json(NotApplicable(reason))
                continue
            try:
                value = values.parse(check, cleaned.get(check.code))
            except values.ValueRefused as refused:
                self.add_error(check.code, ValidationError(str(refused), code=refused.code))
                continue
            if value is not None:
                self.accepted[check.code] = values.to_json(value)
        return cleaned

    def refused_codes(self) -> frozenset[str]:
        return frozenset(self.errors)


def _field(check: Check) -> forms.Field:
    """The input that fits the kind of check; validation is the form's, by ``values.parse``."""
    label, help_text = wording.metric(check), wording.rule(check)
    if check.kind in _YES_NO_KINDS:
        return forms.ChoiceField(
            label=label,
            help_text=_with_parts(check, help_text),
            choices=[("yes", _("是")), ("no", _("否"))],
            widget=forms.RadioSelect,
            required=False,
        )
    if check.kind == "declared_qualitative":
        return forms.CharField(
            label=label,
            help_text=_with_parts(check, _("请写明做法和依据，可引用佐证材料。")),
            widget=forms.Textarea(attrs={"rows": 2}),
            required=False,
            max_length=2000,
        )
    return forms.CharField(
        label=f"{label}（{check.unit}）",
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        required=False,
        max_length=40,
    )


def _with_parts(check: Check, text: str) -> str:
    if not check.parts:
        return text
    parts = "、".join(check.parts)
    wanted = _("（满足其一：%(parts)s）") if check.any_of else _("（包括：%(parts)s）")
    return text + wanted % {"parts": parts}


def initial(item: Item, stored: Mapping[str, Any], conclusion: str, note: str) -> dict[str, Any]:
    """What the form shows for a stored answer."""
    shown: dict[str, Any] = {"conclusion": conclusion, "note": note}
    for check in item.checks:
        data = stored.get(check.code)
        if isinstance(data, dict):
            shown[f"{check.code}-na"] = data.get("not_applicable", "")
        elif isinstance(data, bool):
            shown[check.code] = "yes" if data else "no"
        elif data is not None:
            shown[check.code] = data
    return shown


class SummaryForm(forms.ModelForm):
    class Meta:
        model = Application
        fields = ("summary", "approving_meeting_on")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8, "maxlength": 1500}),
            "approving_meeting_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "summary": gettext_lazy("1500 字以内。不要填写个人信息和涉密内容。"),
            "approving_meeting_on": gettext_lazy("研究通过自评结果的会议日期，不能晚于今天。"),
        }

    def clean_approving_meeting_on(self) -> Any:
        meeting = self.cleaned_data["approving_meeting_on"]
        if meeting is not None and meeting > clock.today():
            raise ValidationError(_("会议日期不能晚于今天，请核对。"), code="in_future")
        return meeting


# The answer and its evidence are sent together: these inputs belong to the form of the item.
_OF_THE_ITEM_FORM = {"form": "item-form"}


class EvidenceForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("材料名称"),
        widget=forms.TextInput(attrs=_OF_THE_ITEM_FORM),
        max_length=120,
        required=False,
        help_text=gettext_lazy("不填则用文件名。"),
    )
    file = forms.FileField(
        label=gettext_lazy("选择文件"),
        widget=forms.FileInput(attrs=_OF_THE_ITEM_FORM),
        help_text=gettext_lazy(
            "PDF、JPG、PNG、Word（docx）或 Excel（xlsx），单个不超过 20 MB。"
            "严禁上传涉密文件和身份证照片。"
        ),
    )
