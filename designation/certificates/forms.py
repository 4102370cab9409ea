"""The form of a county's design."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.site import forms
from designation.site.sure import SureField

from . import content
from .models import COLOUR, CertificateDesign


class IssuingForm(forms.Form):
    """Asks once: a certificate that was issued is not taken back."""

    sure = SureField(
        gettext_lazy("证书发出后不能收回、不能改号；内容有变化的，只能换发一张另编号的。")
    )


class PackingForm(IssuingForm):
    """Asks once, as above, where pressing it issues any; ``anew`` of them only where it is ticked.

    ``issues``: some have no certificate yet; ``anew``: how many state something else than today.
    """

    anew = forms.BooleanField(
        label="",
        required=False,
        help_text=gettext_lazy("新证书另编号，写明代替哪一张；原证书的查验页指向新证书。"),
    )
    field_order = ("anew", "sure")

    def __init__(self, *args: Any, issues: bool, anew: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].required = issues
        if not issues:
            self.fields["sure"].label = _("换发的，请勾选：我已看清，确认办理。")
        self.fields["anew"].label = _("同时换发与现在不一致的%(count)d张") % {"count": anew}
        if not anew:
            del self.fields["anew"]
        if not (issues or anew):
            del self.fields["sure"]

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("anew") and not said.get("sure") and "sure" not in self.errors:
            field = self.fields["sure"]
            self.add_error("sure", field.error_messages["required"])


class ColourInput(forms.TextInput):
    """The picker of the browser."""

    input_type = "color"


class DesignForm(forms.Form):
    """What stands on the county's certificates; and its plaques, where it makes any."""

    heading = forms.CharField(label=gettext_lazy("证书名称"), max_length=20)
    wording = forms.CharField(
        label=gettext_lazy("证书正文"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    heading_en = forms.CharField(label=gettext_lazy("证书英文名称"), max_length=60, required=False)
    wording_en = forms.CharField(
        label=gettext_lazy("证书英文正文"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("名称和正文都填了，单位又有英文名称的，才印英文。"),
    )
    colour = forms.CharField(
        label=gettext_lazy("颜色"),
        validators=[COLOUR],
        widget=ColourInput(attrs={"class": "form-control form-control-color"}),
        help_text=gettext_lazy("边框和证书名称的颜色。"),
    )
    crest = forms.FileField(
        label=gettext_lazy("徽标"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=gettext_lazy("PNG 或 JPG 图片，印在证书上方；不换就不用选。"),
    )
    no_crest = forms.BooleanField(label=gettext_lazy("不用徽标"), required=False)
    makes_plaques = forms.BooleanField(
        label=gettext_lazy("制作牌匾"),
        required=False,
        help_text=gettext_lazy("挂牌有数量限制，一般只发证书。选了才有牌匾清单。"),
    )
    plaque_material = forms.CharField(label=gettext_lazy("牌匾材质"), max_length=40, required=False)
    plaque_size = forms.CharField(
        label=gettext_lazy("牌匾尺寸"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("例如：600 × 400 毫米。"),
    )
    plaque_text = forms.CharField(label=gettext_lazy("牌匾文字"), max_length=120, required=False)

    def __init__(self, design: CertificateDesign, data: Any = None, files: Any = None) -> None:
        initial = {name: getattr(design, name, "") for name in self.base_fields if name != "crest"}
        super().__init__(data, files, initial=initial)
        self.fields["wording"].help_text = _("发证时换成这张证书的内容：%(places)s。") % {
            "places": "、".join(content.PLACES)
        }
        if design.crest is None:
            del self.fields["no_crest"]

    def crest_sent(self) -> bytes | None:
        """The picture, empty for none any more, None to leave it as it is."""
        file = self.cleaned_data.get("crest")
        if file:
            sent: bytes = file.read()
            return sent
        return b"" if self.cleaned_data.get("no_crest") else None
