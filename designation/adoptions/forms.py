"""The form in which a county adopts a sample."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.organizations.models import Jurisdiction
from designation.site import forms
from designation.site.reasons import LEAST_REASON

_LONGEST_REASON = 500


class AdoptionForm(forms.Form):
    jurisdiction = forms.ModelChoiceField(
        label=gettext_lazy("为哪个辖区采用"),
        queryset=Jurisdiction.objects.none(),
        empty_label=None,
    )
    reason = forms.CharField(
        label=gettext_lazy("采用理由"),
        help_text=gettext_lazy("写明为什么在正式文本录入前采用示例；理由会公开，并记入审计日志。"),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    understood = forms.BooleanField(
        label=gettext_lazy("我知道这是参照公开依据拟写的示例，并非文件原文。"),
        error_messages={"required": gettext_lazy("请先确认您知道这不是文件原文。")},
    )

    def __init__(self, areas: QuerySet[Jurisdiction], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = areas  # type: ignore[attr-defined]
        self.fields["jurisdiction"].initial = areas.first()

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if len(reason) < LEAST_REASON:
            raise ValidationError(
                _("请写明采用理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON},
                code="reason_too_short",
            )
        return reason
