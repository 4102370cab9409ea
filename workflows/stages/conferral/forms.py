"""The decision document."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.papers.number_field import DocumentNumberField
from designation.site import clock, forms
from designation.site.personal_data import without_personal_data
from designation.site.sure import SureField

from ...declared import passage
from .decisions import CHANGED_MEANWHILE

# What is typed of the document itself.
OF_THE_DOCUMENT = ("document_number", "decided_on", "deciding_body")


class DecisionForm(forms.Form):
    document_number = DocumentNumberField(
        must_bear_one=True,
        help_text=gettext_lazy("例如：青发〔2026〕8号"),
        validators=[without_personal_data],
    )
    decided_on = forms.DateField(label=gettext_lazy("决定日期"))
    deciding_body = forms.CharField(
        label=gettext_lazy("审定机关"), max_length=120, validators=[without_personal_data]
    )
    applications = forms.MultipleChoiceField(
        label=gettext_lazy("命名名单"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("勾选的全部命名，或者一个也不命名。"),
        error_messages={"invalid_choice": CHANGED_MEANWHILE},
    )

    # Asked for with each page: the passage is declared after this module was read.
    sure = SureField(lazy(lambda: str(passage("designate").cannot_be_undone), str)())

    def __init__(self, candidates: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(row.pk): row for row in candidates}
        self.fields["applications"].choices = [  # type: ignore[attr-defined]
            (key, f"{row.organization.name}（{row.get_category_display()}）")
            for key, row in self.candidates.items()
        ]

    def clean_decided_on(self) -> Any:
        decided = self.cleaned_data["decided_on"]
        if decided > clock.today():
            raise ValidationError(_("决定日期不能晚于今天。"), code="in_future")
        return decided

    @property
    def typed(self) -> list[tuple[Any, Any]]:
        """What was typed of the document, as it was typed, by its words."""
        typed = ((self[name].label, self[name].value()) for name in OF_THE_DOCUMENT)
        return [(label, text) for label, text in typed if text] if self.is_bound else []

    def chosen(self) -> list[Any]:
        return [self.candidates[key] for key in self.cleaned_data["applications"]]
