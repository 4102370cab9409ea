"""Why something is held, or goes on."""

from django.utils.translation import gettext_lazy as _

from designation.site import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不少于 10 个字；会留在记录里。"),
    )
