"""The form of the decision that lifts a bar."""

from django.utils.translation import gettext_lazy

from designation.papers.number_field import DocumentNumberField
from designation.site import clock, forms
from designation.site.personal_data import without_id_number
from designation.site.reasons import ReasonField
from designation.site.sure import SureField

from .lifting import Document


class LiftingForm(forms.Form):
    document_number = DocumentNumberField(
        must_bear_one=True,
        help_text=gettext_lazy("解除限制的决定的文号，如：青组发〔2026〕5号。"),
    )
    deciding_body = forms.CharField(label=gettext_lazy("作出决定的机关"), max_length=120)
    decided_on = forms.DateField(label=gettext_lazy("文件日期"), initial=clock.today)
    reason = ReasonField(
        label=gettext_lazy("事实和理由"),
        help_text=gettext_lazy("不少于 10 个字；会记录在案并告诉单位。"),
        validators=[without_id_number],
    )
    sure = SureField(
        gettext_lazy(
            "解除后，单位随即可以申报（申报未通过的批次除外），并会收到通知；限制不能再恢复。"
        )
    )

    @property
    def document(self) -> Document:
        said = {name: text for name, text in self.cleaned_data.items() if name != "sure"}
        return Document(**said)
